-- Search is asked and filled through functions of the owner that repeat the audience rule themselves: under the
-- policy alone a text condition could not use its index, because `@@` is not leakproof.

-- The quarter of a day as an index token. Very common words are looked for in the newest quarters first.
CREATE OR REPLACE FUNCTION congso.search_slice(day date) RETURNS tsvector
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_to_tsvector(ARRAY['~' || extract(year FROM day)::int,
                                 '~' || extract(year FROM day)::int || 'q' || extract(quarter FROM day)::int])
$$;

-- The organizations a record belongs to as index tokens: it is found by any name they ever bore (organizations_named).
CREATE OR REPLACE FUNCTION congso.search_owners(owner bigint, unit bigint) RETURNS tsvector
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_to_tsvector(array_remove(ARRAY['~o' || owner, '~o' || unit], NULL))
$$;

-- Write what search knows of a record. The record's row is locked, so an audience changed at the same moment
-- either is read here or reaches the entry by the trigger below.
CREATE OR REPLACE FUNCTION congso.store_entry(record bigint, title_words text, all_words text, moment timestamptz)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  kept public.records_record%ROWTYPE;
BEGIN
  SELECT * INTO kept FROM public.records_record r WHERE r.id = record FOR NO KEY UPDATE;
  INSERT INTO public.search_entry AS e
    (record_id, type, owner_id, unit_id, day, indexed_at, audience, ttsv, tsv)
  VALUES (kept.id, kept.type, kept.owner_id, kept.unit_id, kept.opened_on, moment, kept.audience,
          title_words::tsvector || congso.search_slice(kept.opened_on),
          all_words::tsvector || congso.search_slice(kept.opened_on) || congso.search_owners(kept.owner_id, kept.unit_id))
  ON CONFLICT (record_id) DO UPDATE
  SET indexed_at = excluded.indexed_at, ttsv = excluded.ttsv, tsv = excluded.tsv;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION congso.store_entry(bigint, text, text, timestamptz) FROM PUBLIC;

-- The same for whoever sees the record, together with its passages: who is asked once is not refused halfway when the
-- audience changes in between.
DROP FUNCTION IF EXISTS congso.index_record(bigint, text, text, timestamptz);
CREATE OR REPLACE FUNCTION congso.index_record(
  record bigint, title_words text, all_words text, moment timestamptz, passages jsonb) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.records_record r WHERE r.id = record AND r.audience && congso.principals()) THEN
    RAISE EXCEPTION 'congso: record % is not yours to index', record USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM congso.store_entry(record, title_words, all_words, moment);
  PERFORM congso.write_passages(ARRAY[record], passages);
  RETURN true;
END $$;

