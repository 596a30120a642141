-- How many people who may sign in these organizations (leaders, chiefs of office on the day) hold a certificate of their
-- own that is in use and valid then; demonstration keys do not count. Two numbers, never who: whoever holds one is read
-- off every paper she signs, credentials themselves stay hers.
CREATE OR REPLACE FUNCTION congso.signers_counted(organizations bigint[], day date, OUT holders bigint, OUT signers bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*) FILTER (WHERE EXISTS (
      SELECT 1 FROM public.signing_credential c
      WHERE c.person_id = one.person_id AND c.status = 'active' AND c.provider <> 'software'
        AND c.valid_from < day + 1 AND c.valid_to >= day
    )), count(*)
  FROM (
    SELECT DISTINCT a.person_id
    FROM public.directory_assignment a JOIN public.directory_post p ON p.id = a.post_id
    WHERE congso.is_known() AND p.organization_id = ANY (organizations)
      AND p.functions && ARRAY['leaders', 'chiefs']::varchar[]
      AND a.valid_from <= day AND (a.valid_to IS NULL OR a.valid_to > day)
  ) AS one
$$;
