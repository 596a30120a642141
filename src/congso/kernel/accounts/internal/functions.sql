-- The sign-in desk tells a person what happened at her door; nobody else may put words into a bell by this.
CREATE OR REPLACE FUNCTION congso.tell_account(person bigint, words text, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT congso.is_sign_in() THEN
    RAISE EXCEPTION 'congso: only the sign-in desk' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO public.notify_notice (person_id, record_id, text, sender, at, key)
  VALUES (person, NULL, left(words, 300), 'Nơi đăng nhập', moment, '');
END $$;

-- Who administers the whole directory on a day, for the desk: these accounts are not closed unless one of them stays.
CREATE OR REPLACE FUNCTION congso.administrators_of_all(day date) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT (congso.is_sign_in() OR congso.is_administrator()) THEN
    RAISE EXCEPTION 'congso: not yours to ask' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT DISTINCT g.person_id FROM public.access_grant g
    WHERE g.role = 2 AND g.organization_id IS NULL AND g.valid_from <= day AND (g.valid_to IS NULL OR g.valid_to > day);
END $$;

-- Another name for an account, as the personnel system has it; the person's factors, sessions and work stay hers.
CREATE OR REPLACE FUNCTION congso.rename_account(account bigint, new_name text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT congso.is_administrator() OR new_name !~ '^[a-z][a-z0-9._-]{2,59}$' THEN
    RAISE EXCEPTION 'congso: not yours to rename, or no name' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.accounts_user SET username = new_name WHERE id = account AND person_id <> congso.person();
  RETURN FOUND;
END $$;

-- Compare a staged personnel list with the directory of the day and the accounts: what is to be done, and what cannot be,
-- stands on its rows afterwards. Runs with the caller's own rights: administrators alone see such lists. Each statement
-- stands on what the ones before it have filled in. `by_person`: nobody changes her own post or account by a list.
-- The rows were written a moment ago, so the planner knows nothing of them and would compare each with each: no loops.
CREATE OR REPLACE FUNCTION congso.compare_feed(the_feed bigint, on_day date, by_person bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_catalog, pg_temp SET enable_nestloop = off AS $$
BEGIN
  -- Whose the row is: by the code, or by the code it had before.
  UPDATE accounts_feedrow r SET person_id = p.id
  FROM directory_person p WHERE r.feed_id = the_feed AND r.code <> '' AND p.code = r.code;
  UPDATE accounts_feedrow r SET person_id = p.id, acts = '{recode}'
  FROM directory_person p
  WHERE r.feed_id = the_feed AND r.person_id IS NULL AND r.former_code <> '' AND p.code = r.former_code;
  UPDATE accounts_feedrow r SET problem = 'Mã nhân sự này trong danh bạ là ' || p.full_name || '.'
  FROM directory_person p
  WHERE r.feed_id = the_feed AND r.problem = '' AND p.id = r.person_id
    AND lower(normalize(p.full_name)) <> lower(normalize(r.full_name));

  -- Which post.
  UPDATE accounts_feedrow r SET post_id = (
    SELECT p.id FROM directory_post p JOIN directory_organization o ON o.id = p.organization_id
    WHERE o.code = r.organization AND lower(p.name) = lower(r.post_name)
      AND p.valid_from <= on_day AND (p.valid_to IS NULL OR p.valid_to > on_day)
    ORDER BY p.rank, p.id LIMIT 1)
  WHERE r.feed_id = the_feed AND r.problem = '' AND r.organization <> '';
  UPDATE accounts_feedrow r SET problem = CASE
    WHEN EXISTS (SELECT 1 FROM directory_organization o WHERE o.code = r.organization)
    THEN 'Tổ chức này không có chức vụ “' || r.post_name || '” vào ngày đối chiếu.'
    ELSE 'Không có tổ chức mang mã ' || r.organization || '.' END
  WHERE r.feed_id = the_feed AND r.problem = '' AND r.organization <> '' AND r.post_id IS NULL;

  -- The name the account bears or will bear; one name is one person's.
  UPDATE accounts_feedrow r SET username = coalesce(
    (SELECT u.username FROM accounts_user u WHERE u.person_id = r.person_id),
    lower(regexp_replace('ns' || r.code, '[^A-Za-z0-9._-]', '', 'g')))
  WHERE r.feed_id = the_feed AND r.problem = '' AND r.username = '';
  UPDATE accounts_feedrow r SET problem = 'Tên đăng nhập ' || r.username || ' đã của người khác.'
  WHERE r.feed_id = the_feed AND r.problem = '' AND (
    EXISTS (SELECT 1 FROM accounts_user u WHERE u.username = r.username AND u.person_id IS DISTINCT FROM r.person_id)
    OR r.username IN (
      SELECT o.username FROM accounts_feedrow o WHERE o.feed_id = the_feed AND o.problem = ''
      GROUP BY o.username HAVING count(DISTINCT o.code) > 1)
    AND NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.username = r.username AND u.person_id = r.person_id));
  UPDATE accounts_feedrow r SET problem = 'Một người có hai tên đăng nhập hoặc hai họ tên trong tệp.'
  WHERE r.feed_id = the_feed AND r.problem = '' AND r.code IN (
    SELECT o.code FROM accounts_feedrow o WHERE o.feed_id = the_feed AND o.problem = ''
    GROUP BY o.code HAVING count(DISTINCT o.username) > 1 OR count(DISTINCT o.full_name) > 1);
  UPDATE accounts_feedrow r SET problem = 'Không ai tự đổi chức vụ, tài khoản của mình; nhờ quản trị viên khác.'
  WHERE r.feed_id = the_feed AND r.problem = '' AND r.person_id = by_person AND NOT (
    EXISTS (SELECT 1 FROM accounts_user u WHERE u.person_id = by_person AND u.username = r.username)
    AND (r.post_id IS NULL OR EXISTS (
      SELECT 1 FROM directory_assignment a WHERE a.person_id = by_person AND a.post_id = r.post_id
        AND a.valid_from <= on_day AND (a.valid_to IS NULL OR a.valid_to > on_day))));

  -- What is to be done about the person and her account: once, on her first row.
  WITH first AS (
    SELECT DISTINCT ON (code) id, person_id FROM accounts_feedrow
    WHERE feed_id = the_feed AND problem = '' ORDER BY code, line)
  UPDATE accounts_feedrow r SET acts = r.acts || array_remove(ARRAY[
    CASE WHEN first.person_id IS NULL THEN 'enter' END,
    CASE WHEN r.email <> '' AND r.email <> p.email OR r.phone <> '' AND r.phone <> p.phone THEN 'contact' END,
    CASE WHEN u.id IS NULL THEN 'open' WHEN u.username <> r.username THEN 'rename' END,
    CASE WHEN NOT u.is_active AND w.feed_closed_at IS NOT NULL THEN 'reopen' END]::varchar[], NULL)
  FROM first
  LEFT JOIN directory_person p ON p.id = first.person_id
  LEFT JOIN accounts_user u ON u.person_id = first.person_id
  LEFT JOIN accounts_watch w ON w.user_id = u.id
  WHERE r.id = first.id;

  -- Posts she does not hold yet, each once.
  UPDATE accounts_feedrow r SET acts = r.acts || '{appoint}'::varchar[]
  WHERE r.feed_id = the_feed AND r.problem = '' AND r.post_id IS NOT NULL
    AND r.id IN (SELECT min(o.id) FROM accounts_feedrow o
                 WHERE o.feed_id = the_feed AND o.problem = '' GROUP BY o.code, o.post_id)
    AND NOT EXISTS (
      SELECT 1 FROM directory_assignment a WHERE a.person_id = r.person_id AND a.post_id = r.post_id
        AND (a.valid_to IS NULL OR a.valid_to > on_day));

  -- Posts no row names any more, of people none of whose rows is in doubt or silent about posts.
  INSERT INTO accounts_feedrow (feed_id, line, code, former_code, full_name, username, organization, post_name, email,
    phone, person_id, post_id, assignment_id, acts, problem)
  SELECT the_feed, 0, p.code, '', p.full_name, '', o.code, t.name, '', '', p.id, t.id, a.id, '{end}', ''
  FROM directory_assignment a
  JOIN directory_person p ON p.id = a.person_id AND p.code <> '' AND p.id <> by_person
  JOIN directory_post t ON t.id = a.post_id
  JOIN directory_organization o ON o.id = t.organization_id
  WHERE a.valid_from < on_day AND (a.valid_to IS NULL OR a.valid_to > on_day)
    AND NOT EXISTS (SELECT 1 FROM accounts_feedrow r WHERE r.feed_id = the_feed AND r.code = p.code
                    AND (r.post_id = t.id OR r.problem <> '' OR r.organization = ''))
    AND NOT EXISTS (SELECT 1 FROM accounts_feedrow r WHERE r.feed_id = the_feed AND r.person_id = p.id
                    AND r.code <> p.code);

  -- Accounts of who is not in the list at all.
  INSERT INTO accounts_feedrow (feed_id, line, code, former_code, full_name, username, organization, post_name, email,
    phone, person_id, acts, problem)
  SELECT the_feed, 0, p.code, '', p.full_name, u.username, '', '', '', '', p.id, '{close}', ''
  FROM accounts_user u JOIN directory_person p ON p.id = u.person_id AND p.code <> '' AND p.id <> by_person
  WHERE u.is_active
    AND NOT EXISTS (SELECT 1 FROM accounts_feedrow r WHERE r.feed_id = the_feed AND r.line > 0 AND r.code = p.code)
    AND NOT EXISTS (SELECT 1 FROM accounts_feedrow r
                    WHERE r.feed_id = the_feed AND r.line > 0 AND r.former_code = p.code);
END $$;
