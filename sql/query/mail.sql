-- Mail: addresses of accounts, and the outbox.

-- name: mail_address_of    scope: house
SELECT address, wanted, confirmed_at, code_mac, asked_at, tries FROM account_mail WHERE account_id = :account_id;

-- name: mail_address_put    scope: house    in the old one's place; to be confirmed
INSERT INTO account_mail (account_id, address, wanted, confirmed_at, code_mac, asked_at, tries)
VALUES (:account_id, :address, 1, NULL, :code_mac, :now, 0)
ON CONFLICT (account_id) DO UPDATE SET address = excluded.address, wanted = 1, confirmed_at = NULL, code_mac = excluded.code_mac,
       asked_at = excluded.asked_at, tries = 0;

-- name: mail_address_confirm    scope: house
UPDATE account_mail SET confirmed_at = :now, code_mac = '', tries = 0 WHERE account_id = :account_id AND confirmed_at IS NULL;

-- name: mail_address_tried    scope: house    one wrong code more
UPDATE account_mail SET tries = tries + 1 WHERE account_id = :account_id;

-- name: mail_address_wanted    scope: house
UPDATE account_mail SET wanted = :wanted WHERE account_id = :account_id;

-- name: mail_address_drop    scope: house
DELETE FROM account_mail WHERE account_id = :account_id;

-- name: mail_address_count    scope: house    confirmed ones
SELECT COUNT(*) FROM account_mail WHERE confirmed_at IS NOT NULL;

-- name: mail_put    scope: county    to one address
INSERT INTO mail (county_code, mail_id, account_id, address, title, body, link, made_at, state, tries, next_at, tried_at, fault)
SELECT :county, COALESCE(MAX(mail_id), 0) + 1, :account_id, :address, :title, :body, :link, :now, 'waiting', 0, :now, 0, ''
  FROM mail WHERE county_code = :county;

-- name: mail_put_notice    scope: county    to whomever a notice is for and who wants mail
INSERT INTO mail (county_code, mail_id, account_id, address, title, body, link, made_at, state, tries, next_at, tried_at, fault)
SELECT :county, (SELECT COALESCE(MAX(o.mail_id), 0) FROM mail o WHERE o.county_code = :county) + ROW_NUMBER() OVER (ORDER BY m.account_id),
       m.account_id, m.address, :title, :body, :link, :now, 'waiting', 0, :now, 0, ''
  FROM account_mail m JOIN account a ON a.account_id = m.account_id
 WHERE m.confirmed_at IS NOT NULL AND m.wanted = 1 AND a.disabled_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM setting WHERE key = 'mail.forbidden')
   AND (m.account_id = :to_account
        OR (:to_account = 0 AND a.role = :to_role AND a.place_kind = :place_kind AND a.place_name = :place_name
            AND (a.valid_until IS NULL OR a.valid_until > :now))
        OR (:to_account = 0 AND EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.account_id AND g.role = :to_role
                                          AND g.place_kind = :place_kind AND g.place_name = :place_name
                                          AND g.ended_at IS NULL AND g.valid_until > :now)));

-- name: mail_due    scope: county    the oldest first, with whom to greet
SELECT m.mail_id, m.account_id, m.address, m.title, m.body, m.link, m.made_at, m.tries, a.shown
  FROM mail m LEFT JOIN account a ON a.account_id = m.account_id
 WHERE m.county_code = :county AND m.state = 'waiting' AND m.next_at <= :now
 ORDER BY m.mail_id LIMIT :most;

-- name: mail_tried    scope: county    what a try came to
UPDATE mail SET state = :state, tries = tries + 1, next_at = :next_at, tried_at = :now, fault = :fault
 WHERE county_code = :county AND mail_id = :mail_id AND state = 'waiting';

-- name: mail_retry    scope: county    all that was given up waits again
UPDATE mail SET state = 'waiting', tries = 0, next_at = :now WHERE county_code = :county AND state = 'given_up' AND made_at > :since;

-- name: mail_hurry    scope: county    what waits is due now
UPDATE mail SET next_at = :now WHERE county_code = :county AND state = 'waiting' AND next_at > :now;

-- name: mail_stop    scope: county    what waits is not sent any more
UPDATE mail SET state = 'given_up', tried_at = :now, fault = :fault WHERE county_code = :county AND state = 'waiting';

-- name: mail_stop_account    scope: county    to an address that is not the account's any more
UPDATE mail SET state = 'given_up', tried_at = :now, fault = :fault WHERE county_code = :county AND state = 'waiting' AND account_id = :account_id;

-- name: mail_forget    scope: county    what has been over for long
DELETE FROM mail WHERE county_code = :county AND state <> 'waiting' AND tried_at <= :before;

-- name: mail_old    scope: county    how many of those there are
SELECT COUNT(*) FROM mail WHERE county_code = :county AND state <> 'waiting' AND tried_at <= :before;

-- name: mail_counts    scope: county
SELECT state, COUNT(*) FROM mail WHERE county_code = :county GROUP BY state;

-- name: mail_faults    scope: county    the last that went wrong
SELECT mail_id, address, state, tries, next_at, tried_at, fault FROM mail
 WHERE county_code = :county AND fault <> '' ORDER BY tried_at DESC, mail_id DESC LIMIT 20;
