-- The ledger of shortfalls.  A filter of several queries is written out in each; an empty word asks for all.

-- name: ledger_list    scope: county    one page of a filter
SELECT ledger_id, place_kind, place_name, stage, subject, kind, township, place_shown, problem, basis, value, threshold, floor, missing,
       missing_to_floor, unit, quantity, measured, passes, year, data_version, project, measure, owner_kind, owner_name, owner_shown, helpers,
       person, cost_yuan, fund, planned, due, progress, result, state, stamp, found_year, found_at, fallen, changed_at, claimed_account,
       claimed_who, claimed_at, verified_account, verified_who, verified_at, verified_day, verified_note, verified_photo, dropped
  FROM ledger WHERE county_code = :county AND ledger_id IN (
    SELECT ledger_id FROM ledger INDEXED BY ledger_filter WHERE county_code = :county
   AND (:state = '' OR state = :state OR (:state = 'open' AND state NOT IN ('verified', 'not_asked'))
        OR (:state = 'overdue' AND state NOT IN ('verified', 'not_asked') AND due <> '' AND due < :today)
        OR (:state = 'to_verify' AND state = 'claimed' AND passes = 1)
        OR (:state = 'to_claim' AND state NOT IN ('verified', 'not_asked', 'claimed') AND passes = 1)
        OR (:state = 'fallen' AND state = 'reopened'))
   AND (:kind = '' OR kind = :kind) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND (:township = '' OR township = :township)
   AND (:place_kind = '' OR (place_kind = :place_kind AND place_name = :place_name))
   AND (:owner_kind = '' OR (owner_kind = :owner_kind AND owner_name = :owner_name) OR (:owner_kind = 'none' AND owner_kind = ''))
   AND (:fund = '' OR fund = :fund) AND (:due_year = '' OR substr(due, 1, 4) = :due_year) AND (:year = 0 OR year = :year)
   AND (:seen_kind = '' OR (:seen_kind = 'township' AND (township = :seen_name OR (owner_kind = 'township' AND owner_name = :seen_name)))
        OR (:seen_kind = 'school' AND ((place_kind = 'school' AND place_name = :seen_name) OR (owner_kind = 'school' AND owner_name = :seen_name)))
        OR (:seen_kind = 'only' AND place_kind = 'school' AND instr(:seen_name, '|' || place_name || '|') > 0))
   AND (:words = '' OR instr(problem, :words) > 0 OR instr(place_shown, :words) > 0 OR instr(measure, :words) > 0
        OR instr(project, :words) > 0 OR instr(owner_shown, :words) > 0 OR instr(person, :words) > 0)
    ORDER BY CASE :sort WHEN 'due' THEN CASE due WHEN '' THEN '9999' ELSE due END WHEN 'state' THEN state WHEN 'subject' THEN subject
                       WHEN 'owner' THEN owner_kind || owner_name END,
          CASE :sort WHEN 'cost' THEN -COALESCE(cost_yuan, -1) WHEN 'missing' THEN -COALESCE(missing, 0) WHEN 'changed' THEN -changed_at END,
          township, place_kind, place_name, stage, subject
    LIMIT :most OFFSET :skip)
 ORDER BY CASE :sort WHEN 'due' THEN CASE due WHEN '' THEN '9999' ELSE due END WHEN 'state' THEN state WHEN 'subject' THEN subject
                       WHEN 'owner' THEN owner_kind || owner_name END,
          CASE :sort WHEN 'cost' THEN -COALESCE(cost_yuan, -1) WHEN 'missing' THEN -COALESCE(missing, 0) WHEN 'changed' THEN -changed_at END,
          township, place_kind, place_name, stage, subject;

