-- What keeps the organization chart a tree on every day, and what brings its future into force.

-- Would the organization, standing under this superior in this period, stand above itself on some day of it?
CREATE OR REPLACE FUNCTION congso.chart_would_circle(organization bigint, superior bigint, starts date, ends date)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE up(id, starts_on, ends_on) AS (
    SELECT superior, starts, coalesce(ends, 'infinity'::date)
    UNION
    SELECT v.parent_id, greatest(up.starts_on, v.valid_from), least(up.ends_on, coalesce(v.valid_to, 'infinity'))
    FROM up JOIN public.directory_organizationversion v ON v.organization_id = up.id
    WHERE up.id <> organization AND v.parent_id IS NOT NULL
      AND greatest(up.starts_on, v.valid_from) < least(up.ends_on, coalesce(v.valid_to, 'infinity'))
  )
  SELECT EXISTS (SELECT 1 FROM up WHERE up.id = organization)
$$;

CREATE OR REPLACE FUNCTION congso.refuse_circle() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF congso.chart_would_circle(NEW.organization_id, NEW.parent_id, NEW.valid_from, NEW.valid_to) THEN
    RAISE EXCEPTION 'congso: organization % would stand above itself', NEW.organization_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION congso.refuse_circle() FROM PUBLIC;

CREATE OR REPLACE TRIGGER refuse_circle BEFORE INSERT OR UPDATE OF parent_id ON public.directory_organizationversion
  FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION congso.refuse_circle();

-- Bring into force what today's versions say: names, symbols and superiors stand beside the organization for
-- quick reading. Changes nothing that was not decided; safe to repeat. Returns how many organizations changed.
CREATE OR REPLACE FUNCTION congso.carry_chart() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  changed integer;
BEGIN
  UPDATE public.directory_organization o
  SET name = v.name, short_name = v.short_name, symbol = v.symbol, parent_id = v.parent_id,
      name_key = v.name_key, name_folded = v.name_folded
  FROM public.directory_organizationversion v
  WHERE v.organization_id = o.id AND v.valid_from <= congso.today()
    AND (v.valid_to IS NULL OR v.valid_to > congso.today())
    AND (o.name, o.short_name, o.symbol, o.parent_id) IS DISTINCT FROM (v.name, v.short_name, v.symbol, v.parent_id);
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed;
END $$;
