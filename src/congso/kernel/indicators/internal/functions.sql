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
