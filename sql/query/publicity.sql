-- What was in the media; good cases.

-- name: publicity_add    scope: county
INSERT INTO publicity (county_code, publicity_id, day, outlet, level, title, link, place_kind, place_name, place_shown, withdrawn, account, who,
                       made_at)
SELECT :county, COALESCE(MAX(publicity_id), 0) + 1, :day, :outlet, :level, :title, :link, :place_kind, :place_name, :place_shown, '', :account,
       :who, :now
  FROM publicity WHERE county_code = :county;

-- name: publicity_list    scope: county    of some days, newest first; own: '' or who put it there
SELECT publicity_id, day, outlet, level, title, link, place_kind, place_name, place_shown, withdrawn, account, who, made_at
  FROM publicity
 WHERE county_code = :county AND day >= :from_day AND day <= :until_day AND (:level = '' OR level = :level)
 ORDER BY day DESC, publicity_id DESC LIMIT :most OFFSET :skipped;

-- name: publicity_counts    scope: county    what stands, by level
SELECT level, COUNT(*) FROM publicity WHERE county_code = :county AND day >= :from_day AND day <= :until_day AND withdrawn = '' GROUP BY level;

-- name: publicity_withdraw    scope: county    by who put it there (0: by anybody)
UPDATE publicity SET withdrawn = :reason
 WHERE county_code = :county AND publicity_id = :publicity AND withdrawn = '' AND (:account = 0 OR account = :account);

-- name: good_case_next    scope: county
SELECT COALESCE(MAX(case_id), 0) + 1 FROM good_case WHERE county_code = :county;

-- name: good_case_add    scope: county
INSERT INTO good_case (county_code, case_id, title, theme, place_kind, place_name, place_shown, summary, body, state, reason, version, released_on,
                       account, who, made_at)
VALUES (:county, :case, :title, :theme, :place_kind, :place_name, :place_shown, :summary, :body, 'submitted', '', 1, '', :account, :who, :now);

-- name: good_case_set    scope: county    behind the version that was seen
UPDATE good_case SET title = :title, theme = :theme, summary = :summary, body = :body, state = :state, reason = :reason,
       released_on = :released_on, version = version + 1
 WHERE county_code = :county AND case_id = :case AND version = :version;

-- name: good_case_list    scope: county    without their bodies; newest first
SELECT case_id, title, theme, place_kind, place_name, place_shown, summary, '', state, reason, version, released_on, account, who, made_at
  FROM good_case
 WHERE county_code = :county AND (:state = '' OR state = :state) AND (:theme = '' OR theme = :theme)
 ORDER BY case_id DESC LIMIT :most OFFSET :skipped;

-- name: good_case_released    scope: county    what the public sees, newest first
SELECT case_id, title, theme, place_kind, place_name, place_shown, summary, body, state, reason, version, released_on, account, who, made_at
  FROM good_case WHERE county_code = :county AND state = 'released' ORDER BY released_on DESC, case_id DESC LIMIT 50;

-- name: good_case_get    scope: county
SELECT case_id, title, theme, place_kind, place_name, place_shown, summary, body, state, reason, version, released_on, account, who, made_at
  FROM good_case WHERE county_code = :county AND case_id = :case;
