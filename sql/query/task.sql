-- Tasks and rectification.
--
-- Lists give numbers alone, walked in the order of an index; the rows of a page are fetched by task_by_ids.  An empty parameter asks for
-- nothing.  Which variant runs is chosen by what narrows most: _any walks the county, _owner one unit's, _units those that touch one of
-- :units (a JSON list of "school:3141…"), _all counts without asking anything.  A + before a column keeps its index out of the choice.

-- name: task_add    scope: county
INSERT INTO task (county_code, task_id, kind, way, state, is_open, origin, origin_key, parent, title, body, owner_kind, owner_name, person,
                  about_kind, about_name, subject, stage, due, first_due, product_kind, product_name, measures, result, done_on,
                  closed_on, asked_due, asked_reason, asked_account, asked_who, back_who, back_reason, proved_account,
                  proved_who, issued_account, issued_who, issued_at, changed_at, told, tell_on)
VALUES (:county, (SELECT COALESCE(MAX(task_id), 0) + 1 FROM task WHERE county_code = :county), :kind, :way, :state, :is_open, :origin, :origin_key, :parent, :title, :body, :owner_kind, :owner_name, :person,
        :about_kind, :about_name, :subject, :stage, :due, :first_due, :product_kind, :product_name, :measures, :result, :done_on,
        :closed_on, :asked_due, :asked_reason, :asked_account, :asked_who, :back_who, :back_reason, :proved_account, :proved_who,
        :issued_account, :issued_who, :issued_at, :changed_at, :told, :tell_on);

-- name: task_last    scope: county    the number given last
SELECT MAX(task_id) FROM task WHERE county_code = :county;

-- name: task_unit_add    scope: county
INSERT INTO task_unit (county_code, unit, task_id, part) VALUES (:county, :unit, :task_id, :part) ON CONFLICT DO NOTHING;

-- name: task_units_end    scope: county
DELETE FROM task_unit WHERE county_code = :county AND task_id = :task_id;

-- name: task_units_of    scope: county
SELECT part, unit FROM task_unit WHERE county_code = :county AND task_id = :task_id ORDER BY part, unit;

-- name: task_get    scope: county
SELECT task_id, kind, way, state, is_open, origin, origin_key, parent, title, body, owner_kind, owner_name, person, about_kind,
       about_name, subject, stage, due, first_due, product_kind, product_name, measures, result, done_on, closed_on, asked_due,
       asked_reason, asked_account, asked_who, back_who, back_reason, proved_account, proved_who, issued_account, issued_who,
       issued_at, changed_at, told, tell_on
  FROM task WHERE county_code = :county AND task_id = :task_id;

-- name: task_of_origin    scope: county
SELECT task_id, kind, way, state, is_open, origin, origin_key, parent, title, body, owner_kind, owner_name, person, about_kind,
       about_name, subject, stage, due, first_due, product_kind, product_name, measures, result, done_on, closed_on, asked_due,
       asked_reason, asked_account, asked_who, back_who, back_reason, proved_account, proved_who, issued_account, issued_who,
       issued_at, changed_at, told, tell_on
  FROM task WHERE county_code = :county AND origin = :origin AND origin_key = :origin_key ORDER BY task_id;

-- name: task_by_ids    scope: county    :ids is a JSON list of numbers
SELECT task_id, kind, way, state, is_open, origin, origin_key, parent, title, body, owner_kind, owner_name, person, about_kind,
       about_name, subject, stage, due, first_due, product_kind, product_name, measures, result, done_on, closed_on, asked_due,
       asked_reason, asked_account, asked_who, back_who, back_reason, proved_account, proved_who, issued_account, issued_who,
       issued_at, changed_at, told, tell_on
  FROM task WHERE county_code = :county AND task_id IN (SELECT value FROM json_each(:ids));

-- name: task_parts    scope: county    whose parent it is
SELECT task_id, kind, way, state, is_open, origin, origin_key, parent, title, body, owner_kind, owner_name, person, about_kind,
       about_name, subject, stage, due, first_due, product_kind, product_name, measures, result, done_on, closed_on, asked_due,
       asked_reason, asked_account, asked_who, back_who, back_reason, proved_account, proved_who, issued_account, issued_who,
       issued_at, changed_at, told, tell_on
  FROM task WHERE county_code = :county AND parent = :parent ORDER BY +due, +task_id LIMIT :most;

