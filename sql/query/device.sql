-- Browsers from which an account has signed in before.

-- name: device_known    scope: house
SELECT COUNT(*) FROM device WHERE device_hash = :device_hash AND account_id = :account_id AND used_at > :used_after;

-- name: device_issued    scope: house    to whichever account
SELECT COUNT(*) FROM device WHERE device_hash = :device_hash AND used_at > :used_after;

-- name: device_put    scope: house
INSERT INTO device (device_hash, account_id, used_at) VALUES (:device_hash, :account_id, :now)
ON CONFLICT (device_hash, account_id) DO UPDATE SET used_at = excluded.used_at;

-- name: device_forget    scope: house    all of an account
DELETE FROM device WHERE account_id = :account_id;

-- name: device_forget_old    scope: house
DELETE FROM device WHERE used_at <= :used_before;