-- name: ledger_sums    scope: county    of a filter, by a word and the quantity
SELECT CASE :by WHEN 'state' THEN state WHEN 'kind' THEN kind WHEN 'subject' THEN CASE WHEN kind IN ('plan', 'other') THEN kind ELSE subject END
                WHEN 'owner' THEN owner_kind || ':' || owner_name WHEN 'township' THEN township WHEN 'place' THEN place_kind || ':' || place_name WHEN 'stage' THEN stage
                WHEN 'due_year' THEN substr(due, 1, 4) WHEN 'year' THEN CAST(year AS TEXT) WHEN 'fund' THEN fund ELSE '' END AS word,
       quantity, COUNT(*), SUM(state NOT IN ('verified', 'not_asked')),
       SUM(state NOT IN ('verified', 'not_asked') AND due <> '' AND due < :today), SUM(state = 'verified'), SUM(state = 'reopened'),
       SUM(state = 'claimed'), COALESCE(SUM(cost_yuan), 0),
       COALESCE(SUM(CASE WHEN state NOT IN ('verified', 'not_asked') THEN cost_yuan END), 0),
       COALESCE(SUM(CASE WHEN state NOT IN ('verified', 'not_asked') AND passes = 0 THEN missing END), 0)
  FROM ledger INDEXED BY ledger_filter WHERE county_code = :county
   AND (:state = '' OR state = :state OR (:state = 'open' AND state NOT IN ('verified', 'not_asked'))
        OR (:state = 'overdue' AND state NOT IN ('verified', 'not_asked') AND due <> '' AND due < :today)
        OR (:state = 'to_verify' AND state = 'claimed' AND passes = 1)
        OR (:state = 'to_claim' AND state NOT IN ('verified', 'not_asked', 'claimed') AND passes = 1)
        OR (:state = 'fallen' AND state = 'reopened'))
   AND (:kind = '' OR kind = :kind) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND (:township = '' OR township = :township)
   AND (:place_kind = '' OR (place_kind = :place_kind AND place_name = :place_name))
   AND (:owner_kind = '' OR (owner_kind = :owner_kind AND owner_name = :owner_name) OR (:owner_kind = 'none' AND owner_kind = ''))
   AND (:fund = '' OR fund = :fund) AND (:due_year = '' OR substr(due, 1, 4) = :due_year) AND (:year = 0 OR year = :year)
   AND (:seen_kind = '' OR (:seen_kind = 'township' AND (township = :seen_name OR (owner_kind = 'township' AND owner_name = :seen_name)))
        OR (:seen_kind = 'school' AND ((place_kind = 'school' AND place_name = :seen_name) OR (owner_kind = 'school' AND owner_name = :seen_name)))
        OR (:seen_kind = 'only' AND place_kind = 'school' AND instr(:seen_name, '|' || place_name || '|') > 0))
   AND (:words = '' OR instr(problem, :words) > 0 OR instr(place_shown, :words) > 0 OR instr(measure, :words) > 0
        OR instr(project, :words) > 0 OR instr(owner_shown, :words) > 0 OR instr(person, :words) > 0)
 GROUP BY 1, 2 ORDER BY 1, 2;

-- name: ledger_total    scope: county    of a filter, all in one
SELECT COUNT(*), SUM(state NOT IN ('verified', 'not_asked')),
       SUM(state NOT IN ('verified', 'not_asked') AND due <> '' AND due < :today), SUM(state = 'verified'), SUM(state = 'reopened'),
       SUM(state = 'claimed'), COALESCE(SUM(cost_yuan), 0),
       COALESCE(SUM(CASE WHEN state NOT IN ('verified', 'not_asked') THEN cost_yuan END), 0),
       COALESCE(SUM(CASE WHEN state NOT IN ('verified', 'not_asked') AND passes = 0 THEN missing END), 0)
  FROM ledger INDEXED BY ledger_filter WHERE county_code = :county
   AND (:state = '' OR state = :state OR (:state = 'open' AND state NOT IN ('verified', 'not_asked'))
        OR (:state = 'overdue' AND state NOT IN ('verified', 'not_asked') AND due <> '' AND due < :today)
        OR (:state = 'to_verify' AND state = 'claimed' AND passes = 1)
        OR (:state = 'to_claim' AND state NOT IN ('verified', 'not_asked', 'claimed') AND passes = 1)
        OR (:state = 'fallen' AND state = 'reopened'))
   AND (:kind = '' OR kind = :kind) AND (:subject = '' OR subject = :subject) AND (:stage = '' OR stage = :stage)
   AND (:township = '' OR township = :township)
   AND (:place_kind = '' OR (place_kind = :place_kind AND place_name = :place_name))
   AND (:owner_kind = '' OR (owner_kind = :owner_kind AND owner_name = :owner_name) OR (:owner_kind = 'none' AND owner_kind = ''))
   AND (:fund = '' OR fund = :fund) AND (:due_year = '' OR substr(due, 1, 4) = :due_year) AND (:year = 0 OR year = :year)
   AND (:seen_kind = '' OR (:seen_kind = 'township' AND (township = :seen_name OR (owner_kind = 'township' AND owner_name = :seen_name)))
        OR (:seen_kind = 'school' AND ((place_kind = 'school' AND place_name = :seen_name) OR (owner_kind = 'school' AND owner_name = :seen_name)))
        OR (:seen_kind = 'only' AND place_kind = 'school' AND instr(:seen_name, '|' || place_name || '|') > 0))
   AND (:words = '' OR instr(problem, :words) > 0 OR instr(place_shown, :words) > 0 OR instr(measure, :words) > 0
        OR instr(project, :words) > 0 OR instr(owner_shown, :words) > 0 OR instr(person, :words) > 0);

