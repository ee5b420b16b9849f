-- The standardisation ledger (标准化建设台账): one row for each shortfall, for ever.

-- Whom it concerns, in which stage, about what: that is a row's identity; years, values and plans change beneath it.
CREATE TABLE ledger (
    county_code  TEXT NOT NULL REFERENCES county,
    ledger_id    INTEGER NOT NULL,          -- 编号: 1, 2, 3 …
    place_kind   TEXT NOT NULL,             -- school, township, county
    place_name   TEXT NOT NULL,             -- a code, a township as returned, nothing
    stage        TEXT NOT NULL,             -- primary, junior; empty: of the whole school or county
    subject      TEXT NOT NULL,             -- L4, cv-L4, G3, X1, PRE1, plan:4.2.1.3, other:17
    kind         TEXT NOT NULL,             -- level, cv, government, quality, recognition, veto, precondition, plan, other
    township     TEXT NOT NULL,             -- of the place; empty: the county's
    place_shown  TEXT NOT NULL,             -- 柳林镇中心小学
    problem      TEXT NOT NULL,             -- 问题, in words
    basis        TEXT NOT NULL,             -- 依据
    -- as measured last
    value        REAL,                      -- NULL: no figure, or none known
    threshold    REAL,
    floor        REAL,                      -- 85 % of it; NULL: there is none
    missing      REAL,                      -- to the threshold, in `quantity`
    missing_to_floor REAL,
    unit         TEXT NOT NULL,             -- of the value
    quantity     TEXT NOT NULL,             -- persons, m2, rooms, yuan, schools …
    measured     TEXT NOT NULL,             -- below, near, no_data, met, not_applicable; empty: nothing measures it
    passes       INTEGER NOT NULL,          -- 1: measured as met
    year         INTEGER NOT NULL,          -- the data year measured; 0: none
    data_version INTEGER NOT NULL,          -- 0: none
    -- the plan
    project      TEXT NOT NULL,             -- 项目
    measure      TEXT NOT NULL,             -- 措施
    owner_kind   TEXT NOT NULL,             -- 责任单位; empty: nobody yet
    owner_name   TEXT NOT NULL,
    owner_shown  TEXT NOT NULL,
    helpers      TEXT NOT NULL,             -- 协办: "department:D11;township:柳林镇"
    person       TEXT NOT NULL,             -- 责任人
    cost_yuan    INTEGER,                   -- 经费; NULL: not known
    fund         TEXT NOT NULL,             -- 资金来源
    planned      REAL,                      -- how much the project adds, in `quantity`; NULL: what is missing
    due          TEXT NOT NULL,             -- 时限, 2027-08-31; empty: none
    progress     TEXT NOT NULL,             -- 进展
    result       TEXT NOT NULL,             -- 结果
    -- the way
    state        TEXT NOT NULL,             -- as src/work/ledger_state.c
    stamp        INTEGER NOT NULL,          -- counts its changes by people: nobody overwrites unseen
    found_year   INTEGER NOT NULL,
    found_at     INTEGER NOT NULL,
    fallen       INTEGER NOT NULL,          -- how often it fell back (滑坡)
    changed_at   INTEGER NOT NULL,
    claimed_account INTEGER,                -- who reported it done
    claimed_who  TEXT,
    claimed_at   INTEGER,
    verified_account INTEGER,
    verified_who TEXT,
    verified_at  INTEGER,
    verified_day TEXT,                      -- when he was there
    verified_note TEXT,
    verified_photo TEXT,                    -- a file by its hash; NULL: none
    dropped      TEXT NOT NULL,             -- why it is asked no longer
    PRIMARY KEY (county_code, ledger_id)
);
CREATE UNIQUE INDEX ledger_identity ON ledger (county_code, place_kind, place_name, stage, subject);
-- Lists, sums and groups are answered from this alone; the wide rows are fetched for one page.
CREATE INDEX ledger_filter ON ledger (county_code, township, place_kind, place_name, stage, subject, kind, state, owner_kind, owner_name,
                                      due, year, fund, cost_yuan, passes, quantity, missing, found_year, changed_at);
CREATE INDEX ledger_by_owner ON ledger (county_code, owner_kind, owner_name, state);
-- What a filter may choose from is found by stepping through these.
CREATE INDEX ledger_by_owner_word ON ledger (county_code, (owner_kind || ':' || owner_name));
CREATE INDEX ledger_by_fund ON ledger (county_code, fund);
CREATE INDEX ledger_by_due_year ON ledger (county_code, substr(due, 1, 4));
CREATE INDEX ledger_by_subject ON ledger (county_code, (CASE WHEN kind IN ('plan', 'other') THEN '' ELSE subject END));
CREATE INDEX ledger_by_state ON ledger (county_code, state, passes);

-- Changes made together (a bulk edit, a workbook), so that they can be taken back together.
CREATE TABLE ledger_batch (
    county_code  TEXT NOT NULL REFERENCES county,
    batch_id     TEXT NOT NULL,             -- random
    made_by      TEXT NOT NULL,             -- page, bulk, workbook
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    undone_at    INTEGER,                   -- NULL: it stands
    PRIMARY KEY (county_code, batch_id)
);
CREATE TABLE ledger_batch_cell (
    county_code  TEXT NOT NULL REFERENCES county,
    batch_id     TEXT NOT NULL,
    ledger_id    INTEGER NOT NULL,
    field        TEXT NOT NULL,             -- as src/app/ledger_edit.c
    old          TEXT NOT NULL,             -- as typed; an owner by its place
    new          TEXT NOT NULL,
    PRIMARY KEY (county_code, batch_id, ledger_id, field)
) WITHOUT ROWID;

-- What following the data has seen last: nothing is compared again while all of it is the same.
CREATE TABLE ledger_followed (
    county_code  TEXT NOT NULL REFERENCES county,
    seen         TEXT NOT NULL,             -- data version, edition, the day's tree of units
    followed_at  INTEGER NOT NULL,
    PRIMARY KEY (county_code)
);
