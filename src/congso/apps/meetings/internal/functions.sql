-- Why she stayed away and what she noted for herself; called by congso.anonymise alone.
CREATE OR REPLACE FUNCTION congso.anonymise_meetings(who bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  touched integer;
  told jsonb := '{}';
BEGIN
  UPDATE public.meetings_reply r SET reason = 'Đã ẩn danh'
  FROM public.meetings_participant p WHERE p.id = r.participant_id AND p.person_id = who AND r.reason <> '';
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('meetings_reply', touched);
  DELETE FROM public.meetings_papernote WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('meetings_papernote', touched);
  RETURN told;
END $$;
REVOKE ALL ON FUNCTION congso.anonymise_meetings(bigint) FROM PUBLIC;
