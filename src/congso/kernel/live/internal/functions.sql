-- Whom a web process should tell that something is new, on the channel congso_live:
-- `n 12 15` people whose notices changed, `w 3000000000000201` principals whose work list changed, `*` everybody.
-- Ids alone: whoever listens learns nothing of what happened. A payload holds 8,000 bytes at most.
CREATE OR REPLACE FUNCTION congso.tell_of_notices() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('congso_live', 'n ' || string_agg(person::text, ' '))
  FROM (SELECT person_id AS person, row_number() OVER () / 400 AS part FROM changed GROUP BY person_id) AS told
  GROUP BY part;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.tell_of_notices() FROM PUBLIC;

CREATE OR REPLACE TRIGGER live_new_notices AFTER INSERT ON public.notify_notice
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION congso.tell_of_notices();
CREATE OR REPLACE TRIGGER live_read_notices AFTER UPDATE ON public.notify_notice
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION congso.tell_of_notices();

CREATE OR REPLACE FUNCTION congso.tell_of_work() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  told bigint[] := NEW.awaited;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    told := told || OLD.awaited;
  END IF;
  PERFORM pg_notify('congso_live', CASE WHEN cardinality(told) > 300 THEN '*' ELSE 'w ' || array_to_string(told, ' ') END);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.tell_of_work() FROM PUBLIC;

CREATE OR REPLACE TRIGGER live_new_work AFTER INSERT ON public.records_record
FOR EACH ROW WHEN (NEW.awaited <> '{}') EXECUTE FUNCTION congso.tell_of_work();
CREATE OR REPLACE TRIGGER live_moved_work AFTER UPDATE OF awaited ON public.records_record
FOR EACH ROW WHEN (NEW.awaited IS DISTINCT FROM OLD.awaited OR NEW.state <> OLD.state)
EXECUTE FUNCTION congso.tell_of_work();
