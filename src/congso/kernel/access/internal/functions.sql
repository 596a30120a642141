-- The functions every policy stands on. Applied by the command `secure` after each migration.

CREATE SCHEMA IF NOT EXISTS congso;

-- HMAC-SHA-256 with the installation's key; only functions of this schema may call it.
CREATE OR REPLACE FUNCTION congso.mac(message text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8'))), 'hex')
  FROM public.access_secret
$$;
REVOKE ALL ON FUNCTION congso.mac(text) FROM PUBLIC;

-- What a transaction's settings must be sealed with: they hold for this backend and this transaction only.
CREATE OR REPLACE FUNCTION congso.seal(actor text, principals text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.mac('seal|' || actor || '|' || principals || '|' || pg_backend_pid() || '|'
    || extract(epoch FROM transaction_timestamp()))
$$;
REVOKE ALL ON FUNCTION congso.seal(text, text) FROM PUBLIC;

-- The numbers of the functions a post may have; the process's copy is access.principals.Function.
CREATE OR REPLACE VIEW congso.function_codes(word, code) AS
  VALUES ('staff', 1), ('leaders', 2), ('clerks', 3), ('chiefs', 4), ('trackers', 5), ('secrecy_officers', 6),
    ('data_protection', 7), ('archivists', 8);

-- The posts of a day that carry on the given ones: themselves, or what a merger or split made of them.
CREATE OR REPLACE FUNCTION congso.living_posts(posts bigint[], day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE chain(id) AS (
    SELECT unnest(posts)
    UNION SELECT p.id FROM chain JOIN public.directory_post p ON p.continues_id = chain.id
  )
  SELECT p.id FROM chain JOIN public.directory_post p ON p.id = chain.id
  WHERE p.valid_from <= day AND (p.valid_to IS NULL OR p.valid_to > day)
$$;
REVOKE ALL ON FUNCTION congso.living_posts(bigint[], date) FROM PUBLIC;

-- What whoever holds these posts is on a day: the posts and those they continue, their functions in their
-- organizations and in every organization whose work these took over. One row of the directory per merged
-- organization does it; no record is touched. `scope`, where given, narrows the functions (a delegation).
CREATE OR REPLACE FUNCTION congso.principals_of_posts(posts bigint[], day date, scope text[] DEFAULT NULL)
RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE held AS (
    SELECT p.id, p.continues_id, p.organization_id, p.functions FROM public.directory_post p
    WHERE p.id = ANY (posts) AND p.valid_from <= day AND (p.valid_to IS NULL OR p.valid_to > day)
  ), continued(id, continues_id) AS (
    SELECT id, continues_id FROM held
    UNION SELECT p.id, p.continues_id FROM continued JOIN public.directory_post p ON p.id = continued.continues_id
  ), offices(id, code) AS (
    SELECT held.organization_id, codes.code
    FROM held JOIN congso.function_codes AS codes ON codes.word = ANY (held.functions::text[])
    WHERE scope IS NULL OR codes.word = ANY (scope)
    UNION
    SELECT s.predecessor_id, offices.code
    FROM offices JOIN public.directory_succession s ON s.successor_id = offices.id AND s.effective_on <= day
  )
  SELECT 2000000000000000 + id * 100 FROM continued
  UNION ALL SELECT 3000000000000000 + id * 100 + code FROM offices
$$;
REVOKE ALL ON FUNCTION congso.principals_of_posts(bigint[], date, text[]) FROM PUBLIC;

-- The posts a person holds herself on a day.
CREATE OR REPLACE FUNCTION congso.posts_of(person bigint, day date) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(a.post_id) FROM public.directory_assignment a
  WHERE a.person_id = person AND a.valid_from <= day AND (a.valid_to IS NULL OR a.valid_to > day)
$$;
REVOKE ALL ON FUNCTION congso.posts_of(bigint, date) FROM PUBLIC;

-- What a person holds on a day through those for whom she stands in: the delegation and each principal it lends.
CREATE OR REPLACE FUNCTION congso.lent_to(person bigint, day date) RETURNS TABLE(delegation bigint, principal bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.id, lent FROM public.access_delegation d,
    congso.principals_of_posts(ARRAY(SELECT congso.living_posts(ARRAY[d.post_id], day)), day, d.functions::text[]) lent
  WHERE d.person_id = person AND d.valid_from <= day AND d.valid_to > day
$$;
REVOKE ALL ON FUNCTION congso.lent_to(bigint, date) FROM PUBLIC;

-- Everything a person is on a day: herself, her posts and their functions, what is lent to her, her roles.
CREATE OR REPLACE FUNCTION congso.principals_of(person bigint, day date) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(DISTINCT principal) FROM (
    SELECT 1000000000000000 + person * 100
    UNION ALL SELECT congso.principals_of_posts(congso.posts_of(person, day), day)
    UNION ALL SELECT 4000000000000000 WHERE congso.posts_of(person, day) IS NOT NULL  -- staff, wherever
    UNION ALL SELECT l.principal FROM congso.lent_to(person, day) l
    UNION ALL
    SELECT CASE WHEN g.organization_id IS NULL THEN 4000000000000000 + g.role * 100
                ELSE 5000000000000000 + g.organization_id * 100 END
    FROM public.access_grant g
    WHERE g.person_id = person AND g.valid_from <= day AND (g.valid_to IS NULL OR g.valid_to > day)
  ) AS every(principal)
$$;
REVOKE ALL ON FUNCTION congso.principals_of(bigint, date) FROM PUBLIC;

-- Open the transaction for an actor. The ticket `kind:id:day:backend:mac` can only be made by a process that
-- holds the installation's key, so SQL injected into a request cannot become somebody else by calling this.
CREATE OR REPLACE FUNCTION congso.enter(ticket text) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part text[] := string_to_array(ticket, ':');
  found bigint[];
BEGIN
  IF cardinality(part) IS DISTINCT FROM 5
     OR part[5] IS DISTINCT FROM congso.mac(array_to_string(part[1:4], ':'))
     OR part[4]::int IS DISTINCT FROM pg_backend_pid() THEN
    RAISE EXCEPTION 'congso: not a valid ticket' USING ERRCODE = 'insufficient_privilege';
  END IF;
  found := CASE part[1]
    WHEN 'person' THEN congso.principals_of(part[2]::bigint, part[3]::date) || congso.openings_of(part[2]::bigint)
    WHEN 'system' THEN ARRAY[6000000000000000 + part[2]::bigint * 100]
    ELSE '{}'::bigint[] END;
  PERFORM set_config('congso.actor', part[1] || ':' || part[2], true),
          set_config('congso.principals', found::text, true);
  PERFORM set_config('congso.seal', congso.seal(part[1] || ':' || part[2], found::text), true);
  RETURN found;
END $$;

-- The principals of this transaction; none when the seal does not fit, so a forged setting opens nothing.
CREATE OR REPLACE FUNCTION congso.principals() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held text := nullif(current_setting('congso.principals', true), '');
BEGIN
  IF held IS NULL OR current_setting('congso.seal', true)
     IS DISTINCT FROM congso.seal(current_setting('congso.actor', true), held) THEN
    RETURN '{}';
  END IF;
  RETURN held::bigint[];
END $$;

-- The acting person's id, or NULL for a system, for nobody and for a forged setting.
CREATE OR REPLACE FUNCTION congso.person() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN cardinality(congso.principals()) > 0 AND current_setting('congso.actor', true) LIKE 'person:%'
    THEN substr(current_setting('congso.actor', true), 8)::bigint END
$$;

-- `person:12`, `system:2`, or NULL: what the journal records.
CREATE OR REPLACE FUNCTION congso.actor() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN cardinality(congso.principals()) > 0 THEN current_setting('congso.actor', true) END
$$;

CREATE OR REPLACE FUNCTION congso.is_known() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT cardinality(congso.principals()) > 0 $$;

CREATE OR REPLACE FUNCTION congso.is_system() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT congso.actor() LIKE 'system:%' $$;

CREATE OR REPLACE FUNCTION congso.is_administrator() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT 4000000000000200 = ANY (congso.principals()) $$;

CREATE OR REPLACE FUNCTION congso.is_auditor() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT 4000000000000300 = ANY (congso.principals()) $$;

CREATE OR REPLACE FUNCTION congso.today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT (transaction_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date $$;

-- Does the caller administer the organization: the whole directory, it, or something above it?
CREATE OR REPLACE FUNCTION congso.administers(organization bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE up(id, parent_id) AS (
    SELECT o.id, o.parent_id FROM public.directory_organization o WHERE o.id = organization
    UNION SELECT o.id, o.parent_id FROM up JOIN public.directory_organization o ON o.id = up.parent_id
  )
  SELECT congso.is_administrator() OR EXISTS (
    SELECT 1 FROM up WHERE 5000000000000000 + up.id * 100 = ANY (congso.principals()))
$$;

-- Does the caller administer what stands above the organization? Its name, place and end are not its own affair.
CREATE OR REPLACE FUNCTION congso.administers_above(organization bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.administers((SELECT o.parent_id FROM public.directory_organization o WHERE o.id = organization))
$$;

-- Does the caller administer anything at all?
CREATE OR REPLACE FUNCTION congso.is_some_administrator() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$
  SELECT congso.is_administrator() OR EXISTS (
    SELECT 1 FROM unnest(congso.principals()) AS held WHERE held / 1000000000000000 = 5)
$$;

CREATE OR REPLACE FUNCTION congso.administers_post(post bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.administers((SELECT p.organization_id FROM public.directory_post p WHERE p.id = post))
$$;

-- May the caller change the person's name and address: she is nowhere yet, or in a post the caller administers?
CREATE OR REPLACE FUNCTION congso.administers_person(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.is_administrator() OR congso.is_some_administrator() AND (
    NOT EXISTS (SELECT 1 FROM public.directory_assignment a WHERE a.person_id = person)
    OR EXISTS (SELECT 1 FROM public.directory_assignment a
               WHERE a.person_id = person AND a.valid_to IS NULL AND congso.administers_post(a.post_id)))
$$;

-- A post that carries on another one does no more than that one did.
CREATE OR REPLACE FUNCTION congso.continues_fairly(continued bigint, wanted text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.directory_post p WHERE p.id = continued AND wanted <@ p.functions::text[])
$$;

-- May the caller put the person into the post? Nobody appoints herself; only a merger or split carries her post on,
-- with no more functions than it had (the policy of posts).
CREATE OR REPLACE FUNCTION congso.may_appoint(post bigint, person bigint, starts date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.administers_post(post) AND (person <> congso.person() OR EXISTS (
    SELECT 1 FROM public.directory_post p
    JOIN public.directory_assignment a ON a.post_id = p.continues_id AND a.person_id = person
    WHERE p.id = post AND a.valid_from < starts AND (a.valid_to IS NULL OR a.valid_to >= starts)))
$$;

-- May the caller let somebody stand in for the post: as its holder herself (never as a stand-in), or its administrator?
CREATE OR REPLACE FUNCTION congso.may_delegate(post bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.administers_post(post) OR EXISTS (
    SELECT 1 FROM public.directory_assignment a
    WHERE a.post_id = post AND a.person_id = congso.person() AND a.valid_from <= congso.today()
      AND (a.valid_to IS NULL OR a.valid_to > congso.today()))
$$;

-- For whom does the caller act when she uses one of these principals: the delegation, or none when they are her own.
CREATE OR REPLACE FUNCTION congso.acting_for(wanted bigint[], day date) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT min(lent.delegation) FROM congso.lent_to(congso.person(), day) AS lent
  WHERE lent.principal = ANY (wanted) AND NOT 1000000000000000 + congso.person() * 100 = ANY (wanted)
    AND NOT EXISTS (
      SELECT 1 FROM congso.principals_of_posts(congso.posts_of(congso.person(), day), day) AS own
      WHERE own = ANY (wanted))
$$;

-- The sign-in desk: the process works as it until it knows who is at the door.
CREATE OR REPLACE FUNCTION congso.is_sign_in() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT 6000000000000300 = ANY (congso.principals()) $$;
