-- The three doors of a secret ballot's box (docs/voting.md). The box is one row: its slips sorted by their random tokens, written
-- anew with each, so that neither place nor transaction nor the order of a dump tells which came when. No time, no number.

-- How the box stands and, once it has been opened, what was published, for whoever has its random address. Nothing of voters.
CREATE OR REPLACE FUNCTION congso.box_state(the_box uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object('state', r.state, 'modulus', encode(x.modulus, 'hex'),
           'counters', jsonb_array_length(x.counter_keys), 'receipts', x.published -> 'receipts')
  FROM public.voting_box x JOIN public.records_record r ON r.id = x.ballot_id
  WHERE x.address = the_box
$$;

-- Put a slip into the box: kept (also when it lies there already), used (its token lies there with another slip), early, over,
-- full (more slips than papers handed out), unknown. Signature and length are checked before by the caller, and by every recount.
CREATE OR REPLACE FUNCTION congso.box_put(the_box uuid, slip bytea, moment timestamptz) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  the_ballot bigint;
  stands text;
  last_moment timestamptz;
  kept bytea[];
  before bytea;
BEGIN
  SELECT x.ballot_id INTO the_ballot FROM public.voting_box x WHERE x.address = the_box;
  IF the_ballot IS NULL OR slip IS NULL OR length(slip) NOT BETWEEN 336 AND 4096 THEN
    RETURN 'unknown';
  END IF;
  -- Closing waits for slips under way; from its first moment on none begins (services/moving.py).
  PERFORM pg_advisory_xact_lock_shared(7660000000000000000 + the_ballot);
  SELECT r.state, b.closes_at INTO stands, last_moment
  FROM public.records_record r JOIN public.voting_ballot b ON b.record_ptr_id = r.id WHERE r.id = the_ballot;
  IF stands IN ('draft', 'open') THEN
    RETURN 'early';
  END IF;
  IF stands = 'collecting' THEN
    INSERT INTO public.voting_boxcontent (box_id, slips) VALUES (the_ballot, '{}') ON CONFLICT DO NOTHING;
  END IF;
  SELECT c.slips INTO kept FROM public.voting_boxcontent c WHERE c.box_id = the_ballot FOR UPDATE;
  SELECT s INTO before FROM unnest(kept) s WHERE substring(s FROM 1 FOR 32) = substring(slip FROM 1 FOR 32);
  IF before IS NOT NULL THEN
    RETURN CASE WHEN before = slip THEN 'kept' ELSE 'used' END;
  END IF;
  IF stands <> 'collecting' OR moment >= last_moment THEN
    RETURN 'over';
  END IF;
  IF cardinality(kept) >= (SELECT count(*) FROM public.voting_issue i
                           JOIN public.voting_voter v ON v.id = i.voter_id WHERE v.ballot_id = the_ballot) THEN
    RETURN 'full';
  END IF;
  UPDATE public.voting_boxcontent
  SET slips = (SELECT array_agg(s ORDER BY s) FROM unnest(array_append(kept, slip)) s)
  WHERE box_id = the_ballot;
  RETURN 'kept';
END $$;

-- How many slips lie in the box, for who sees the ballot.
CREATE OR REPLACE FUNCTION congso.box_count(the_ballot bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce((SELECT cardinality(c.slips) FROM public.voting_boxcontent c
                   JOIN public.records_record r ON r.id = c.box_id
                   WHERE r.id = the_ballot AND r.audience && (SELECT congso.principals())), 0)
$$;

-- Empty the box onto the table: for a member of the committee, after closing, when the others' keys but one are there.
CREATE OR REPLACE FUNCTION congso.box_take(the_ballot bigint) RETURNS bytea[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  taken bytea[];
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM public.voting_counter c
    JOIN public.records_record r ON r.id = c.ballot_id
    JOIN public.voting_ballot b ON b.record_ptr_id = r.id
    WHERE c.ballot_id = the_ballot AND c.person_id = congso.person() AND r.state = 'closed'
      AND b.threshold - 1 <= (SELECT count(*) FROM public.voting_givenkey g
                              JOIN public.voting_counter o ON o.id = g.counter_id WHERE o.ballot_id = the_ballot)
  ) THEN
    RAISE EXCEPTION 'congso: this box is not to be opened' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM public.voting_boxcontent WHERE box_id = the_ballot RETURNING slips INTO taken;
  RETURN coalesce(taken, '{}');
END $$;

-- How far a ballot is, for who sees it: who may answer, answers and papers in figures; who of the committee has counted
-- and when, never what.
CREATE OR REPLACE FUNCTION congso.ballot_standing(the_ballot bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object(
           'expected', count(v.id) FILTER (WHERE v.may), 'answered', count(a.id) FILTER (WHERE v.may),
           'taken', count(i.voter_id),
           'counted', (SELECT coalesce(jsonb_object_agg(one.counter_id, one.at), '{}') FROM
                       (SELECT n.counter_id, max(n.at) AS at FROM public.voting_count n
                        WHERE n.ballot_id = r.id GROUP BY n.counter_id) one))
  FROM public.records_record r
  JOIN public.voting_ballot b ON b.record_ptr_id = r.id
  LEFT JOIN LATERAL (SELECT l.id, l.is_voting AND l.deduction = '' AND l.removed_at IS NULL
                                AND (l.is_present OR b.way = 'circulation') AS may
                     FROM public.voting_voter l WHERE l.ballot_id = r.id) v ON true
  LEFT JOIN public.voting_answer a ON a.voter_id = v.id
  LEFT JOIN public.voting_issue i ON i.voter_id = v.id
  WHERE r.id = the_ballot AND r.audience && (SELECT congso.principals())
  GROUP BY r.id
$$;

-- Whether the caller has entered her own count of a ballot: only then she sees what the others counted.
CREATE OR REPLACE FUNCTION congso.has_counted(the_ballot bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.voting_count n JOIN public.voting_counter c ON c.id = n.counter_id
                 WHERE n.ballot_id = the_ballot AND c.person_id = (SELECT congso.person()))
$$;

-- What stands still from the opening on: everything but the list's figures while it is open and the result while it is counted.
CREATE OR REPLACE FUNCTION congso.keep_ballot() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  stands text := (SELECT r.state FROM public.records_record r WHERE r.id = OLD.record_ptr_id);
  free text := CASE stands WHEN 'open' THEN 'roll' WHEN 'closed' THEN 'result' ELSE '' END;
BEGIN
  IF stands <> 'draft' AND to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
    RAISE EXCEPTION 'congso: this ballot stands as it was opened' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION congso.keep_ballot() FROM PUBLIC;
CREATE OR REPLACE TRIGGER voting_keep_ballot BEFORE UPDATE ON public.voting_ballot
FOR EACH ROW EXECUTE FUNCTION congso.keep_ballot();

-- Of a box only two things change: the key that hands papers out is dropped, and what lay in it is published, once, when the
-- keys of the others are there (box_take). One member alone publishes nothing.
CREATE OR REPLACE FUNCTION congso.keep_box() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.signing_key NOT IN (OLD.signing_key, '')
     OR to_jsonb(OLD) - '{signing_key,published}'::text[] <> to_jsonb(NEW) - '{signing_key,published}'::text[]
     OR NEW.published <> OLD.published AND (
       OLD.published <> '{}' OR NOT EXISTS (
         SELECT 1 FROM public.voting_ballot b JOIN public.records_record r ON r.id = b.record_ptr_id
         WHERE r.id = OLD.ballot_id AND r.state = 'closed'
           AND NOT EXISTS (SELECT 1 FROM public.voting_boxcontent x WHERE x.box_id = r.id)
           AND b.threshold - 1 <= (SELECT count(*) FROM public.voting_givenkey g
                                   JOIN public.voting_counter c ON c.id = g.counter_id WHERE c.ballot_id = r.id)))
  THEN
    RAISE EXCEPTION 'congso: this box is not to be changed so' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION congso.keep_box() FROM PUBLIC;
CREATE OR REPLACE TRIGGER voting_keep_box BEFORE UPDATE ON public.voting_box
FOR EACH ROW EXECUTE FUNCTION congso.keep_box();

-- Who votes and under which name stands still from the opening on, and who took a secret paper stays on the list.
CREATE OR REPLACE FUNCTION congso.keep_voter() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF to_jsonb(OLD) <> to_jsonb(NEW)
     AND (SELECT r.state FROM public.records_record r WHERE r.id = OLD.ballot_id) <> 'draft'
     AND ((OLD.label, OLD.is_voting) <> (NEW.label, NEW.is_voting) OR OLD.removed_at IS NOT NULL
          OR EXISTS (SELECT 1 FROM public.voting_issue i WHERE i.voter_id = OLD.id))
  THEN
    RAISE EXCEPTION 'congso: this line of the list stands' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION congso.keep_voter() FROM PUBLIC;
CREATE OR REPLACE TRIGGER voting_keep_voter BEFORE UPDATE ON public.voting_voter
FOR EACH ROW EXECUTE FUNCTION congso.keep_voter();
