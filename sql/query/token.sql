-- API tokens.

-- name: token_add    scope: house
INSERT INTO api_token (token_id, token_hash, account_id, name, words, place_kind, place_name, made_at, valid_until, revoked_at, used_at, grant_id)
VALUES ((SELECT COALESCE(MAX(token_id), 0) + 1 FROM api_token), :token_hash, :account_id, :name, :words, :place_kind, :place_name,
        :now, :valid_until, NULL, NULL, :grant_id);

-- name: token_by_hash    scope: house    with what its account is now, in the role in which the token is
SELECT t.token_id, t.words, t.place_kind, t.place_name, t.valid_until, t.revoked_at, t.used_at, a.account_id, a.name, a.shown,
       COALESCE(g.role, a.role), COALESCE(g.place_kind, a.place_kind), COALESCE(g.place_name, a.place_name),
       CASE WHEN g.grant_id IS NULL THEN a.valid_until ELSE g.valid_until END, COALESCE(a.disabled_at, g.ended_at)
  FROM api_token t JOIN account a ON a.account_id = t.account_id LEFT JOIN account_grant g ON g.grant_id = t.grant_id
 WHERE t.token_hash = :token_hash;

-- name: token_list    scope: house    all for 0, else those of an account; the newest first; a role's end is theirs
SELECT t.token_id, a.account_id, a.name, t.name, t.words, t.place_kind, t.place_name, t.made_at,
       CASE WHEN g.valid_until < t.valid_until THEN g.valid_until ELSE t.valid_until END, COALESCE(t.revoked_at, g.ended_at), t.used_at,
       COALESCE(g.role, a.role)
  FROM api_token t JOIN account a ON a.account_id = t.account_id LEFT JOIN account_grant g ON g.grant_id = t.grant_id
 WHERE :account_id = 0 OR t.account_id = :account_id ORDER BY t.token_id DESC;

-- name: token_get    scope: house
SELECT t.token_id, a.account_id, a.name, t.name, t.words, t.place_kind, t.place_name, t.made_at,
       CASE WHEN g.valid_until < t.valid_until THEN g.valid_until ELSE t.valid_until END, COALESCE(t.revoked_at, g.ended_at), t.used_at,
       COALESCE(g.role, a.role)
  FROM api_token t JOIN account a ON a.account_id = t.account_id LEFT JOIN account_grant g ON g.grant_id = t.grant_id
 WHERE t.token_id = :token_id;

-- name: token_revoke    scope: house
UPDATE api_token SET revoked_at = :now WHERE token_id = :token_id AND revoked_at IS NULL;

-- name: token_revoke_account    scope: house
UPDATE api_token SET revoked_at = :now WHERE account_id = :account_id AND revoked_at IS NULL;

-- name: token_revoke_grant    scope: house    those that are in a role that was taken back
UPDATE api_token SET revoked_at = :now WHERE grant_id = :grant_id AND revoked_at IS NULL;

-- name: token_used    scope: house
UPDATE api_token SET used_at = :now WHERE token_id = :token_id;
