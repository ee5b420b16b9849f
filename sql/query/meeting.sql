-- Meetings, what they spoke of, what they decided.

-- name: meeting_next    scope: county
SELECT COALESCE(MAX(meeting_id), 0) + 1 FROM meeting WHERE county_code = :county;

-- name: meeting_add    scope: county
INSERT INTO meeting (county_code, meeting_id, kind, title, held_on, held_at, held_in, chair, attending, state, minutes, document, version,
                     account, who, made_at)
VALUES (:county, :meeting, :kind, :title, :held_on, :held_at, :held_in, :chair, :attending, :state, '', '', 1, :account, :who, :now);

-- name: meeting_set    scope: county    behind the version that was seen
UPDATE meeting SET title = :title, held_on = :held_on, held_at = :held_at, held_in = :held_in, chair = :chair, attending = :attending,
       state = :state, minutes = :minutes, document = :document, version = version + 1
 WHERE county_code = :county AND meeting_id = :meeting AND version = :version;

-- name: meeting_list    scope: county    newest first
SELECT meeting_id, kind, title, held_on, held_at, held_in, chair, attending, state, minutes, document, version, account, who, made_at
  FROM meeting WHERE county_code = :county ORDER BY held_on DESC, meeting_id DESC LIMIT :most OFFSET :skipped;

-- name: meeting_count    scope: county    all; those to come or whose minutes are not issued
SELECT COUNT(*), COALESCE(SUM(state IN ('called', 'held')), 0) FROM meeting WHERE county_code = :county;

-- name: meeting_get    scope: county
SELECT meeting_id, kind, title, held_on, held_at, held_in, chair, attending, state, minutes, document, version, account, who, made_at
  FROM meeting WHERE county_code = :county AND meeting_id = :meeting;

-- name: meeting_unfinished    scope: county    called, or held without minutes; the earliest first
SELECT meeting_id, kind, title, held_on, held_at, held_in, chair, attending, state, minutes, document, version, account, who, made_at
  FROM meeting WHERE county_code = :county AND state IN ('called', 'held') ORDER BY held_on, meeting_id LIMIT 20;

-- name: meeting_item_add    scope: county
INSERT INTO meeting_item (county_code, meeting_id, position, origin, origin_key, what, unit, standing, link)
SELECT :county, :meeting, COALESCE(MAX(position), 0) + 1, :origin, :origin_key, :what, :unit, :standing, :link
  FROM meeting_item WHERE county_code = :county AND meeting_id = :meeting;

-- name: meeting_item_drop    scope: county
DELETE FROM meeting_item WHERE county_code = :county AND meeting_id = :meeting AND position = :position;

-- name: meeting_items    scope: county
SELECT position, origin, origin_key, what, unit, standing, link
  FROM meeting_item WHERE county_code = :county AND meeting_id = :meeting ORDER BY position;

-- name: meeting_decision_add    scope: county
INSERT INTO meeting_decision (county_code, meeting_id, position, item, words, owner_kind, owner_name, owner_shown, due, product, task)
SELECT :county, :meeting, COALESCE(MAX(position), 0) + 1, :item, :words, :owner_kind, :owner_name, :owner_shown, :due, :product, ''
  FROM meeting_decision WHERE county_code = :county AND meeting_id = :meeting;

-- name: meeting_decision_drop    scope: county    before it became a task
DELETE FROM meeting_decision WHERE county_code = :county AND meeting_id = :meeting AND position = :position AND task = '';

-- name: meeting_decision_task    scope: county
UPDATE meeting_decision SET task = :task WHERE county_code = :county AND meeting_id = :meeting AND position = :position;

-- name: meeting_decisions    scope: county
SELECT position, item, words, owner_kind, owner_name, owner_shown, due, product, task
  FROM meeting_decision WHERE county_code = :county AND meeting_id = :meeting ORDER BY position;
