-- The acting person looks at private data: of one person (`about`), or a list as of a day, of one organization or of all.
-- Who looks, in which post, is the database's own knowledge. The same again that day counts up one row.
CREATE OR REPLACE FUNCTION congso.note_disclosure(
  about bigint, office bigint, list_day date, shown_in text, shown_for text, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  looking bigint := congso.person();
  today date := (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
  label text;
BEGIN
  IF looking IS NULL THEN
    RAISE EXCEPTION 'congso: nobody is looking' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF looking = about THEN
    RETURN;
  END IF;
  UPDATE public.personal_disclosure d SET times = d.times + 1, last_at = moment
  WHERE d.viewer_id = looking AND d.day = today AND d.place = shown_in AND d.purpose = shown_for
    AND d.subject_id IS NOT DISTINCT FROM about AND d.organization_id IS NOT DISTINCT FROM office
    AND d.as_of IS NOT DISTINCT FROM list_day;
  IF FOUND THEN
    RETURN;
  END IF;
  SELECT p.full_name || coalesce(', ' || (
    SELECT post.name || ', ' || o.short_name FROM public.directory_assignment a
    JOIN public.directory_post post ON post.id = a.post_id
    JOIN public.directory_organization o ON o.id = post.organization_id
    WHERE a.person_id = looking AND a.valid_from <= today AND (a.valid_to IS NULL OR a.valid_to > today)
    ORDER BY post.rank, a.id LIMIT 1), '') INTO label
  FROM public.directory_person p WHERE p.id = looking;
  INSERT INTO public.personal_disclosure AS d
    (viewer_id, viewer_label, day, subject_id, organization_id, as_of, place, purpose, times, first_at, last_at)
  VALUES (looking, left(label, 500), today, about, office, list_day, shown_in, shown_for, 1, moment, moment)
  ON CONFLICT (viewer_id, day, place, purpose, subject_id, organization_id, as_of)
  DO UPDATE SET times = d.times + 1, last_at = EXCLUDED.last_at;
END $$;
