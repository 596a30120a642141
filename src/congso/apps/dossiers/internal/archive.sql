-- The doors of dossiers and archive through row-level security.

-- Put a record into a dossier by a live rule, for whoever sees the record and works in the rule's body: she need
-- not see the dossier. Returns the new entry, or NULL when it lies there already or the dossier is no longer open.
CREATE OR REPLACE FUNCTION congso.file_by_rule(
  by_rule bigint, filed bigint, facts jsonb, moment timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  rule public.dossiers_filingrule%ROWTYPE;
  place integer;
  made bigint;
BEGIN
  SELECT f.* INTO rule FROM public.dossiers_filingrule f
  WHERE f.id = by_rule AND f.is_live AND congso.works_in(f.organization_id);
  IF rule.id IS NULL OR NOT EXISTS (
    SELECT 1 FROM public.records_record r WHERE r.id = filed AND r.audience && congso.principals()) THEN
    RAISE EXCEPTION 'congso: rule % is not yours to follow', by_rule USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM 1 FROM public.records_record r
  WHERE r.id = rule.dossier_id AND r.state IN ('opened', 'filling') FOR UPDATE;
  IF NOT FOUND OR rule.dossier_id = filed THEN RETURN NULL; END IF;
  SELECT coalesce(max(e.position), 0) + 1 INTO place FROM public.dossiers_entry e WHERE e.dossier_id = rule.dossier_id;
  INSERT INTO public.dossiers_entry (dossier_id, kind, record_id, position, type_key, number, issued_on, is_undated,
    issuer, subject, pages, language, reliability, condition, mode, autograph, keywords, note, rule_id, added_by_id, added_at)
  VALUES (rule.dossier_id, 'record', filed, place, facts->>'type_key', facts->>'number', (facts->>'issued_on')::date, false,
    facts->>'issuer', facts->>'title', nullif((facts->>'pages')::integer, 0), '01', facts->>'reliability', '01', '01',
    '', '', '', rule.id, congso.person(), moment)
  ON CONFLICT (dossier_id, record_id) DO NOTHING RETURNING id INTO made;
  IF made IS NOT NULL THEN
    INSERT INTO public.records_link (source_id, target_id, kind, clause, added_by_id, added_at)
    VALUES (filed, rule.dossier_id, 'dossier', '', congso.person(), moment) ON CONFLICT DO NOTHING;
    UPDATE public.records_record r SET state = 'filling', awaited = '{}', updated_at = moment, version = r.version + 1
    WHERE r.id = rule.dossier_id AND r.state = 'opened';
  END IF;
  RETURN made;
END $$;

-- Does the caller do anything in the organization, or in a unit that stands below it?
CREATE OR REPLACE FUNCTION congso.works_in(organization bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    WITH RECURSIVE up(id, parent_id) AS (
      SELECT o.id, o.parent_id FROM public.directory_organization o
      WHERE o.id IN (SELECT (held % 1000000000000000) / 100 FROM unnest(congso.principals()) AS held
                     WHERE held / 1000000000000000 = 3)
      UNION SELECT o.id, o.parent_id FROM up JOIN public.directory_organization o ON o.id = up.parent_id
    ) SELECT 1 FROM up WHERE up.id = organization)
$$;

-- How many documents lie in a dossier its caller sees, her sight of each aside: so that “5 of 7 shown” can be said.
CREATE OR REPLACE FUNCTION congso.documents_in(dossier bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*)::integer FROM public.dossiers_entry e
  WHERE e.dossier_id = dossier AND EXISTS (
    SELECT 1 FROM public.records_record r WHERE r.id = dossier AND r.audience && congso.principals())
$$;

-- May the caller read the content of an archived dossier now: the archive that keeps it, or a granted reading in its time?
CREATE OR REPLACE FUNCTION congso.reads_archived(dossier bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM public.records_record r
    WHERE r.id = dossier AND r.state IN ('submitted', 'archived', 'historical', 'review', 'destroyed')
      AND r.audience && congso.principals()
      AND (3000000000000008 + r.owner_id * 100 = ANY (congso.principals())
           OR congso.actor() = 'system:24'
           OR r.state = 'historical' AND EXISTS (
             SELECT 1 FROM public.dossiers_dossier d JOIN public.dossiers_fonds f ON f.id = d.fonds_id
             WHERE d.record_ptr_id = dossier
               AND 3000000000000008 + f.historical_archive_id * 100 = ANY (congso.principals()))))
    OR EXISTS (
    SELECT 1 FROM public.dossiers_readingrequest q JOIN public.records_record r ON r.id = q.record_ptr_id
    WHERE q.wanted_id = dossier AND q.asker_id = congso.person() AND r.state = 'granted' AND q.way <> 'paper'
      AND q.until > now())
$$;

-- Is anything that stays made of these bytes? `freed`: records about to be destroyed. The row of a signature does not
-- count, it goes with the paper it is on; every other system's table that points at stored bytes does, also later ones.
CREATE OR REPLACE FUNCTION congso.bytes_are_needed(sha text, freed bigint[]) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  pointing record;
  is_found boolean;
BEGIN
  IF EXISTS (SELECT 1 FROM public.dossiers_archivedfile o WHERE o.sha256 = sha AND o.state <> 'destroyed')
    OR EXISTS (SELECT 1 FROM public.files_attachment o WHERE o.blob_id = sha AND NOT o.record_id = ANY (freed)
               AND (NOT EXISTS (SELECT 1 FROM public.dossiers_entry x JOIN public.records_record k ON k.id = x.dossier_id
                                WHERE x.record_id = o.record_id AND k.state = 'destroyed')
                    OR EXISTS (SELECT 1 FROM public.dossiers_entry x JOIN public.records_record k ON k.id = x.dossier_id
                               WHERE x.record_id = o.record_id AND k.state NOT IN ('destroyed', 'cancelled'))))
  THEN RETURN true; END IF;
  FOR pointing IN
    SELECT c.conrelid::regclass AS place, a.attname AS name FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'public.files_blob'::regclass AND c.conrelid NOT IN (
      'public.files_attachment'::regclass, 'public.signing_signedfile'::regclass, 'public.signing_batchitem'::regclass)
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s WHERE %I = $1)', pointing.place, pointing.name)
      INTO is_found USING sha;
    IF is_found THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;

