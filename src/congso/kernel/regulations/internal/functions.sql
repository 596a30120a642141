-- Writing law: by an administrator, through these functions only. Each change renews the revision's token.

CREATE OR REPLACE FUNCTION congso.renew_regulations() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.regulations_revision SET token = gen_random_uuid();
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.renew_regulations() FROM PUBLIC;

CREATE OR REPLACE TRIGGER renew_regulations AFTER INSERT OR UPDATE OR DELETE ON public.regulations_parameter
  FOR EACH STATEMENT EXECUTE FUNCTION congso.renew_regulations();
CREATE OR REPLACE TRIGGER renew_regulations AFTER INSERT OR UPDATE OR DELETE ON public.regulations_calendaryear
  FOR EACH STATEMENT EXECUTE FUNCTION congso.renew_regulations();
CREATE OR REPLACE TRIGGER renew_regulations AFTER INSERT OR UPDATE OR DELETE ON public.regulations_calendarday
  FOR EACH STATEMENT EXECUTE FUNCTION congso.renew_regulations();

CREATE OR REPLACE FUNCTION congso.require_administrator() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT congso.is_administrator() THEN
    RAISE EXCEPTION 'congso: only an administrator' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

-- An administrator has compared the value with the text of the law.
CREATE OR REPLACE FUNCTION congso.confirm_parameter(parameter bigint, at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM congso.require_administrator();
  UPDATE public.regulations_parameter SET confirmed_by_id = congso.person(), confirmed_at = at
  WHERE id = parameter;
  RETURN FOUND;
END $$;

-- From the day on the value is another. The version then in force ends that day; the same day again corrects it.
CREATE OR REPLACE FUNCTION congso.set_parameter(
  the_key text, new_value jsonb, starts date, new_source text, new_clause text, new_note text, at timestamptz
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  covering public.regulations_parameter;
  made bigint;
BEGIN
  PERFORM congso.require_administrator();
  SELECT * INTO STRICT covering FROM public.regulations_parameter p
  WHERE p.key = the_key AND p.valid_from <= starts AND (p.valid_to IS NULL OR p.valid_to > starts) FOR UPDATE;
  IF covering.valid_from = starts THEN
    UPDATE public.regulations_parameter SET value = new_value, source = new_source, clause = new_clause,
      note = new_note, confirmed_by_id = congso.person(), confirmed_at = at
    WHERE id = covering.id;
    RETURN covering.id;
  END IF;
  UPDATE public.regulations_parameter SET valid_to = starts WHERE id = covering.id;
  INSERT INTO public.regulations_parameter
    (key, name, value, unit, valid_from, valid_to, source, clause, trust, note, confirmed_by_id, confirmed_at)
  VALUES (the_key, covering.name, new_value, covering.unit, starts, covering.valid_to, new_source, new_clause,
    'U', new_note, congso.person(), at)
  RETURNING id INTO made;
  RETURN made;
END $$;

-- A day is off, worked in exchange, or ordinary after all. An unknown year begins as a proposal.
CREATE OR REPLACE FUNCTION congso.set_calendar_day(the_day date, new_kind text, new_name text, new_notice text)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM congso.require_administrator();
  INSERT INTO public.regulations_calendaryear (year, notice, trust, note)
  VALUES (extract(year FROM the_day), '', 'U', '') ON CONFLICT DO NOTHING;
  INSERT INTO public.regulations_calendarday (day, year_id, kind, name, notice, trust)
  VALUES (the_day, extract(year FROM the_day), new_kind, new_name, new_notice, 'U')
  ON CONFLICT (day) DO UPDATE SET kind = new_kind, name = new_name, notice = new_notice, trust = 'U';
END $$;

-- An administrator has compared the year's days with the official notice; its deadlines are no longer provisional.
CREATE OR REPLACE FUNCTION congso.confirm_calendar_year(the_year integer, new_notice text, at timestamptz)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM congso.require_administrator();
  UPDATE public.regulations_calendaryear
  SET notice = new_notice, confirmed_by_id = congso.person(), confirmed_at = at WHERE year = the_year;
  RETURN FOUND;
END $$;
