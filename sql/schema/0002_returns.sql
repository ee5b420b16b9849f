-- What the schools and the county returned (kept for ever), what was imported, what was tried.
-- county_code leads every key, so that a province can spread counties over machines.

-- One county; its data_version counts every change of returned figures.
CREATE TABLE county (
    county_code  TEXT NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL,
    fictional    INTEGER NOT NULL,          -- 1: 虚构数据, said on every page
    data_version INTEGER NOT NULL
);

-- What is drawn on the map: the borders of the county and its townships, and roads, as one GeoJSON text.
CREATE TABLE outline (
    county_code  TEXT NOT NULL PRIMARY KEY REFERENCES county,
    geojson      TEXT NOT NULL
);

-- A file as it was sent, once, whatever it was called: the end of every lineage.
CREATE TABLE file (
    county_code  TEXT NOT NULL REFERENCES county,
    sha256       TEXT NOT NULL,
    size         INTEGER NOT NULL,
    bytes        BLOB NOT NULL,
    PRIMARY KEY (county_code, sha256)
);

-- One import: files read, looked at, confirmed or dropped, perhaps undone as a whole.
CREATE TABLE import (
    county_code  TEXT NOT NULL REFERENCES county,
    import_id    TEXT NOT NULL,             -- random
    state        TEXT NOT NULL,             -- waiting, confirmed, dropped, undone
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,             -- as shown then
    made_at      INTEGER NOT NULL,          -- seconds since 1970
    base_version INTEGER,                   -- of the data an exported workbook was written from; NULL: no such workbook
    seen_version INTEGER NOT NULL,          -- of the data it was compared with
    version      INTEGER,                   -- the change that confirmed it
    schools      INTEGER NOT NULL,
    n_new        INTEGER NOT NULL,
    n_changed    INTEGER NOT NULL,
    n_same       INTEGER NOT NULL,
    n_conflicts  INTEGER NOT NULL,
    n_errors     INTEGER NOT NULL,
    n_warnings   INTEGER NOT NULL,
    PRIMARY KEY (county_code, import_id)
);
CREATE INDEX import_by_time ON import (county_code, made_at);

CREATE TABLE import_file (
    county_code  TEXT NOT NULL REFERENCES county,
    import_id    TEXT NOT NULL,
    position     INTEGER NOT NULL,
    name         TEXT NOT NULL,             -- as the user calls it
    sha256       TEXT NOT NULL,
    PRIMARY KEY (county_code, import_id, position)
);

CREATE TABLE import_finding (
    county_code  TEXT NOT NULL REFERENCES county,
    import_id    TEXT NOT NULL,
    position     INTEGER NOT NULL,
    level        INTEGER NOT NULL,          -- as enum finding_level: 0 error, 1 warning, 2 note
    rule         TEXT NOT NULL,
    file         TEXT NOT NULL,
    sheet        TEXT NOT NULL,
    row_number   INTEGER NOT NULL,
    column_number INTEGER NOT NULL,
    school       TEXT NOT NULL,
    item         TEXT NOT NULL,
    read_text    TEXT NOT NULL,
    expected     TEXT NOT NULL,
    mend         TEXT NOT NULL,
    PRIMARY KEY (county_code, import_id, position)
);

-- A table in a file from which figures were read.
CREATE TABLE source (
    county_code  TEXT NOT NULL REFERENCES county,
    source_id    INTEGER NOT NULL,          -- counted within the county
    import_id    TEXT NOT NULL,
    file         TEXT NOT NULL,
    sheet        TEXT NOT NULL,
    down         INTEGER NOT NULL,          -- 1: the items run down a column
    value_column INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    PRIMARY KEY (county_code, source_id)
);

