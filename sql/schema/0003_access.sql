-- Who may come in, who is in, and the record of what was done.  All of it belongs to the instance.
-- Of every secret only a hash is kept: what is stolen from here opens nothing.

-- A person, or a platform, that can sign in: one role at one place.  Never deleted: history names it.
CREATE TABLE account (
    account_id   INTEGER NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,      -- what one signs in with: small letters
    shown        TEXT NOT NULL,             -- 王敏
    role         TEXT NOT NULL,             -- as src/app/roles.def
    place_kind   TEXT NOT NULL,             -- school, township, county
    place_name   TEXT NOT NULL,             -- the school's code, the township as returned; empty: the county
    valid_until  INTEGER,                   -- the first second at which it is over; NULL: no end
    disabled_at  INTEGER,
    password     TEXT NOT NULL,             -- argon2id with its parameters and salt
    must_change  INTEGER NOT NULL,          -- 1: somebody else gave the password
    made_at      INTEGER NOT NULL,
    password_at  INTEGER NOT NULL
);

CREATE TABLE session (
    session_id   INTEGER NOT NULL PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,      -- SHA-256 of the cookie
    account_id   INTEGER NOT NULL REFERENCES account,
    made_at      INTEGER NOT NULL,
    used_at      INTEGER NOT NULL,          -- noted at most once a minute
    address      TEXT NOT NULL              -- from where it was begun
);
CREATE INDEX session_by_account ON session (account_id);

-- A browser from which an account has signed in before: it has tries of its own.
CREATE TABLE device (
    device_hash  TEXT NOT NULL,             -- SHA-256 of the cookie
    account_id   INTEGER NOT NULL REFERENCES account,
    used_at      INTEGER NOT NULL,
    PRIMARY KEY (device_hash, account_id)
);
CREATE INDEX device_by_account ON device (account_id);

-- Tries to sign in of the last quarter of an hour that have not succeeded.
CREATE TABLE sign_in_try (
    try_id       INTEGER NOT NULL PRIMARY KEY,
    name_mac     TEXT NOT NULL,             -- keyed: people type passwords where names belong
    network      TEXT NOT NULL,             -- of the address
    device_hash  TEXT NOT NULL,             -- empty: not a known device of this account
    made_at      INTEGER NOT NULL
);
CREATE INDEX sign_in_try_by_name ON sign_in_try (name_mac, made_at);
CREATE INDEX sign_in_try_by_time ON sign_in_try (made_at);

-- Tries under names that no account has, by quarter of an hour: so many of them are written into the audit, no more.
CREATE TABLE sign_in_stranger (
    quarter      INTEGER NOT NULL PRIMARY KEY,  -- seconds since 1970, divided by 900
    tries        INTEGER NOT NULL
);

-- A program's way in, made by a person and never able to do more than he.
CREATE TABLE api_token (
    token_id     INTEGER NOT NULL PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,      -- SHA-256
    account_id   INTEGER NOT NULL REFERENCES account,
    name         TEXT NOT NULL,             -- what it is for
    words        TEXT NOT NULL,             -- see,export,try,import,edit: some of these
    place_kind   TEXT NOT NULL,
    place_name   TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    valid_until  INTEGER NOT NULL,
    revoked_at   INTEGER,
    used_at      INTEGER                    -- noted at most once an hour
);
CREATE INDEX api_token_by_account ON api_token (account_id);

-- What was done, by whom, when: only ever added to.  Each line's hash covers its fields and the hash before.
CREATE TABLE audit (
    seq          INTEGER NOT NULL PRIMARY KEY,  -- 1, 2, 3 … without a gap
    made_at      INTEGER NOT NULL,
    account      INTEGER NOT NULL,          -- 0: the console, or nobody yet
    who          TEXT NOT NULL,             -- the name one signs in with, as it was then
    role         TEXT NOT NULL,
    channel      TEXT NOT NULL,             -- web, api, console
    address      TEXT NOT NULL,
    verb         TEXT NOT NULL,             -- account.add, import.confirm …
    object       TEXT NOT NULL,             -- to what
    detail       TEXT NOT NULL,
    hash         TEXT NOT NULL              -- SHA-256, hexadecimal
);
