-- A data year being collected: its windows, each school's return on its way, what is typed before it is approved.
-- What is typed here touches no returned figure: approval alone puts it there, as one change.

-- From version_from on, of this year only those schools count whose return is admitted.
CREATE TABLE collection (
    county_code    TEXT NOT NULL REFERENCES county,
    year           INTEGER NOT NULL,
    reference_day  TEXT NOT NULL,           -- 2026-09-01: the moment the figures speak of
    fill_until     INTEGER NOT NULL,        -- the last second, since 1970
    confirm_until  INTEGER NOT NULL,
    check_until    INTEGER NOT NULL,
    approve_until  INTEGER NOT NULL,
    check_asked    INTEGER NOT NULL,        -- 0: this county leaves out the step of 审核
    version_from   INTEGER NOT NULL,
    account        INTEGER NOT NULL,
    who            TEXT NOT NULL,           -- who opened it
    opened_at      INTEGER NOT NULL,
    locked_at      INTEGER,
    locked_account INTEGER,
    locked_who     TEXT,
    lock_reason    TEXT,                    -- where schools are lacking
    PRIMARY KEY (county_code, year)
);

-- Each school that is asked: where its return stands.
CREATE TABLE return_way (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    name         TEXT NOT NULL,             -- as known when it was asked; for schools without figures of the year
    township     TEXT NOT NULL,
    state        TEXT NOT NULL,             -- as src/work/return_state.c
    version      INTEGER NOT NULL,          -- submissions and corrections so far
    sent_back    INTEGER NOT NULL,          -- 1: a draft because somebody sent it back
    changed_at   INTEGER NOT NULL,
    PRIMARY KEY (county_code, year, school_code)
);

-- Every step of every return.
CREATE TABLE return_event (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    position     INTEGER NOT NULL,
    step         TEXT NOT NULL,
    state        TEXT NOT NULL,             -- after it
    version      INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    role         TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    reason       TEXT NOT NULL,             -- may be empty
    PRIMARY KEY (county_code, year, school_code, position)
);

-- A cell as it is typed, before anything is approved.  `stamp` counts its changes: nobody overwrites unseen.
CREATE TABLE entry_cell (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    item         TEXT NOT NULL,
    number       REAL,
    text         TEXT,                      -- of texts, and of enums their code
    typed        TEXT,                      -- what could not be read, as it was typed; NULL: it was read
    stamp        INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    saved_at     INTEGER NOT NULL,
    PRIMARY KEY (county_code, year, school_code, item)
) WITHOUT ROWID;

-- Why a warning stands: 「今年撤并了两个教学班」.
CREATE TABLE entry_reason (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    item         TEXT NOT NULL,
    rule         TEXT NOT NULL,
    reason       TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, year, school_code, item, rule)
);

-- The talk beside a cell, and what was sent back with its reason.
CREATE TABLE entry_remark (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    position     INTEGER NOT NULL,
    item         TEXT NOT NULL,             -- empty: about the whole return
    sent_back    INTEGER NOT NULL,          -- 1: the reason why the return came back
    version      INTEGER NOT NULL,          -- the submission it speaks of
    remark       TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, year, school_code, position)
);

-- A return as it was submitted or corrected: every version stays readable.
CREATE TABLE return_version (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    version      INTEGER NOT NULL,
    kind         TEXT NOT NULL,             -- submit, correct
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, year, school_code, version)
);
CREATE TABLE return_version_cell (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    version      INTEGER NOT NULL,
    item         TEXT NOT NULL,
    number       REAL,
    text         TEXT,
    PRIMARY KEY (county_code, year, school_code, version, item)
) WITHOUT ROWID;

-- Whose return counts, from one data version until another (NULL: still).
CREATE TABLE admitted (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    version_from INTEGER NOT NULL,
    version_to   INTEGER,
    PRIMARY KEY (county_code, year, school_code, version_from)
) WITHOUT ROWID;

-- After the lock: one asks, with a reason; another agrees or refuses.
CREATE TABLE correction (
    county_code     TEXT NOT NULL REFERENCES county,
    correction_id   TEXT NOT NULL,          -- random
    year            INTEGER NOT NULL,
    school_code     TEXT NOT NULL,
    state           TEXT NOT NULL,          -- asked, agreed, refused, dropped
    reason          TEXT NOT NULL,
    account         INTEGER NOT NULL,
    who             TEXT NOT NULL,
    made_at         INTEGER NOT NULL,
    decided_account INTEGER,
    decided_who     TEXT,
    decided_at      INTEGER,
    decided_reason  TEXT,
    version         INTEGER,                -- of the data, once agreed
    PRIMARY KEY (county_code, correction_id)
);
CREATE INDEX correction_by_year ON correction (county_code, year, made_at);
CREATE TABLE correction_cell (
    county_code   TEXT NOT NULL REFERENCES county,
    correction_id TEXT NOT NULL,
    item          TEXT NOT NULL,
    old_number    REAL,
    old_text      TEXT,
    new_number    REAL,
    new_text      TEXT,
    PRIMARY KEY (county_code, correction_id, item)
);
