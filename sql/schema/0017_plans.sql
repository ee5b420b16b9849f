-- The plan of work (工作方案): the county's own versions of it.  What comes of it are tasks of origin plan, whose origin_key is the
-- task's id in the plan, with @2027 behind it where it comes every year.
CREATE TABLE plan_version (
    county_code     TEXT NOT NULL REFERENCES county,
    version         INTEGER NOT NULL,          -- 1, 2, 3 …
    title           TEXT NOT NULL,
    definition      TEXT NOT NULL,             -- CSV, as src/work/plan_read.h
    reason          TEXT NOT NULL,             -- why it was changed
    account         INTEGER NOT NULL,
    who             TEXT NOT NULL,
    made_at         INTEGER NOT NULL,          -- changed last, while it is not adopted
    adopted_at      INTEGER,                   -- NULL: being written; afterwards it stays as it is
    adopted_account INTEGER,
    adopted_who     TEXT,
    from_day        TEXT NOT NULL,             -- what was due before it, no task is made of; empty: not adopted
    followed_on     TEXT NOT NULL,             -- the day on which its yearly tasks were looked after last
    PRIMARY KEY (county_code, version)
);

-- What a unit sent in for a task that many units have each for itself (the work plans of the starting phase), with its receipt.
CREATE TABLE plan_upload (
    county_code  TEXT NOT NULL REFERENCES county,
    receipt      INTEGER NOT NULL,             -- 1, 2, 3 …: the number of its receipt
    task_key     TEXT NOT NULL,                -- "5.1.3-1", "5.2.1a-1@2027"
    place_kind   TEXT NOT NULL,
    place_name   TEXT NOT NULL,
    name         TEXT NOT NULL,                -- of the file
    kind         TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    size         INTEGER NOT NULL,
    note         TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    sent_at      INTEGER NOT NULL,
    back_at      INTEGER,                      -- NULL: it stands
    back_account INTEGER,
    back_who     TEXT,
    back_reason  TEXT,
    PRIMARY KEY (county_code, receipt),
    FOREIGN KEY (county_code, sha256) REFERENCES file
);
CREATE INDEX plan_upload_by_task ON plan_upload (county_code, task_key, place_kind, place_name, receipt);
CREATE INDEX plan_upload_by_file ON plan_upload (county_code, sha256);

-- Links by which a person's calendar program fetches the days of his tasks without signing in; the token itself is not kept.
CREATE TABLE calendar_link (
    county_code  TEXT NOT NULL REFERENCES county,
    token_hash   TEXT NOT NULL,
    account      INTEGER NOT NULL,
    role         TEXT NOT NULL,                -- as whom he made it: it ends with the role
    place_kind   TEXT NOT NULL,
    place_name   TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    used_at      INTEGER,
    ended_at     INTEGER,
    PRIMARY KEY (county_code, token_hash)
);
CREATE INDEX calendar_link_by_account ON calendar_link (county_code, account);

-- How the plan's tasks stand is summed by key, and by unit within an item: read from here alone.
CREATE INDEX task_of_plan ON task (county_code, origin, origin_key, owner_kind, owner_name, state, due, is_open, task_id);