-- name: ledger_get    scope: county
SELECT ledger_id, place_kind, place_name, stage, subject, kind, township, place_shown, problem, basis, value, threshold, floor, missing,
       missing_to_floor, unit, quantity, measured, passes, year, data_version, project, measure, owner_kind, owner_name, owner_shown, helpers,
       person, cost_yuan, fund, planned, due, progress, result, state, stamp, found_year, found_at, fallen, changed_at, claimed_account,
       claimed_who, claimed_at, verified_account, verified_who, verified_at, verified_day, verified_note, verified_photo, dropped
  FROM ledger WHERE county_code = :county AND ledger_id = :ledger_id;

-- name: ledger_find    scope: county    by its identity
SELECT ledger_id, place_kind, place_name, stage, subject, kind, township, place_shown, problem, basis, value, threshold, floor, missing,
       missing_to_floor, unit, quantity, measured, passes, year, data_version, project, measure, owner_kind, owner_name, owner_shown, helpers,
       person, cost_yuan, fund, planned, due, progress, result, state, stamp, found_year, found_at, fallen, changed_at, claimed_account,
       claimed_who, claimed_at, verified_account, verified_who, verified_at, verified_day, verified_note, verified_photo, dropped
  FROM ledger WHERE county_code = :county AND place_kind = :place_kind AND place_name = :place_name AND stage = :stage AND subject = :subject;

-- name: ledger_measured    scope: county    what following the data compares
SELECT ledger_id, place_kind, place_name, stage, subject, township, place_shown, problem, value, threshold, missing, missing_to_floor, measured,
       passes, year, data_version, state, owner_kind, owner_name, owner_shown
  FROM ledger WHERE county_code = :county;

-- name: ledger_planned    scope: county    rows that add something by a day
SELECT place_kind, place_name, stage, subject, quantity, COALESCE(planned, missing), cost_yuan, due, ledger_id
  FROM ledger WHERE county_code = :county AND due <> '' AND kind = 'level' AND state NOT IN ('verified', 'not_asked', 'found') AND passes = 0
 ORDER BY place_name, stage, subject;

-- name: ledger_next    scope: county    the next number
SELECT COALESCE(MAX(ledger_id), 0) + 1 FROM ledger WHERE county_code = :county;

-- name: ledger_add    scope: county    as found
INSERT INTO ledger (county_code, ledger_id, place_kind, place_name, stage, subject, kind, township, place_shown, problem, basis, value, threshold,
                    floor, missing, missing_to_floor, unit, quantity, measured, passes, year, data_version, project, measure, owner_kind,
                    owner_name, owner_shown, helpers, person, cost_yuan, fund, planned, due, progress, result, state, stamp, found_year, found_at,
                    fallen, changed_at, dropped)
VALUES (:county, :ledger_id, :place_kind, :place_name, :stage, :subject, :kind, :township, :place_shown, :problem, :basis, :value, :threshold,
        :floor, :missing, :missing_to_floor, :unit, :quantity, :measured, :passes, :year, :data_version, :project, :measure, :owner_kind,
        :owner_name, :owner_shown, :helpers, :person, :cost_yuan, :fund, :planned, :due, :progress, :result, 'found', 1, :found_year, :found_at,
        0, :found_at, '');

-- name: ledger_measure    scope: county    measured again
UPDATE ledger SET township = :township, place_shown = :place_shown, problem = :problem, basis = :basis, value = :value, threshold = :threshold,
       floor = :floor, missing = :missing, missing_to_floor = :missing_to_floor, measured = :measured, passes = :passes, year = :year,
       data_version = :data_version
 WHERE county_code = :county AND ledger_id = :ledger_id;

-- name: ledger_plan    scope: county    by compare-and-set
UPDATE ledger SET project = :project, measure = :measure, owner_kind = :owner_kind, owner_name = :owner_name, owner_shown = :owner_shown,
       helpers = :helpers, person = :person, cost_yuan = :cost_yuan, fund = :fund, planned = :planned, due = :due, progress = :progress,
       result = :result, stamp = stamp + 1, changed_at = :at
 WHERE county_code = :county AND ledger_id = :ledger_id AND stamp = :stamp;