-- May these bytes, named for destruction by the disposal of the caller's archive, go now? Whoever stores the same bytes
-- meanwhile waits until this transaction ends, then stores them anew (files.services.store_file holds the same lock).
CREATE OR REPLACE FUNCTION congso.free_bytes(by_disposal bigint, sha text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM public.dossiers_destroyedfile f JOIN public.records_record r ON r.id = f.disposal_id
  WHERE f.disposal_id = by_disposal AND f.sha256 = sha AND f.destroyed_at IS NULL AND NOT f.is_needed_elsewhere
    AND 3000000000000008 + r.owner_id * 100 = ANY (congso.principals());
  IF NOT FOUND THEN
    RAISE EXCEPTION 'congso: these bytes are not named for destruction' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(sha, 0));
  RETURN NOT congso.bytes_are_needed(sha, '{}');
END $$;

-- Mark the files of a dossier as destroyed, by its body's archive, under a council's decision, never of one kept for
-- ever or held. Texts and index words of what nothing else keeps go at once; the bytes are named for the job
-- that overwrites them. `is_needed` bytes are used by something that stays, and stay.
CREATE OR REPLACE FUNCTION congso.destroy_archived(destroyed bigint, by_disposal bigint, moment timestamptz)
RETURNS TABLE(file_name text, sha text, bytes bigint, is_needed boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  freed bigint[];
BEGIN
  PERFORM 1 FROM public.records_record r JOIN public.dossiers_dossier d ON d.record_ptr_id = r.id
  JOIN public.dossiers_disposalitem i ON i.dossier_id = r.id AND i.disposal_id = by_disposal AND i.outcome = 'destroy'
  JOIN public.dossiers_disposal p ON p.record_ptr_id = i.disposal_id
  JOIN public.records_record pr ON pr.id = p.record_ptr_id
  WHERE r.id = destroyed AND r.state = 'review' AND d.retention <> 'permanent' AND p.decision <> ''
    AND pr.state IN ('decided', 'destroying') AND pr.owner_id = r.owner_id
    AND 3000000000000008 + r.owner_id * 100 = ANY (congso.principals())
    AND NOT EXISTS (SELECT 1 FROM public.dossiers_hold h WHERE h.dossier_id = r.id AND h.ended_at IS NULL)
  FOR UPDATE OF r;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'congso: dossier % is not to be destroyed', destroyed USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Records that lie in this dossier and in no other one that is kept.
  SELECT coalesce(array_agg(DISTINCT e.record_id), '{}') INTO freed FROM public.dossiers_entry e
  WHERE e.dossier_id = destroyed AND e.record_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM public.dossiers_entry o JOIN public.records_record k ON k.id = o.dossier_id
    WHERE o.record_id = e.record_id AND o.dossier_id <> destroyed AND k.state NOT IN ('destroyed', 'cancelled'));
  freed := freed || destroyed;
  UPDATE public.dossiers_archivedfile f SET state = 'destroyed'
  FROM public.dossiers_entry e WHERE e.id = f.entry_id AND e.dossier_id = destroyed;
  UPDATE public.dossiers_dossier d SET destroyed_at = moment WHERE d.record_ptr_id = destroyed;
  UPDATE public.dossiers_card c SET is_destroyed = true WHERE c.dossier_id = destroyed;
  DELETE FROM public.files_pagetext t USING public.files_attachment a
  WHERE a.id = t.attachment_id AND a.record_id = ANY (freed);
  UPDATE public.search_entry s SET tsv = s.ttsv, indexed_at = moment WHERE s.record_id = ANY (freed);
  RETURN QUERY
  WITH gone AS (
    SELECT f.name::text AS name, f.sha256::text AS sha256, f.size FROM public.dossiers_archivedfile f
    JOIN public.dossiers_entry e ON e.id = f.entry_id WHERE e.dossier_id = destroyed
    UNION
    SELECT a.name::text, a.blob_id::text, b.size FROM public.files_attachment a JOIN public.files_blob b ON b.sha256 = a.blob_id
    WHERE a.record_id = ANY (freed))
  SELECT min(gone.name), gone.sha256, min(gone.size),
    congso.bytes_are_needed(gone.sha256, freed)
  FROM gone GROUP BY gone.sha256;
END $$;
