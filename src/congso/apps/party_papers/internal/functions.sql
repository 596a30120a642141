-- Does the caller hold a post in a Party body today: an organization whose papers take the Party's form, or a unit of one?
CREATE OR REPLACE FUNCTION congso.is_in_party_body() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM unnest(congso.principals()) AS held
    JOIN public.directory_organization o ON o.id = held % 1000000000000000 / 100
    WHERE held / 1000000000000000 = 3 AND o.layout_profile = 'PARTY'
      AND o.kind IN ('committee', 'commune_committee', 'agency', 'unit'))
$$;
