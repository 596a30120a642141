-- Emergency openings: one person asks, another one of the owner's (or an auditor) agrees, sight lasts some hours.
-- It is sight alone (no handlers), and of nothing sealed: what the role “reads everything” may not read, no opening shows.

-- May the caller answer for this organization's records? Who that is, the office decides (regulations).
CREATE OR REPLACE FUNCTION congso.answers_openings(organization bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM jsonb_array_elements_text(congso.regulation('access.opening_agreed_by')) AS who
    LEFT JOIN congso.function_codes AS codes ON codes.word = who
    WHERE who = 'auditors' AND congso.is_auditor()
       OR 3000000000000000 + organization * 100 + codes.code = ANY (congso.principals()))
$$;

-- An organization and those whose work it took over.
CREATE OR REPLACE FUNCTION congso.with_predecessors(organization bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE chain(id) AS (
    SELECT organization
    UNION SELECT s.predecessor_id FROM chain JOIN public.directory_succession s
      ON s.successor_id = chain.id AND s.effective_on <= congso.today()
  )
  SELECT id FROM chain
$$;
REVOKE ALL ON FUNCTION congso.with_predecessors(bigint) FROM PUBLIC;

-- What running openings add to a person's principals: part of congso.enter.
CREATE OR REPLACE FUNCTION congso.openings_of(person bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(principal), '{}') FROM (
    SELECT 8000000000000000 + o.id * 100 FROM public.access_opening o
    WHERE o.asked_by_id = person AND o.record_id IS NOT NULL
      AND o.begins_at <= transaction_timestamp() AND o.ends_at > transaction_timestamp()
    UNION
    SELECT 7000000000000000 + reached * 100 FROM public.access_opening o, congso.with_predecessors(o.organization_id) reached
    WHERE o.asked_by_id = person AND o.number = ''
      AND o.begins_at <= transaction_timestamp() AND o.ends_at > transaction_timestamp()
  ) AS opened(principal)
$$;
REVOKE ALL ON FUNCTION congso.openings_of(bigint) FROM PUBLIC;

-- Keep the principals of openings on a record through all its moves. A record that leaves “reads everything” out is
-- sealed: it leaves every opening too.
CREATE OR REPLACE FUNCTION congso.admit_openings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.audience := ARRAY(SELECT one FROM unnest(NEW.audience) AS one WHERE one < 7000000000000000);
  IF 4000000000000100 = ANY (NEW.audience) THEN
    NEW.audience := NEW.audience || (7000000000000000 + NEW.owner_id * 100) || ARRAY(
      SELECT 8000000000000000 + o.id * 100 FROM public.access_opening o
      WHERE o.record_id = NEW.id AND o.ends_at > transaction_timestamp());
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION congso.admit_openings() FROM PUBLIC;

CREATE OR REPLACE TRIGGER admit_openings BEFORE INSERT OR UPDATE OF audience ON public.records_record
  FOR EACH ROW EXECUTE FUNCTION congso.admit_openings();

-- Somebody asks for sight of one record she names, or (no number) of all an organization's records. Whether the record
-- exists is not told to her.
CREATE OR REPLACE FUNCTION congso.ask_opening(owner bigint, named text, for_hours integer, why text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made bigint;
BEGIN
  IF (congso.person() IS NOT NULL AND (SELECT count(*) < 5 FROM public.access_opening o
      WHERE o.asked_by_id = congso.person() AND o.state = 'asked' AND o.expires_at > transaction_timestamp())) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: nobody, or five unanswered already' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (for_hours BETWEEN 1 AND (congso.regulation('access.opening_hours_most'))::integer AND trim(why) <> '') IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: no reason, or more hours than allowed' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO public.access_opening (organization_id, number, hours, reason, state, asked_by_id, asked_at, expires_at, answer)
  VALUES (owner, trim(named), for_hours, trim(why), 'asked', congso.person(), transaction_timestamp(),
    transaction_timestamp() + make_interval(hours => (congso.regulation('access.opening_request_hours'))::integer), '')
  RETURNING id INTO made;
  PERFORM congso.note_right('opening_asked', owner, NULL, jsonb_build_object('opening', made, 'number', trim(named),
    'hours', for_hours, 'reason', trim(why)));
  RETURN made;
END $$;

-- The records an opening may mean, for who may answer it and did not ask herself. Nothing sealed is among them.
CREATE OR REPLACE FUNCTION congso.opening_matches(wanted bigint) RETURNS TABLE(record bigint, number text, opened_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.id, r.number::text, r.opened_on FROM public.access_opening o
  JOIN public.records_record r ON upper(r.number) = upper(o.number)
    AND r.owner_id IN (SELECT congso.with_predecessors(o.organization_id))
  WHERE o.id = wanted AND o.number <> '' AND congso.answers_openings(o.organization_id)
    AND o.asked_by_id <> congso.person() AND 4000000000000100 = ANY (r.audience)
  ORDER BY r.opened_on DESC, r.id DESC LIMIT 20
$$;

-- Another person, who may answer for the owner, agrees (for a number: to which record) or refuses.
CREATE OR REPLACE FUNCTION congso.answer_opening(wanted bigint, agree boolean, words text, chosen bigint) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  asked public.access_opening;
  ends timestamptz;
BEGIN
  SELECT * INTO asked FROM public.access_opening o WHERE o.id = wanted FOR UPDATE;
  IF (congso.answers_openings(asked.organization_id) AND asked.asked_by_id <> congso.person()) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: not yours to answer' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (asked.state = 'asked' AND transaction_timestamp() < asked.expires_at AND (agree OR trim(words) <> '')
      AND (NOT agree OR asked.number = '' AND chosen IS NULL
           OR chosen IN (SELECT m.record FROM congso.opening_matches(wanted) AS m))) IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: answered, expired, no reason or not that record' USING ERRCODE = 'check_violation';
  END IF;
  ends := CASE WHEN agree THEN transaction_timestamp() + make_interval(hours => asked.hours) END;
  UPDATE public.access_opening o
  SET state = CASE WHEN agree THEN 'agreed' ELSE 'refused' END, answered_by_id = congso.person(), answer = trim(words),
      answered_at = transaction_timestamp(), record_id = CASE WHEN agree THEN chosen END,
      begins_at = CASE WHEN agree THEN transaction_timestamp() END, ends_at = ends
  WHERE o.id = wanted;
  UPDATE public.records_record r SET audience = r.audience WHERE agree AND r.id = chosen;
  PERFORM congso.note_right(CASE WHEN agree THEN 'opening_agreed' ELSE 'opening_refused' END, asked.organization_id,
    chosen, jsonb_build_object('opening', wanted, 'person', asked.asked_by_id, 'until', ends, 'words', trim(words)));
  RETURN ends;
END $$;

-- Close before its time (who asked, or who may answer), or take back what nobody has answered (who asked).
CREATE OR REPLACE FUNCTION congso.end_opening(wanted bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held public.access_opening;
BEGIN
  UPDATE public.access_opening o
  SET state = CASE WHEN o.state = 'asked' THEN 'withdrawn' ELSE o.state END,
      answered_by_id = coalesce(o.answered_by_id, congso.person()), ends_at = CASE WHEN o.state = 'agreed'
        THEN transaction_timestamp() END
  WHERE o.id = wanted AND (o.asked_by_id = congso.person() OR congso.answers_openings(o.organization_id) AND o.state = 'agreed')
    AND (o.state = 'asked' OR o.state = 'agreed' AND o.ends_at > transaction_timestamp())
  RETURNING * INTO held;
  IF held.id IS NULL THEN
    RAISE EXCEPTION 'congso: not yours to end' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.records_record r SET audience = r.audience WHERE r.id = held.record_id;
  PERFORM congso.note_right('opening_ended', held.organization_id, held.record_id, jsonb_build_object('opening', wanted));
END $$;

-- The caller looks at a record: when she sees it by openings alone, keep and journal the look. The same look again
-- within five minutes is one look. Returns how many openings it was noted for.
CREATE OR REPLACE FUNCTION congso.note_opening_use(seen bigint, address text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  used record;
  noted integer := 0;
BEGIN
  FOR used IN
    SELECT o.id, o.organization_id, r.number FROM public.records_record r
    JOIN public.access_opening o ON o.asked_by_id = congso.person() AND o.ends_at > transaction_timestamp()
      AND (o.record_id = r.id OR o.number = '' AND r.owner_id IN (SELECT congso.with_predecessors(o.organization_id)))
    WHERE r.id = seen AND r.audience && congso.principals() AND NOT r.audience && ARRAY(
      SELECT one FROM unnest(congso.principals()) AS one WHERE one < 7000000000000000)
  LOOP
    CONTINUE WHEN EXISTS (
      SELECT 1 FROM public.access_openinguse u WHERE u.opening_id = used.id AND u.record_id = seen AND u.path = address
      AND u.at > transaction_timestamp() - interval '5 minutes');
    INSERT INTO public.access_openinguse (opening_id, at, record_id, number, path)
    VALUES (used.id, transaction_timestamp(), seen, used.number, address);
    PERFORM congso.note_right('opening_used', used.organization_id, seen,
      jsonb_build_object('opening', used.id, 'path', address));
    noted := noted + 1;
  END LOOP;
  RETURN noted;
END $$;

-- Openings that have ended and are not reported yet: their records forget them. Returns them, once. For the machine.
CREATE OR REPLACE FUNCTION congso.close_openings() RETURNS SETOF bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  closed record;
BEGIN
  IF NOT congso.is_system() THEN
    RAISE EXCEPTION 'congso: for the machine alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR closed IN
    UPDATE public.access_opening o SET reported_at = transaction_timestamp()
    WHERE o.ends_at <= transaction_timestamp() AND o.reported_at IS NULL RETURNING o.id, o.record_id
  LOOP
    UPDATE public.records_record r SET audience = r.audience WHERE r.id = closed.record_id;
    RETURN NEXT closed.id;
  END LOOP;
END $$;
