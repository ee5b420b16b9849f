-- Settings of the instance: a name, a value.

-- name: setting_get    scope: house
SELECT value FROM setting WHERE key = :key;

-- name: setting_put    scope: house    puts it in the old one's place
INSERT INTO setting (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: setting_add    scope: house    the key must be new
INSERT INTO setting (key, value) VALUES (:key, :value);

-- name: setting_drop    scope: house
DELETE FROM setting WHERE key = :key;

-- name: setting_all    scope: house    by key
SELECT key, value FROM setting ORDER BY key;
