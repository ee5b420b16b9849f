-- E-mail: addresses, and what is still to be sent.

-- Where a person gets mail.  Belongs to the instance, as accounts do.
CREATE TABLE account_mail (
    account_id   INTEGER NOT NULL PRIMARY KEY REFERENCES account,
    address      TEXT NOT NULL,
    wanted       INTEGER NOT NULL,          -- 1: notices come by mail too
    confirmed_at INTEGER,                   -- NULL: nobody has shown yet that he reads what comes there
    code_mac     TEXT NOT NULL,             -- of the code that was sent there, keyed; empty once it was typed
    asked_at     INTEGER NOT NULL,          -- when the code was made
    tries        INTEGER NOT NULL           -- wrong codes typed
);

-- The outbox.  A letter is put in the savepoint of what it tells; it holds no more than the notice: a title, a text, a link.
CREATE TABLE mail (
    county_code  TEXT NOT NULL REFERENCES county,
    mail_id      INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,          -- whose it is
    address      TEXT NOT NULL,             -- as it was then
    title        TEXT NOT NULL,
    body         TEXT NOT NULL,
    link         TEXT NOT NULL,             -- a path of ours; may be empty
    made_at      INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
    tries        INTEGER NOT NULL,
    next_at      INTEGER NOT NULL,          -- not before; while it waits
    tried_at     INTEGER NOT NULL,          -- 0: never
    fault        TEXT NOT NULL,             -- what the last try came to; empty: well, or none yet
    PRIMARY KEY (county_code, mail_id)
);
CREATE INDEX mail_by_state ON mail (county_code, state, next_at);
