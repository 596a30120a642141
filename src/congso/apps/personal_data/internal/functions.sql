-- Does the caller protect personal data of the organization: of it, of something above it, or of the office serving one?
CREATE OR REPLACE FUNCTION congso.protects(organization bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE up(id, parent_id) AS (
    SELECT o.id, o.parent_id FROM public.directory_organization o WHERE o.id = organization
    UNION SELECT o.id, o.parent_id FROM up JOIN public.directory_organization o ON o.id = up.parent_id
  )
  SELECT EXISTS (
    SELECT 1 FROM up LEFT JOIN public.directory_organization office ON office.serves_id = up.id
    WHERE 3000000000000007 + up.id * 100 = ANY (congso.principals())
       OR 3000000000000007 + office.id * 100 = ANY (congso.principals()))
$$;

-- Carry out a proposal: every declared column whose fate is to be emptied or replaced, of one person, for good. Returns how
-- many rows in which table. Refused unless the person holds no post today or later, nothing holds her data, the day has
-- come, and the caller, somebody else, protects the data of her last body. Records and the journal keep their links.
CREATE OR REPLACE FUNCTION congso.anonymise(proposal bigint, moment timestamptz) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  today date := congso.today();
  who bigint;
  account bigint;
  touched integer;
  told jsonb := '{}';
  ending text;
  part jsonb;
BEGIN
  SELECT a.person_id INTO who FROM public.personal_data_anonymisation a
  WHERE a.id = proposal AND a.state = 'proposed' AND a.due_on <= today AND a.person_id <> congso.person()
    AND congso.protects(a.organization_id)
    AND NOT EXISTS (SELECT 1 FROM public.directory_assignment d
                    WHERE d.person_id = a.person_id AND (d.valid_to IS NULL OR d.valid_to > today))
    AND NOT EXISTS (SELECT 1 FROM public.personal_data_hold h
                    WHERE h.person_id = a.person_id AND h.valid_from <= today
                      AND (h.valid_to IS NULL OR h.valid_to > today))
  FOR UPDATE OF a;
  IF who IS NULL THEN
    RAISE EXCEPTION 'congso: proposal % cannot be carried out by the caller', proposal
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT u.id INTO account FROM public.accounts_user u WHERE u.person_id = who;
  UPDATE public.directory_person SET full_name = 'Người đã ẩn danh ' || who, name_key = 'nguoi da an danh ' || who,
    name_folded = 'nguoi da an danh ' || who, code = '', email = '', phone = '' WHERE id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('directory_person', touched);
  UPDATE public.accounts_user SET username = 'an-danh-' || who, email = '', password = '!', is_active = false
  WHERE id = account;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('accounts_user', touched);
  DELETE FROM public.accounts_apitoken WHERE user_id = account;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('accounts_apitoken', touched);
  DELETE FROM public.mfa_authenticator WHERE user_id = account;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('mfa_authenticator', touched);
  DELETE FROM public.usersessions_usersession WHERE user_id = account;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('usersessions_usersession', touched);
  DELETE FROM public.socialaccount_socialtoken t USING public.socialaccount_socialaccount s
  WHERE s.id = t.account_id AND s.user_id = account;
  DELETE FROM public.socialaccount_socialaccount WHERE user_id = account;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('socialaccount_socialaccount', touched);
  DELETE FROM public.allauth_idp_oidc_token WHERE user_id = account;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('allauth_idp_oidc_token', touched);
  UPDATE public.jobs_job SET label = '' WHERE person_id = who AND label <> '';
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('jobs_job', touched);
  DELETE FROM public.accounts_watch WHERE user_id = account;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('accounts_watch', touched);
  DELETE FROM public.accounts_machine WHERE user_id = account;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('accounts_machine', touched);
  DELETE FROM public.accounts_feedrow WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('accounts_feedrow', touched);
  DELETE FROM public.offline_sentact WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('offline_sentact', touched);
  DELETE FROM public.notify_letter WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('notify_letter', touched);
  DELETE FROM public.notify_pushnews n USING public.notify_pushdevice d WHERE d.id = n.device_id AND d.person_id = who;
  DELETE FROM public.notify_pushdevice WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('notify_pushdevice', touched);
  DELETE FROM public.notify_choice WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('notify_choice', touched);
  DELETE FROM public.notify_mailsettings WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('notify_mailsettings', touched);
  DELETE FROM public.search_savedsearch WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('search_savedsearch', touched);
  DELETE FROM public.notify_notice WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('notify_notice', touched);
  UPDATE public.personal_disclosure SET viewer_label = 'Người đã ẩn danh ' || who WHERE viewer_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('personal_disclosure', touched);
  DELETE FROM public.personal_data_dataexport WHERE person_id = who;
  GET DIAGNOSTICS touched = ROW_COUNT; told := told || jsonb_build_object('personal_data_dataexport', touched);
  -- Systems end what they keep of her by functions of their own, congso.anonymise_<system>(person) -> {table: rows}.
  FOR ending IN
    SELECT p.proname FROM pg_proc p
    WHERE p.pronamespace = 'congso'::regnamespace AND p.proname LIKE 'anonymise\_%' ORDER BY p.proname
  LOOP
    EXECUTE format('SELECT congso.%I($1)', ending) INTO part USING who;
    told := told || part;
  END LOOP;
  UPDATE public.personal_data_anonymisation a
  SET state = 'done', decided_by_id = congso.person(), decided_at = moment, counts = told WHERE a.id = proposal;
  RETURN told;
END $$;
