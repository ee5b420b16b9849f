-- Inspection rounds: the round, its team, its draws, where it goes, findings, papers.

-- name: round_add    scope: county
INSERT INTO inspection (county_code, round_id, kind, title, organiser, year, state, scope, first_day, last_day, account, who, made_at, changed_at)
VALUES (:county, :id, :kind, :title, :organiser, :year, 'preparing', :scope, :first_day, :last_day, :account, :who, :now, :now);

-- name: round_edit    scope: county
UPDATE inspection SET title = :title, organiser = :organiser, scope = :scope, first_day = :first_day, last_day = :last_day, changed_at = :now
 WHERE county_code = :county AND round_id = :id AND state IN ('preparing', 'visiting');

-- name: round_step    scope: county    only from the state that was seen
UPDATE inspection SET state = :state, changed_at = :now WHERE county_code = :county AND round_id = :id AND state = :seen;

-- name: round_event_add    scope: county
INSERT INTO inspection_event (county_code, round_id, position, step, reason, account, who, made_at)
SELECT :county, :id, COALESCE(MAX(position), 0) + 1, :step, :reason, :account, :who, :now
  FROM inspection_event WHERE county_code = :county AND round_id = :id;

-- name: round_event_list    scope: county
SELECT step, reason, account, who, made_at FROM inspection_event WHERE county_code = :county AND round_id = :id ORDER BY position;

-- name: round_list    scope: county    the newest first, with what there is of each
SELECT i.round_id, i.kind, i.title, i.organiser, i.year, i.state, i.scope, i.first_day, i.last_day, i.account, i.who, i.made_at, i.changed_at,
       (SELECT COUNT(*) FROM inspection_place p WHERE p.county_code = i.county_code AND p.round_id = i.round_id AND p.removed_at IS NULL),
       (SELECT COUNT(*) FROM inspection_place p WHERE p.county_code = i.county_code AND p.round_id = i.round_id AND p.removed_at IS NULL AND p.done_at IS NOT NULL),
       (SELECT COUNT(*) FROM inspection_finding f WHERE f.county_code = i.county_code AND f.round_id = i.round_id AND f.state <> 'dropped'),
       (SELECT COUNT(*) FROM inspection_finding f WHERE f.county_code = i.county_code AND f.round_id = i.round_id AND f.state = 'noted')
  FROM inspection i WHERE i.county_code = :county ORDER BY i.first_day DESC, i.made_at DESC LIMIT 200;

-- name: round_get    scope: county
SELECT i.round_id, i.kind, i.title, i.organiser, i.year, i.state, i.scope, i.first_day, i.last_day, i.account, i.who, i.made_at, i.changed_at,
       (SELECT COUNT(*) FROM inspection_place p WHERE p.county_code = i.county_code AND p.round_id = i.round_id AND p.removed_at IS NULL),
       (SELECT COUNT(*) FROM inspection_place p WHERE p.county_code = i.county_code AND p.round_id = i.round_id AND p.removed_at IS NULL AND p.done_at IS NOT NULL),
       (SELECT COUNT(*) FROM inspection_finding f WHERE f.county_code = i.county_code AND f.round_id = i.round_id AND f.state <> 'dropped'),
       (SELECT COUNT(*) FROM inspection_finding f WHERE f.county_code = i.county_code AND f.round_id = i.round_id AND f.state = 'noted')
  FROM inspection i WHERE i.county_code = :county AND i.round_id = :id;

-- name: round_member_add    scope: county
INSERT INTO inspection_member (county_code, round_id, position, member_account, name, unit, duty, account, who, made_at)
SELECT :county, :id, COALESCE(MAX(position), 0) + 1, :member, :name, :unit, :duty, :account, :who, :now
  FROM inspection_member WHERE county_code = :county AND round_id = :id;

-- name: round_member_end    scope: county
UPDATE inspection_member SET left_at = :now WHERE county_code = :county AND round_id = :id AND position = :position AND left_at IS NULL;

