-- The catalogue of the search room, found by words.

-- The newest cards the caller may know in which every word begins a word, at most so many. LIKE and @@ are not
-- leakproof, so row-level security would keep the index from being used: the policy of dossiers_card stands here again
-- (test_room.py compares the answers). The words go into the statement, so that the planner knows whether they
-- are rare (index of words) or common (newest first until there are enough).
CREATE OR REPLACE FUNCTION congso.find_cards(words text[], most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  asked text;
  own bigint[];
BEGIN
  IF NOT congso.is_known() OR cardinality(words) = 0 THEN RETURN; END IF;
  SELECT string_agg(quote_literal(word) || ':*', ' & ') INTO asked FROM unnest(words) AS word;
  WITH RECURSIVE up(id, parent_id) AS (  -- congso.works_in, asked once for all organizations
    SELECT o.id, o.parent_id FROM public.directory_organization o
    WHERE o.id IN (SELECT (held % 1000000000000000) / 100 FROM unnest(congso.principals()) AS held
                   WHERE held / 1000000000000000 = 3)
    UNION SELECT o.id, o.parent_id FROM up JOIN public.directory_organization o ON o.id = up.parent_id
  ) SELECT coalesce(array_agg(up.id), '{}') INTO own FROM up;
  RETURN QUERY EXECUTE format(
    'SELECT c.dossier_id FROM public.dossiers_card c'
    ' WHERE c.found_by @@ %L::tsquery AND (c.mode = ''01'' OR c.organization_id = ANY (%L::bigint[]))'
    ' ORDER BY c.first_year DESC, c.dossier_id DESC LIMIT %s', asked, own, least(most, 5000));
END $$;
