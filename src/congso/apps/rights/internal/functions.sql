-- Who is told about rights, and who reviews them. The tellers check that the caller has a part in what is told.

CREATE OR REPLACE FUNCTION congso.holders_of_role(wanted integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT g.person_id FROM public.access_grant g WHERE g.role = wanted AND g.organization_id IS NULL
    AND g.valid_from <= congso.today() AND (g.valid_to IS NULL OR g.valid_to > congso.today())
$$;
REVOKE ALL ON FUNCTION congso.holders_of_role(integer) FROM PUBLIC;

-- A proposed role: while it waits, the other administrators; answered, who proposed it and whom it is for.
CREATE OR REPLACE FUNCTION congso.tell_about_grant(request bigint, words text, sender text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  asked public.access_grantrequest;
BEGIN
  SELECT * INTO asked FROM public.access_grantrequest r WHERE r.id = request;
  IF (congso.person() IN (asked.asked_by_id, asked.answered_by_id)) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not yours to tell about' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN congso.tell_people(CASE WHEN asked.state = 'asked'
    THEN ARRAY(SELECT one FROM congso.holders_of_role(2) AS one WHERE one <> asked.person_id)
    ELSE ARRAY[asked.asked_by_id, asked.person_id] END, words, sender);
END $$;

-- A role was ended by the caller: its holder and the other administrators.
CREATE OR REPLACE FUNCTION congso.tell_about_ended_grant(ended bigint, words text, sender text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  holder bigint;
BEGIN
  SELECT g.person_id INTO holder FROM public.access_grant g WHERE g.id = ended AND g.ended_by_id = congso.person();
  IF holder IS NULL THEN
    RAISE EXCEPTION 'congso: not yours to tell about' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN congso.tell_people(ARRAY(SELECT congso.holders_of_role(2)) || holder, words, sender);
END $$;

-- An emergency opening: while it waits, who may answer (of the owner, and auditors where they count); begun or ended,
-- the owner's leaders and chiefs and who asked.
CREATE OR REPLACE FUNCTION congso.tell_about_opening(wanted bigint, words text, sender text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  o public.access_opening;
  owners bigint[];
BEGIN
  SELECT * INTO o FROM public.access_opening WHERE id = wanted;
  IF (congso.person() IN (o.asked_by_id, o.answered_by_id) OR congso.answers_openings(o.organization_id)
      OR congso.actor() = 'system:9') IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not yours to tell about' USING ERRCODE = 'insufficient_privilege';
  END IF;
  owners := ARRAY(SELECT congso.people_behind(
    ARRAY[3000000000000002 + o.organization_id * 100, 3000000000000004 + o.organization_id * 100], congso.today()));
  IF o.state = 'asked' AND congso.regulation('access.opening_agreed_by') ? 'auditors' THEN
    owners := owners || ARRAY(SELECT congso.holders_of_role(3));
  ELSIF o.state <> 'asked' THEN
    owners := owners || o.asked_by_id;
  END IF;
  RETURN congso.tell_people(owners, words, sender);
END $$;

-- May the caller confirm or revoke for this organization: its leaders and chiefs, and those of the one directly above.
CREATE OR REPLACE FUNCTION congso.reviews(organization bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT ARRAY[3000000000000002 + organization * 100, 3000000000000004 + organization * 100] && congso.principals()
    OR (SELECT ARRAY[3000000000000002 + o.parent_id * 100, 3000000000000004 + o.parent_id * 100] && congso.principals()
        FROM public.directory_organization o WHERE o.id = organization) IS TRUE
$$;

-- A quarterly review was opened, or is reminded of: the leaders and chiefs of every organization with people that has not
-- confirmed yet. By an administrator or the machine.
CREATE OR REPLACE FUNCTION congso.tell_about_review(wanted bigint, words text, sender text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (congso.is_administrator() OR congso.actor() = 'system:9') IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not yours to tell about' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN congso.tell_people(ARRAY(
    SELECT a.person_id FROM public.directory_post p JOIN public.directory_assignment a ON a.post_id = p.id
    WHERE p.functions::text[] && ARRAY['leaders', 'chiefs']
      AND p.valid_from <= congso.today() AND (p.valid_to IS NULL OR p.valid_to > congso.today())
      AND a.valid_from <= congso.today() AND (a.valid_to IS NULL OR a.valid_to > congso.today())
      AND NOT EXISTS (SELECT 1 FROM public.rights_unitreview u
                      WHERE u.campaign_id = wanted AND u.organization_id = p.organization_id)), words, sender);
END $$;
