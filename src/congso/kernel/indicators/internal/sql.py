"""The statements of a roll-up.

The chart is asked first and handed to the adding statement as values: inside one statement the planner takes the slots
for a single row and looks every figure up alone. Each indicator and period is added up for itself (LATERAL), so that
nothing larger than the units of one month is ever sorted. Together that is four to eight times faster. Sums, the many,
are added by functions that ask what the caller reads once (functions.sql); the others row by row under the policies.

`SLOTS` gives every organization that ever was its place below the root on the chart of the day: the one directly below
the root under which it (or all its heirs) stands, the root itself for its own and for what two of them share.
"""

SLOTS = """
WITH RECURSIVE alive AS MATERIALIZED (
  SELECT v.organization_id AS id, v.parent_id
  FROM directory_organizationversion v JOIN directory_organization o ON o.id = v.organization_id
  WHERE v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to > %(day)s)
    AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to > %(day)s)
), walk(organization_id, at) AS (
  SELECT o.id, o.id FROM directory_organization o WHERE NOT EXISTS (SELECT 1 FROM alive WHERE alive.id = o.id)
  UNION
  SELECT walk.organization_id, next.id
  FROM walk JOIN directory_organization here ON here.id = walk.at
    CROSS JOIN LATERAL (
      SELECT s.successor_id AS id FROM directory_succession s
      WHERE s.predecessor_id = here.id AND here.valid_to <= %(day)s
      UNION ALL
      SELECT s.predecessor_id FROM directory_succession s
      WHERE s.successor_id = here.id AND here.valid_from > %(day)s
      UNION ALL
      SELECT here.parent_id
      WHERE (here.valid_to <= %(day)s
             AND NOT EXISTS (SELECT 1 FROM directory_succession s WHERE s.predecessor_id = here.id))
         OR (here.valid_from > %(day)s
             AND NOT EXISTS (SELECT 1 FROM directory_succession s WHERE s.successor_id = here.id))
    ) AS next
  WHERE next.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM alive WHERE alive.id = walk.at)
), below(id, slot) AS (
  SELECT id, id FROM alive WHERE id = %(root)s
  UNION ALL
  SELECT alive.id, CASE WHEN below.id = %(root)s THEN alive.id ELSE below.slot END
  FROM below JOIN alive ON alive.parent_id = below.id
), moved AS (
  SELECT walk.organization_id, CASE WHEN count(DISTINCT below.slot) = 1 THEN min(below.slot) ELSE %(root)s END AS slot
  FROM walk JOIN alive ON alive.id = walk.at LEFT JOIN below ON below.id = walk.at
  GROUP BY walk.organization_id HAVING count(*) = count(below.slot)
)
SELECT id, slot FROM below UNION ALL SELECT organization_id, slot FROM moved"""

_ASKED = """
WITH slots AS (
  SELECT * FROM unnest(%(organizations)s::bigint[], %(slots)s::bigint[]) AS s(organization_id, slot)
), asked AS (
  SELECT * FROM unnest(%(starts)s::date[], %(ends)s::date[]) WITH ORDINALITY AS a(first, last, place)
)"""

_BY_SLOT = """
, added AS (
  SELECT p.indicator AS id, p.place, p.slot, p.top, NULL::numeric AS bottom, p.figures
  FROM congso.added_up_below(%(sums)s, %(starts)s, %(ends)s, %(organizations)s, %(slots)s) AS p
)"""
_IN_ALL = """
, added AS (
  SELECT p.indicator AS id, p.place, NULL::bigint AS slot, p.top, NULL::numeric AS bottom, p.figures
  FROM congso.added_up(%(sums)s, %(starts)s, %(ends)s, %(organizations)s) AS p
)"""
_OTHERS = """
, related AS (
  SELECT w.id, a.place, part.slot, part.top, part.bottom, part.figures
  FROM unnest(%(related)s::bigint[], %(rules)s::text[], %(tops)s::bigint[], %(bottoms)s::bigint[])
      AS w(id, rule, top, bottom) CROSS JOIN asked a CROSS JOIN LATERAL (
    SELECT s.slot, sum(CASE w.rule WHEN 'weighted_mean' THEN t.value * b.value ELSE t.value END) AS top,
      sum(b.value) AS bottom, count(*) AS figures
    FROM indicators_standing t
      JOIN indicators_standing b ON b.indicator_id = w.bottom AND b.first_day = t.first_day
        AND b.organization_id = t.organization_id
      JOIN slots s ON s.organization_id = t.organization_id
    WHERE t.indicator_id = w.top AND t.first_day BETWEEN a.first AND a.last GROUP BY s.slot
  ) AS part
), counted AS (
  SELECT w.id, a.place, part.slot, CASE w.rule WHEN 'count' THEN part.figures ELSE part.top END AS top,
    NULL::numeric AS bottom, part.figures
  FROM unnest(%(each)s::bigint[], %(each_rules)s::text[]) AS w(id, rule) CROSS JOIN asked a CROSS JOIN LATERAL (
    SELECT one.slot, sum(one.value) AS top, count(*) AS figures
    FROM (
      SELECT DISTINCT ON (t.organization_id) s.slot, t.value
      FROM indicators_standing t JOIN slots s ON s.organization_id = t.organization_id
      WHERE t.indicator_id = w.id AND t.first_day BETWEEN a.first AND a.last
      ORDER BY t.organization_id, t.first_day DESC
    ) AS one GROUP BY one.slot
  ) AS part
), together AS (
  SELECT * FROM added UNION ALL SELECT * FROM related UNION ALL SELECT * FROM counted
)
"""
# Every value of these statements is a parameter.
ROLLED_UP = (
    _ASKED
    + _BY_SLOT
    + _OTHERS
    + """SELECT id, place, slot, sum(top), sum(bottom), sum(figures)::bigint
FROM together GROUP BY GROUPING SETS ((id, place, slot), (id, place))"""
)
TOTALS = (
    _ASKED
    + _IN_ALL
    + _OTHERS
    + """SELECT id, place, NULL::bigint, sum(top), sum(bottom), sum(figures)::bigint
FROM together GROUP BY id, place"""
)

PARTS = (
    _ASKED
    + """
SELECT t.organization_id, s.slot, t.value, b.value, t.observation_id, t.first_day
FROM asked a
  JOIN indicators_standing t ON t.indicator_id = %(top)s AND t.first_day BETWEEN a.first AND a.last
  JOIN slots s ON s.organization_id = t.organization_id
  LEFT JOIN indicators_standing b ON b.indicator_id = %(bottom)s AND b.first_day = t.first_day
    AND b.organization_id = t.organization_id
ORDER BY s.slot, t.organization_id, t.first_day LIMIT %(most)s
"""
)