-- name: task_to_tell    scope: county    whose next reminder or alarm has come
SELECT task_id, kind, way, state, is_open, origin, origin_key, parent, title, body, owner_kind, owner_name, person, about_kind,
       about_name, subject, stage, due, first_due, product_kind, product_name, measures, result, done_on, closed_on, asked_due,
       asked_reason, asked_account, asked_who, back_who, back_reason, proved_account, proved_who, issued_account, issued_who,
       issued_at, changed_at, told, tell_on
  FROM task WHERE county_code = :county AND tell_on <= :day ORDER BY tell_on LIMIT :most;

-- name: task_asked    scope: county    whose extension waits to be decided
SELECT task_id, kind, way, state, is_open, origin, origin_key, parent, title, body, owner_kind, owner_name, person, about_kind,
       about_name, subject, stage, due, first_due, product_kind, product_name, measures, result, done_on, closed_on, asked_due,
       asked_reason, asked_account, asked_who, back_who, back_reason, proved_account, proved_who, issued_account, issued_who,
       issued_at, changed_at, told, tell_on
  FROM task WHERE county_code = :county AND asked_due <> '' ORDER BY due, task_id LIMIT :most;

-- name: task_told    scope: county
UPDATE task SET told = :told, tell_on = :tell_on WHERE county_code = :county AND task_id = :task_id;

-- name: task_set    scope: county    where it stands as it was seen
UPDATE task SET way = :way, state = :state, is_open = :is_open, parent = :parent, title = :title, body = :body,
                owner_kind = :owner_kind, owner_name = :owner_name, person = :person, about_kind = :about_kind,
                about_name = :about_name, subject = :subject, stage = :stage, due = :due, first_due = :first_due,
                product_kind = :product_kind, product_name = :product_name, measures = :measures, result = :result,
                done_on = :done_on, closed_on = :closed_on, asked_due = :asked_due, asked_reason = :asked_reason,
                asked_account = :asked_account, asked_who = :asked_who, back_who = :back_who, back_reason = :back_reason,
                proved_account = :proved_account, proved_who = :proved_who, changed_at = :changed_at, told = :told,
                tell_on = :tell_on
 WHERE county_code = :county AND task_id = :task_id AND state = :seen_state AND changed_at = :seen_at;

-- name: task_list_by_due_any    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY due, task_id LIMIT :most OFFSET :from;

-- name: task_list_by_due_owner    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND owner_kind = :owner_kind AND owner_name = :owner_name
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY +due, +task_id LIMIT :most OFFSET :from;

-- name: task_list_by_due_units    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND task_id IN (SELECT u.task_id FROM task_unit u
                    WHERE u.county_code = :county AND u.unit IN (SELECT value FROM json_each(:units)) AND (:own = 0 OR u.part IN ('owner', 'helper')))
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY due, task_id LIMIT :most OFFSET :from;

-- name: task_list_by_owner_any    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY owner_kind, owner_name, due, task_id LIMIT :most OFFSET :from;

-- name: task_list_by_owner_units    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND task_id IN (SELECT u.task_id FROM task_unit u
                    WHERE u.county_code = :county AND u.unit IN (SELECT value FROM json_each(:units)) AND (:own = 0 OR u.part IN ('owner', 'helper')))
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY owner_kind, owner_name, due, task_id LIMIT :most OFFSET :from;

-- name: task_list_by_origin_any    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY origin, due, task_id LIMIT :most OFFSET :from;

-- name: task_list_by_origin_owner    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND owner_kind = :owner_kind AND owner_name = :owner_name
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY +origin, +due, +task_id LIMIT :most OFFSET :from;

