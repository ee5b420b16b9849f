-- The tree of units: county, townships, school districts, schools, campuses, departments, the leading group.
-- Every change is one more row, valid from a day on: nothing is altered or deleted, any day's tree can be read.
CREATE TABLE unit (
    county_code  TEXT NOT NULL REFERENCES county,
    code         TEXT NOT NULL,
    position     INTEGER NOT NULL,          -- counts the changes of this unit
    kind         TEXT NOT NULL,             -- as src/model/unit.c
    from_day     TEXT NOT NULL,             -- 2026-09-01
    name         TEXT NOT NULL,
    parent       TEXT NOT NULL,             -- a code; empty: the county itself
    district     TEXT NOT NULL,             -- of a school, the code of its school district; may be empty
    is_open      INTEGER NOT NULL,
    successor    TEXT NOT NULL,             -- where a merged school went
    act          TEXT NOT NULL,             -- add, rename, move, merge, close, reopen
    reason       TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, code, position)
);
-- Who is in the leading group or its office, in which part, from when until when.
CREATE TABLE unit_member (
    county_code  TEXT NOT NULL REFERENCES county,
    unit_code    TEXT NOT NULL,
    position     INTEGER NOT NULL,
    part         TEXT NOT NULL,             -- 组长, 副组长, 成员, 办公室主任
    name         TEXT NOT NULL,
    works_at     TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    until_day    TEXT NOT NULL,             -- empty: still
    PRIMARY KEY (county_code, unit_code, position)
);
