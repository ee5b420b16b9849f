-- What is said about a thing of the work: comments, mentions, attachments; the history of its fields.

-- One stream for each thing: lines are added, never changed.
CREATE TABLE talk (
    county_code  TEXT NOT NULL REFERENCES county,
    subject_kind TEXT NOT NULL,             -- ledger, task, round, finding, meeting, concern …: src/app/talk_kinds.def
    subject_key  TEXT NOT NULL,             -- as that kind names its things
    position     INTEGER NOT NULL,          -- 1, 2, 3 …
    kind         TEXT NOT NULL,             -- said, changed, step, file
    said         TEXT NOT NULL,             -- the comment; the reason of a step, a change; may be empty
    field        TEXT NOT NULL,             -- changed: which field, as users call it
    old          TEXT NOT NULL,             -- changed, step: before
    new          TEXT NOT NULL,             -- changed, step: after; file: how it is called
    sha256       TEXT NOT NULL,             -- file: its bytes, in `file`; else empty
    file_kind    TEXT NOT NULL,
    file_size    INTEGER NOT NULL,
    account      INTEGER NOT NULL,
    who          TEXT NOT NULL,
    role         TEXT NOT NULL,             -- as src/app/roles.def; empty: the console, or the machine
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, subject_kind, subject_key, position)
) WITHOUT ROWID;
