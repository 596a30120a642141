-- What the library asks the database beyond plain policies.

-- Does the caller keep some library? Names of authors and subject headings are one list for all libraries.
CREATE OR REPLACE FUNCTION congso.is_librarian() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$
  SELECT EXISTS (SELECT 1 FROM unnest(congso.principals()) AS held WHERE held / 1000000000000000 = 3 AND held % 100 = 8)
$$;

-- May the caller read the work of this card: it is open and its collection is for her, or she keeps the library?
CREATE OR REPLACE FUNCTION congso.library_reads(card bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM public.library_card c JOIN public.library_collection k ON k.id = c.collection_id
    WHERE c.work_id = card AND c.published_at IS NOT NULL AND c.withdrawn_at IS NULL
      AND (k.readers = 'public' OR (k.readers = 'staff' AND 4000000000000000 = ANY (congso.principals()))
           OR (k.readers = 'listed' AND k.bodies && congso.principals())))
$$;

-- One more use of a work in this month. There is a count and nothing else: not whose, not when.
CREATE OR REPLACE FUNCTION congso.library_count(card bigint, how text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF how NOT IN ('read', 'taken', 'lent') OR NOT (congso.library_reads(card) OR congso.may_act(card)) THEN
    RAISE EXCEPTION 'congso: not a use of yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.library_usage AS u (card_id, month, kind, count)
  VALUES (card, date_trunc('month', congso.today())::date, how, 1)
  ON CONFLICT (card_id, month, kind) DO UPDATE SET count = u.count + 1;
END $$;

-- How many readers wait for a work, for who may read it: a figure, no names.
CREATE OR REPLACE FUNCTION congso.library_queue(card bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*)::integer FROM public.library_hold h
  WHERE h.card_id = card AND h.state IN ('waiting', 'ready') AND (congso.library_reads(card) OR congso.may_act(card))
$$;

-- Prolong an open loan to a day: its reader or who keeps the library; not past the library's settings, not while
-- somebody waits for the work. Returns why not (''= done).
CREATE OR REPLACE FUNCTION congso.library_renew(loan bigint, until date) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held public.library_loan%ROWTYPE;
  longest integer := (congso.regulation('library.loan_days'))::integer + 14;  -- and the days the desk is closed
BEGIN
  SELECT * INTO held FROM public.library_loan l WHERE l.id = loan AND l.ended_at IS NULL FOR UPDATE;
  IF held.id IS NULL OR NOT (held.reader_id IS NOT DISTINCT FROM congso.person() OR congso.may_act(held.card_id)) THEN
    RAISE EXCEPTION 'congso: not a loan of yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF held.due_on < congso.today() THEN RETURN 'late'; END IF;
  IF held.renewals >= (congso.regulation('library.renewals'))::integer THEN RETURN 'often'; END IF;
  IF EXISTS (SELECT 1 FROM public.library_hold h WHERE h.card_id = held.card_id AND h.state = 'waiting') THEN
    RETURN 'awaited';
  END IF;
  IF until <= held.due_on OR until > congso.today() + longest THEN RETURN 'day'; END IF;
  UPDATE public.library_loan l SET due_on = until, renewals = l.renewals + 1 WHERE l.id = loan;
  RETURN '';
END $$;

-- Who may read a collection's works has changed: the audience of every open one follows in one statement.
CREATE OR REPLACE FUNCTION congso.library_regrant(wanted bigint) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  kept public.library_collection%ROWTYPE;
  reached integer;
BEGIN
  SELECT * INTO kept FROM public.library_collection c WHERE c.id = wanted FOR UPDATE;
  WITH moved AS (
    UPDATE public.records_record r
    SET audience = ARRAY(
      SELECT DISTINCT one FROM unnest(
        r.handlers || ARRAY[6000000000000200, 4000000000000100]::bigint[]
        || CASE WHEN kept.readers = 'listed' THEN kept.bodies ELSE ARRAY[4000000000000000]::bigint[] END) AS one ORDER BY one)
    FROM public.library_work w
    WHERE w.record_ptr_id = r.id AND w.collection_id = kept.id AND r.state = 'available'
      AND r.handlers && congso.principals()
    RETURNING 1)
  SELECT count(*) INTO reached FROM moved;
  RETURN reached;
END $$;

-- Whose loans and holds were is forgotten, places and notes go; called by congso.anonymise alone.
CREATE OR REPLACE FUNCTION congso.anonymise_library(who bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  touched integer;
  told jsonb := '{}';
BEGIN
  UPDATE public.library_loan SET reader_id = NULL, reader_label = '' WHERE reader_id = who AND ended_at IS NOT NULL;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('library_loan', touched);
  UPDATE public.library_hold SET reader_id = NULL, reader_label = ''
  WHERE reader_id = who AND state NOT IN ('waiting', 'ready');
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('library_hold', touched);
  DELETE FROM public.library_place WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('library_place', touched);
  DELETE FROM public.library_note WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('library_note', touched);
  RETURN told;
END $$;
REVOKE ALL ON FUNCTION congso.anonymise_library(bigint) FROM PUBLIC;