-- The same for many records at once, all of which the caller must see.
CREATE OR REPLACE FUNCTION congso.index_records(
  records bigint[], title_words text[], all_words text[], moment timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  stored integer;
BEGIN
  WITH asked AS (
    SELECT r.*, words.t, words.a
    FROM unnest(records, title_words, all_words) AS words(id, t, a) JOIN public.records_record r ON r.id = words.id
    WHERE r.audience && (SELECT congso.principals())
    FOR NO KEY UPDATE OF r)
  INSERT INTO public.search_entry AS e
    (record_id, type, owner_id, unit_id, day, indexed_at, audience, ttsv, tsv)
  SELECT id, type, owner_id, unit_id, opened_on, moment, audience,
         t::tsvector || congso.search_slice(opened_on),
         a::tsvector || congso.search_slice(opened_on) || congso.search_owners(owner_id, unit_id)
  FROM asked
  ON CONFLICT (record_id) DO UPDATE
  SET indexed_at = excluded.indexed_at, ttsv = excluded.ttsv, tsv = excluded.tsv;
  GET DIAGNOSTICS stored = ROW_COUNT;
  IF stored IS DISTINCT FROM cardinality(records) THEN
    RAISE EXCEPTION 'congso: not all records are yours to index' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN stored;
END $$;

-- The entry follows its record in the same statement: who sees it, whose it is, when.
CREATE OR REPLACE FUNCTION congso.follow_record() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.search_entry e
  SET audience = NEW.audience, type = NEW.type, owner_id = NEW.owner_id, unit_id = NEW.unit_id, day = NEW.opened_on,
      ttsv = CASE WHEN NEW.opened_on = OLD.opened_on THEN e.ttsv
        ELSE ts_delete(e.ttsv, tsvector_to_array(congso.search_slice(OLD.opened_on)))
             || congso.search_slice(NEW.opened_on) END,
      tsv = CASE WHEN (NEW.opened_on, NEW.owner_id, NEW.unit_id) IS NOT DISTINCT FROM
                      (OLD.opened_on, OLD.owner_id, OLD.unit_id) THEN e.tsv
        ELSE ts_delete(e.tsv, tsvector_to_array(
               congso.search_slice(OLD.opened_on) || congso.search_owners(OLD.owner_id, OLD.unit_id)))
             || congso.search_slice(NEW.opened_on) || congso.search_owners(NEW.owner_id, NEW.unit_id) END
  WHERE e.record_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.follow_record() FROM PUBLIC;

CREATE OR REPLACE TRIGGER search_follows
AFTER UPDATE OF audience, type, owner_id, unit_id, opened_on ON public.records_record
FOR EACH ROW
WHEN ((OLD.audience, OLD.type, OLD.owner_id, OLD.unit_id, OLD.opened_on)
      IS DISTINCT FROM (NEW.audience, NEW.type, NEW.owner_id, NEW.unit_id, NEW.opened_on))
EXECUTE FUNCTION congso.follow_record();

-- Bring the planner's statistics up to date and count terms in a sample of at most some 10,000 entries; only the machine's own actors and the owner ask for it.
CREATE OR REPLACE FUNCTION congso.weigh_terms() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  known float8;
  part float8;
  sample text;
  stored integer;
BEGIN
  IF session_user <> current_user AND congso.is_system() IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: words are weighed by the machine alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  LOCK TABLE public.search_termfrequency IN SHARE ROW EXCLUSIVE MODE;  -- one weighs at a time, people go on searching
  ANALYZE public.search_entry, public.records_record;
  known := greatest((SELECT reltuples FROM pg_class WHERE oid = 'public.search_entry'::regclass), 0);
  part := CASE WHEN known > 20000 THEN 100 * 10000 / known ELSE 100 END;
  sample := format('SELECT tsv FROM public.search_entry TABLESAMPLE SYSTEM (%s) LIMIT 20000', part);
  DELETE FROM public.search_termfrequency;
  WITH counted AS MATERIALIZED (SELECT word, ndoc FROM ts_stat(sample)),
       seen AS (SELECT sum(ndoc)::float8 AS entries FROM counted WHERE word ~ '^~\d+$')  -- each has one year
  INSERT INTO public.search_termfrequency (term, share)
  SELECT word, ndoc / entries FROM counted, seen WHERE (word NOT LIKE '~%' OR word LIKE '~o%') AND (ndoc > 1 OR known <= 20000);
  GET DIAGNOSTICS stored = ROW_COUNT;
  RETURN stored;
END $$;

-- In which share of the records a group of a question stands: `ubnd|ủy ban nhân dân` is the commoner of its
-- readings, a reading as common as its rarest word. A word never counted is rarer than any counted.
CREATE OR REPLACE FUNCTION congso.term_share(lead text) RETURNS float8
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT max(share) FROM (
    SELECT min(coalesce(f.share, 0.00005)) AS share
    FROM unnest(string_to_array(lead, '|')) WITH ORDINALITY AS reading(words, place)
    CROSS JOIN unnest(string_to_array(reading.words, ' ')) AS word
    LEFT JOIN public.search_termfrequency f ON f.term = word
    GROUP BY reading.place) AS readings
$$;
REVOKE ALL ON FUNCTION congso.term_share(text) FROM PUBLIC;

-- The index tokens that together cover all entries (or the years asked for), newest first: the quarters of the two
-- newest years, then whole years. Empty when there are none.
CREATE OR REPLACE FUNCTION congso.search_spans(years jsonb) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH ends AS (
    SELECT extract(year FROM (SELECT day FROM public.search_entry ORDER BY day LIMIT 1))::int AS first,
           extract(year FROM (SELECT day FROM public.search_entry ORDER BY day DESC LIMIT 1))::int AS last)
  SELECT array_agg(quote_literal(span) ORDER BY y DESC, span DESC)
  FROM ends CROSS JOIN generate_series(first, last) AS y CROSS JOIN LATERAL (
    SELECT '~' || y AS span WHERE y < last - 1
    UNION ALL SELECT '~' || y || 'q' || q FROM generate_series(1, 4) AS q WHERE y >= last - 1) AS part
  WHERE years IS NULL OR years @> to_jsonb(y)
$$;
REVOKE ALL ON FUNCTION congso.search_spans(jsonb) FROM PUBLIC;

-- What a question's filters add to each scan; $3 is the filters themselves. `marks` is a tsquery over the index tokens
-- that no text has: ~o organizations, ~i and ~j issuers, ~k signers, ~t kinds of paper (vectors.py).
CREATE OR REPLACE FUNCTION congso.search_narrowed(filters jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT concat(
    CASE WHEN filters ? 'type' THEN ' AND type = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''type'')))' END,
    CASE WHEN filters ? 'owner' THEN
      ' AND owner_id = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''owner'')::bigint))' END,
    CASE WHEN filters ? 'unit' THEN
      ' AND unit_id = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''unit'')::bigint))' END,
    CASE WHEN filters ? 'from' THEN ' AND day >= ($3 ->> ''from'')::date' END,
    CASE WHEN filters ? 'to' THEN ' AND day <= ($3 ->> ''to'')::date' END,
    CASE WHEN filters ? 'marks' THEN ' AND tsv @@ ($3 ->> ''marks'')::tsquery' END,
    CASE WHEN filters ? 'state' THEN
      ' AND EXISTS (SELECT 1 FROM public.records_record r WHERE r.id = record_id'
      ' AND r.state = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''state''))))' END)
$$;
REVOKE ALL ON FUNCTION congso.search_narrowed(jsonb) FROM PUBLIC;

-- The statement part that finds rows by one vector, within each span in turn: the scan of an older span begins only
-- when the newer ones did not fill the limit above it. An empty span is everything.
CREATE OR REPLACE FUNCTION congso.search_scan(vector text, columns text, filters jsonb, spans text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg(format('(SELECT %s FROM public.search_entry WHERE %I @@ %s AND audience && $2%s)',
    columns, vector, CASE WHEN span = '' THEN '$1' ELSE format('($1 && %L::tsquery)', span) END,
    congso.search_narrowed(filters)), ' UNION ALL ' ORDER BY place)
  FROM unnest(spans) WITH ORDINALITY AS part(span, place)
$$;
REVOKE ALL ON FUNCTION congso.search_scan(text, text, jsonb, text[]) FROM PUBLIC;

-- Where to look: everywhere in one scan, or newest first. Newest first only pays when the 5,000 hits that are counted
-- come early, so the second and third newest quarter are tried; titles have far fewer hits.
CREATE OR REPLACE FUNCTION congso.choose_spans(
  wanted tsquery, share float8, held bigint[], filters jsonb, OUT spans text[], OUT title_spans text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  known float8 := (SELECT reltuples FROM pg_class WHERE oid = 'public.search_entry'::regclass);
  tried bigint;
BEGIN
  spans := ARRAY[''];
  IF filters ? 'year' OR known * share > 15000 THEN
    spans := congso.search_spans(filters -> 'year');
  END IF;
  title_spans := spans;
  IF filters ? 'year' OR cardinality(spans) < 8 THEN
    RETURN;
  END IF;
  EXECUTE 'SELECT count(*) FROM (' || congso.search_scan('tsv', '1', filters, spans[2:3]) || ' LIMIT 5000) AS quarters'
  INTO tried USING wanted, held, filters;
  IF tried / 2.0 * (8 + 4 * (cardinality(spans) - 8)) < 10000 THEN
    spans := ARRAY[''];
  END IF;
  IF tried < 1000 THEN
    title_spans := ARRAY[''];
  END IF;
END $$;
REVOKE ALL ON FUNCTION congso.choose_spans(tsquery, float8, bigint[], jsonb) FROM PUBLIC;

-- How good an entry is, as an expression over its `tsv`: each scored group by its weight $5 and where it stands ($4), and for
-- two groups side by side ($6) the lesser of their weights. By rule 1 a word says less of a long text (ts_rank: the
-- logarithm of its length), by rule 0 the same.
CREATE OR REPLACE FUNCTION congso.search_score(scored integer[], pairs text[], rule integer) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT string_agg(format('$5[%1$s] * ts_rank(''{.2,.4,.6,1}'', tsv, $4[%1$s], %2$s)', i, rule), ' + ')
          FROM unnest(scored) AS i)
    || coalesce((
      SELECT string_agg(format(
        ' + CASE WHEN tsv @@ $6[%1$s]::tsquery THEN least($5[%1$s], $5[%2$s]) ELSE 0 END', i, i + 1), '')
      FROM generate_subscripts(pairs, 1) AS i WHERE pairs[i] <> '' AND i = ANY (scored) AND i + 1 = ANY (scored)), '')
$$;
REVOKE ALL ON FUNCTION congso.search_score(integer[], text[], integer) FROM PUBLIC;

-- The statement search_records runs: $1 all groups, $2 principals, $3 filters, $4 groups, $5 their weights, $6 pairs,
-- $7 quoted phrases, $8 first place, $9 how many. Written out per question, so the planner sees its constants.
CREATE OR REPLACE FUNCTION congso.search_statement(
  groups integer, pairs text[], quoted text, filters jsonb, spans text[], title_spans text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  hits text := congso.search_scan('tsv', 'record_id, type, owner_id, unit_id, day', filters, spans);
  titled text := congso.search_scan('ttsv', 'record_id, day', filters, title_spans);
  score text := congso.search_score(ARRAY(SELECT generate_series(1, groups)), pairs, 1);
BEGIN
  IF quoted <> '' THEN
    hits := format('SELECT record_id, type, owner_id, unit_id, day FROM (%s LIMIT 5000) AS near WHERE tsv @@ $7',
      congso.search_scan('tsv', '*', filters, spans));
    titled := format('SELECT record_id, day FROM (%s LIMIT 5000) AS near WHERE ttsv @@ $7',
      congso.search_scan('ttsv', '*', filters, title_spans));
  ELSE
    hits := hits || CASE WHEN cardinality(spans) > 1 THEN ' LIMIT 5001' ELSE '' END;
    titled := titled || CASE WHEN cardinality(title_spans) > 1 THEN ' LIMIT 300' ELSE '' END;
  END IF;
  RETURN format($statement$
    WITH hits AS MATERIALIZED (%s),
    titled AS MATERIALIZED (%s),
    chosen AS (
      (SELECT record_id FROM hits ORDER BY day DESC, record_id DESC LIMIT 300)
      UNION (SELECT record_id FROM titled ORDER BY day DESC, record_id DESC LIMIT 300)),
    ranked AS (
      SELECT record_id, score, row_number() OVER (ORDER BY score DESC, day DESC, record_id DESC) AS place FROM (
        SELECT record_id, day, %s AS score FROM public.search_entry
        WHERE record_id = ANY (ARRAY(SELECT record_id FROM chosen))) AS scored),
    counted AS (
      SELECT grouping(type, owner_id, unit_id, date_part('year', day)) AS kind,
             type, owner_id, unit_id, date_part('year', day) AS year, count(*) AS n
      FROM hits GROUP BY GROUPING SETS ((type), (owner_id), (unit_id), (date_part('year', day)), ())),
    facets AS (
      (SELECT 'type' AS kind, type AS key, n FROM counted WHERE kind = 7)
      UNION ALL (SELECT 'owner', owner_id::text, n FROM counted WHERE kind = 11 ORDER BY n DESC, owner_id LIMIT 10)
      UNION ALL (SELECT 'unit', unit_id::text, n FROM counted WHERE kind = 13 AND unit_id IS NOT NULL
                 ORDER BY n DESC, unit_id LIMIT 10)
      UNION ALL (SELECT 'year', year::int::text, n FROM counted WHERE kind = 14))
    SELECT jsonb_build_object(
      'hits', (SELECT coalesce(jsonb_agg(record_id ORDER BY place), '[]') FROM ranked
               WHERE place > $8 AND place <= $8 + $9),
      'scores', (SELECT coalesce(jsonb_agg(round(score::numeric, 4) ORDER BY place), '[]') FROM ranked
                 WHERE place > $8 AND place <= $8 + $9),
      'total', (SELECT n FROM counted WHERE kind = 15),
      'ranked', (SELECT count(*) FROM ranked),
      'facets', (SELECT coalesce(jsonb_agg(jsonb_build_array(kind, key, n)), '[]') FROM facets))
  $statement$, hits, titled, score);
END $$;
REVOKE ALL ON FUNCTION congso.search_statement(integer, text[], text, jsonb, text[], text[]) FROM PUBLIC;

-- Answer a question for the transaction's principals: the best records, and how all hits divide.
--   groups   tsqueries, of which the `needed` rarest must match     leads   what each is weighed by (term_share)
--   pairs    pairs[i]: groups i and i+1 side by side, or ''      quoted  phrases that must stand as typed, or ''
--   filters  {"type": [..], "owner": [..], "unit": [..], "year": [..]}
-- Very common words are looked for span by span, newest first, until 5,000 hits are counted (`more`: there may be
-- others); a quoted phrase in the newest 5,000 records with its words. Best are chosen among the newest 300 hits and the newest 300 with all words in
-- the title, by rarity of the words, place and neighbourhood.
CREATE OR REPLACE FUNCTION congso.search_records(
  groups text[], leads text[], pairs text[], quoted text, needed integer, filters jsonb,
  page_start integer, page_size integer)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET work_mem = '64MB' AS $$
DECLARE
  held bigint[] := congso.principals();
  shares float8[] := ARRAY(SELECT congso.term_share(lead) FROM unnest(leads) AS lead);
  weights float8[] := ARRAY(SELECT greatest(-ln(share), 0.1) FROM unnest(shares) AS share);
  wanted tsquery := (SELECT string_agg('(' || g || ')', ' & ') FROM (
    SELECT g FROM unnest(groups, shares) AS asked(g, share) ORDER BY share LIMIT needed) AS rarest)::tsquery;
  spans text[];
  title_spans text[];
  answer jsonb := '{"hits": [], "scores": [], "total": 0, "ranked": 0, "more": false, "facets": []}';
BEGIN
  IF cardinality(held) = 0 OR wanted IS NULL THEN
    RETURN answer;
  END IF;
  SELECT chosen.spans, chosen.title_spans INTO spans, title_spans
  FROM congso.choose_spans(wanted, (SELECT min(share) FROM unnest(shares) AS share), held, filters) AS chosen;
  IF cardinality(spans) > 0 THEN
    EXECUTE congso.search_statement(cardinality(groups), pairs, quoted, filters, spans, title_spans) INTO answer
    USING wanted, held, filters, groups::tsquery[], weights, pairs, nullif(quoted, '')::tsquery, page_start, page_size;
  END IF;
  RETURN answer || jsonb_build_object(
    'more', cardinality(spans) > 1 AND (quoted <> '' OR (answer ->> 'total')::bigint > 5000));
END $$;

-- The statement search_nearest runs: $2 principals, $3 filters, $4 groups, $5 their weights, $6 pairs, $8 first place,
-- $9 how many. `places` are the groups that are looked for, each by a scan of its own: what an entry's groups weigh
-- together chooses the 300 that are scored; a record with one of them alone is not near.
-- Records whose number or title names a symbol of the question (`named` groups) come first.
-- A long text has some of any question's words, so the score is divided by the root of its length.
CREATE OR REPLACE FUNCTION congso.nearest_statement(
  scored integer[], pairs text[], named integer[], filters jsonb, places integer[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  narrowed text := congso.search_narrowed(filters) || CASE WHEN filters ? 'year' THEN
    ' AND date_part(''year'', day) = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''year'')::int))' ELSE '' END;
  scans text := (SELECT string_agg(format(
    '(SELECT record_id, $5[%1$s] AS weight FROM public.search_entry WHERE tsv @@ $4[%1$s] AND audience && $2%2$s)',
    place, narrowed), ' UNION ALL ') FROM unnest(places) AS place);
BEGIN
  RETURN format($statement$
    WITH chosen AS MATERIALIZED (
      SELECT record_id FROM (%s) AS found GROUP BY record_id HAVING count(*) >= %s
      ORDER BY sum(weight) DESC, record_id DESC LIMIT 300),
    scored AS MATERIALIZED (
      SELECT record_id, type, owner_id, unit_id, day, (%s) / sqrt(200 + length(tsv)) AS score,
             %s AS is_named FROM public.search_entry
      WHERE record_id = ANY (ARRAY(SELECT record_id FROM chosen))),
    near AS MATERIALIZED (
      SELECT * FROM scored WHERE is_named OR score >= 0.2 * (SELECT max(score) FROM scored)),
    ranked AS (
      SELECT record_id, score,
             row_number() OVER (ORDER BY is_named DESC, score DESC, day DESC, record_id DESC) AS place FROM near),
    shown AS (SELECT * FROM ranked WHERE place > $8 AND place <= $8 + $9),
    facets AS (
      SELECT 'type' AS kind, type AS key, count(*) AS n FROM near GROUP BY type
      UNION ALL SELECT 'owner', owner_id::text, count(*) FROM near GROUP BY owner_id
      UNION ALL SELECT 'unit', unit_id::text, count(*) FROM near WHERE unit_id IS NOT NULL GROUP BY unit_id
      UNION ALL SELECT 'year', extract(year FROM day)::int::text, count(*) FROM near GROUP BY 2)
    SELECT jsonb_build_object(
      'hits', (SELECT coalesce(jsonb_agg(record_id ORDER BY place), '[]') FROM shown),
      'scores', (SELECT coalesce(jsonb_agg(round(score::numeric, 4) ORDER BY place), '[]') FROM shown),
      'total', (SELECT count(*) FROM near),
      'ranked', (SELECT count(*) FROM near),
      'named', (SELECT count(*) FROM near WHERE is_named),
      'more', false,
      'facets', (SELECT coalesce(jsonb_agg(jsonb_build_array(kind, key, n)), '[]') FROM facets))
  $statement$, scans, CASE WHEN named <> '{}' THEN 1 ELSE least(2, cardinality(places)) END,
    congso.search_score(scored, pairs, 0), coalesce((
      SELECT '(' || string_agg(format('ttsv @@ $4[%s]', i), ' OR ') || ')' FROM unnest(named) AS i), 'false'));
END $$;
REVOKE ALL ON FUNCTION congso.nearest_statement(integer[], text[], integer[], jsonb, integer[]) FROM PUBLIC;

-- Answer a question no record need have all words of: those nearest to it. The rarest groups are looked for, as many
-- as stand in some 15,000 records together, and nothing when even the rarest is common; the 24 rarest are scored.
CREATE OR REPLACE FUNCTION congso.search_nearest(
  groups text[], leads text[], pairs text[], named integer[], filters jsonb, page_start integer, page_size integer)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET work_mem = '64MB' AS $$
DECLARE
  held bigint[] := congso.principals();
  known float8 := greatest((SELECT reltuples FROM pg_class WHERE oid = 'public.search_entry'::regclass), 1000);
  shares float8[] := ARRAY(SELECT congso.term_share(lead) FROM unnest(leads) AS lead);
  weights float8[] := ARRAY(SELECT greatest(-ln(share), 0.1) FROM unnest(shares) AS share);
  scored integer[] := ARRAY(
    SELECT place FROM unnest(shares) WITH ORDINALITY AS asked(share, place) ORDER BY share, place LIMIT 24);
  places integer[] := ARRAY(
    SELECT place FROM (
      SELECT place, sum(shares[place] * known) OVER (ORDER BY n) AS rows, n
      FROM unnest(scored) WITH ORDINALITY AS rarest(place, n)) AS summed
    WHERE rows <= 15000);
  answer jsonb;
BEGIN
  IF cardinality(held) > 0 AND cardinality(places) > 0 THEN
    EXECUTE congso.nearest_statement(scored, pairs, named, filters, places) INTO answer
    USING NULL::tsquery, held, filters, groups::tsquery[], weights, pairs, NULL::tsquery, page_start, page_size;
  END IF;
  RETURN coalesce(answer, '{"hits": [], "scores": [], "total": 0, "ranked": 0, "more": false, "facets": []}');
END $$;
