-- What happens to a file that bears a mark of secrecy, and what the sweeper needs to know.

-- Into quarantine: called by the job that read the upload, acting as its uploader, who will not see the item.
CREATE OR REPLACE FUNCTION congso.quarantine_upload(
  read_upload bigint, found_grade text, found_place text, found_evidence text, words text, moment timestamptz)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.files_upload u SET state = 'quarantined', message = words, finished_at = moment
  WHERE u.id = read_upload AND u.uploaded_by_id = congso.person() AND u.state = 'reading';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'congso: upload % is not being read by you', read_upload USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.files_quarantineitem
    (upload_id, key, organization_id, name, size, sha256, grade, place, evidence, found_at, state, reason)
  SELECT u.id, u.key, u.organization_id, u.name, u.size, u.sha256, found_grade, found_place, found_evidence, moment, 'held', ''
  FROM public.files_upload u WHERE u.id = read_upload;
  -- Neither name nor text: the bell is no place for what may be a secret.
  PERFORM congso.alert_secrecy_officers(u.organization_id,
    CASE found_grade WHEN 'infected' THEN 'Một tệp có mã độc vừa bị cách ly; mở mục Cách ly để xóa'
                     ELSE 'Một tệp có dấu hiệu mật vừa bị cách ly; mở mục Cách ly để xem xét' END, moment)
  FROM public.files_upload u WHERE u.id = read_upload;
END $$;

-- Out of quarantine, by an officer of the organization: released (read again, without looking for marks) or
-- erased (names go too: they may hold what the paper says; hash, size and times stay). Returns the uploader.
CREATE OR REPLACE FUNCTION congso.settle_quarantine(item bigint, outcome text, words text, moment timestamptz)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held public.files_quarantineitem;
  uploader bigint;
BEGIN
  SELECT * INTO held FROM public.files_quarantineitem q WHERE q.id = item FOR UPDATE;
  IF held.id IS NULL OR held.state <> 'held' OR outcome NOT IN ('released', 'erased')
     OR held.grade = 'infected' AND outcome <> 'erased'
     OR NOT (3000000000000006 + held.organization_id * 100 = ANY (congso.principals())) THEN
    RAISE EXCEPTION 'congso: quarantine item % is not yours to settle', item USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.files_quarantineitem q
  SET state = outcome, reason = words, settled_at = moment, settled_by_id = congso.person(),
      name = CASE outcome WHEN 'erased' THEN 'Tệp đã xóa' ELSE q.name END
  WHERE q.id = item;
  UPDATE public.files_upload u
  SET state = CASE outcome WHEN 'released' THEN 'waiting' ELSE 'erased' END,
      is_released = (outcome = 'released'),
      message = CASE outcome WHEN 'released' THEN '' ELSE 'Tệp đã bị xóa khỏi khu cách ly.' END,
      name = CASE outcome WHEN 'erased' THEN 'Tệp đã xóa' ELSE u.name END,
      details = CASE outcome WHEN 'erased' THEN '{}'::jsonb ELSE u.details END
  WHERE u.id = held.upload_id
  RETURNING u.uploaded_by_id INTO uploader;
  RETURN uploader;
END $$;

-- For the sweeper, which sees no upload: of which keys the temporary file is still needed, and where.
CREATE OR REPLACE FUNCTION congso.files_still_needed() RETURNS TABLE(file_key uuid, place text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.key, CASE u.state WHEN 'quarantined' THEN 'quarantine' ELSE 'spool' END
  FROM public.files_upload u
  WHERE u.state IN ('waiting', 'reading', 'failed', 'quarantined') AND (SELECT congso.is_system())
$$;

-- Uploads that wait or are being read although no job of theirs is alive, with whom to act as.
CREATE OR REPLACE FUNCTION congso.stuck_uploads(older_than timestamptz) RETURNS TABLE(upload bigint, person bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT u.id, u.uploaded_by_id
  FROM public.files_upload u LEFT JOIN public.jobs_job j ON j.id = u.job_id
  WHERE u.state IN ('waiting', 'reading') AND u.uploaded_at < older_than
    AND (j.id IS NULL OR j.state IN ('failed', 'stopped', 'finished')) AND (SELECT congso.is_system())
$$;

-- May the actor tie these bytes to a record? She brought them, or sees a file that uses them; knowing a hash is
-- not enough. The carrier has the bytes in hand: it hands over what another office sent. (Asked by the policy of attachments, which cannot ask the policy of blobs: that one asks it back.)
CREATE OR REPLACE FUNCTION congso.may_use_blob(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.actor() = 'system:20'
      OR EXISTS (SELECT 1 FROM public.files_upload u
                 WHERE u.uploaded_by_id = congso.person() AND wanted IN (u.blob_id, u.searchable_id))
      OR EXISTS (SELECT 1 FROM public.files_blob b WHERE b.sha256 = wanted AND b.added_by_id = congso.person())
      OR EXISTS (SELECT 1 FROM public.files_attachment a JOIN public.records_record r ON r.id = a.record_id
                 WHERE a.blob_id = wanted AND NOT r.are_files_closed AND r.audience && congso.principals())
$$;
