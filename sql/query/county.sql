-- The county itself, its data version, its outline.

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

-- name: outline_put    scope: county
INSERT INTO outline (county_code, geojson) VALUES (:county, :geojson)
ON CONFLICT (county_code) DO UPDATE SET geojson = excluded.geojson;

-- name: outline_get    scope: county
SELECT geojson FROM outline WHERE county_code = :county;
