-- Inspection rounds (督导): scope, team, sample, sheets, findings, papers.

CREATE TABLE inspection (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,             -- random
    kind         TEXT NOT NULL,             -- yearly, self, city, province, nation
    title        TEXT NOT NULL,
    organiser    TEXT NOT NULL,             -- who inspects: 青禾县人民政府教育督导室
    year         INTEGER NOT NULL,          -- the data year it looks at
    state        TEXT NOT NULL,             -- preparing, visiting, fed_back, ended, called_off
    scope        TEXT NOT NULL,             -- what is inspected, in words
    first_day    TEXT NOT NULL,             -- 2026-11-25
    last_day     TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    PRIMARY KEY (county_code, round_id)
);
CREATE INDEX inspection_by_day ON inspection (county_code, first_day);

CREATE TABLE inspection_event (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,
    position     INTEGER NOT NULL,
    step         TEXT NOT NULL,             -- begin, feed_back, end, call_off
    reason       TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, round_id, position),
    FOREIGN KEY (county_code, round_id) REFERENCES inspection
);

-- The team.  Who has an account fills in sheets; an assessor sees what his rounds cover, and nothing else.
CREATE TABLE inspection_member (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,
    position     INTEGER NOT NULL,
    member_account INTEGER,                 -- NULL: a person without an account
    name         TEXT NOT NULL,
    unit         TEXT NOT NULL,             -- where from, what he is
    duty         TEXT NOT NULL,             -- lead, member, liaison
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    left_at      INTEGER,                   -- NULL: still on it
    PRIMARY KEY (county_code, round_id, position),
    FOREIGN KEY (county_code, round_id) REFERENCES inspection
);
CREATE INDEX inspection_member_by_account ON inspection_member (county_code, member_account) WHERE member_account IS NOT NULL;

-- Every draw that was made, with the list it was made from: it can be made again for ever.
CREATE TABLE inspection_draw (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,
    draw_no      INTEGER NOT NULL,          -- 1, 2 …: the latest counts
    seed         TEXT NOT NULL,
    strata       TEXT NOT NULL,             -- township, area, stage: how they were parted
    wanted       INTEGER NOT NULL,
    frame        TEXT NOT NULL,             -- CSV: code, name, stratum of every candidate
    reason       TEXT NOT NULL,             -- why it was drawn again; empty for the first
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, round_id, draw_no),
    FOREIGN KEY (county_code, round_id) REFERENCES inspection
);

-- Where the round goes, and the sheet that is filled in there.
CREATE TABLE inspection_place (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,
    place_kind   TEXT NOT NULL,             -- school, township, department
    place_name   TEXT NOT NULL,
    place_shown  TEXT NOT NULL,             -- as it was called then
    township     TEXT NOT NULL,             -- of a school
    draw_no      INTEGER,                   -- NULL: not drawn but chosen
    reason       TEXT NOT NULL,             -- why it was chosen
    visit_day    TEXT,                      -- NULL: not fixed
    form_id      TEXT NOT NULL,
    form_version INTEGER NOT NULL,          -- whose questions the sheet answers, for ever
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,          -- of the sheet; that of making: nothing filled in
    done_account INTEGER,                   -- who handed the sheet in; NULL: open
    done_who     TEXT,
    done_at      INTEGER,
    removed_at   INTEGER,                   -- NULL: it is visited
    removed_who  TEXT,
    removed_reason TEXT,
    PRIMARY KEY (county_code, round_id, place_kind, place_name),
    FOREIGN KEY (county_code, round_id) REFERENCES inspection,
    FOREIGN KEY (county_code, form_id, form_version) REFERENCES form
);

