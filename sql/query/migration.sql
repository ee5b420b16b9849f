-- Which migrations a database has been through (src/db/migrate.c makes the table, before all else).

-- name: migration_all    scope: house    in order
SELECT number, name, checksum FROM schema_version ORDER BY number;

-- name: migration_add    scope: house
INSERT INTO schema_version (number, name, checksum, applied_at) VALUES (:number, :name, :checksum, :applied_at);