-- What an import has read and nobody confirmed yet; gone when it is confirmed or dropped.
CREATE TABLE staged_return (
    county_code  TEXT NOT NULL REFERENCES county,
    import_id    TEXT NOT NULL,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,             -- empty: the county's own figures
    source_id    INTEGER NOT NULL,
    row_number   INTEGER NOT NULL,
    PRIMARY KEY (county_code, import_id, year, school_code)
) WITHOUT ROWID;
CREATE TABLE staged_figure (
    county_code  TEXT NOT NULL REFERENCES county,
    import_id    TEXT NOT NULL,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,
    item         TEXT NOT NULL,
    number       REAL,
    text         TEXT,                      -- of texts, and of enums their code
    source_id    INTEGER NOT NULL,
    row_number   INTEGER NOT NULL,
    column_number INTEGER NOT NULL,
    PRIMARY KEY (county_code, import_id, year, school_code, item)
) WITHOUT ROWID;

-- Every change of returned figures: who, when, why.  `version` is the data version it made.
CREATE TABLE change (
    county_code  TEXT NOT NULL REFERENCES county,
    version      INTEGER NOT NULL,
    kind         TEXT NOT NULL,             -- import, edit, undo
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    import_id    TEXT,                      -- of an import, or of the one undone
    reason       TEXT,
    PRIMARY KEY (county_code, version)
);

-- A school returned something for a year: valid from one data version until another (NULL: still).
CREATE TABLE school_return (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,             -- empty: the county's own figures
    version_from INTEGER NOT NULL,
    version_to   INTEGER,
    source_id    INTEGER,                   -- where its row stands; NULL: typed on a page
    row_number   INTEGER NOT NULL,
    PRIMARY KEY (county_code, year, school_code, version_from)
) WITHOUT ROWID;

-- One figure, from one data version until another.  Never overwritten: a change ends a row and adds one.
CREATE TABLE figure (
    county_code  TEXT NOT NULL REFERENCES county,
    year         INTEGER NOT NULL,
    school_code  TEXT NOT NULL,             -- empty: the county's own
    item         TEXT NOT NULL,
    version_from INTEGER NOT NULL,
    version_to   INTEGER,                   -- NULL: it stands
    number       REAL,                      -- both NULL: it was taken away (a blank)
    text         TEXT,
    source_id    INTEGER,                   -- NULL: typed on a page
    row_number   INTEGER NOT NULL,
    column_number INTEGER NOT NULL,
    PRIMARY KEY (county_code, year, school_code, item, version_from)
) WITHOUT ROWID;
-- Of one figure only one version stands.
CREATE UNIQUE INDEX figure_standing ON figure (county_code, year, school_code, item) WHERE version_to IS NULL;
CREATE UNIQUE INDEX return_standing ON school_return (county_code, year, school_code) WHERE version_to IS NULL;
CREATE INDEX figure_by_version ON figure (county_code, version_from);
CREATE INDEX figure_by_end ON figure (county_code, version_to) WHERE version_to IS NOT NULL;

-- A what-if that somebody keeps under a name (试算方案): never part of the returned figures.
CREATE TABLE scenario (
    county_code  TEXT NOT NULL REFERENCES county,
    scenario_id  TEXT NOT NULL,             -- random
    name         TEXT NOT NULL,
    year         INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    PRIMARY KEY (county_code, scenario_id),
    UNIQUE (county_code, name)
);
CREATE TABLE scenario_change (
    county_code  TEXT NOT NULL REFERENCES county,
    scenario_id  TEXT NOT NULL,
    school_code  TEXT NOT NULL,             -- empty: a figure of the county
    item         TEXT NOT NULL,
    number       REAL,                      -- NULL: taken away
    PRIMARY KEY (county_code, scenario_id, school_code, item),
    FOREIGN KEY (county_code, scenario_id) REFERENCES scenario ON DELETE CASCADE
);

-- What a creating request has already done, by the key it carried: a retry finds the first result.
CREATE TABLE act_key (
    county_code  TEXT NOT NULL REFERENCES county,
    key          TEXT NOT NULL,
    account      INTEGER NOT NULL,
    result       TEXT NOT NULL,             -- what was answered: a path
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, key)
);
