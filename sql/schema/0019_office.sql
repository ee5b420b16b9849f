-- Meetings, publicity, good cases, public concerns, the way of recognition, duties.

-- A joint meeting (联席会议) and its like.  What was said about it stands in talk, as of every thing of the work.
CREATE TABLE meeting (
    county_code  TEXT NOT NULL REFERENCES county,
    meeting_id   INTEGER NOT NULL,
    kind         TEXT NOT NULL,             -- joint, mobilise, special (work/meeting_state)
    title        TEXT NOT NULL,
    held_on      TEXT NOT NULL,             -- 2026-11-25
    held_at      TEXT NOT NULL,             -- 14:30; may be empty
    held_in      TEXT NOT NULL,             -- where; may be empty
    chair        TEXT NOT NULL,
    attending    TEXT NOT NULL,             -- units and people, as the notice names them
    state        TEXT NOT NULL,             -- called, held, issued, cancelled
    minutes      TEXT NOT NULL,
    document     TEXT NOT NULL,             -- number of the minutes once issued: 〔2026〕3号
    version      INTEGER NOT NULL,          -- counts its changes: two people do not overwrite each other
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, meeting_id)
);
CREATE INDEX meeting_by_day ON meeting (county_code, held_on);
CREATE TABLE meeting_item (
    county_code  TEXT NOT NULL REFERENCES county,
    meeting_id   INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    origin       TEXT NOT NULL,             -- task, concern, veto, watch, other: where it was taken from
    origin_key   TEXT NOT NULL,
    what         TEXT NOT NULL,
    unit         TEXT NOT NULL,             -- who answers for it, as it was called then; may be empty
    standing     TEXT NOT NULL,             -- how it stood when it was put on the agenda
    link         TEXT NOT NULL,             -- a path of ours; may be empty
    PRIMARY KEY (county_code, meeting_id, position),
    FOREIGN KEY (county_code, meeting_id) REFERENCES meeting
);
CREATE TABLE meeting_decision (
    county_code  TEXT NOT NULL REFERENCES county,
    meeting_id   INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    item         INTEGER NOT NULL,          -- of the agenda; 0: none
    words        TEXT NOT NULL,
    owner_kind   TEXT NOT NULL,
    owner_name   TEXT NOT NULL,
    owner_shown  TEXT NOT NULL,
    due          TEXT NOT NULL,
    product      TEXT NOT NULL,             -- what shows that it is done; may be empty
    task         TEXT NOT NULL,             -- empty until the minutes are issued
    PRIMARY KEY (county_code, meeting_id, position),
    FOREIGN KEY (county_code, meeting_id) REFERENCES meeting
);

-- What people are troubled by (热点难点, 信访).  No name of who complained, of a pupil or a teacher belongs here.
CREATE TABLE concern (
    county_code  TEXT NOT NULL REFERENCES county,
    concern_id   INTEGER NOT NULL,
    came_on      TEXT NOT NULL,
    channel      TEXT NOT NULL,             -- letter, visit, call, web, deputy, other (work/concern_state)
    kind         TEXT NOT NULL,             -- enrolment, class_size, fees …
    place_kind   TEXT NOT NULL,             -- where
    place_name   TEXT NOT NULL,
    place_shown  TEXT NOT NULL,
    township     TEXT NOT NULL,             -- of that place, as returned; empty: none
    owner_kind   TEXT NOT NULL,             -- who replies
    owner_name   TEXT NOT NULL,
    owner_shown  TEXT NOT NULL,
    what         TEXT NOT NULL,
    reference    TEXT NOT NULL,             -- number of the letter or the call; may be empty
    due_on       TEXT NOT NULL,
    state        TEXT NOT NULL,             -- open, replied, closed
    replied_on   TEXT NOT NULL,             -- of the first reply; empty: none yet
    reply        TEXT NOT NULL,
    cause        TEXT NOT NULL,
    satisfied    TEXT NOT NULL,             -- yes, no; empty: not asked yet
    replied_by   INTEGER NOT NULL,          -- account
    reopened     INTEGER NOT NULL,          -- how often
    task         TEXT NOT NULL,             -- the order that came of it; empty: none
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, concern_id)
);
CREATE INDEX concern_by_day ON concern (county_code, came_on);
CREATE INDEX concern_by_state ON concern (county_code, state, due_on);
-- Days that are worked though they are a weekend's (works 1), days off though they are not (0).
CREATE TABLE work_day (
    county_code  TEXT NOT NULL REFERENCES county,
    day          TEXT NOT NULL,
    works        INTEGER NOT NULL,
    PRIMARY KEY (county_code, day)
) WITHOUT ROWID;
-- Numbers the office sets: reply_days …
CREATE TABLE office_number (
    county_code  TEXT NOT NULL REFERENCES county,
    name         TEXT NOT NULL,
    number       INTEGER NOT NULL,
    PRIMARY KEY (county_code, name)
) WITHOUT ROWID;

