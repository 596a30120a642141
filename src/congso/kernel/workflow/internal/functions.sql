-- Who sees a record today, for who sees it herself: each principal of its audience with the people behind it. The roles
-- granted to people are told too: nobody reads everything unseen.
CREATE OR REPLACE FUNCTION congso.seen_by(record bigint, day date) RETURNS TABLE(principal bigint, person bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  seers bigint[];
BEGIN
  SELECT r.audience INTO seers FROM public.records_record r WHERE r.id = record AND r.audience && congso.principals();
  IF seers IS NULL THEN
    RAISE EXCEPTION 'congso: record % is not yours to explain', record USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
  SELECT one, behind FROM unnest(seers) AS one, congso.people_behind(ARRAY[one], day) AS behind
  UNION ALL
  SELECT one, g.person_id FROM unnest(seers) AS one
  JOIN public.access_grant g ON one = 4000000000000000 + g.role * 100 AND g.organization_id IS NULL
  WHERE g.valid_from <= day AND (g.valid_to IS NULL OR g.valid_to > day)
  UNION ALL
  SELECT one, o.asked_by_id FROM (
    SELECT DISTINCT asked_by_id FROM public.access_opening WHERE ends_at > transaction_timestamp()) AS o,
    unnest(congso.openings_of(o.asked_by_id)) AS one WHERE one = ANY (seers);
END $$;

-- How many records whoever held the post on the day would see, by type and whether open, counted up to ten thousand:
-- figures for its administrator before somebody is appointed, without a look into any record.
CREATE OR REPLACE FUNCTION congso.reach_of_post(post bigint, day date)
RETURNS TABLE(kind text, is_open boolean, figure bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held bigint[] := ARRAY(SELECT congso.principals_of_posts(ARRAY[post], day));
BEGIN
  IF NOT congso.administers_post(post) THEN
    RAISE EXCEPTION 'congso: not yours to administer' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
  SELECT seen.type::text, seen.closed_at IS NULL, count(*) FROM (
    SELECT r.type, r.closed_at FROM public.records_record r WHERE r.audience && held LIMIT 10000
  ) AS seen GROUP BY 1, 2 ORDER BY 1, 2 DESC;
END $$;

-- The same figures by the principal that shows the records, for a post or (post NULL) for a person: her administrator
-- before an appointment, or she herself. A record seen for two reasons counts in both.
CREATE OR REPLACE FUNCTION congso.reach_by_reason(post bigint, of_person bigint, day date)
RETURNS TABLE(principal bigint, kind text, is_open boolean, figure bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held bigint[];
BEGIN
  IF (CASE WHEN post IS NULL THEN of_person = congso.person() OR congso.administers_person(of_person)
           ELSE congso.administers_post(post) END) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not yours to administer' USING ERRCODE = 'insufficient_privilege';
  END IF;
  held := CASE WHEN post IS NULL THEN congso.principals_of(of_person, day)
               ELSE ARRAY(SELECT congso.principals_of_posts(ARRAY[post], day)) END;
  RETURN QUERY
  SELECT one, seen.type::text, seen.closed_at IS NULL, count(*) FROM (
    SELECT r.type, r.closed_at, r.audience FROM public.records_record r WHERE r.audience && held LIMIT 10000
  ) AS seen, unnest(seen.audience) AS one
  WHERE one = ANY (held) GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 DESC;
END $$;
