-- What the application's role may not do with plain SQL on the spine.

-- May the acting person (or system) act on this record now?
CREATE OR REPLACE FUNCTION congso.may_act(record bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.records_record r
                 WHERE r.id = record AND r.handlers && (SELECT congso.principals()))
$$;

-- Move a record: its state, who sees it, who acts next and whose turn it is change together. The mover must be one who may act
-- now, and need not see the record afterwards (she may hand it away).
CREATE OR REPLACE FUNCTION congso.move_record(
  record bigint, from_state text, to_state text, new_audience bigint[], new_handlers bigint[],
  closed timestamptz, moment timestamptz, new_awaited bigint[] DEFAULT '{}', close_files boolean DEFAULT false)
RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  reached integer;
BEGIN
  UPDATE public.records_record r
  SET state = to_state, audience = new_audience, handlers = new_handlers, awaited = new_awaited,
      are_files_closed = close_files, closed_at = closed,
      updated_at = moment, version = r.version + 1
  WHERE r.id = record AND r.state = from_state AND r.handlers && congso.principals()
  RETURNING r.version INTO reached;
  IF reached IS NULL THEN
    RAISE EXCEPTION 'congso: record % is not in state % or not yours to move', record, from_state
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN reached;
END $$;

-- The next number of a series, for a record one may act on. The counter's row stays locked until the
-- transaction ends, so a rollback gives the number back and nobody can take the next one before that.
CREATE OR REPLACE FUNCTION congso.give_number(
  office bigint, series_key text, period_key text, holder bigint, reserved text, moment timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  given integer;
BEGIN
  IF holder IS NULL THEN
    IF reserved = '' OR NOT (
      3000000000000003 + office * 100 = ANY (congso.principals())
      OR EXISTS (SELECT 1 FROM public.directory_organization o  -- a committee's series are kept by its office
                 WHERE o.serves_id = office AND 3000000000000003 + o.id * 100 = ANY (congso.principals()))) THEN
      RAISE EXCEPTION 'congso: only a clerk of the office reserves a number' USING ERRCODE = 'insufficient_privilege';
    END IF;
  ELSIF NOT congso.may_act(holder) THEN
    RAISE EXCEPTION 'congso: record % is not yours to number', holder USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.records_counter AS c (organization_id, series, period, last)
  VALUES (office, series_key, period_key, 1)
  ON CONFLICT (organization_id, series, period) DO UPDATE SET last = c.last + 1
  RETURNING c.last INTO given;
  INSERT INTO public.records_number (organization_id, series, period, value, record_id, reservation, given_at, given_by_id)
  VALUES (office, series_key, period_key, given, holder, reserved, moment, congso.person());
  RETURN given;
END $$;

-- How much open work lies with organizations, by type, and where their series stand: figures for who is about to merge,
-- split or end them, without a look into any record. Counted up to ten thousand.
CREATE OR REPLACE FUNCTION congso.work_of(organizations bigint[]) RETURNS TABLE(kind text, name text, figure bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT (congso.is_administrator() OR (SELECT bool_and(congso.administers(one)) FROM unnest(organizations) AS one)) THEN
    RAISE EXCEPTION 'congso: not yours to administer' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
  SELECT 'open', open.type::text, count(*) FROM (
    SELECT r.type FROM public.records_record r
    WHERE r.closed_at IS NULL AND (r.owner_id = ANY (organizations) OR r.unit_id = ANY (organizations)) LIMIT 10000
  ) AS open GROUP BY open.type
  UNION ALL
  (SELECT 'series', c.series || ' ' || c.period, max(c.last)::bigint FROM public.records_counter c
   WHERE c.organization_id = ANY (organizations) GROUP BY 2 ORDER BY 2 LIMIT 100);
END $$;
