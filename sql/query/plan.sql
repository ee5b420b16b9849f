-- The plan of work: its versions, what units sent in for it, how its tasks stand.

-- name: plan_add    scope: county
INSERT INTO plan_version (county_code, version, title, definition, reason, account, who, made_at, from_day, followed_on)
VALUES (:county, (SELECT COALESCE(MAX(version), 0) + 1 FROM plan_version WHERE county_code = :county), :title, :definition, :reason,
        :account, :who, :made_at, '', '');

-- name: plan_list    scope: county    newest first, without what they say
SELECT version, title, reason, account, who, made_at, adopted_at, adopted_account, adopted_who, from_day, followed_on
  FROM plan_version WHERE county_code = :county ORDER BY version DESC;

-- name: plan_definition    scope: county
SELECT definition FROM plan_version WHERE county_code = :county AND version = :version;

-- name: plan_rewrite    scope: county    what is being written, as it was seen
UPDATE plan_version SET title = :title, definition = :definition, reason = :reason, account = :account, who = :who, made_at = :made_at
 WHERE county_code = :county AND version = :version AND adopted_at IS NULL AND made_at = :seen_at;

-- name: plan_drop    scope: county    what was never adopted
DELETE FROM plan_version WHERE county_code = :county AND version = :version AND adopted_at IS NULL;

-- name: plan_adopt    scope: county
UPDATE plan_version SET adopted_at = :adopted_at, adopted_account = :account, adopted_who = :who, from_day = :from_day, followed_on = :today
 WHERE county_code = :county AND version = :version AND adopted_at IS NULL;

-- name: plan_followed    scope: county
UPDATE plan_version SET followed_on = :today WHERE county_code = :county AND version = :version;

-- name: plan_tasks    scope: county    every task that came of the plan
SELECT task_id, origin_key, owner_kind, owner_name, is_open, title, due, product_kind, product_name
  FROM task WHERE county_code = :county AND origin = 'plan' ORDER BY task_id;

-- name: plan_states    scope: county    how they stand, by the plan's task and year
SELECT origin_key, COUNT(*), SUM(is_open), SUM(CASE WHEN due < :today AND state IN ('issued', 'answered', 'in_hand') THEN 1 ELSE 0 END),
       SUM(CASE WHEN state = 'closed' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'proved' THEN 1 ELSE 0 END), MIN(task_id)
  FROM task WHERE county_code = :county AND origin = 'plan' AND state <> 'withdrawn' GROUP BY origin_key;

-- name: plan_units    scope: county    the units of the tasks whose key lies in a range
SELECT owner_kind, owner_name, COUNT(*), SUM(is_open), SUM(CASE WHEN due < :today AND state IN ('issued', 'answered', 'in_hand') THEN 1 ELSE 0 END),
       SUM(CASE WHEN state = 'closed' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'proved' THEN 1 ELSE 0 END), MIN(task_id)
  FROM task WHERE county_code = :county AND origin = 'plan' AND state <> 'withdrawn' AND origin_key >= :from_key AND origin_key < :before_key
 GROUP BY owner_kind, owner_name ORDER BY owner_kind, owner_name;

-- name: plan_task_of_unit    scope: county    the task of a key and unit that stands
SELECT task_id, state, due FROM task
 WHERE county_code = :county AND origin = 'plan' AND origin_key = :task_key AND owner_kind = :owner_kind AND owner_name = :owner_name
   AND state <> 'withdrawn' ORDER BY task_id;

-- name: plan_upload_add    scope: county
INSERT INTO plan_upload (county_code, receipt, task_key, place_kind, place_name, name, kind, sha256, size, note, account, who, sent_at)
VALUES (:county, (SELECT COALESCE(MAX(receipt), 0) + 1 FROM plan_upload WHERE county_code = :county), :task_key, :place_kind, :place_name,
        :name, :kind, :sha256, :size, :note, :account, :who, :sent_at);

-- name: plan_upload_last    scope: county    the number given last
SELECT MAX(receipt) FROM plan_upload WHERE county_code = :county;

-- name: plan_upload_list    scope: county    of a task, newest first
SELECT receipt, task_key, place_kind, place_name, name, kind, sha256, size, note, account, who, sent_at, back_at, back_account, back_who, back_reason
  FROM plan_upload WHERE county_code = :county AND task_key = :task_key ORDER BY receipt DESC;

-- name: plan_upload_get    scope: county
SELECT receipt, task_key, place_kind, place_name, name, kind, sha256, size, note, account, who, sent_at, back_at, back_account, back_who, back_reason
  FROM plan_upload WHERE county_code = :county AND receipt = :receipt;

-- name: plan_upload_back    scope: county
UPDATE plan_upload SET back_at = :back_at, back_account = :account, back_who = :who, back_reason = :reason
 WHERE county_code = :county AND receipt = :receipt AND back_at IS NULL;

-- name: calendar_link_add    scope: county
INSERT INTO calendar_link (county_code, token_hash, account, role, place_kind, place_name, made_at)
VALUES (:county, :token_hash, :account, :role, :place_kind, :place_name, :made_at);

-- name: calendar_link_get    scope: county    one that stands
SELECT account, role, place_kind, place_name FROM calendar_link WHERE county_code = :county AND token_hash = :token_hash AND ended_at IS NULL;

-- name: calendar_link_list    scope: county    how many of a person's stand
SELECT COUNT(*), MAX(made_at) FROM calendar_link WHERE county_code = :county AND account = :account AND ended_at IS NULL;

-- name: calendar_link_end    scope: county    all of a person's
UPDATE calendar_link SET ended_at = :ended_at WHERE county_code = :county AND account = :account AND ended_at IS NULL;
