-- What waits for people: notices in the inbox, and who has read which.

-- To one account, or (to_account 0) to everybody who has a role at a place.
CREATE TABLE notice (
    county_code  TEXT NOT NULL REFERENCES county,
    notice_id    INTEGER NOT NULL,
    to_account   INTEGER NOT NULL,
    to_role      TEXT NOT NULL,
    place_kind   TEXT NOT NULL,             -- as app/actor's words
    place_name   TEXT NOT NULL,
    kind         TEXT NOT NULL,             -- remind, sent_back, told …
    title        TEXT NOT NULL,
    body         TEXT NOT NULL,
    link         TEXT NOT NULL,             -- a path of ours; may be empty
    due          INTEGER NOT NULL,          -- the last second; 0: none
    account      INTEGER NOT NULL,          -- who sent it
    who          TEXT NOT NULL,
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, notice_id)
);
CREATE INDEX notice_by_account ON notice (county_code, to_account, to_role, place_name);
CREATE TABLE notice_read (
    county_code  TEXT NOT NULL REFERENCES county,
    account      INTEGER NOT NULL,
    notice_id    INTEGER NOT NULL,
    read_at      INTEGER NOT NULL,
    PRIMARY KEY (county_code, account, notice_id)
) WITHOUT ROWID;
