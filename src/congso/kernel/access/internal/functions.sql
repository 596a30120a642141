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
  VALUES ('staff', 1), ('leaders', 2), ('clerks', 3), ('chiefs', 4), ('trackers', 5), ('secrecy_officers', 6);

-- Everything a person is on a day: herself, her posts, their functions, her roles.
CREATE OR REPLACE FUNCTION congso.principals_of(person bigint, day date) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH held AS (
    SELECT p.id, p.organization_id, p.functions
    FROM public.directory_assignment a
    JOIN public.directory_post p ON p.id = a.post_id
    WHERE a.person_id = person
      AND a.valid_from <= day AND (a.valid_to IS NULL OR a.valid_to > day)
      AND p.valid_from <= day AND (p.valid_to IS NULL OR p.valid_to > day)
  )
  SELECT array_agg(DISTINCT principal) FROM (
    SELECT 1000000000000000 + person * 100
    UNION ALL SELECT 2000000000000000 + id * 100 FROM held
    UNION ALL
    SELECT 3000000000000000 + organization_id * 100 + codes.code
    FROM held JOIN congso.function_codes AS codes ON codes.word = ANY (held.functions::text[])
    UNION ALL
    SELECT 4000000000000000 + g.role * 100 FROM public.access_grant g
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
    WHEN 'person' THEN congso.principals_of(part[2]::bigint, part[3]::date)
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

-- The sign-in desk: the process works as it until it knows who is at the door.
CREATE OR REPLACE FUNCTION congso.is_sign_in() RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED AS $$ SELECT 6000000000000300 = ANY (congso.principals()) $$;