-- What was in the media (舆论宣传).
CREATE TABLE publicity (
    county_code  TEXT NOT NULL REFERENCES county,
    publicity_id INTEGER NOT NULL,
    day          TEXT NOT NULL,
    outlet       TEXT NOT NULL,             -- 《郑州日报》
    level        TEXT NOT NULL,             -- county, city, province, nation
    title        TEXT NOT NULL,
    link         TEXT NOT NULL,             -- http(s); empty: printed or broadcast
    place_kind   TEXT NOT NULL,             -- about whom
    place_name   TEXT NOT NULL,
    place_shown  TEXT NOT NULL,
    withdrawn    TEXT NOT NULL,             -- why; empty: it stands
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, publicity_id)
);
CREATE INDEX publicity_by_day ON publicity (county_code, day);
-- Good cases (典型案例): handed in by a unit, taken into the library by the office, shown to the public once released.
CREATE TABLE good_case (
    county_code  TEXT NOT NULL REFERENCES county,
    case_id      INTEGER NOT NULL,
    title        TEXT NOT NULL,
    theme        TEXT NOT NULL,             -- resource, government, quality, recognition (the four dimensions)
    place_kind   TEXT NOT NULL,             -- whose
    place_name   TEXT NOT NULL,
    place_shown  TEXT NOT NULL,
    summary      TEXT NOT NULL,
    body         TEXT NOT NULL,
    state        TEXT NOT NULL,             -- submitted, returned, taken, released
    reason       TEXT NOT NULL,             -- why it was returned, or is no longer public
    version      INTEGER NOT NULL,
    released_on  TEXT NOT NULL,
    account      INTEGER NOT NULL,          -- of who handed it in
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, case_id)
);
CREATE INDEX good_case_by_state ON good_case (county_code, state);

-- The way of recognition (认定进程): what happened at which step, on which day, by which paper.  Nothing is changed; what was wrong
-- is crossed out, with a reason.
CREATE TABLE procedure_event (
    county_code  TEXT NOT NULL REFERENCES county,
    position     INTEGER NOT NULL,
    step         TEXT NOT NULL,             -- work/procedure
    what         TEXT NOT NULL,             -- begun, passed, failed, noted
    day          TEXT NOT NULL,
    document     TEXT NOT NULL,             -- its number; may be empty
    words        TEXT NOT NULL,
    file_name    TEXT NOT NULL,             -- empty: none
    sha256       TEXT NOT NULL,
    crossed_out  TEXT NOT NULL,             -- why; empty: it stands
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, position)
);

-- Who sees to what in the leading group, a department, a township: from a day on, until a day.
CREATE TABLE duty (
    county_code  TEXT NOT NULL REFERENCES county,
    unit_code    TEXT NOT NULL,
    position     INTEGER NOT NULL,
    duty         TEXT NOT NULL,
    person       TEXT NOT NULL,             -- who leads it there; may be empty
    from_day     TEXT NOT NULL,
    until_day    TEXT NOT NULL,             -- empty: still
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, unit_code, position)
);
