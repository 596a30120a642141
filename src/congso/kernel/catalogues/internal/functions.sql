-- Code lists: who keeps one, publishing, and what is read without signing in.

-- Every publication renews the token by which processes know that their copy is old. Drafts do not.
CREATE OR REPLACE FUNCTION congso.renew_catalogues() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.code_lists_revision SET token = gen_random_uuid();
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION congso.renew_catalogues() FROM PUBLIC;

CREATE OR REPLACE TRIGGER renew_catalogues AFTER UPDATE ON public.code_lists_version
  FOR EACH STATEMENT EXECUTE FUNCTION congso.renew_catalogues();

-- Does the caller keep the list: as administrator, or as administration of the organization that keeps it?
CREATE OR REPLACE FUNCTION congso.keeps_catalogue(catalogue bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT congso.is_administrator() OR EXISTS (
    SELECT 1 FROM public.code_lists_catalogue c
    WHERE c.id = catalogue AND c.keeper_id IS NOT NULL AND congso.administers(c.keeper_id))
$$;

-- Is the version a draft of a list the caller keeps?
CREATE OR REPLACE FUNCTION congso.drafts_catalogue(version bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.code_lists_version v
                 WHERE v.id = version AND v.state = 'draft' AND congso.keeps_catalogue(v.catalogue_id))
$$;

-- Publish a draft: from the day on it is the list. No code of before may be missing, none that was closed may be open.
CREATE OR REPLACE FUNCTION congso.publish_catalogue(draft bigint, starts date, by_document text, at timestamptz)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  list bigint;
  before public.code_lists_version;
BEGIN
  SELECT catalogue_id INTO list FROM public.code_lists_version WHERE id = draft AND state = 'draft' FOR UPDATE;
  IF list IS NULL OR NOT congso.keeps_catalogue(list) THEN
    RAISE EXCEPTION 'congso: not a draft of a list the caller keeps' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF starts < congso.today() THEN
    RAISE EXCEPTION 'congso: a list does not change in the past' USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO before FROM public.code_lists_version
  WHERE catalogue_id = list AND state = 'published' AND valid_to IS NULL FOR UPDATE;
  IF before.id IS NOT NULL AND (starts < before.valid_from OR EXISTS (
    SELECT 1 FROM public.code_lists_item o
    LEFT JOIN public.code_lists_item n ON n.version_id = draft AND n.code = o.code
    WHERE o.version_id = before.id
      AND (n.id IS NULL OR o.valid_to <= congso.today() AND n.valid_to IS DISTINCT FROM o.valid_to))) THEN
    RAISE EXCEPTION 'congso: a code would be lost or given again' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE public.code_lists_version SET valid_to = starts WHERE id = before.id;
  UPDATE public.code_lists_version
  SET state = 'published', valid_from = starts, source = by_document, published_by_id = congso.person(),
      published_at = at
  WHERE id = draft;
END $$;

-- Give up a draft. It stays, as everything does, and is no draft any more.
CREATE OR REPLACE FUNCTION congso.drop_catalogue_draft(draft bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT congso.drafts_catalogue(draft) THEN
    RAISE EXCEPTION 'congso: not a draft of a list the caller keeps' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.code_lists_version SET state = 'dropped' WHERE id = draft;
END $$;

-- What anybody may read: the version of the day of a list marked open; NULL for every other list.
CREATE OR REPLACE FUNCTION congso.open_catalogue(list text, day date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object(
    'code', c.code, 'name', c.name, 'description', c.description, 'licence', c.licence, 'attributes', c.attributes,
    'publisher', coalesce(o.name, ''), 'version', v.number, 'valid_from', v.valid_from, 'source', v.source,
    'items', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'code', i.code, 'name', i.name, 'parent', i.parent_code, 'order', i.place, 'attributes', i.attributes,
        'valid_from', i.valid_from, 'valid_to', i.valid_to, 'replaced_by', i.replaced_by) ORDER BY i.place, i.code), '[]')
      FROM public.code_lists_item i WHERE i.version_id = v.id))
  FROM public.code_lists_catalogue c
  JOIN public.code_lists_version v ON v.catalogue_id = c.id AND v.state = 'published'
    AND v.valid_from <= day AND (v.valid_to IS NULL OR v.valid_to > day)
  LEFT JOIN public.directory_organization o ON o.id = c.keeper_id
  WHERE c.code = list AND c.is_open
$$;

-- The lists anybody may read.
CREATE OR REPLACE FUNCTION congso.open_catalogues() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'code', c.code, 'name', c.name, 'description', c.description, 'licence', c.licence) ORDER BY c.code), '[]')
  FROM public.code_lists_catalogue c WHERE c.is_open
$$;
