-- Data years being collected, and each school's return on its way.

-- name: collection_add    scope: county
INSERT INTO collection (county_code, year, reference_day, fill_until, confirm_until, check_until, approve_until, check_asked,
                        version_from, account, who, opened_at, locked_at, locked_account, locked_who, lock_reason)
VALUES (:county, :year, :reference_day, :fill_until, :confirm_until, :check_until, :approve_until, :check_asked, :version,
        :account, :who, :now, NULL, NULL, NULL, NULL);

-- name: collection_set    scope: county    its windows
UPDATE collection SET reference_day = :reference_day, fill_until = :fill_until, confirm_until = :confirm_until,
       check_until = :check_until, approve_until = :approve_until, check_asked = :check_asked
 WHERE county_code = :county AND year = :year AND locked_at IS NULL;

-- name: collection_lock    scope: county
UPDATE collection SET locked_at = :now, locked_account = :account, locked_who = :who, lock_reason = :reason
 WHERE county_code = :county AND year = :year AND locked_at IS NULL;

-- name: collection_all    scope: county    the latest first
SELECT year, reference_day, fill_until, confirm_until, check_until, approve_until, check_asked, version_from, who, opened_at, locked_at,
       locked_who, lock_reason
  FROM collection WHERE county_code = :county ORDER BY year DESC;

-- name: way_add    scope: county    once a school
INSERT INTO return_way (county_code, year, school_code, name, township, state, version, sent_back, changed_at)
VALUES (:county, :year, :school_code, :name, :township, 'draft', 0, 0, :now)
ON CONFLICT DO NOTHING;

-- name: way_get    scope: county
SELECT school_code, name, township, state, version, sent_back, changed_at FROM return_way
 WHERE county_code = :county AND year = :year AND school_code = :school_code;

-- name: way_of_year    scope: county    by school
SELECT school_code, name, township, state, version, sent_back, changed_at FROM return_way
 WHERE county_code = :county AND year = :year ORDER BY school_code;

-- name: way_progress    scope: county    cells typed, who was last
SELECT school_code, COUNT(*), MAX(saved_at) FROM entry_cell
 WHERE county_code = :county AND year = :year GROUP BY school_code ORDER BY school_code;

-- name: way_move    scope: county    only from where it was seen
UPDATE return_way SET state = :to_state, version = :version, sent_back = :sent_back, changed_at = :now
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND state = :from_state;

-- name: event_add    scope: county
INSERT INTO return_event (county_code, year, school_code, position, step, state, version, account, who, role, made_at, reason)
SELECT :county, :year, :school_code, COALESCE(MAX(position), 0) + 1, :step, :state, :version, :account, :who, :role, :now, :reason
  FROM return_event WHERE county_code = :county AND year = :year AND school_code = :school_code;

-- name: event_of_school    scope: county    in order
SELECT position, step, state, version, account, who, role, made_at, reason FROM return_event
 WHERE county_code = :county AND year = :year AND school_code = :school_code ORDER BY position;

-- name: admitted_add    scope: county
INSERT INTO admitted (county_code, year, school_code, version_from, version_to) VALUES (:county, :year, :school_code, :version, NULL);

-- name: admitted_end    scope: county
UPDATE admitted SET version_to = :version
 WHERE county_code = :county AND year = :year AND school_code = :school_code AND version_to IS NULL;

-- name: lacking_standing    scope: county    schools asked of whom nothing counts, by year and school
SELECT year, school_code, name, township FROM return_way
 WHERE county_code = :county AND NOT EXISTS
       (SELECT 1 FROM admitted WHERE admitted.county_code = :county AND admitted.year = return_way.year
           AND admitted.school_code = return_way.school_code AND admitted.version_to IS NULL)
 ORDER BY year, school_code;
