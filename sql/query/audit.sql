-- The record of what was done.  There is no UPDATE and no DELETE here, and there must never be one.

-- name: audit_head    scope: house    the last line
SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;

-- name: audit_add    scope: house
INSERT INTO audit (seq, made_at, account, who, role, channel, address, verb, object, detail, hash)
VALUES (:seq, :made_at, :account, :who, :role, :channel, :address, :verb, :object, :detail, :hash);

-- name: audit_all    scope: house    as it was written
SELECT seq, made_at, account, who, role, channel, address, verb, object, detail, hash FROM audit ORDER BY seq;

-- name: audit_last    scope: house    the last time that this was done to it
SELECT seq, made_at, account, who, role, channel, address, verb, object, detail, hash FROM audit
 WHERE verb = :verb AND object = :object ORDER BY seq DESC LIMIT 1;

-- name: audit_page    scope: house    the newest first; an empty verb or name: all
SELECT seq, made_at, account, who, role, channel, address, verb, object, detail, hash FROM audit
 WHERE seq < :before AND made_at >= :since AND made_at < :until
   AND (:verb = '' OR verb = :verb) AND (:who = '' OR who = :who)
 ORDER BY seq DESC LIMIT :most;
