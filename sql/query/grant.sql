-- Roles beside an account's own, invitations, second factors.

-- name: grant_add    scope: house
INSERT INTO account_grant (grant_id, account_id, role, place_kind, place_name, valid_until, made_at, made_by, ended_at)
VALUES ((SELECT COALESCE(MAX(grant_id), 0) + 1 FROM account_grant), :account_id, :role, :place_kind, :place_name, :valid_until, :now,
        :made_by, NULL);

-- name: grant_list    scope: house    those of an account that were not taken back; those that are over too
SELECT grant_id, role, place_kind, place_name, valid_until, made_at, made_by
  FROM account_grant WHERE account_id = :account_id AND ended_at IS NULL ORDER BY grant_id;

-- name: grant_end    scope: house
UPDATE account_grant SET ended_at = :now WHERE grant_id = :grant_id AND account_id = :account_id AND ended_at IS NULL;

-- name: session_grant    scope: house    the role in which a session is
UPDATE session SET grant_id = :grant_id WHERE token_hash = :token_hash;

-- name: invitation_put    scope: house    the link before it opens nothing any more
INSERT INTO account_invitation (account_id, token_hash, made_at, made_by, valid_until)
VALUES (:account_id, :token_hash, :now, :made_by, :valid_until)
ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at, made_by = excluded.made_by,
                                       valid_until = excluded.valid_until;

-- name: invitation_by_token    scope: house
SELECT account_id, valid_until FROM account_invitation WHERE token_hash = :token_hash;

-- name: invitation_end    scope: house
DELETE FROM account_invitation WHERE account_id = :account_id;

-- name: totp_put    scope: house    a key that no code has shown to be in use is replaced
INSERT INTO account_totp (account_id, sealed, made_at, confirmed_at, last_step) VALUES (:account_id, :sealed, :now, NULL, 0)
ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed, made_at = excluded.made_at
 WHERE account_totp.confirmed_at IS NULL;

-- name: totp_of    scope: house
SELECT sealed, confirmed_at, last_step FROM account_totp WHERE account_id = :account_id;

-- name: totp_take    scope: house    a code is taken once: only a later half minute than the last
UPDATE account_totp SET last_step = :step, confirmed_at = COALESCE(confirmed_at, :now)
 WHERE account_id = :account_id AND last_step < :step;

-- name: totp_end    scope: house
DELETE FROM account_totp WHERE account_id = :account_id;
