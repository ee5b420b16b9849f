-- What belongs to the whole instance and has no room of its own: one value a name.
CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
