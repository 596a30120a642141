-- Passages: written with their record's words, read with its audience, known by their meaning.

-- Where the database has pgvector the column of meanings becomes one of half-precision vectors with its index; without
-- it search goes on by words alone. Run at every upgrade, so an extension installed later is taken up.
DO $$
BEGIN
  IF to_regtype('public.halfvec') IS NOT NULL AND (
    SELECT atttypid <> to_regtype('public.halfvec') FROM pg_attribute
    WHERE attrelid = 'public.search_meaning'::regclass AND attname = 'embedding') THEN
    EXECUTE 'ALTER TABLE public.search_meaning ALTER COLUMN embedding TYPE public.halfvec(384)'
            ' USING embedding::public.halfvec(384)';
    EXECUTE 'ALTER TABLE public.search_meaning ALTER COLUMN embedding SET STORAGE PLAIN';
    EXECUTE 'CREATE INDEX IF NOT EXISTS search_meaning_near ON public.search_meaning'
            ' USING hnsw (embedding public.halfvec_cosine_ops) WITH (m = 16, ef_construction = 64)';
  END IF;
END $$;

-- Whether this database can compare meanings.
CREATE OR REPLACE FUNCTION congso.knows_meanings() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT to_regtype('public.halfvec') IS NOT NULL AND EXISTS (SELECT 1 FROM public.search_meaning)
$$;

-- Let the records have these passages and no others. Those that stand there already keep their place and meaning.
-- given: [{"record":, "position":, "file":, "page":, "clause":, "text":, "words":}]
CREATE OR REPLACE FUNCTION congso.write_passages(records bigint[], given jsonb) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  stored integer;
BEGIN
  DELETE FROM public.search_passage p
  WHERE p.record_id = ANY (records) AND NOT EXISTS (
    SELECT 1 FROM jsonb_to_recordset(given)
      AS g(record bigint, position integer, file bigint, page integer, clause text, text text)
    WHERE g.record = p.record_id AND g.position = p.position AND g.text = p.text AND g.clause = p.clause
      AND g.file IS NOT DISTINCT FROM p.file_id AND g.page IS NOT DISTINCT FROM p.page);
  INSERT INTO public.search_passage (record_id, position, file_id, page, clause, text, words, is_known)
  SELECT g.record, g.position, g.file, g.page, g.clause, g.text, g.words::tsvector, false
  FROM jsonb_to_recordset(given)
    AS g(record bigint, position integer, file bigint, page integer, clause text, text text, words text)
  WHERE g.record = ANY (records)
  ON CONFLICT (record_id, position) DO NOTHING;
  GET DIAGNOSTICS stored = ROW_COUNT;
  RETURN stored;
END $$;
REVOKE ALL ON FUNCTION congso.write_passages(bigint[], jsonb) FROM PUBLIC;

-- The same for whoever sees all these records.
CREATE OR REPLACE FUNCTION congso.keep_passages(records bigint[], given jsonb) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM unnest(records) AS asked(id) WHERE NOT EXISTS (
      SELECT 1 FROM public.records_record r WHERE r.id = asked.id AND r.audience && congso.principals())) THEN
    RAISE EXCEPTION 'congso: not all records are yours to index' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN congso.write_passages(records, given);
END $$;

-- What is taken out of the index, as an archive does with what it destroys, goes out of the passages too.
CREATE OR REPLACE FUNCTION congso.forget_passages() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.search_passage p WHERE p.record_id = NEW.record_id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.forget_passages() FROM PUBLIC;

CREATE OR REPLACE TRIGGER search_forgets
AFTER UPDATE OF tsv ON public.search_entry FOR EACH ROW WHEN (NEW.tsv = NEW.ttsv)
EXECUTE FUNCTION congso.forget_passages();

-- A passage is understood under its record's title.
CREATE OR REPLACE FUNCTION congso.reconsider_passages() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.search_passage p SET is_known = false WHERE p.record_id = NEW.id AND p.is_known;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.reconsider_passages() FROM PUBLIC;

CREATE OR REPLACE TRIGGER search_reconsiders
AFTER UPDATE OF title ON public.records_record FOR EACH ROW WHEN (OLD.title IS DISTINCT FROM NEW.title)
EXECUTE FUNCTION congso.reconsider_passages();