-- An answer as it stands; `stamp` counts its changes: nobody overwrites unseen.
CREATE TABLE inspection_answer (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,
    place_kind   TEXT NOT NULL,
    place_name   TEXT NOT NULL,
    field        TEXT NOT NULL,             -- B1; B1.note: what was seen
    value        TEXT NOT NULL,
    stamp        INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    saved_at     INTEGER NOT NULL,
    PRIMARY KEY (county_code, round_id, place_kind, place_name, field),
    FOREIGN KEY (county_code, round_id, place_kind, place_name) REFERENCES inspection_place
) WITHOUT ROWID;
CREATE TABLE inspection_answer_past (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,
    place_kind   TEXT NOT NULL,
    place_name   TEXT NOT NULL,
    field        TEXT NOT NULL,
    stamp        INTEGER NOT NULL,
    value        TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    saved_at     INTEGER NOT NULL,
    PRIMARY KEY (county_code, round_id, place_kind, place_name, field, stamp)
) WITHOUT ROWID;

-- A photo or paper to a question; its bytes stand in `file`.  Its id is the phone's: sent twice it is kept once.
CREATE TABLE inspection_photo (
    county_code  TEXT NOT NULL REFERENCES county,
    photo_id     TEXT NOT NULL,
    round_id     TEXT NOT NULL,
    place_kind   TEXT NOT NULL,
    place_name   TEXT NOT NULL,
    question     TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    size         INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    removed_at   INTEGER,
    removed_who  TEXT,
    PRIMARY KEY (county_code, photo_id),
    FOREIGN KEY (county_code, round_id, place_kind, place_name) REFERENCES inspection_place,
    FOREIGN KEY (county_code, sha256) REFERENCES file
);
CREATE INDEX inspection_photo_by_place ON inspection_photo (county_code, round_id, place_kind, place_name);
CREATE INDEX inspection_photo_by_file ON inspection_photo (county_code, sha256);

-- What was found wrong: where, on which subject, how grave; then an order (task), or why not.
CREATE TABLE inspection_finding (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,
    finding_no   INTEGER NOT NULL,          -- 1, 2 … in its round
    place_kind   TEXT NOT NULL,             -- school, township, department, county
    place_name   TEXT NOT NULL,
    place_shown  TEXT NOT NULL,
    question     TEXT NOT NULL,             -- of the sheet; empty: none
    subject      TEXT NOT NULL,             -- L4, G3, X1 … other
    stage        TEXT NOT NULL,             -- primary, junior, empty
    grade        TEXT NOT NULL,             -- minor, major, severe
    what         TEXT NOT NULL,
    advice       TEXT NOT NULL,             -- what is to be done; may be empty until it is issued
    state        TEXT NOT NULL,             -- noted, issued, dropped
    owner_kind   TEXT NOT NULL,             -- whom the order went to; empty before
    owner_name   TEXT NOT NULL,
    owner_shown  TEXT NOT NULL,
    due          TEXT NOT NULL,             -- of the order as issued; empty before
    task_id      INTEGER NOT NULL,          -- the order; 0 before
    account      INTEGER NOT NULL,          -- who noted it
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    decided_account INTEGER,
    decided_who  TEXT,
    decided_at   INTEGER,
    reason       TEXT NOT NULL,             -- why it was dropped
    PRIMARY KEY (county_code, round_id, finding_no),
    FOREIGN KEY (county_code, round_id) REFERENCES inspection
);
CREATE INDEX inspection_finding_by_place ON inspection_finding (county_code, place_kind, place_name);

-- What the office adds to a paper that is made from the data: its number, its day, words of its own.
CREATE TABLE inspection_paper (
    county_code  TEXT NOT NULL REFERENCES county,
    round_id     TEXT NOT NULL,
    kind         TEXT NOT NULL,             -- notice, opinion, feedback, plan, report
    place_kind   TEXT NOT NULL,             -- of an opinion letter; else county
    place_name   TEXT NOT NULL,
    doc_number   TEXT NOT NULL,             -- 青政教督〔2026〕5号
    signed_on    TEXT NOT NULL,             -- 2026-11-25; empty: not yet
    words        TEXT NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    changed_at   INTEGER NOT NULL,
    PRIMARY KEY (county_code, round_id, kind, place_kind, place_name),
    FOREIGN KEY (county_code, round_id) REFERENCES inspection
);
