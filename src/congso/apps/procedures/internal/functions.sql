-- The two doors of an applicant without an account: looking up her case, and saying once how content she was.
-- Both take the key made of the receipt's code and secret word with the installation's own key: who has not both
-- cannot make it, and a wrong code looks like a wrong word.

-- Is the edition still a draft? Its steps and papers are replaced only then.
CREATE OR REPLACE FUNCTION congso.is_draft(record bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.records_record r WHERE r.id = record AND r.state = 'draft' AND congso.may_act(record))
$$;

-- How a case stands, for who holds the receipt: days, step, what is awaited. No name of anybody.
CREATE OR REPLACE FUNCTION congso.look_up_case(key text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object(
    'number', r.number, 'procedure', p.name, 'code', p.code, 'organization', o.name, 'state', r.state,
    'received_at', c.received_at, 'first_due_on', c.first_due_on, 'due_on', r.due_on, 'closed_at', r.closed_at,
    'asked_for', CASE WHEN r.state IN ('incomplete', 'awaiting_additions') THEN c.asked_for ELSE '' END,
    'answer', CASE WHEN r.state IN ('result_ready', 'returned', 'refused') THEN c.answer ELSE '' END,
    'is_rated', c.is_rated,
    'steps', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'organization', so.name,
                'started_on', s.started_on, 'due_on', s.due_on, 'finished_on', s.finished_on) ORDER BY s.position), '[]')
              FROM public.procedures_casestep s JOIN public.directory_organization so ON so.id = s.organization_id
              WHERE s.case_id = r.id),
    'stops', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', t.kind, 'started_on', t.started_on,
                'ended_on', t.ended_on) ORDER BY t.started_on), '[]')
              FROM public.procedures_stop t WHERE t.case_id = r.id),
    'apologies', (SELECT coalesce(jsonb_agg(jsonb_build_object('reason', a.reason, 'new_due_on', a.new_due_on)
                ORDER BY a.at), '[]') FROM public.procedures_apology a WHERE a.case_id = r.id))
  FROM public.procedures_case c
  JOIN public.records_record r ON r.id = c.record_ptr_id
  JOIN public.procedures_publication p ON p.id = c.publication_id
  JOIN public.directory_organization o ON o.id = r.owner_id
  WHERE c.look_up_key = key AND length(key) = 64
$$;

-- One answer for a case that is over, by who holds the receipt; only the count of its kind is kept.
CREATE OR REPLACE FUNCTION congso.rate_case(key text, given integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  about record;
BEGIN
  IF given NOT BETWEEN 1 AND 5 THEN
    RETURN false;
  END IF;
  UPDATE public.procedures_case c SET is_rated = true
  FROM public.records_record r, public.procedures_publication p
  WHERE c.look_up_key = key AND length(key) = 64 AND NOT c.is_rated AND r.id = c.record_ptr_id
    AND p.id = c.publication_id AND r.state IN ('returned', 'refused')
  RETURNING p.code AS code, r.owner_id AS office INTO about;
  IF about IS NULL THEN
    RETURN false;
  END IF;
  INSERT INTO public.procedures_satisfaction AS s (code, organization_id, quarter, score, answers)
  VALUES (about.code, about.office, to_char(congso.today(), 'YYYY-"Q"Q'), given, 1)
  ON CONFLICT (code, organization_id, quarter, score) DO UPDATE SET answers = s.answers + 1;
  RETURN true;
END $$;
