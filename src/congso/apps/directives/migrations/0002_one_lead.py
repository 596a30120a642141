from django.db import migrations

FORWARD = """
CREATE FUNCTION directives_one_lead() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  lead bigint;
BEGIN
  SELECT unit_id INTO lead FROM public.records_record WHERE id =
    CASE TG_TABLE_NAME WHEN 'directives_task' THEN (to_jsonb(NEW)->>'record_ptr_id')::bigint
    ELSE (to_jsonb(NEW)->>'task_id')::bigint END;
  IF lead IS NULL THEN
    RAISE EXCEPTION 'directives: a task has exactly one lead' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_TABLE_NAME = 'directives_support' AND lead = (to_jsonb(NEW)->>'organization_id')::bigint THEN
    RAISE EXCEPTION 'directives: the lead does not support itself' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION directives_one_lead() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER one_lead AFTER INSERT OR UPDATE ON directives_task
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION directives_one_lead();
CREATE CONSTRAINT TRIGGER one_lead AFTER INSERT ON directives_support
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION directives_one_lead();
"""

BACKWARD = """
DROP TRIGGER one_lead ON directives_support;
DROP TRIGGER one_lead ON directives_task;
DROP FUNCTION directives_one_lead();
"""


class Migration(migrations.Migration):
    """A task has exactly one lead, and the lead is not among its supporting units (226-KL/TW)."""

    dependencies = [("directives", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
