-- The report's words, frozen assessments, what is released.

-- A section in the office's own words; figures in them are bound: [0.513](cv:primary:L5:2025).  Every version stays; the latest counts.
CREATE TABLE report_words (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    subject      TEXT NOT NULL,             -- county, school:CODE, township:NAME, indicator:ID
    section      TEXT NOT NULL,             -- as the draft calls it: verdict, cv-primary-L4 …
    version      INTEGER NOT NULL,          -- 1, 2, 3 …
    words        TEXT NOT NULL,             -- empty: back to the draft
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, year, subject, section, version)
);

-- An assessment laid down for good (归档): what it was made of and what came of it.  Nothing of it is ever changed or taken away.
CREATE TABLE frozen (
    county_code  TEXT NOT NULL REFERENCES county,
    frozen_id    TEXT NOT NULL,             -- random
    year         INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    data_version INTEGER NOT NULL,
    edition      TEXT NOT NULL,             -- its name or folder
    edition_sha256 TEXT NOT NULL,           -- of all its tables
    county_name  TEXT NOT NULL,
    fictional    INTEGER NOT NULL,
    address      TEXT NOT NULL,             -- before "/lineage?of=…" in its files; may be empty
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    frozen_at    INTEGER NOT NULL,          -- the date that stands in its files, too
    manifest_sha256 TEXT NOT NULL,          -- of manifest.json, which names every file with its hash
    PRIMARY KEY (county_code, frozen_id)
);
CREATE INDEX frozen_by_year ON frozen (county_code, year, frozen_at);
CREATE TABLE frozen_words (
    county_code  TEXT NOT NULL REFERENCES county,
    frozen_id    TEXT NOT NULL,
    section      TEXT NOT NULL,
    words        TEXT NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, frozen_id, section),
    FOREIGN KEY (county_code, frozen_id) REFERENCES frozen
) WITHOUT ROWID;
-- Lists as they stood that day: the index of proofs, judgements, registers; row 0 heads each.
CREATE TABLE frozen_cell (
    county_code  TEXT NOT NULL REFERENCES county,
    frozen_id    TEXT NOT NULL,
    list         TEXT NOT NULL,             -- evidence, judgement, register
    row          INTEGER NOT NULL,
    column_      INTEGER NOT NULL,
    words        TEXT NOT NULL,
    PRIMARY KEY (county_code, frozen_id, list, row, column_),
    FOREIGN KEY (county_code, frozen_id) REFERENCES frozen
) WITHOUT ROWID;
CREATE TABLE frozen_lacking (
    county_code  TEXT NOT NULL REFERENCES county,
    frozen_id    TEXT NOT NULL,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    name         TEXT NOT NULL,
    township     TEXT NOT NULL,
    PRIMARY KEY (county_code, frozen_id, year, school_code),
    FOREIGN KEY (county_code, frozen_id) REFERENCES frozen
) WITHOUT ROWID;
CREATE TABLE frozen_file (
    county_code  TEXT NOT NULL REFERENCES county,
    frozen_id    TEXT NOT NULL,
    position     INTEGER NOT NULL,
    role         TEXT NOT NULL,             -- made: of what is frozen, and can be made again; proof: as it was sent; standard: a table of the edition
    path         TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    size         INTEGER NOT NULL,
    PRIMARY KEY (county_code, frozen_id, position),
    FOREIGN KEY (county_code, frozen_id) REFERENCES frozen,
    FOREIGN KEY (county_code, sha256) REFERENCES file
) WITHOUT ROWID;

-- What the office gave to the public: the words as they were released.  A later release takes the place of an earlier one.
CREATE TABLE release (
    county_code  TEXT NOT NULL REFERENCES county,
    release_id   TEXT NOT NULL,             -- random
    year         INTEGER NOT NULL,
    data_version INTEGER NOT NULL,
    remark       TEXT NOT NULL,             -- of the office; may be empty
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    released_at  INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_account INTEGER,
    withdrawn_who TEXT,
    withdrawn_reason TEXT,
    PRIMARY KEY (county_code, release_id)
);
CREATE INDEX release_by_time ON release (county_code, released_at);
CREATE TABLE release_cell (
    county_code  TEXT NOT NULL REFERENCES county,
    release_id   TEXT NOT NULL,
    position     INTEGER NOT NULL,          -- of the figure on the page
    figure       TEXT NOT NULL,             -- passing, spread, pupils …
    row          INTEGER NOT NULL,          -- 0: heads
    column_      INTEGER NOT NULL,          -- 0: labels
    words        TEXT NOT NULL,
    PRIMARY KEY (county_code, release_id, position, row, column_),
    FOREIGN KEY (county_code, release_id) REFERENCES release
) WITHOUT ROWID;
