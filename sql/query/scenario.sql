-- What-if scenarios under a name, and keys of acts done.

-- name: scenario_add    scope: county
INSERT INTO scenario (county_code, scenario_id, name, year, account, who, made_at, changed_at)
VALUES (:county, :scenario_id, :name, :year, :account, :who, :made_at, :made_at);

-- name: scenario_get    scope: county
SELECT name, year, account, who, made_at, changed_at FROM scenario
 WHERE county_code = :county AND scenario_id = :scenario_id;

-- name: scenario_list    scope: county    by name
SELECT s.scenario_id, s.name, s.year, s.account, s.who, s.made_at, s.changed_at,
       (SELECT COUNT(*) FROM scenario_change c WHERE c.county_code = s.county_code AND c.scenario_id = s.scenario_id)
  FROM scenario s WHERE s.county_code = :county ORDER BY s.name;

-- name: scenario_rename    scope: county
UPDATE scenario SET name = :name, changed_at = :changed_at WHERE county_code = :county AND scenario_id = :scenario_id;

-- name: scenario_touch    scope: county
UPDATE scenario SET changed_at = :changed_at WHERE county_code = :county AND scenario_id = :scenario_id;

-- name: scenario_drop    scope: county
DELETE FROM scenario WHERE county_code = :county AND scenario_id = :scenario_id;

-- name: scenario_changes    scope: county
SELECT school_code, item, number FROM scenario_change
 WHERE county_code = :county AND scenario_id = :scenario_id ORDER BY school_code, item;

-- name: scenario_change_put    scope: county
INSERT INTO scenario_change (county_code, scenario_id, school_code, item, number)
VALUES (:county, :scenario_id, :school_code, :item, :number)
ON CONFLICT (county_code, scenario_id, school_code, item) DO UPDATE SET number = excluded.number;

-- name: scenario_changes_drop    scope: county
DELETE FROM scenario_change WHERE county_code = :county AND scenario_id = :scenario_id;

-- name: act_key_find    scope: county
SELECT account, result FROM act_key WHERE county_code = :county AND key = :key;

-- name: act_key_put    scope: county
INSERT INTO act_key (county_code, key, account, result, made_at) VALUES (:county, :key, :account, :result, :made_at);
