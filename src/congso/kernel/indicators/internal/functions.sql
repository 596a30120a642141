-- Who reads figures, and which figure stands.

-- The offices the caller works in or for: where she holds a post, the office above a room without a registry, and the
-- committee such an office serves.
CREATE OR REPLACE FUNCTION congso.own_offices() RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE own(id) AS (
    SELECT DISTINCT (p % 1000000000000000) / 100 FROM unnest(congso.principals()) AS p
    WHERE p / 1000000000000000 = 3
    UNION
    SELECT next.id FROM own JOIN public.directory_organization o ON o.id = own.id,
      LATERAL (VALUES (o.serves_id), (CASE WHEN o.kind = 'unit' THEN o.parent_id END)) AS next(id)
    WHERE next.id IS NOT NULL
  )
  SELECT id FROM own
$$;

-- Those and everything that stands or stood below them, with what they took over.
CREATE OR REPLACE FUNCTION congso.overseen() RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE below(id) AS (
    SELECT congso.own_offices()
    UNION
    SELECT next.id FROM below, LATERAL (
      SELECT o.id FROM public.directory_organization o WHERE o.parent_id = below.id
      UNION ALL
      SELECT s.predecessor_id FROM public.directory_succession s WHERE s.successor_id = below.id
    ) AS next(id)
  )
  SELECT id FROM below
$$;

-- Indicators whose figures the caller reads for every unit: open ones, her offices' own, those her offices
-- collect; who may read everything reads them all.
CREATE OR REPLACE FUNCTION congso.readable_indicators() RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT i.id FROM public.indicators_indicator i
  WHERE i.is_open OR i.owner_id IN (SELECT congso.own_offices()) OR 4000000000000100 = ANY (congso.principals())
  UNION
  SELECT r.indicator_id FROM public.indicators_readership r
  WHERE r.organization_id IN (SELECT congso.own_offices())
$$;

-- Which of these indicators the caller reads for every unit, the others, and of which of these organizations she reads
-- those: the policy of figures, asked once for a roll-up and not of each of millions of rows. A stranger reads nothing.
CREATE OR REPLACE FUNCTION congso.read_of(
  indicators bigint[], organizations bigint[], OUT wholly bigint[], OUT partly bigint[], OUT seen bigint[]
) LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  wholly := '{}';
  partly := '{}';
  seen := '{}';
  IF congso.is_known() THEN
    wholly := ARRAY(SELECT unnest(indicators) INTERSECT SELECT congso.readable_indicators());
    partly := ARRAY(SELECT unnest(indicators) EXCEPT SELECT unnest(wholly));
    IF cardinality(partly) > 0 THEN
      seen := ARRAY(SELECT unnest(organizations) INTERSECT SELECT congso.overseen());
    END IF;
  END IF;
END $$;

-- The sum and count of what stands in these organizations, for each indicator and each period, as far as the caller
-- reads it. “+ 0”: each figure is looked up among the organizations, not each organization among the figures.
CREATE OR REPLACE FUNCTION congso.added_up(
  indicators bigint[], starts date[], ends date[], organizations bigint[]
) RETURNS TABLE (indicator bigint, place bigint, top numeric, figures bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  statement text := $statement$
    SELECT w.id, a.place, part.top, part.figures
    FROM unnest($1) AS w(id) CROSS JOIN unnest($2, $3) WITH ORDINALITY AS a(first, last, place)
      CROSS JOIN LATERAL (
        SELECT sum(t.value) AS top, count(*) AS figures FROM public.indicators_standing t
        WHERE t.indicator_id = w.id AND t.first_day BETWEEN a.first AND a.last AND (t.organization_id + 0) = ANY ($4)
      ) AS part
    WHERE part.figures > 0
  $statement$;
  rights record := congso.read_of(indicators, organizations);
BEGIN
  RETURN QUERY EXECUTE statement USING rights.wholly, starts, ends, organizations;
  IF cardinality(rights.seen) > 0 THEN
    RETURN QUERY EXECUTE statement USING rights.partly, starts, ends, rights.seen;
  END IF;
END $$;

-- The same by what stands directly below: `slots` says for each organization under whom it counts. Figures come in no
-- order of organizations, so each is looked up in a table of the slots instead of being sorted first.
CREATE OR REPLACE FUNCTION congso.added_up_below(
  indicators bigint[], starts date[], ends date[], organizations bigint[], slots bigint[]
) RETURNS TABLE (indicator bigint, place bigint, slot bigint, top numeric, figures bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_mergejoin = off AS $$
DECLARE
  statement text := $statement$
    WITH slots AS MATERIALIZED (
      SELECT s.organization_id, s.slot FROM unnest($4, $5) AS s(organization_id, slot)
      WHERE $6 IS NULL OR s.organization_id = ANY ($6)
    )
    SELECT w.id, a.place, part.slot, part.top, part.figures
    FROM unnest($1) AS w(id) CROSS JOIN unnest($2, $3) WITH ORDINALITY AS a(first, last, place)
      CROSS JOIN LATERAL (
        SELECT s.slot, sum(t.value) AS top, count(*) AS figures
        FROM public.indicators_standing t JOIN slots s ON s.organization_id = t.organization_id
        WHERE t.indicator_id = w.id AND t.first_day BETWEEN a.first AND a.last GROUP BY s.slot
      ) AS part
  $statement$;
  rights record := congso.read_of(indicators, organizations);
BEGIN
  RETURN QUERY EXECUTE statement USING rights.wholly, starts, ends, organizations, slots, NULL::bigint[];
  IF cardinality(rights.seen) > 0 THEN
    RETURN QUERY EXECUTE statement USING rights.partly, starts, ends, organizations, slots, rights.seen;
  END IF;
END $$;

-- The latest observation stands; an empty one takes away what stood.
CREATE OR REPLACE FUNCTION congso.let_stand() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.value IS NULL THEN
    DELETE FROM public.indicators_standing
    WHERE indicator_id = NEW.indicator_id AND organization_id = NEW.organization_id AND first_day = NEW.first_day;
  ELSE
    INSERT INTO public.indicators_standing (indicator_id, organization_id, first_day, value, observation_id)
    VALUES (NEW.indicator_id, NEW.organization_id, NEW.first_day, NEW.value, NEW.id)
    ON CONFLICT (indicator_id, first_day, organization_id)
      DO UPDATE SET value = EXCLUDED.value, observation_id = EXCLUDED.observation_id;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.let_stand() FROM PUBLIC;

CREATE OR REPLACE TRIGGER let_stand AFTER INSERT ON public.indicators_observation
  FOR EACH ROW EXECUTE FUNCTION congso.let_stand();
