-- Accounts: who can sign in, in which role, where.

-- name: account_add    scope: house
INSERT INTO account (account_id, name, shown, role, place_kind, place_name, valid_until, disabled_at, password, must_change,
                     made_at, password_at)
VALUES ((SELECT COALESCE(MAX(account_id), 0) + 1 FROM account), :name, :shown, :role, :place_kind, :place_name, :valid_until, NULL,
        :password, 1, :now, :now);

-- name: account_by_name    scope: house
SELECT account_id, name, shown, role, place_kind, place_name, valid_until, disabled_at, password, must_change, made_at, password_at
  FROM account WHERE name = :name;

-- name: account_by_id    scope: house
SELECT account_id, name, shown, role, place_kind, place_name, valid_until, disabled_at, password, must_change, made_at, password_at
  FROM account WHERE account_id = :account_id;

-- name: account_all    scope: house    by name
SELECT account_id, name, shown, role, place_kind, place_name, valid_until, disabled_at, '', must_change, made_at, password_at
  FROM account ORDER BY name;

-- name: account_disable    scope: house    NULL: it may sign in again
UPDATE account SET disabled_at = :disabled_at WHERE account_id = :account_id;

-- name: account_grant    scope: house
UPDATE account SET role = :role, place_kind = :place_kind, place_name = :place_name, valid_until = :valid_until
 WHERE account_id = :account_id;

-- name: account_password    scope: house
UPDATE account SET password = :password, must_change = :must_change, password_at = :now WHERE account_id = :account_id;

-- name: account_rehash    scope: house    the same password, hashed with today's parameters
UPDATE account SET password = :new_password WHERE account_id = :account_id AND password = :old_password;
