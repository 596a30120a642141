-- What she asked is no longer told, only that something was; called by congso.anonymise alone.
CREATE OR REPLACE FUNCTION congso.anonymise_assistant(who bigint) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  instead CONSTANT text := 'Đã ẩn danh';
  touched integer;
  told jsonb := '{}';
BEGIN
  UPDATE public.assistant_turn t SET question = instead, asked = instead, correction = ''
  FROM public.assistant_conversation c WHERE c.id = t.conversation_id AND c.asker_id = who;
  UPDATE public.assistant_conversation SET title = instead WHERE asker_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('assistant_conversation', touched);
  UPDATE public.assistant_judgement SET question = instead, correction = '' WHERE by_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('assistant_judgement', touched);
  RETURN told;
END $$;
REVOKE ALL ON FUNCTION congso.anonymise_assistant(bigint) FROM PUBLIC;
