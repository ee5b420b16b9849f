-- Targets year by year: paths, their values, what was issued, a county's own weights.

-- name: target_path_put    scope: county    a new one (seen 0), or over the one with the stamp seen; else no row changes
INSERT INTO target_path (county_code, school, stage, subject, basis, from_year, from_value, person, stamp, account, who, made_at)
VALUES (:county, :school, :stage, :subject, :basis, :from_year, :from_value, :person, 1, :account, :who, :now)
ON CONFLICT (county_code, school, stage, subject) DO UPDATE
   SET basis = excluded.basis, from_year = excluded.from_year, from_value = excluded.from_value, person = excluded.person,
       stamp = target_path.stamp + 1, account = excluded.account, who = excluded.who, made_at = excluded.made_at
 WHERE target_path.stamp = :seen;

-- name: target_values_drop    scope: county
DELETE FROM target WHERE county_code = :county AND school = :school AND stage = :stage AND subject = :subject;

-- name: target_value_put    scope: county
INSERT INTO target (county_code, school, stage, subject, year, value) VALUES (:county, :school, :stage, :subject, :year, :value);

-- name: target_paths    scope: county
SELECT school, stage, subject, basis, from_year, from_value, person, stamp, account, who, made_at FROM target_path
 WHERE county_code = :county ORDER BY school, stage, subject;

-- name: target_values    scope: county
SELECT school, stage, subject, year, value FROM target WHERE county_code = :county ORDER BY school, stage, subject, year;

-- name: target_paths_of    scope: county    of one school; empty: the county figures
SELECT school, stage, subject, basis, from_year, from_value, person, stamp, account, who, made_at FROM target_path
 WHERE county_code = :county AND school = :school ORDER BY school, stage, subject;

-- name: target_values_of    scope: county
SELECT school, stage, subject, year, value FROM target WHERE county_code = :county AND school = :school ORDER BY school, stage, subject, year;

-- name: target_issue_put    scope: county
INSERT INTO target_issue (county_code, issue, document, day, final_year, account, who, made_at, reason)
SELECT :county, COALESCE(MAX(issue), 0) + 1, :document, :day, :final_year, :account, :who, :now, '' FROM target_issue WHERE county_code = :county;

-- name: target_issued_put    scope: county    the values as they stand, kept with the issue in force
INSERT INTO target_issued (county_code, issue, school, stage, subject, year, value)
SELECT county_code, (SELECT MAX(issue) FROM target_issue AS i WHERE i.county_code = :county), school, stage, subject, year, value
  FROM target WHERE county_code = :county;

-- name: target_issue_open    scope: county
UPDATE target_issue SET opened_at = :now, opened_account = :account, opened_who = :who, reason = :reason
 WHERE county_code = :county AND opened_at IS NULL;

-- name: target_issues    scope: county    the latest first
SELECT issue, document, day, final_year, account, who, made_at, opened_account, opened_who, opened_at, reason FROM target_issue
 WHERE county_code = :county ORDER BY issue DESC;

-- name: target_weight_put    scope: county
INSERT INTO target_weight (county_code, position, document, day, weights, account, who, made_at)
SELECT :county, COALESCE(MAX(position), 0) + 1, :document, :day, :weights, :account, :who, :now FROM target_weight WHERE county_code = :county;

-- name: target_weight_last    scope: county
SELECT document, day, weights, account, who, made_at FROM target_weight WHERE county_code = :county ORDER BY position DESC LIMIT 1;