-- name: round_member_list    scope: county    with the role of the account now
SELECT m.position, m.member_account, m.name, m.unit, m.duty, m.left_at, a.role
  FROM inspection_member m LEFT JOIN account a ON a.account_id = m.member_account
 WHERE m.county_code = :county AND m.round_id = :id ORDER BY m.position;

-- name: round_draw_add    scope: county
INSERT INTO inspection_draw (county_code, round_id, draw_no, seed, strata, wanted, frame, reason, account, who, made_at)
VALUES (:county, :id, :draw_no, :seed, :strata, :wanted, :frame, :reason, :account, :who, :now);

-- name: round_draw_list    scope: county    the latest first
SELECT draw_no, seed, strata, wanted, frame, reason, account, who, made_at
  FROM inspection_draw WHERE county_code = :county AND round_id = :id ORDER BY draw_no DESC;

-- name: round_place_put    scope: county    comes again where it had been left out; stays as it is where it is there
INSERT INTO inspection_place (county_code, round_id, place_kind, place_name, place_shown, township, draw_no, reason, visit_day, form_id, form_version,
                              account, who, made_at, changed_at)
VALUES (:county, :id, :place_kind, :place_name, :shown, :township, :draw_no, :reason, NULL, :form, :version, :account, :who, :now, :now)
ON CONFLICT (county_code, round_id, place_kind, place_name) DO UPDATE
   SET draw_no = excluded.draw_no, reason = excluded.reason, removed_at = NULL, removed_who = NULL, removed_reason = NULL
 WHERE inspection_place.removed_at IS NOT NULL;

-- name: round_place_day    scope: county
UPDATE inspection_place SET visit_day = :day
 WHERE county_code = :county AND round_id = :id AND place_kind = :place_kind AND place_name = :place_name AND removed_at IS NULL;

-- name: round_place_remove    scope: county    only what nothing was filled in for
UPDATE inspection_place SET removed_at = :now, removed_who = :who, removed_reason = :reason
 WHERE county_code = :county AND round_id = :id AND place_kind = :place_kind AND place_name = :place_name AND removed_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM inspection_answer a WHERE a.county_code = inspection_place.county_code AND a.round_id = inspection_place.round_id
                      AND a.place_kind = inspection_place.place_kind AND a.place_name = inspection_place.place_name);

-- name: round_drawn_remove    scope: county    what the draws before had drawn, where nothing was filled in yet
UPDATE inspection_place SET removed_at = :now, removed_who = :who, removed_reason = :reason
 WHERE county_code = :county AND round_id = :id AND draw_no IS NOT NULL AND removed_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM inspection_answer a WHERE a.county_code = inspection_place.county_code AND a.round_id = inspection_place.round_id
                      AND a.place_kind = inspection_place.place_kind AND a.place_name = inspection_place.place_name);

-- name: round_place_list    scope: county    by day and township, with how much was answered
SELECT p.place_kind, p.place_name, p.place_shown, p.township, p.draw_no, p.reason, p.visit_day, p.form_id, p.form_version, p.changed_at,
       p.done_account, p.done_who, p.done_at, p.removed_at, p.removed_who, p.removed_reason,
       (SELECT COUNT(*) FROM inspection_answer a WHERE a.county_code = p.county_code AND a.round_id = p.round_id AND a.place_kind = p.place_kind
           AND a.place_name = p.place_name AND a.value <> '' AND a.field NOT LIKE '%.note')
  FROM inspection_place p WHERE p.county_code = :county AND p.round_id = :id
 ORDER BY p.removed_at IS NOT NULL, p.visit_day IS NULL, p.visit_day, p.place_kind, p.township, p.place_name;

-- name: round_place_done    scope: county
UPDATE inspection_place SET done_account = :account, done_who = :who, done_at = :now, changed_at = :now
 WHERE county_code = :county AND round_id = :id AND place_kind = :place_kind AND place_name = :place_name AND removed_at IS NULL AND done_at IS NULL;