-- name: ledger_state    scope: county    from one state to another
UPDATE ledger SET state = :to, fallen = fallen + :fell, dropped = :dropped, stamp = stamp + 1, changed_at = :at
 WHERE county_code = :county AND ledger_id = :ledger_id AND state = :from;

-- name: ledger_claimed    scope: county    by whom it was reported done
UPDATE ledger SET claimed_account = :account, claimed_who = :who, claimed_at = :at, result = :result
 WHERE county_code = :county AND ledger_id = :ledger_id;

-- name: ledger_verified    scope: county    by whom it was seen
UPDATE ledger SET verified_account = :account, verified_who = :who, verified_at = :at, verified_day = :day, verified_note = :note,
       verified_photo = :photo
 WHERE county_code = :county AND ledger_id = :ledger_id;

-- name: ledger_words    scope: county    what a filter may choose from; each list found by stepping through an index from word to word
WITH RECURSIVE
  townships (w) AS (SELECT MIN(township) FROM ledger WHERE county_code = :county
     UNION ALL SELECT (SELECT MIN(township) FROM ledger WHERE county_code = :county AND township > w) FROM townships WHERE w IS NOT NULL),
  owners (w) AS (SELECT MIN((owner_kind || ':' || owner_name)) FROM ledger WHERE county_code = :county
     UNION ALL SELECT (SELECT MIN((owner_kind || ':' || owner_name)) FROM ledger WHERE county_code = :county AND (owner_kind || ':' || owner_name) > w) FROM owners WHERE w IS NOT NULL),
  funds (w) AS (SELECT MIN(fund) FROM ledger WHERE county_code = :county
     UNION ALL SELECT (SELECT MIN(fund) FROM ledger WHERE county_code = :county AND fund > w) FROM funds WHERE w IS NOT NULL),
  days (w) AS (SELECT MIN(substr(due, 1, 4)) FROM ledger WHERE county_code = :county
     UNION ALL SELECT (SELECT MIN(substr(due, 1, 4)) FROM ledger WHERE county_code = :county AND substr(due, 1, 4) > w) FROM days WHERE w IS NOT NULL),
  subjects (w) AS (SELECT MIN((CASE WHEN kind IN ('plan', 'other') THEN '' ELSE subject END)) FROM ledger WHERE county_code = :county
     UNION ALL SELECT (SELECT MIN((CASE WHEN kind IN ('plan', 'other') THEN '' ELSE subject END)) FROM ledger WHERE county_code = :county AND (CASE WHEN kind IN ('plan', 'other') THEN '' ELSE subject END) > w) FROM subjects WHERE w IS NOT NULL)
SELECT 'township', w, '' FROM townships WHERE w <> ''
UNION ALL SELECT 'owner', w, (SELECT owner_shown FROM ledger WHERE county_code = :county AND (owner_kind || ':' || owner_name) = w LIMIT 1) FROM owners WHERE w <> ':'
UNION ALL SELECT 'fund', w, '' FROM funds WHERE w <> ''
UNION ALL SELECT 'subject', w, '' FROM subjects WHERE w <> ''
UNION ALL SELECT 'due_year', w, '' FROM days WHERE w <> '';

-- name: ledger_batch_add    scope: county
INSERT INTO ledger_batch (county_code, batch_id, made_by, account, who, made_at)
VALUES (:county, :batch_id, :made_by, :account, :who, :made_at);

-- name: ledger_batch_get    scope: county
SELECT made_by, account, who, made_at, COALESCE(undone_at, 0) FROM ledger_batch WHERE county_code = :county AND batch_id = :batch_id;

-- name: ledger_batch_undo    scope: county
UPDATE ledger_batch SET undone_at = :at WHERE county_code = :county AND batch_id = :batch_id AND undone_at IS NULL;

-- name: ledger_batch_cell_add    scope: county
INSERT INTO ledger_batch_cell (county_code, batch_id, ledger_id, field, old, new)
VALUES (:county, :batch_id, :ledger_id, :field, :old, :new);

-- name: ledger_batch_cells    scope: county
SELECT ledger_id, field, old, new FROM ledger_batch_cell WHERE county_code = :county AND batch_id = :batch_id ORDER BY ledger_id, field;

-- name: ledger_followed_get    scope: county
SELECT seen, followed_at FROM ledger_followed WHERE county_code = :county;

-- name: ledger_followed_put    scope: county
INSERT INTO ledger_followed (county_code, seen, followed_at) VALUES (:county, :seen, :at)
ON CONFLICT (county_code) DO UPDATE SET seen = excluded.seen, followed_at = excluded.followed_at;
