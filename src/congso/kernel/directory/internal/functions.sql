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

-- The words being typed, as a query by the beginnings of words; nothing but letters and digits comes through.
CREATE OR REPLACE FUNCTION congso.beginnings(words text[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg(quote_literal(clean) || ':*', ' & ')::tsquery
  FROM unnest(words) AS word, regexp_replace(word, '[^[:alnum:]]', '', 'g') AS clean WHERE clean <> ''
$$;

-- Who is called so, in the order of names. The policy of people (whoever is known reads the directory) is repeated here,
-- because a policy keeps the index of words from being used. A word many have (a family name) is met soon when reading
-- in the order of names; one that few have is not, so those are gathered first and then put in order.
CREATE OR REPLACE FUNCTION congso.find_people(words text[], most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  few CONSTANT integer := 16000;
  wanted tsquery := congso.beginnings(words);
  called text;
  gathered bigint[];
BEGIN
  IF wanted IS NULL OR NOT congso.is_known() THEN
    RETURN;
  END IF;
  called := format('SELECT id, name_key FROM public.directory_person WHERE name_words @@ %L', wanted);
  EXECUTE format('SELECT array_agg(id ORDER BY name_key, id) FROM (%s LIMIT %s) AS few', called, few)
    INTO gathered;
  IF gathered IS NULL OR cardinality(gathered) < few THEN
    RETURN QUERY SELECT unnest(gathered[1:most]);
  ELSE
    RETURN QUERY EXECUTE format('SELECT id FROM (%s ORDER BY name_key, id LIMIT %s) AS first', called, most);
  END IF;
END $$;

-- Organizations that are or were called so: those of the day first, then in the order of names.
CREATE OR REPLACE FUNCTION congso.find_organizations(words text[], day date, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  wanted tsquery := congso.beginnings(words);
BEGIN
  IF wanted IS NULL OR NOT congso.is_known() THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE format(
    'SELECT organization_id FROM public.directory_organizationversion'
    ' WHERE name_words @@ %1$L'
    ' GROUP BY organization_id'
    ' ORDER BY bool_or(valid_from <= %2$L AND (valid_to IS NULL OR valid_to > %2$L)) DESC, min(name_key), 1 LIMIT %3$s',
    wanted, day, most);
END $$;

-- A code fits the grammar of its scheme, whoever writes it.
CREATE OR REPLACE FUNCTION congso.refuse_misshapen_code() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.directory_codescheme s WHERE s.id = NEW.scheme_id
                 AND length(NEW.value) <= s.longest AND NEW.value ~ ('^(' || s.pattern || ')$')) THEN
    RAISE EXCEPTION 'congso: % does not fit its scheme', NEW.value USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION congso.refuse_misshapen_code() FROM PUBLIC;

CREATE OR REPLACE TRIGGER refuse_misshapen_code BEFORE INSERT ON public.directory_organizationcode
  FOR EACH ROW EXECUTE FUNCTION congso.refuse_misshapen_code();

-- Which organizations bear or bore one of these whole names (without accents and signs), with those they took over
-- from, since what these kept is theirs now. A name that more than eight bear says nothing (“van phong dang uy”).
CREATE OR REPLACE FUNCTION congso.organizations_named(phrases text[])
RETURNS TABLE (phrase text, organization bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE named AS (
    SELECT DISTINCT asked.phrase, v.organization_id AS id
    FROM unnest(phrases) AS asked(phrase) JOIN public.directory_organizationversion v ON v.name_plain = asked.phrase
    WHERE (SELECT congso.is_known())),
  held(phrase, id) AS (
    SELECT named.phrase, named.id FROM named
    WHERE named.phrase IN (SELECT n.phrase FROM named n GROUP BY n.phrase HAVING count(*) <= 8)
    UNION
    SELECT held.phrase, s.predecessor_id
    FROM held JOIN public.directory_succession s ON s.successor_id = held.id)
  SELECT held.phrase, held.id FROM held
$$;