-- name: round_place_again    scope: county
UPDATE inspection_place SET done_account = NULL, done_who = NULL, done_at = NULL, changed_at = :now
 WHERE county_code = :county AND round_id = :id AND place_kind = :place_kind AND place_name = :place_name AND removed_at IS NULL AND done_at IS NOT NULL;

-- name: round_place_touch    scope: county
UPDATE inspection_place SET changed_at = :now WHERE county_code = :county AND round_id = :id AND place_kind = :place_kind AND place_name = :place_name;

-- name: round_answer_list    scope: county
SELECT field, value, stamp, account, who, saved_at FROM inspection_answer
 WHERE county_code = :county AND round_id = :id AND place_kind = :place_kind AND place_name = :place_name ORDER BY field;

-- name: round_answer_keep    scope: county
INSERT INTO inspection_answer_past (county_code, round_id, place_kind, place_name, field, stamp, value, account, who, saved_at)
SELECT county_code, round_id, place_kind, place_name, field, stamp, value, account, who, saved_at FROM inspection_answer
 WHERE county_code = :county AND round_id = :id AND place_kind = :place_kind AND place_name = :place_name AND field = :field;

-- name: round_answer_put    scope: county    over the stamp before it alone
INSERT INTO inspection_answer (county_code, round_id, place_kind, place_name, field, value, stamp, account, who, saved_at)
VALUES (:county, :id, :place_kind, :place_name, :field, :value, :stamp, :account, :who, :now)
ON CONFLICT (county_code, round_id, place_kind, place_name, field) DO UPDATE
   SET value = excluded.value, stamp = excluded.stamp, account = excluded.account, who = excluded.who, saved_at = excluded.saved_at
 WHERE inspection_answer.stamp = excluded.stamp - 1;

-- name: round_photo_add    scope: county    once
INSERT INTO inspection_photo (county_code, photo_id, round_id, place_kind, place_name, question, sha256, name, kind, size, account, who, made_at)
VALUES (:county, :photo, :id, :place_kind, :place_name, :question, :sha256, :name, :kind, :size, :account, :who, :now)
ON CONFLICT (county_code, photo_id) DO NOTHING;

-- name: round_photo_list    scope: county    of a place; of a whole round where the place is empty
SELECT photo_id, place_kind, place_name, question, sha256, name, kind, size, account, who, made_at FROM inspection_photo
 WHERE county_code = :county AND round_id = :id AND (:place_kind = '' OR (place_kind = :place_kind AND place_name = :place_name)) AND removed_at IS NULL
 ORDER BY made_at, photo_id;

-- name: round_photo_remove    scope: county
UPDATE inspection_photo SET removed_at = :now, removed_who = :who
 WHERE county_code = :county AND photo_id = :photo AND round_id = :id AND removed_at IS NULL;

-- name: round_finding_add    scope: county
INSERT INTO inspection_finding (county_code, round_id, finding_no, place_kind, place_name, place_shown, question, subject, stage, grade, what, advice, state,
                                owner_kind, owner_name, owner_shown, due, task_id, account, who, made_at, changed_at, reason)
SELECT :county, :id, COALESCE(MAX(finding_no), 0) + 1, :place_kind, :place_name, :shown, :question, :subject, :stage, :grade, :what, :advice, 'noted',
       '', '', '', '', 0, :account, :who, :now, :now, ''
  FROM inspection_finding WHERE county_code = :county AND round_id = :id;

-- name: round_finding_edit    scope: county    until it is decided
UPDATE inspection_finding SET subject = :subject, stage = :stage, grade = :grade, what = :what, advice = :advice, changed_at = :now
 WHERE county_code = :county AND round_id = :id AND finding_no = :number AND state = 'noted';

-- name: round_finding_decide    scope: county
UPDATE inspection_finding
   SET state = :state, owner_kind = :owner_kind, owner_name = :owner_name, owner_shown = :owner_shown, due = :due, task_id = :task, reason = :reason,
       decided_account = :account, decided_who = :who, decided_at = :now, changed_at = :now
 WHERE county_code = :county AND round_id = :id AND finding_no = :number AND state = 'noted';

