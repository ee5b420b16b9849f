-- The county itself, its data version, its outlines.

-- name: county_the_one    scope: house
SELECT county_code, name, fictional, data_version FROM county ORDER BY county_code LIMIT 1;

-- name: county_add    scope: county
INSERT INTO county (county_code, name, fictional, data_version) VALUES (:county, :name, :fictional, 0);

-- name: county_version    scope: county
SELECT data_version FROM county WHERE county_code = :county;

-- name: county_set_version    scope: county
UPDATE county SET data_version = :new_version WHERE county_code = :county AND data_version = :old_version;

-- name: county_rename    scope: county
UPDATE county SET name = :name WHERE county_code = :county;

-- name: outline_drop    scope: county
DELETE FROM outline WHERE county_code = :county;

-- name: outline_add    scope: county
INSERT INTO outline (county_code, kind, name, rings) VALUES (:county, :kind, :name, :rings);

-- name: outline_all    scope: county
SELECT kind, name, rings FROM outline WHERE county_code = :county ORDER BY kind, name;
