-- Notices that name no record: who is told may not see it. Bodies are read when they run, after all tables stand.

CREATE OR REPLACE FUNCTION congso.tell_people(people bigint[], words text, sender text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN congso.put_notices(
    ARRAY(SELECT DISTINCT one FROM unnest(people) AS one WHERE one IS DISTINCT FROM congso.person()),
    NULL, 'security', left(words, 300), sender, '', transaction_timestamp());
END $$;
REVOKE ALL ON FUNCTION congso.tell_people(bigint[], text, text) FROM PUBLIC;

-- A desk was handed over or taken back by the caller: who stands in, the office's clerks, chiefs and leaders.
CREATE OR REPLACE FUNCTION congso.tell_about_delegation(wanted bigint, words text, sender text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  stand_in bigint;
  office bigint;
BEGIN
  SELECT d.person_id, p.organization_id INTO stand_in, office FROM public.access_delegation d
  JOIN public.directory_post p ON p.id = d.post_id WHERE d.id = wanted AND congso.may_delegate(d.post_id);
  IF stand_in IS NULL THEN
    RAISE EXCEPTION 'congso: not yours to tell about' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN congso.tell_people(stand_in || ARRAY(SELECT congso.people_behind(ARRAY[3000000000000002 + office * 100,
    3000000000000003 + office * 100, 3000000000000004 + office * 100], congso.today())), words, sender);
END $$;