-- name: round_finding_list    scope: county    with how its order stands
SELECT f.finding_no, f.place_kind, f.place_name, f.place_shown, f.question, f.subject, f.stage, f.grade, f.what, f.advice, f.state, f.owner_kind, f.owner_name,
       f.owner_shown, COALESCE(t.due, f.due), f.task_id, f.account, f.who, f.made_at, f.decided_account, f.decided_who, f.decided_at, f.reason,
       t.state, t.person, t.measures, t.result, t.done_on, t.closed_on
  FROM inspection_finding f LEFT JOIN task t ON t.county_code = f.county_code AND t.task_id = f.task_id AND f.task_id > 0
 WHERE f.county_code = :county AND f.round_id = :id ORDER BY f.finding_no;

-- name: round_paper_put    scope: county
INSERT INTO inspection_paper (county_code, round_id, kind, place_kind, place_name, doc_number, signed_on, words, account, who, changed_at)
VALUES (:county, :id, :kind, :place_kind, :place_name, :number, :signed_on, :words, :account, :who, :now)
ON CONFLICT (county_code, round_id, kind, place_kind, place_name) DO UPDATE
   SET doc_number = excluded.doc_number, signed_on = excluded.signed_on, words = excluded.words, account = excluded.account, who = excluded.who,
       changed_at = excluded.changed_at;

-- name: round_paper_get    scope: county
SELECT doc_number, signed_on, words, account, who, changed_at FROM inspection_paper
 WHERE county_code = :county AND round_id = :id AND kind = :kind AND place_kind = :place_kind AND place_name = :place_name;

-- name: round_touches    scope: county    whom rounds touch: the places visited (0), the owners and places of findings that were issued (1)
SELECT round_id, place_kind, place_name, township, 0 FROM inspection_place WHERE county_code = :county AND removed_at IS NULL
UNION ALL SELECT round_id, place_kind, place_name, '', 1 FROM inspection_finding WHERE county_code = :county AND state = 'issued'
UNION ALL SELECT round_id, owner_kind, owner_name, '', 2 FROM inspection_finding WHERE county_code = :county AND state = 'issued';

-- name: round_of_member    scope: county    the rounds an account is on
SELECT DISTINCT round_id FROM inspection_member WHERE county_code = :county AND member_account = :account AND left_at IS NULL;

-- name: round_covers    scope: county    what the rounds of an assessor cover that are not over
SELECT DISTINCT p.place_kind, p.place_name
  FROM inspection_member m
  JOIN inspection i ON i.county_code = m.county_code AND i.round_id = m.round_id AND i.state IN ('preparing', 'visiting', 'fed_back')
  JOIN inspection_place p ON p.county_code = i.county_code AND p.round_id = i.round_id AND p.removed_at IS NULL
 WHERE m.county_code = :county AND m.member_account = :account AND m.left_at IS NULL
 ORDER BY 1, 2;

-- name: round_waiting    scope: county    rounds under way that an account is on; in which duty, what is still open
SELECT i.round_id, i.title, i.state, i.first_day, i.last_day,
       (SELECT COUNT(*) FROM inspection_place p WHERE p.county_code = i.county_code AND p.round_id = i.round_id AND p.removed_at IS NULL AND p.done_at IS NULL),
       (SELECT COUNT(*) FROM inspection_finding f WHERE f.county_code = i.county_code AND f.round_id = i.round_id AND f.state = 'noted'),
       EXISTS (SELECT 1 FROM inspection_member m WHERE m.county_code = i.county_code AND m.round_id = i.round_id AND m.member_account = :account AND m.left_at IS NULL)
  FROM inspection i WHERE i.county_code = :county AND i.state IN ('preparing', 'visiting', 'fed_back') ORDER BY i.first_day;
