-- Roles begin by two people and end by one. These functions are the only way; each writes its own journal line.

-- A number or list of the office's rules in force today (regulations); NULL when there is none, which refuses.
CREATE OR REPLACE FUNCTION congso.regulation(wanted text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.value FROM public.regulations_parameter p
  WHERE p.key = wanted AND p.valid_from <= congso.today() AND (p.valid_to IS NULL OR p.valid_to > congso.today())
$$;
REVOKE ALL ON FUNCTION congso.regulation(text) FROM PUBLIC;

-- One journal line in the caller's name, with her first post of the day.
CREATE OR REPLACE FUNCTION congso.note_right(what text, organization bigint, record bigint, told jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO public.journal_entry (at, organization_id, actor, actor_label, act, record_id, facts)
  VALUES (transaction_timestamp(), organization, coalesce(congso.actor(), 'nobody:0'), coalesce((
    SELECT concat_ws(', ', p.full_name, (
      SELECT post.name FROM public.directory_assignment a JOIN public.directory_post post ON post.id = a.post_id
      WHERE a.person_id = p.id AND a.valid_from <= congso.today() AND (a.valid_to IS NULL OR a.valid_to > congso.today())
      ORDER BY post.rank, a.id LIMIT 1))
    FROM public.directory_person p WHERE p.id = congso.person()), 'Hệ thống'), 'access.' || what, record, told)
$$;
REVOKE ALL ON FUNCTION congso.note_right(text, bigint, bigint, jsonb) FROM PUBLIC;

-- An administrator of the whole directory proposes a role for somebody else, for a term from today on or later.
CREATE OR REPLACE FUNCTION congso.propose_grant(
  for_role integer, for_person bigint, for_organization bigint, starts date, ends date, why text, paper text)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made bigint;
BEGIN
  IF (congso.is_administrator() AND for_person <> congso.person()) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not yours to propose' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (for_role IN (1, 2, 3) AND starts >= congso.today() AND ends > starts AND trim(why) <> ''
      AND ends - starts <= (congso.regulation('access.role_days_most'))::integer) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not a term a role may have' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO public.access_grantrequest (role, person_id, organization_id, reason, decision, valid_from, valid_to,
    state, asked_by_id, asked_at, expires_at, answer)
  VALUES (for_role, for_person, for_organization, trim(why), trim(paper), starts, ends, 'asked', congso.person(),
    transaction_timestamp(),
    transaction_timestamp() + make_interval(days => (congso.regulation('access.request_days'))::integer), '')
  RETURNING id INTO made;
  PERFORM congso.note_right('grant_proposed', coalesce(for_organization, 0), NULL, jsonb_build_object('request', made,
    'role', for_role, 'person', for_person, 'from', starts, 'to', ends, 'reason', trim(why), 'decision', trim(paper)));
  RETURN made;
END $$;

-- Another administrator, neither the proposer nor the one it is for, agrees or refuses. Only so a grant begins; never
-- before today.
CREATE OR REPLACE FUNCTION congso.answer_grant(wanted bigint, agree boolean, words text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  asked public.access_grantrequest;
  begun bigint;
BEGIN
  SELECT * INTO asked FROM public.access_grantrequest r WHERE r.id = wanted FOR UPDATE;
  IF (congso.is_administrator() AND asked.asked_by_id <> congso.person()
      AND asked.person_id <> congso.person()) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not yours to answer' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (asked.state = 'asked' AND transaction_timestamp() < asked.expires_at AND asked.valid_to > congso.today()
      AND (agree OR trim(words) <> '')) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: answered, expired, or refused without a reason' USING ERRCODE = 'check_violation';
  END IF;
  IF agree THEN
    INSERT INTO public.access_grant (role, person_id, organization_id, reason, decision, granted_by_id, agreed_by_id,
      valid_from, valid_to)
    VALUES (asked.role, asked.person_id, asked.organization_id, asked.reason, asked.decision, asked.asked_by_id,
      congso.person(), greatest(asked.valid_from, congso.today()), asked.valid_to)
    RETURNING id INTO begun;
  END IF;
  UPDATE public.access_grantrequest r
  SET state = CASE WHEN agree THEN 'agreed' ELSE 'refused' END, answered_by_id = congso.person(),
      answered_at = transaction_timestamp(), answer = trim(words), grant_id = begun
  WHERE r.id = wanted;
  PERFORM congso.note_right(CASE WHEN agree THEN 'grant_agreed' ELSE 'grant_refused' END,
    coalesce(asked.organization_id, 0), NULL, jsonb_build_object('request', wanted, 'grant', begun, 'role', asked.role,
    'person', asked.person_id, 'proposed_by', asked.asked_by_id, 'words', trim(words)));
  RETURN begun;
END $$;

-- Who proposed it takes it back while nobody has answered.
CREATE OR REPLACE FUNCTION congso.withdraw_grant(wanted bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.access_grantrequest r
  SET state = 'withdrawn', answered_by_id = congso.person(), answered_at = transaction_timestamp()
  WHERE r.id = wanted AND r.asked_by_id = congso.person() AND r.state = 'asked';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'congso: not yours to withdraw' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM congso.note_right('grant_withdrawn', 0, NULL, jsonb_build_object('request', wanted));
END $$;

-- From today on the role is held no more: by an administrator, or by the holder who gives it up. The last administrator
-- of the whole directory stays. Returns the first day without it.
CREATE OR REPLACE FUNCTION congso.end_grant(wanted bigint, why text) RETURNS date
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held public.access_grant;
  last date;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('congso.grants'));
  SELECT * INTO held FROM public.access_grant g WHERE g.id = wanted FOR UPDATE;
  IF (congso.is_administrator() OR held.person_id = congso.person()) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not yours to end' USING ERRCODE = 'insufficient_privilege';
  END IF;
  last := greatest(held.valid_from, congso.today());
  IF (trim(why) <> '' AND (held.valid_to IS NULL OR held.valid_to > last)) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: ended already, or no reason' USING ERRCODE = 'check_violation';
  END IF;
  IF held.role = 2 AND held.organization_id IS NULL AND NOT EXISTS (
      SELECT 1 FROM public.access_grant g WHERE g.role = 2 AND g.organization_id IS NULL
      AND g.person_id <> held.person_id AND g.valid_from <= congso.today()
      AND (g.valid_to IS NULL OR g.valid_to > congso.today())) THEN
    RAISE EXCEPTION 'congso: the last administrator' USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE public.access_grant g SET valid_to = last, ended_by_id = congso.person() WHERE g.id = wanted;
  PERFORM congso.note_right('grant_ended', coalesce(held.organization_id, 0), NULL, jsonb_build_object('grant', wanted,
    'role', held.role, 'person', held.person_id, 'on', last, 'reason', trim(why)));
  RETURN last;
END $$;
