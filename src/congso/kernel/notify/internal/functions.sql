-- The people who hold one of the principals on a day: themselves, by post, by function in an organization or in one
-- that took over its work, or standing in for such a one. The mirror of congso.principals_of.
CREATE OR REPLACE FUNCTION congso.people_behind(wanted bigint[], day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE asked AS (
    SELECT x / 1000000000000000 AS kind, x % 1000000000000000 / 100 AS id, x % 100 AS code FROM unnest(wanted) AS x
  ), offices(id, code) AS (
    SELECT id, code FROM asked WHERE kind = 3
    UNION
    SELECT s.successor_id, offices.code
    FROM offices JOIN public.directory_succession s ON s.predecessor_id = offices.id AND s.effective_on <= day
  ), posts(id, word) AS (
    SELECT id, NULL FROM congso.living_posts(ARRAY(SELECT asked.id FROM asked WHERE kind = 2), day) AS id
    UNION
    SELECT p.id, codes.word FROM offices
    JOIN public.directory_post p ON p.organization_id = offices.id
    JOIN congso.function_codes AS codes ON codes.code = offices.code AND codes.word = ANY (p.functions::text[])
    WHERE p.valid_from <= day AND (p.valid_to IS NULL OR p.valid_to > day)
  )
  SELECT p.id FROM asked JOIN public.directory_person p ON asked.kind = 1 AND p.id = asked.id
  UNION
  SELECT a.person_id FROM posts JOIN public.directory_assignment a ON a.post_id = posts.id
  WHERE a.valid_from <= day AND (a.valid_to IS NULL OR a.valid_to > day)
  UNION
  SELECT d.person_id FROM public.access_delegation d
  CROSS JOIN LATERAL congso.living_posts(ARRAY[d.post_id], day) AS lent
  JOIN posts ON posts.id = lent AND (posts.word IS NULL OR posts.word = ANY (d.functions::text[]))
  WHERE d.valid_from <= day AND d.valid_to > day
$$;
REVOKE ALL ON FUNCTION congso.people_behind(bigint[], date) FROM PUBLIC;

-- The mailer: sends letters about what people already see, and reads no record itself.
CREATE OR REPLACE FUNCTION congso.is_mailer() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT 6000000000000800 = ANY (congso.principals()) $$;

-- Put a notice into the bell of each of these people who has not silenced its kind (duty cannot be: a constraint sees
-- to it), queue a letter for whoever wants it at once, and news for each device that is to be woken: urgent and dangerous
-- things also in quiet hours. All in the teller's transaction. Returns how many were told.
CREATE OR REPLACE FUNCTION congso.put_notices(
  people bigint[], about bigint, notice_kind text, words text, sender text, notice_key text, moment timestamptz)
RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH told AS (
    INSERT INTO public.notify_notice (person_id, record_id, kind, text, sender, at, key)
    SELECT person, about, notice_kind, words, sender, moment, notice_key
    FROM unnest(people) AS person
    WHERE NOT EXISTS (SELECT 1 FROM public.notify_choice c
                      WHERE c.person_id = person AND c.kind = notice_kind AND c.way = 'none')
    ON CONFLICT DO NOTHING
    RETURNING id, person_id
  ), lettered AS (
    INSERT INTO public.notify_letter (person_id, notice_id, key, state, attempts, due_at, error)
    SELECT told.person_id, told.id, 'notice:' || told.id, 'queued', 0, moment, ''
    FROM told JOIN public.notify_choice c ON c.person_id = told.person_id AND c.kind = notice_kind AND c.way = 'now'
  ), pushed AS (
    INSERT INTO public.notify_pushnews (device_id, at, is_pressing, due_at)
    SELECT d.id, moment, notice_kind IN ('urgent', 'security'), moment
    FROM told JOIN public.notify_pushdevice d ON d.person_id = told.person_id
  )
  SELECT count(*)::integer FROM told
$$;
REVOKE ALL ON FUNCTION congso.put_notices(bigint[], bigint, text, text, text, text, timestamptz) FROM PUBLIC;

-- Tell everyone who holds one of the principals today. The teller must see the record; the told need not be
-- visible to her. Returns how many were told; the teller herself is not. A repeated key tells nobody twice.
DROP FUNCTION IF EXISTS congso.deliver_notice(bigint, bigint[], text, text, text, timestamptz);
CREATE OR REPLACE FUNCTION congso.deliver_notice(
  about bigint, to_principals bigint[], notice_kind text, words text, sender text, notice_key text, moment timestamptz)
RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  day date := (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.records_record r WHERE r.id = about AND r.audience && congso.principals()) THEN
    RAISE EXCEPTION 'congso: record % is not yours to tell about', about USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN congso.put_notices(
    ARRAY(SELECT person FROM congso.people_behind(to_principals, day) AS person
          WHERE person IS DISTINCT FROM congso.person()),
    about, notice_kind, words, sender, notice_key, moment);
END $$;

-- Tell an office's secrecy officers something that has no record. Only other functions of this schema call it.
CREATE OR REPLACE FUNCTION congso.alert_secrecy_officers(office bigint, words text, moment timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.put_notices(
    ARRAY(SELECT congso.people_behind(ARRAY[3000000000000006 + office * 100],
                                      (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)),
    NULL, 'security', words, 'Hệ thống', '', moment)
$$;
REVOKE ALL ON FUNCTION congso.alert_secrecy_officers(bigint, text, timestamptz) FROM PUBLIC;