-- name: task_list_by_origin_units    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND task_id IN (SELECT u.task_id FROM task_unit u
                    WHERE u.county_code = :county AND u.unit IN (SELECT value FROM json_each(:units)) AND (:own = 0 OR u.part IN ('owner', 'helper')))
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY origin, due, task_id LIMIT :most OFFSET :from;

-- name: task_list_by_state_any    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY state, due, task_id LIMIT :most OFFSET :from;

-- name: task_list_by_state_owner    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND owner_kind = :owner_kind AND owner_name = :owner_name
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY +state, +due, +task_id LIMIT :most OFFSET :from;

-- name: task_list_by_state_units    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND task_id IN (SELECT u.task_id FROM task_unit u
                    WHERE u.county_code = :county AND u.unit IN (SELECT value FROM json_each(:units)) AND (:own = 0 OR u.part IN ('owner', 'helper')))
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY state, due, task_id LIMIT :most OFFSET :from;

-- name: task_list_by_change_any    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY changed_at DESC, task_id DESC LIMIT :most OFFSET :from;

-- name: task_list_by_change_owner    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND owner_kind = :owner_kind AND owner_name = :owner_name
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY +changed_at DESC, +task_id DESC LIMIT :most OFFSET :from;

-- name: task_list_by_change_units    scope: county
SELECT task_id FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND task_id IN (SELECT u.task_id FROM task_unit u
                    WHERE u.county_code = :county AND u.unit IN (SELECT value FROM json_each(:units)) AND (:own = 0 OR u.part IN ('owner', 'helper')))
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 ORDER BY changed_at DESC, task_id DESC LIMIT :most OFFSET :from;

-- name: task_count_by_owner_all    scope: county
SELECT owner_kind, owner_name, COUNT(*), SUM(is_open), SUM(due < :today AND state IN ('issued', 'answered', 'in_hand')),
       SUM(state IN ('proved', 'closed') AND done_on <> '' AND done_on <= due), SUM(state IN ('proved', 'closed') AND done_on > due),
       SUM(state = 'proved'), SUM(state = 'withdrawn')
  FROM task WHERE county_code = :county
 GROUP BY owner_kind, owner_name ORDER BY owner_kind, owner_name;

-- name: task_count_by_owner_any    scope: county
SELECT owner_kind, owner_name, COUNT(*), SUM(is_open), SUM(due < :today AND state IN ('issued', 'answered', 'in_hand')),
       SUM(state IN ('proved', 'closed') AND done_on <> '' AND done_on <= due), SUM(state IN ('proved', 'closed') AND done_on > due),
       SUM(state = 'proved'), SUM(state = 'withdrawn')
  FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY owner_kind, owner_name ORDER BY owner_kind, owner_name;

-- name: task_count_by_owner_owner    scope: county
SELECT owner_kind, owner_name, COUNT(*), SUM(is_open), SUM(due < :today AND state IN ('issued', 'answered', 'in_hand')),
       SUM(state IN ('proved', 'closed') AND done_on <> '' AND done_on <= due), SUM(state IN ('proved', 'closed') AND done_on > due),
       SUM(state = 'proved'), SUM(state = 'withdrawn')
  FROM task WHERE county_code = :county
   AND owner_kind = :owner_kind AND owner_name = :owner_name
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY +owner_kind, +owner_name ORDER BY +owner_kind, +owner_name;

-- name: task_count_by_owner_units    scope: county
SELECT owner_kind, owner_name, COUNT(*), SUM(is_open), SUM(due < :today AND state IN ('issued', 'answered', 'in_hand')),
       SUM(state IN ('proved', 'closed') AND done_on <> '' AND done_on <= due), SUM(state IN ('proved', 'closed') AND done_on > due),
       SUM(state = 'proved'), SUM(state = 'withdrawn')
  FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND task_id IN (SELECT u.task_id FROM task_unit u
                    WHERE u.county_code = :county AND u.unit IN (SELECT value FROM json_each(:units)) AND (:own = 0 OR u.part IN ('owner', 'helper')))
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY +owner_kind, +owner_name ORDER BY +owner_kind, +owner_name;

