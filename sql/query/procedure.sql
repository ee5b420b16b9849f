-- The way of recognition; duties.

-- name: procedure_add    scope: county
INSERT INTO procedure_event (county_code, position, step, what, day, document, words, file_name, sha256, crossed_out, account, who, made_at)
SELECT :county, COALESCE(MAX(position), 0) + 1, :step, :what, :day, :document, :words, :file_name, :sha256, '', :account, :who, :now
  FROM procedure_event WHERE county_code = :county;

-- name: procedure_cross_out    scope: county
UPDATE procedure_event SET crossed_out = :reason WHERE county_code = :county AND position = :position AND crossed_out = '';

-- name: procedure_all    scope: county    in the order of their days
SELECT position, step, what, day, document, words, file_name, sha256, crossed_out, account, who, made_at
  FROM procedure_event WHERE county_code = :county ORDER BY day, position;

-- name: duty_add    scope: county
INSERT INTO duty (county_code, unit_code, position, duty, person, from_day, until_day, account, who, made_at)
SELECT :county, :unit_code, COALESCE(MAX(position), 0) + 1, :duty, :person, :from_day, '', :account, :who, :now
  FROM duty WHERE county_code = :county AND unit_code = :unit_code;

-- name: duty_end    scope: county
UPDATE duty SET until_day = :until_day
 WHERE county_code = :county AND unit_code = :unit_code AND position = :position AND until_day = '' AND from_day <= :until_day;

-- name: duty_all    scope: county
SELECT unit_code, position, duty, person, from_day, until_day, account, who, made_at
  FROM duty WHERE county_code = :county ORDER BY unit_code, position;

-- name: member_all    scope: county    of the leading group and its office, in the order in which they joined
SELECT unit_code, position, part, name, works_at, from_day, until_day FROM unit_member
 WHERE county_code = :county ORDER BY unit_code, position;