-- The passages whose meaning is to be learnt next: beginnings of papers first, the newest first. The machine's alone:
-- they are read whoever may see them.
CREATE OR REPLACE FUNCTION congso.waiting_passages(most integer, before_position integer)
RETURNS TABLE (id bigint, title text, clause text, said text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user <> current_user AND congso.is_system() IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: meanings are learnt by the machine alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF to_regtype('public.halfvec') IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT p.id, r.title::text, p.clause::text, p.text
  FROM public.search_passage p JOIN public.records_record r ON r.id = p.record_id
  WHERE NOT p.is_known AND p.position < before_position
  ORDER BY p.position, p.id DESC LIMIT most;
END $$;

-- Store what was learnt; of passages that are no more, nothing.
CREATE OR REPLACE FUNCTION congso.learn_meanings(passages bigint[], vectors text[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  stored integer;
BEGIN
  IF session_user <> current_user AND congso.is_system() IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: meanings are learnt by the machine alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE $statement$
    WITH alive AS MATERIALIZED (
      SELECT p.id, p.record_id, learnt.vector FROM unnest($1, $2) AS learnt(id, vector)
      JOIN public.search_passage p ON p.id = learnt.id FOR NO KEY UPDATE OF p)
    INSERT INTO public.search_meaning (passage_id, record_id, embedding)
    SELECT id, record_id, vector::public.halfvec FROM alive
    ON CONFLICT (passage_id) DO UPDATE SET embedding = excluded.embedding
  $statement$ USING passages, vectors;
  GET DIAGNOSTICS stored = ROW_COUNT;
  UPDATE public.search_passage p SET is_known = true WHERE p.id = ANY (passages);
  RETURN stored;
END $$;

-- How many passages wait, of how many; for the operator.
CREATE OR REPLACE FUNCTION congso.meanings_progress(before_position integer, OUT waiting bigint, OUT known bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user <> current_user AND congso.is_system() IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: meanings are counted by the machine alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT count(*) INTO waiting FROM public.search_passage p WHERE NOT p.is_known AND p.position < before_position;
  SELECT count(*) INTO known FROM public.search_meaning;
END $$;

-- The passages nearest in meaning to a vector among what the transaction's principals may read, nearest first.
-- Who sees little is compared with all of it, exactly; who sees much through the graph, which goes on until enough of
-- what it meets is visible. `wanted` records narrow it further.
CREATE OR REPLACE FUNCTION congso.nearest_meaning(asked text, filters jsonb, wanted bigint[], most integer)
RETURNS TABLE (id bigint, record bigint, likeness float8)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET work_mem = '64MB' AS $$
DECLARE
  exact_rows constant integer := 15000;  -- comparing so many takes as long as the graph does for who sees as much
  held bigint[] := congso.principals();
  narrowed text := congso.search_narrowed(filters) || CASE WHEN filters ? 'year' THEN
    ' AND date_part(''year'', day) = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''year'')::int))' ELSE '' END
    || CASE WHEN wanted IS NULL THEN '' ELSE ' AND record_id = ANY ($6)' END;
  visible text := format('SELECT record_id FROM public.search_entry WHERE audience && $2%s', narrowed);
  passages_a_record float8 := (
    SELECT greatest(m.reltuples, 1) / greatest(e.reltuples, 1) FROM pg_class m, pg_class e
    WHERE m.oid = 'public.search_meaning'::regclass AND e.oid = 'public.search_entry'::regclass);
  most_records integer := greatest(exact_rows / greatest(passages_a_record, 1), 100);
  seen integer;
  found text;
BEGIN
  IF cardinality(held) = 0 OR to_regtype('public.halfvec') IS NULL OR asked = '' THEN
    RETURN;
  END IF;
  IF congso.many_visible(held, filters ? 'type' OR filters ? 'marks' OR filters ? 'year' OR wanted IS NOT NULL) THEN
    seen := most_records + 1;
  ELSE
    EXECUTE format('SELECT count(*) FROM (%s LIMIT %s) AS met', visible, most_records + 1)
    INTO seen USING NULL::tsquery, held, filters, NULL::text, most, wanted;
  END IF;
  IF seen <= most_records THEN
    found := format($statement$
      SELECT m.passage_id, m.record_id, 1 - (m.embedding OPERATOR(public.<=>) $4::public.halfvec) AS likeness
      FROM (%s OFFSET 0) AS seen JOIN public.search_meaning m USING (record_id)
      ORDER BY likeness DESC, m.passage_id LIMIT $5$statement$, visible);
  ELSE
    PERFORM set_config('hnsw.ef_search', '100', true), set_config('hnsw.iterative_scan', 'relaxed_order', true),
            set_config('hnsw.max_scan_tuples', '40000', true);
    found := format($statement$
      SELECT m.passage_id, m.record_id, 1 - (m.embedding OPERATOR(public.<=>) $4::public.halfvec) AS likeness
      FROM public.search_meaning m
      WHERE (SELECT true FROM public.search_entry e WHERE e.record_id = m.record_id AND audience && $2%s)
      ORDER BY m.embedding OPERATOR(public.<=>) $4::public.halfvec LIMIT $5$statement$, narrowed);
  END IF;
  RETURN QUERY EXECUTE format($statement$
    SELECT near.passage_id, near.record_id, near.likeness::float8 FROM (%s) AS near
    JOIN public.search_passage p ON p.id = near.passage_id JOIN public.records_record r ON r.id = near.record_id
    WHERE r.audience && $2 AND (p.file_id IS NULL OR NOT r.are_files_closed)
    ORDER BY near.likeness DESC, near.passage_id$statement$, found)
  USING NULL::tsquery, held, filters, asked, most, wanted;
END $$;

-- Whether the planner takes it that somebody sees far more than would be compared one by one; counting them all would
-- take longer than the question. With filters it is always counted. Volatile, because only so may it ask for a plan.
CREATE OR REPLACE FUNCTION congso.many_visible(held bigint[], is_narrowed boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  plan json;
BEGIN
  IF is_narrowed THEN
    RETURN false;
  END IF;
  EXECUTE format('EXPLAIN (FORMAT JSON) SELECT 1 FROM public.search_entry WHERE audience && %L::bigint[]', held)
  INTO plan;
  RETURN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8 > 60000;
END $$;
REVOKE ALL ON FUNCTION congso.many_visible(bigint[], boolean) FROM PUBLIC;

-- The passages of these records that say most of a question's words, so many of each record, best first. Words weigh
-- by their rarity, and two that stand side by side as asked weigh once more; 1 is a passage that says them all.
CREATE OR REPLACE FUNCTION congso.best_passages(
  records bigint[], groups text[], leads text[], pairs text[], of_each integer, most integer)
RETURNS TABLE (id bigint, record bigint, file bigint, page integer, clause text, said text, score float8)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held bigint[] := congso.principals();
  shares float8[] := ARRAY(SELECT congso.term_share(lead) FROM unnest(leads) AS lead);
  weights float8[] := ARRAY(SELECT greatest(-ln(share), 0.1) FROM unnest(shares) AS share);
  scored integer[] := ARRAY(
    SELECT place FROM unnest(shares) WITH ORDINALITY AS asked(share, place) ORDER BY share, place LIMIT 24);
  whole float8 := (SELECT sum(weights[place]) FROM unnest(scored) AS place);
  anything tsquery := (SELECT string_agg('(' || groups[place] || ')', ' | ') FROM unnest(scored) AS place)::tsquery;
BEGIN
  IF cardinality(held) = 0 OR anything IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE format($statement$
    SELECT b.id, b.record_id, b.file_id, b.page, b.clause::text, b.text, b.score FROM (
      SELECT *, row_number() OVER (PARTITION BY record_id ORDER BY score DESC, position) AS place FROM (
        SELECT p.id, p.record_id, p.file_id, p.page, p.clause, p.text, p.position, ((%s) / $7)::float8 AS score
        FROM (SELECT s.*, s.words AS tsv FROM public.search_passage s
              JOIN public.records_record r ON r.id = s.record_id
              WHERE s.record_id = ANY ($1) AND r.audience && $2 AND (s.file_id IS NULL OR NOT r.are_files_closed)
                AND s.words @@ $3) AS p) AS scored) AS b
    WHERE b.place <= $8 ORDER BY b.score DESC, b.id LIMIT $9
  $statement$, congso.passage_score(scored, pairs))
  USING records, held, anything, groups::tsquery[], weights, pairs, whole, of_each, most;
END $$;

-- How much of a question a passage says, as an expression over its `tsv`: the weights of the groups it has, and for two
-- groups side by side half the lesser weight.
CREATE OR REPLACE FUNCTION congso.passage_score(scored integer[], pairs text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT string_agg(format('CASE WHEN tsv @@ $4[%1$s] THEN $5[%1$s] ELSE 0 END', i), ' + ')
          FROM unnest(scored) AS i)
    || coalesce((
      SELECT string_agg(format(
        ' + CASE WHEN tsv @@ $6[%1$s]::tsquery THEN 0.5 * least($5[%1$s], $5[%2$s]) ELSE 0 END', i, i + 1), '')
      FROM generate_subscripts(pairs, 1) AS i WHERE pairs[i] <> '' AND i = ANY (scored) AND i + 1 = ANY (scored)), '')
$$;
REVOKE ALL ON FUNCTION congso.passage_score(integer[], text[]) FROM PUBLIC;

-- The letters of Vietnamese without their accents, as lib.vietnamese.fold gives them.
CREATE OR REPLACE FUNCTION congso.plain_letters(lower_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT translate(lower_text, 'àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ',
    'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd')
$$;

-- Count syllables, and which stand side by side, in a sample of some 20,000 passages; the machine's and the owner's.
CREATE OR REPLACE FUNCTION congso.weigh_pairs() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET work_mem = '64MB' AS $$
DECLARE
  known float8;
  stored integer;
BEGIN
  IF session_user <> current_user AND congso.is_system() IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: words are weighed by the machine alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  LOCK TABLE public.search_syllablepair IN SHARE ROW EXCLUSIVE MODE;
  ANALYZE public.search_passage, public.search_meaning;
  known := greatest((SELECT reltuples FROM pg_class WHERE oid = 'public.search_passage'::regclass), 1);
  DELETE FROM public.search_syllablepair;
  EXECUTE format($statement$
    WITH sampled AS MATERIALIZED (SELECT id, text FROM public.search_passage TABLESAMPLE SYSTEM (%s) LIMIT 20000),
    syllables AS (
      SELECT found[1] AS one, lead(found[1]) OVER (PARTITION BY id ORDER BY place) AS two
      FROM sampled, regexp_matches(lower(text), '[[:alpha:]]+', 'g') WITH ORDINALITY AS m(found, place)),
    counted AS (
      SELECT one AS pair, count(*) AS n FROM syllables GROUP BY one
      UNION ALL SELECT one || ' ' || two, count(*) FROM syllables WHERE two IS NOT NULL GROUP BY one, two)
    INSERT INTO public.search_syllablepair (pair, plain, count)
    SELECT pair, congso.plain_letters(pair), n FROM counted
    WHERE length(pair) <= 60 AND (n > 1 OR %L) ORDER BY n DESC LIMIT 500000
  $statement$, CASE WHEN known > 20000 THEN 100 * 20000 / known ELSE 100 END, known < 20000);
  GET DIAGNOSTICS stored = ROW_COUNT;
  RETURN stored;
END $$;

-- How syllables and pairs typed without accents are written in the papers, and how often.
CREATE OR REPLACE FUNCTION congso.accented_pairs(typed text[])
RETURNS TABLE (pair text, count integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 200 AS $$
  SELECT p.pair::text, p.count FROM public.search_syllablepair p WHERE p.plain = ANY (typed[1:128])
$$;

-- Whose saved searches are to be looked at again; the machine's alone.
CREATE OR REPLACE FUNCTION congso.watched_searches(today date)
RETURNS TABLE (search bigint, person bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF congso.is_system() IS NOT TRUE THEN
    RAISE EXCEPTION 'congso: saved searches are their keepers'' own' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT s.id, s.person_id FROM public.search_savedsearch s
  WHERE s.is_watching AND s.looked_on < today ORDER BY s.id;
END $$;

-- Tell the acting person herself what is new in a search she keeps, about a record she sees.
CREATE OR REPLACE FUNCTION congso.tell_saved_search(search bigint, about bigint, words text, moment timestamptz)
RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.search_savedsearch s WHERE s.id = search AND s.person_id = congso.person())
     OR NOT EXISTS (SELECT 1 FROM public.records_record r WHERE r.id = about AND r.audience && congso.principals()) THEN
    RAISE EXCEPTION 'congso: search % is not yours to tell about', search USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN congso.put_notices(ARRAY[congso.person()], about, 'moved', words, 'Tìm kiếm đã lưu',
    'search:' || search || ':' || moment::date, moment);
END $$;

-- The newest records whose number and title meet a begun question, among those the principals see. Of a beginning that
-- thousands have, some of them: who types on gets better ones.
CREATE OR REPLACE FUNCTION congso.suggest_records(wanted text, most integer)
RETURNS TABLE (record bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  held bigint[] := congso.principals();
BEGIN
  IF cardinality(held) = 0 THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE $statement$
    SELECT record_id FROM (
      SELECT record_id, day FROM public.search_entry WHERE ttsv @@ $1::tsquery AND audience && $2 LIMIT 2000) AS met
    ORDER BY day DESC, record_id DESC LIMIT $3
  $statement$ USING wanted, held, most;
END $$;
