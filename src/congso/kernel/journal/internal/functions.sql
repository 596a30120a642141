-- The journal's chain. An entry waits in a queue until its transaction is settled; the sealer then gives it the
-- next place in its organization's chain. Places follow commit order closely enough that nothing written later
-- can slip in before; no lock is held while people work.

CREATE OR REPLACE FUNCTION congso.queue_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.journal_unsealed (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.queue_entry() FROM PUBLIC;

CREATE OR REPLACE TRIGGER queue_entry AFTER INSERT ON public.journal_entry
  FOR EACH ROW EXECUTE FUNCTION congso.queue_entry();

-- Is this the machine's keeper of the journal, which closes the book and sends it out? It holds nothing else.
CREATE OR REPLACE FUNCTION congso.keeps_journal() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT 6000000000001400 = ANY (congso.principals()) $$;

-- What an entry's digest is taken over; congso.kernel.journal.reading builds the same text without this function.
CREATE OR REPLACE FUNCTION congso.entry_text(e public.journal_entry) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_array(e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    e.organization_id, e.actor, e.actor_label, e.act, e.record_id, e.facts)::text
$$;

-- Seal what is settled; returns how many entries. One sealer at a time; others return 0 at once. A row is settled
-- when its transaction ended before every running one, or when its number lies ahead of this server's own
-- (the row was restored from another server).
CREATE OR REPLACE FUNCTION congso.seal_journal() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  waiting record;
  head record;
  sealed integer := 0;
  text_now text;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('congso.seal_journal')) THEN
    RETURN 0;
  END IF;
  FOR waiting IN
    SELECT e AS entry, e.id, e.organization_id FROM public.journal_unsealed u
    JOIN public.journal_entry e ON e.id = u.entry_id
    WHERE u.transaction < pg_snapshot_xmin(pg_current_snapshot())
       OR u.transaction >= pg_snapshot_xmax(pg_current_snapshot())
    ORDER BY e.organization_id, u.transaction, e.id LIMIT 5000
  LOOP
    SELECT s.position, s.digest INTO head FROM public.journal_seal s
    WHERE s.organization_id = waiting.organization_id ORDER BY s.position DESC LIMIT 1;
    text_now := congso.entry_text(waiting.entry);
    INSERT INTO public.journal_seal (entry_id, organization_id, position, previous, digest)
    VALUES (waiting.id, waiting.organization_id, coalesce(head.position, 0) + 1, coalesce(head.digest, ''),
      encode(sha256(convert_to(coalesce(head.digest, '') || text_now, 'UTF8')), 'hex'));
    DELETE FROM public.journal_unsealed u WHERE u.entry_id = waiting.id;
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END $$;
