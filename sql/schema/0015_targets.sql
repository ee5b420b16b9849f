-- Targets year by year, and who answers for them.

-- Who answers for what, where the county's own differs from standards/<edition>/owners.csv.  Every change is a row, the latest holds.
CREATE TABLE owner (
    county_code  TEXT NOT NULL REFERENCES county,
    subject      TEXT NOT NULL,             -- L4, cv-L4, G11, plan:4.2.1.3, level, money, other …
    stage        TEXT NOT NULL,             -- primary, junior; empty: both
    position     INTEGER NOT NULL,          -- 1, 2, 3 …
    owner        TEXT NOT NULL,             -- D11, school, township, county, township:柳林镇; empty: the edition's again
    helpers      TEXT NOT NULL,             -- the same words, parted by blanks
    basis        TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, subject, stage, position)
);
-- The person (责任人) in a unit that answers for something; the latest row holds, an empty name: nobody.
CREATE TABLE owner_person (
    county_code  TEXT NOT NULL REFERENCES county,
    place_kind   TEXT NOT NULL,             -- school, township, district, department, county
    place_name   TEXT NOT NULL,
    position     INTEGER NOT NULL,
    person       TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, place_kind, place_name, position)
);

-- The path of one thing to the last return before the self-assessment: of a school's indicator, or of a county figure.
CREATE TABLE target_path (
    county_code  TEXT NOT NULL REFERENCES county,
    school       TEXT NOT NULL,             -- its code; empty: the county
    stage        TEXT NOT NULL,             -- primary, junior; empty: a county figure of no stage
    subject      TEXT NOT NULL,             -- L4; cv-L4; G11a, Q1, S1
    basis        TEXT NOT NULL,             -- linear, ledger: proposed by that; office: typed
    from_year    INTEGER NOT NULL,          -- the measured year it begins at
    from_value   REAL,                      -- what was measured then
    person       TEXT NOT NULL,             -- 责任人, where another than the unit's; may be empty
    stamp        INTEGER NOT NULL,          -- counts its changes: nobody overwrites unseen
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, school, stage, subject)
);
CREATE INDEX target_path_by_subject ON target_path (county_code, subject, stage);
CREATE TABLE target (
    county_code  TEXT NOT NULL REFERENCES county,
    school       TEXT NOT NULL,
    stage        TEXT NOT NULL,
    subject      TEXT NOT NULL,
    year         INTEGER NOT NULL,          -- a school year: its return of 1 September
    value        REAL NOT NULL,
    PRIMARY KEY (county_code, school, stage, subject, year),
    FOREIGN KEY (county_code, school, stage, subject) REFERENCES target_path
) WITHOUT ROWID;

-- Issued (下达): from then on locked, until it is opened again for a reason.  The values as they were issued stay.
CREATE TABLE target_issue (
    county_code  TEXT NOT NULL REFERENCES county,
    issue        INTEGER NOT NULL,          -- 1, 2, 3 …
    document     TEXT NOT NULL,             -- 青政办〔2026〕12号
    day          TEXT NOT NULL,             -- of the document
    final_year   INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    opened_at    INTEGER,                   -- NULL: in force, nothing may be edited
    opened_account INTEGER,
    opened_who   TEXT,
    reason       TEXT NOT NULL,             -- why it was opened; empty
    PRIMARY KEY (county_code, issue)
);
CREATE TABLE target_issued (
    county_code  TEXT NOT NULL REFERENCES county,
    issue        INTEGER NOT NULL,
    school       TEXT NOT NULL,
    stage        TEXT NOT NULL,
    subject      TEXT NOT NULL,
    year         INTEGER NOT NULL,
    value        REAL NOT NULL,
    PRIMARY KEY (county_code, issue, school, stage, subject, year),
    FOREIGN KEY (county_code, issue) REFERENCES target_issue
) WITHOUT ROWID;

-- Weights of a county's own for the yearly result, never without its document; the latest row holds, empty weights: none.
CREATE TABLE target_weight (
    county_code  TEXT NOT NULL REFERENCES county,
    position     INTEGER NOT NULL,
    document     TEXT NOT NULL,
    day          TEXT NOT NULL,
    weights      TEXT NOT NULL,             -- "targets=50 ledger=30 tasks=20"; empty: taken back
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, position)
);