-- name: task_count_by_origin_all    scope: county
SELECT '', origin, COUNT(*), SUM(is_open), SUM(due < :today AND state IN ('issued', 'answered', 'in_hand')),
       SUM(state IN ('proved', 'closed') AND done_on <> '' AND done_on <= due), SUM(state IN ('proved', 'closed') AND done_on > due),
       SUM(state = 'proved'), SUM(state = 'withdrawn')
  FROM task WHERE county_code = :county
 GROUP BY origin ORDER BY origin;

-- name: task_count_by_origin_any    scope: county
SELECT '', origin, COUNT(*), SUM(is_open), SUM(due < :today AND state IN ('issued', 'answered', 'in_hand')),
       SUM(state IN ('proved', 'closed') AND done_on <> '' AND done_on <= due), SUM(state IN ('proved', 'closed') AND done_on > due),
       SUM(state = 'proved'), SUM(state = 'withdrawn')
  FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY origin ORDER BY origin;

-- name: task_count_by_origin_owner    scope: county
SELECT '', origin, COUNT(*), SUM(is_open), SUM(due < :today AND state IN ('issued', 'answered', 'in_hand')),
       SUM(state IN ('proved', 'closed') AND done_on <> '' AND done_on <= due), SUM(state IN ('proved', 'closed') AND done_on > due),
       SUM(state = 'proved'), SUM(state = 'withdrawn')
  FROM task WHERE county_code = :county
   AND owner_kind = :owner_kind AND owner_name = :owner_name
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY +origin ORDER BY +origin;

-- name: task_count_by_origin_units    scope: county
SELECT '', origin, COUNT(*), SUM(is_open), SUM(due < :today AND state IN ('issued', 'answered', 'in_hand')),
       SUM(state IN ('proved', 'closed') AND done_on <> '' AND done_on <= due), SUM(state IN ('proved', 'closed') AND done_on > due),
       SUM(state = 'proved'), SUM(state = 'withdrawn')
  FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND task_id IN (SELECT u.task_id FROM task_unit u
                    WHERE u.county_code = :county AND u.unit IN (SELECT value FROM json_each(:units)) AND (:own = 0 OR u.part IN ('owner', 'helper')))
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY +origin ORDER BY +origin;

-- name: task_count_by_state_all    scope: county
SELECT '', state, COUNT(*), SUM(due < :today), SUM(done_on <> '' AND done_on <= due), SUM(done_on > due)
  FROM task WHERE county_code = :county
 GROUP BY state ORDER BY state;

-- name: task_count_by_state_any    scope: county
SELECT '', state, COUNT(*), SUM(due < :today), SUM(done_on <> '' AND done_on <= due), SUM(done_on > due)
  FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY state ORDER BY state;

-- name: task_count_by_state_owner    scope: county
SELECT '', state, COUNT(*), SUM(due < :today), SUM(done_on <> '' AND done_on <= due), SUM(done_on > due)
  FROM task WHERE county_code = :county
   AND owner_kind = :owner_kind AND owner_name = :owner_name
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY +state ORDER BY +state;

-- name: task_count_by_state_units    scope: county
SELECT '', state, COUNT(*), SUM(due < :today), SUM(done_on <> '' AND done_on <= due), SUM(done_on > due)
  FROM task WHERE county_code = :county
   AND (:owner_name = '' OR +owner_name = :owner_name) AND (:owner_kind = '' OR +owner_kind = :owner_kind)
   AND task_id IN (SELECT u.task_id FROM task_unit u
                    WHERE u.county_code = :county AND u.unit IN (SELECT value FROM json_each(:units)) AND (:own = 0 OR u.part IN ('owner', 'helper')))
   AND (:open < 0 OR is_open = :open) AND (:state = '' OR +state = :state) AND (:kind = '' OR kind = :kind)
   AND (:origin = '' OR +origin = :origin) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND +due >= :due_from AND +due <= :due_until AND (:late = 0 OR (+due < :today AND state IN ('issued', 'answered', 'in_hand')))
   AND (:words = '' OR instr(title, :words) > 0) AND (:origin_key = '' OR +origin_key = :origin_key)
 GROUP BY +state ORDER BY +state;
