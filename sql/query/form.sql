-- Forms, what was filled in, what is attached.

-- name: form_add    scope: county
INSERT INTO form (county_code, form_id, version, shipped, title, definition, account, who, made_at, used_at, used_account, used_who)
VALUES (:county, :form_id, :version, :shipped, :title, :definition, :account, :who, :made_at, :used_at, :used_account, :used_who);

-- name: form_list    scope: county    every version, without its definition; newest first
SELECT form_id, version, shipped, title, account, who, made_at, used_at, used_account, used_who, retired_at, retired_who
  FROM form WHERE county_code = :county ORDER BY form_id, version DESC;

-- name: form_definition    scope: county
SELECT definition FROM form WHERE county_code = :county AND form_id = :form_id AND version = :version;

-- name: form_use    scope: county    from being looked at into use
UPDATE form SET used_at = :used_at, used_account = :account, used_who = :who
 WHERE county_code = :county AND form_id = :form_id AND version = :version AND used_at IS NULL AND retired_at IS NULL;

-- name: form_retire    scope: county
UPDATE form SET retired_at = :retired_at, retired_who = :who
 WHERE county_code = :county AND form_id = :form_id AND version = :version AND retired_at IS NULL;

-- name: form_sheet_add    scope: county
INSERT INTO form_sheet (county_code, sheet_id, form_id, form_version, year, place_kind, place_name, nth, state, sent_back, account, who,
                        made_at, changed_at, reason, marked)
VALUES (:county, :sheet_id, :form_id, :form_version, :year, :place_kind, :place_name, :nth, 'draft', 0, :account, :who, :made_at, :made_at,
        '', '');

-- name: form_sheet_nth    scope: county    the last number of a unit's sheets of a year
SELECT COALESCE(MAX(nth), 0) FROM form_sheet
 WHERE county_code = :county AND form_id = :form_id AND year = :year AND place_kind = :place_kind AND place_name = :place_name;

-- name: form_sheet_at    scope: county
SELECT sheet_id, form_id, form_version, year, place_kind, place_name, nth, state, sent_back, account, who, made_at, changed_at,
       submitted_account, submitted_who, submitted_at, ended_account, ended_who, ended_at, reason, marked
  FROM form_sheet
 WHERE county_code = :county AND form_id = :form_id AND year = :year AND place_kind = :place_kind AND place_name = :place_name AND nth = :nth;

-- name: form_sheet_get    scope: county
SELECT sheet_id, form_id, form_version, year, place_kind, place_name, nth, state, sent_back, account, who, made_at, changed_at,
       submitted_account, submitted_who, submitted_at, ended_account, ended_who, ended_at, reason, marked
  FROM form_sheet WHERE county_code = :county AND sheet_id = :sheet_id;

-- name: form_sheet_list    scope: county    of a year
SELECT sheet_id, form_id, form_version, year, place_kind, place_name, nth, state, sent_back, account, who, made_at, changed_at,
       submitted_account, submitted_who, submitted_at, ended_account, ended_who, ended_at, reason, marked
  FROM form_sheet WHERE county_code = :county AND year = :year ORDER BY form_id, place_kind, place_name, nth;

-- name: form_sheet_of_unit    scope: county    of all years, oldest first
SELECT sheet_id, form_id, form_version, year, place_kind, place_name, nth, state, sent_back, account, who, made_at, changed_at,
       submitted_account, submitted_who, submitted_at, ended_account, ended_who, ended_at, reason, marked
  FROM form_sheet
 WHERE county_code = :county AND form_id = :form_id AND place_kind = :place_kind AND place_name = :place_name ORDER BY year, nth;

-- name: form_sheet_step    scope: county    from the state that was seen to the next
UPDATE form_sheet SET state = :state, sent_back = :sent_back, changed_at = :now, submitted_account = :submitted_account,
       submitted_who = :submitted_who, submitted_at = :submitted_at, ended_account = :ended_account, ended_who = :ended_who,
       ended_at = :ended_at, reason = :reason, marked = :marked
 WHERE county_code = :county AND sheet_id = :sheet_id AND state = :seen;

-- name: form_sheet_touch    scope: county
UPDATE form_sheet SET changed_at = :now WHERE county_code = :county AND sheet_id = :sheet_id;

-- name: form_answer_list    scope: county
SELECT field, value, stamp, account, who, saved_at FROM form_answer WHERE county_code = :county AND sheet_id = :sheet_id ORDER BY field;

-- name: form_answer_put    scope: county    over what was seen: stamp - 1
INSERT INTO form_answer (county_code, sheet_id, field, value, stamp, account, who, saved_at)
VALUES (:county, :sheet_id, :field, :value, :stamp, :account, :who, :saved_at)
ON CONFLICT (county_code, sheet_id, field) DO UPDATE
   SET value = excluded.value, stamp = excluded.stamp, account = excluded.account, who = excluded.who, saved_at = excluded.saved_at
 WHERE form_answer.stamp = excluded.stamp - 1;

-- name: form_answer_keep    scope: county    what stands becomes the past
INSERT INTO form_answer_past (county_code, sheet_id, field, stamp, value, account, who, saved_at)
SELECT county_code, sheet_id, field, stamp, value, account, who, saved_at FROM form_answer
 WHERE county_code = :county AND sheet_id = :sheet_id AND field = :field;

-- name: form_answer_past    scope: county    what stood there at a stamp
SELECT value FROM form_answer_past WHERE county_code = :county AND sheet_id = :sheet_id AND field = :field AND stamp = :stamp;

-- name: form_event_add    scope: county
INSERT INTO form_event (county_code, sheet_id, position, step, account, who, made_at, reason, marked)
SELECT :county, :sheet_id, COALESCE(MAX(position), 0) + 1, :step, :account, :who, :made_at, :reason, :marked
  FROM form_event WHERE county_code = :county AND sheet_id = :sheet_id;

-- name: form_event_list    scope: county
SELECT step, account, who, made_at, reason, marked FROM form_event WHERE county_code = :county AND sheet_id = :sheet_id ORDER BY position;

-- name: form_proof_add    scope: county
INSERT INTO form_proof (county_code, proof_id, sheet_id, question, evidence_id, sha256, name, kind, size, account, who, made_at)
VALUES (:county, :proof_id, :sheet_id, :question, :evidence_id, :sha256, :name, :kind, :size, :account, :who, :made_at);

-- name: form_proof_list    scope: county    that stand
SELECT proof_id, question, evidence_id, sha256, name, kind, size, account, who, made_at FROM form_proof
 WHERE county_code = :county AND sheet_id = :sheet_id AND removed_at IS NULL ORDER BY question, made_at, proof_id;

-- name: form_proof_remove    scope: county
UPDATE form_proof SET removed_at = :now, removed_who = :who
 WHERE county_code = :county AND sheet_id = :sheet_id AND proof_id = :proof_id AND removed_at IS NULL;
