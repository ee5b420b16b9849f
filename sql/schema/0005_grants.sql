-- A person's roles, each at a place for a time; invitations; second factors.  All of it belongs to the instance.

-- A role beside the one that the account itself carries.  Never deleted: history names it.
CREATE TABLE account_grant (
    grant_id     INTEGER NOT NULL PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES account,
    role         TEXT NOT NULL,             -- as src/app/roles.def
    place_kind   TEXT NOT NULL,             -- as in account
    place_name   TEXT NOT NULL,
    valid_until  INTEGER NOT NULL,          -- the first second at which it is over: the end of a school year, or of a day
    made_at      INTEGER NOT NULL,
    made_by      TEXT NOT NULL,             -- the name one signs in with
    ended_at     INTEGER                    -- taken back before its time
);
CREATE INDEX account_grant_by_account ON account_grant (account_id);

-- In which role a session is: 0, the account's own; else one of account_grant.
ALTER TABLE session ADD COLUMN grant_id INTEGER NOT NULL DEFAULT 0;

-- A link by which somebody sets his first password.  One at a time for an account: a new one takes the old one's place.
CREATE TABLE account_invitation (
    account_id   INTEGER NOT NULL PRIMARY KEY REFERENCES account,
    token_hash   TEXT NOT NULL UNIQUE,      -- SHA-256 of what stands in the link
    made_at      INTEGER NOT NULL,
    made_by      TEXT NOT NULL,
    valid_until  INTEGER NOT NULL
);

-- The second factor of an account: codes that change every half minute (RFC 6238).
CREATE TABLE account_totp (
    account_id   INTEGER NOT NULL PRIMARY KEY REFERENCES account,
    sealed       TEXT NOT NULL,             -- its key, encrypted with the house's secret; base64url
    made_at      INTEGER NOT NULL,
    confirmed_at INTEGER,                   -- NULL: set up, but no code was shown yet: not asked for
    last_step    INTEGER NOT NULL           -- the half minute of the last code taken: each once
);
