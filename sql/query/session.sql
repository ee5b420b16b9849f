-- Sessions, and the tries to begin one.

-- name: session_add    scope: house
INSERT INTO session (session_id, token_hash, account_id, made_at, used_at, address)
VALUES ((SELECT COALESCE(MAX(session_id), 0) + 1 FROM session), :token_hash, :account_id, :now, :now, :address);

-- name: session_by_token    scope: house    with what its account is now, in the role in which the session is
SELECT s.session_id, s.made_at, s.used_at, a.account_id, a.name, a.shown,
       COALESCE(g.role, a.role), COALESCE(g.place_kind, a.place_kind), COALESCE(g.place_name, a.place_name),
       CASE WHEN g.grant_id IS NULL THEN a.valid_until ELSE g.valid_until END, COALESCE(a.disabled_at, g.ended_at), a.must_change, s.grant_id
  FROM session s JOIN account a ON a.account_id = s.account_id LEFT JOIN account_grant g ON g.grant_id = s.grant_id
 WHERE s.token_hash = :token_hash;

-- name: session_used    scope: house
UPDATE session SET used_at = :used_at WHERE session_id = :session_id AND used_at < :used_at;

-- name: session_list    scope: house    those that have not run out, the last used first
SELECT s.session_id, a.account_id, a.name, a.shown, COALESCE(g.role, a.role), s.made_at, s.used_at, s.address
  FROM session s JOIN account a ON a.account_id = s.account_id LEFT JOIN account_grant g ON g.grant_id = s.grant_id
 WHERE s.made_at > :made_after AND s.used_at > :used_after ORDER BY s.used_at DESC, s.session_id;

-- name: session_owner    scope: house
SELECT a.name FROM session s JOIN account a ON a.account_id = s.account_id WHERE s.session_id = :session_id;

-- name: session_end    scope: house
DELETE FROM session WHERE session_id = :session_id;

-- name: session_end_token    scope: house
DELETE FROM session WHERE token_hash = :token_hash;

-- name: session_end_account    scope: house
DELETE FROM session WHERE account_id = :account_id;

-- name: session_end_old    scope: house
DELETE FROM session WHERE made_at <= :made_before OR used_at <= :used_before;

-- name: try_add    scope: house
INSERT INTO sign_in_try (name_mac, network, device_hash, made_at) VALUES (:name_mac, :network, :device_hash, :now);

-- name: try_of_device    scope: house    how many, and when the oldest was
SELECT COUNT(*), MIN(made_at) FROM sign_in_try WHERE name_mac = :name_mac AND made_at > :since AND device_hash = :device_hash;

-- name: try_of_network    scope: house    from devices not known
SELECT COUNT(*), MIN(made_at) FROM sign_in_try
 WHERE name_mac = :name_mac AND made_at > :since AND device_hash = '' AND network = :network;

-- name: try_of_strangers    scope: house    from all devices not known
SELECT COUNT(*), MIN(made_at) FROM sign_in_try WHERE name_mac = :name_mac AND made_at > :since AND device_hash = '';

-- name: try_of_name    scope: house    from where, how many, and when the oldest was
SELECT device_hash, network, COUNT(*), MIN(made_at) FROM sign_in_try WHERE name_mac = :name_mac AND made_at > :since
 GROUP BY device_hash, network;

-- name: try_forget_name    scope: house
DELETE FROM sign_in_try WHERE name_mac = :name_mac;

-- name: try_forget_device    scope: house
DELETE FROM sign_in_try WHERE name_mac = :name_mac AND device_hash = :device_hash;

-- name: try_forget_network    scope: house
DELETE FROM sign_in_try WHERE name_mac = :name_mac AND device_hash = '' AND network = :network;

-- name: try_old    scope: house    how many, and when the oldest was
SELECT COUNT(*), MIN(made_at) FROM sign_in_try WHERE made_at <= :before;

-- name: try_forget_old    scope: house
DELETE FROM sign_in_try WHERE made_at <= :before;

-- name: stranger_note    scope: house    one more try under a name that no account has
INSERT INTO sign_in_stranger (quarter, tries) VALUES (:quarter, 1)
ON CONFLICT (quarter) DO UPDATE SET tries = sign_in_stranger.tries + 1;

-- name: stranger_tries    scope: house
SELECT tries FROM sign_in_stranger WHERE quarter = :quarter;

-- name: stranger_forget_old    scope: house
DELETE FROM sign_in_stranger WHERE quarter < :quarter;
