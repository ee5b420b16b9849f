-- Proof: files in boxes, judgements of two people, registers of vetoes and preconditions.

-- One proof (佐证材料): a file in the box of a year, of what is asked (evidence.csv) and of a unit; its bytes stand in `file`.
CREATE TABLE evidence (
    county_code  TEXT NOT NULL REFERENCES county,
    evidence_id  TEXT NOT NULL,             -- random
    search_id    INTEGER NOT NULL UNIQUE,   -- random: its row in evidence_search
    year         INTEGER NOT NULL,
    asked        TEXT NOT NULL,             -- G1-1 …
    place_kind   TEXT NOT NULL,             -- county, township, school
    place_name   TEXT NOT NULL,
    case_id      TEXT,                      -- of the register, where it proves a case
    version      INTEGER NOT NULL,          -- the latest
    description  TEXT NOT NULL,
    account      INTEGER NOT NULL,          -- who put it there first
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    withdrawn_at INTEGER,                   -- NULL: it stands
    withdrawn_who TEXT,
    withdrawn_reason TEXT,
    PRIMARY KEY (county_code, evidence_id)
);
CREATE INDEX evidence_by_box ON evidence (county_code, year, asked, place_kind, place_name);
CREATE INDEX evidence_by_case ON evidence (county_code, case_id) WHERE case_id IS NOT NULL;

CREATE TABLE evidence_version (
    county_code  TEXT NOT NULL REFERENCES county,
    evidence_id  TEXT NOT NULL,
    version      INTEGER NOT NULL,          -- 1, 2, 3 …
    sha256       TEXT NOT NULL,
    name         TEXT NOT NULL,             -- as the sender calls it
    kind         TEXT NOT NULL,             -- by its bytes: pdf, docx, png …
    size         INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, evidence_id, version),
    FOREIGN KEY (county_code, evidence_id) REFERENCES evidence,
    FOREIGN KEY (county_code, sha256) REFERENCES file
);
CREATE INDEX evidence_version_by_file ON evidence_version (county_code, sha256);

-- What is written in a file, as far as it can be read.
CREATE TABLE file_text (
    county_code  TEXT NOT NULL REFERENCES county,
    sha256       TEXT NOT NULL,
    state        TEXT NOT NULL,             -- read, none (pictures, old formats), no_program, failed
    pages        INTEGER NOT NULL,          -- 0: not known
    text         TEXT NOT NULL,
    PRIMARY KEY (county_code, sha256)
);

-- Full text, as pairs of characters (base/grams.h) so that words of two characters are found.  It keeps no text of its own.
CREATE VIRTUAL TABLE evidence_search USING fts5 (name, description, body, content = '');

-- A person's verdict on what no figure decides, and the second person's.
CREATE TABLE judgement (
    county_code  TEXT NOT NULL REFERENCES county,
    judgement_id TEXT NOT NULL,             -- random
    year         INTEGER NOT NULL,
    indicator    TEXT NOT NULL,             -- G1 …, PRE2
    place_kind   TEXT NOT NULL,             -- county: it decides; school: it is shown
    place_name   TEXT NOT NULL,
    verdict      TEXT NOT NULL,             -- met, unmet, open
    reason       TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    state        TEXT NOT NULL,             -- waiting, confirmed, refused, withdrawn
    second_account INTEGER,
    second_who   TEXT,
    second_at    INTEGER,
    second_reason TEXT,
    version      INTEGER,                   -- the data version that confirming made; NULL: none
    PRIMARY KEY (county_code, judgement_id)
);
CREATE INDEX judgement_by_box ON judgement (county_code, year, indicator, place_kind, place_name);
-- Of one thing only one verdict waits for its second person.
CREATE UNIQUE INDEX judgement_waiting ON judgement (county_code, year, indicator, place_kind, place_name) WHERE state = 'waiting';

-- What happened under a veto (一票否决) or a precondition: one line of its register.
CREATE TABLE register_case (
    county_code  TEXT NOT NULL REFERENCES county,
    case_id      TEXT NOT NULL,             -- random
    item         TEXT NOT NULL,             -- X1 …, PRE1, PRE2
    year         INTEGER NOT NULL,          -- the first data year it counts in
    happened_on  TEXT NOT NULL,             -- 2025-09-01
    place_kind   TEXT NOT NULL,             -- school, township, county
    place_name   TEXT NOT NULL,
    place_shown  TEXT NOT NULL,             -- as it was called then
    what         TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    closed_on    TEXT,                      -- NULL: open
    closed_how   TEXT,
    closed_account INTEGER,
    closed_who   TEXT,
    closed_at    INTEGER,
    PRIMARY KEY (county_code, case_id)
);
CREATE INDEX register_case_by_item ON register_case (county_code, item, year);
