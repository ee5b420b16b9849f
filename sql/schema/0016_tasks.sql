-- Tasks and rectification.  What happened to each stands in `talk` (subject_kind task).

CREATE TABLE task (
    county_code    TEXT NOT NULL REFERENCES county,
    task_id        INTEGER NOT NULL,
    kind           TEXT NOT NULL,             -- task, order
    way            TEXT NOT NULL,             -- plain, checked, measured: as src/work/task_state.c
    state          TEXT NOT NULL,             -- as src/work/task_state.c
    is_open        INTEGER NOT NULL,          -- 0: closed or withdrawn
    origin         TEXT NOT NULL,             -- plan, ledger, engine, supervisor, round, meeting, concern, veto
    origin_key     TEXT NOT NULL,             -- of the thing it comes from; may be empty
    parent         INTEGER NOT NULL,          -- the task it is part of; 0: none
    title          TEXT NOT NULL,
    body           TEXT NOT NULL,
    owner_kind     TEXT NOT NULL,             -- the unit that answers for it, as app/actor's words
    owner_name     TEXT NOT NULL,
    person         TEXT NOT NULL,             -- named beside the unit; may be empty
    about_kind     TEXT NOT NULL,             -- whom it concerns
    about_name     TEXT NOT NULL,
    subject        TEXT NOT NULL,             -- L4, cv-L4, G1, X1, plan:4.2.1.3, other
    stage          TEXT NOT NULL,             -- primary, junior; may be empty
    due            TEXT NOT NULL,             -- 2026-11-25; 9999-12-31: no day was set
    first_due      TEXT NOT NULL,             -- before any extension
    product_kind   TEXT NOT NULL,             -- rule, document, figure, record; may be empty
    product_name   TEXT NOT NULL,
    measures       TEXT NOT NULL,             -- as answered last
    result         TEXT NOT NULL,             -- as reported last
    done_on        TEXT NOT NULL,             -- the day it was reported done last; empty: not
    closed_on      TEXT NOT NULL,             -- empty: not
    asked_due      TEXT NOT NULL,             -- an extension that waits: until when; empty: none
    asked_reason   TEXT NOT NULL,
    asked_account  INTEGER NOT NULL,
    asked_who      TEXT NOT NULL,
    back_who       TEXT NOT NULL,             -- sent back last by whom and why; empty: it stands where nobody sent it back
    back_reason    TEXT NOT NULL,
    proved_account INTEGER NOT NULL,          -- who reported it done: another verifies; 0: nobody, or the console
    proved_who     TEXT NOT NULL,
    issued_account INTEGER NOT NULL,
    issued_who     TEXT NOT NULL,
    issued_at      INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL,
    told           INTEGER NOT NULL,          -- of the reminders and alarms of src/work/task_late.c, how many are past
    tell_on        TEXT NOT NULL,             -- the day of the next one; 9999-12-31: none
    PRIMARY KEY (county_code, task_id)
);
-- Lists are walked in the order in which they are shown; what they are filtered by stands behind it, so that no row is fetched in vain.
CREATE INDEX task_by_due ON task (county_code, due, task_id, is_open, state, owner_kind, owner_name, origin, kind, subject, stage, done_on, title);
CREATE INDEX task_by_owner ON task (county_code, owner_kind, owner_name, due, task_id, is_open, state, origin, kind, subject, stage, done_on, title);
CREATE INDEX task_by_kind ON task (county_code, origin, due, task_id, is_open, state, owner_kind, owner_name, kind, subject, stage, done_on, title);
CREATE INDEX task_by_state ON task (county_code, state, due, task_id, is_open, owner_kind, owner_name, origin, kind, subject, stage, done_on, title);
CREATE INDEX task_by_change ON task (county_code, changed_at, task_id, is_open, state, due, owner_kind, owner_name, origin, kind, subject, stage, title);
CREATE INDEX task_by_origin ON task (county_code, origin_key, origin, task_id);
CREATE INDEX task_by_tell ON task (county_code, tell_on);
CREATE INDEX task_by_asked ON task (county_code, due, task_id) WHERE asked_due <> '';
CREATE INDEX task_by_parent ON task (county_code, parent);

-- Whom a task touches: who sees it, in whose work it stands.
CREATE TABLE task_unit (
    county_code    TEXT NOT NULL REFERENCES county,
    unit           TEXT NOT NULL,             -- "school:3141…", "department:D11", "township:柳林镇"
    task_id        INTEGER NOT NULL,
    part           TEXT NOT NULL,             -- owner, helper, about, above (the township of a school that is one of these)
    PRIMARY KEY (county_code, unit, task_id, part)
) WITHOUT ROWID;
CREATE INDEX task_unit_by_task ON task_unit (county_code, task_id);
