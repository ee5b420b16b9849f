-- Forms as data, and what was filled in.

-- A form's definition, version by version: shipped with the program (kept here once somebody fills it in) or the county's own.
CREATE TABLE form (
    county_code  TEXT NOT NULL REFERENCES county,
    form_id      TEXT NOT NULL,             -- school-quality
    version      INTEGER NOT NULL,          -- 1, 2, 3 …
    shipped      INTEGER NOT NULL,          -- 1: came with the program
    title        TEXT NOT NULL,
    definition   TEXT NOT NULL,             -- CSV, as src/survey/form_table.h
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    used_at      INTEGER,                   -- NULL: looked at, not in use
    used_account INTEGER,
    used_who     TEXT,
    retired_at   INTEGER,                   -- NULL: may be filled in, while it is the latest in use
    retired_who  TEXT,
    PRIMARY KEY (county_code, form_id, version)
);

-- A form filled in by one unit: one a school year, or the nth of it.
CREATE TABLE form_sheet (
    county_code  TEXT NOT NULL REFERENCES county,
    sheet_id     TEXT NOT NULL,             -- random
    form_id      TEXT NOT NULL,
    form_version INTEGER NOT NULL,          -- whose questions it answers, for ever
    year         INTEGER NOT NULL,
    place_kind   TEXT NOT NULL,             -- school, township, department, county
    place_name   TEXT NOT NULL,
    nth          INTEGER NOT NULL,          -- 1 where there is one a year
    state        TEXT NOT NULL,             -- draft, submitted, confirmed
    sent_back    INTEGER NOT NULL,          -- 1: a draft because it was sent back
    account      INTEGER NOT NULL,          -- who began it
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    submitted_account INTEGER,              -- of the latest submission
    submitted_who TEXT,
    submitted_at INTEGER,
    ended_account INTEGER,                  -- who confirmed it, or sent it back
    ended_who    TEXT,
    ended_at     INTEGER,
    reason       TEXT NOT NULL,             -- why it came back; empty
    marked       TEXT NOT NULL,             -- the questions it came back for: "SQ3,SQ4"; empty
    PRIMARY KEY (county_code, sheet_id),
    FOREIGN KEY (county_code, form_id, form_version) REFERENCES form
);
CREATE UNIQUE INDEX form_sheet_by_unit ON form_sheet (county_code, form_id, year, place_kind, place_name, nth);
CREATE INDEX form_sheet_by_year ON form_sheet (county_code, year, form_id);

-- An answer as it stands; `stamp` counts its changes: nobody overwrites unseen.
CREATE TABLE form_answer (
    county_code  TEXT NOT NULL REFERENCES county,
    sheet_id     TEXT NOT NULL,
    field        TEXT NOT NULL,             -- SQ1, SQ1.problem; figure:T1: the computed figure as it stood when handed in
    value        TEXT NOT NULL,             -- empty: taken away again
    stamp        INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    saved_at     INTEGER NOT NULL,
    PRIMARY KEY (county_code, sheet_id, field),
    FOREIGN KEY (county_code, sheet_id) REFERENCES form_sheet
) WITHOUT ROWID;
-- What stood there before.
CREATE TABLE form_answer_past (
    county_code  TEXT NOT NULL REFERENCES county,
    sheet_id     TEXT NOT NULL,
    field        TEXT NOT NULL,
    stamp        INTEGER NOT NULL,
    value        TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    saved_at     INTEGER NOT NULL,
    PRIMARY KEY (county_code, sheet_id, field, stamp)
) WITHOUT ROWID;

-- Every step of every sheet.
CREATE TABLE form_event (
    county_code  TEXT NOT NULL REFERENCES county,
    sheet_id     TEXT NOT NULL,
    position     INTEGER NOT NULL,
    step         TEXT NOT NULL,             -- submit, withdraw, confirm, send_back
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    marked       TEXT NOT NULL,
    PRIMARY KEY (county_code, sheet_id, position),
    FOREIGN KEY (county_code, sheet_id) REFERENCES form_sheet
);

-- What is attached to an answer: a file of its own (its bytes stand in `file`), or a proof that lies in a box.
CREATE TABLE form_proof (
    county_code  TEXT NOT NULL REFERENCES county,
    proof_id     TEXT NOT NULL,             -- random
    sheet_id     TEXT NOT NULL,
    question     TEXT NOT NULL,
    evidence_id  TEXT,                      -- of a box; else NULL
    sha256       TEXT,                      -- of a file of its own; else NULL
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    size         INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    removed_at   INTEGER,                   -- NULL: it stands
    removed_who  TEXT,
    PRIMARY KEY (county_code, proof_id),
    FOREIGN KEY (county_code, sheet_id) REFERENCES form_sheet,
    FOREIGN KEY (county_code, sha256) REFERENCES file,
    FOREIGN KEY (county_code, evidence_id) REFERENCES evidence
);
CREATE INDEX form_proof_by_sheet ON form_proof (county_code, sheet_id, question);
CREATE INDEX form_proof_by_file ON form_proof (county_code, sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX form_proof_by_evidence ON form_proof (county_code, evidence_id) WHERE evidence_id IS NOT NULL;
CREATE INDEX form_sheet_by_form ON form_sheet (county_code, form_id, form_version);
