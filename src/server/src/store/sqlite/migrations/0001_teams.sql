-- Every table is keyed by the team. Its number stands in for its sixteen bytes, so that keys are short.
CREATE TABLE teams (
    number     INTEGER PRIMARY KEY,
    team       BLOB    NOT NULL UNIQUE,
    epoch      BLOB    NOT NULL,
    head       INTEGER NOT NULL,
    row_bytes  INTEGER NOT NULL,
    blob_bytes INTEGER NOT NULL,
    key_check  BLOB    NOT NULL,
    founded_ms INTEGER NOT NULL
) STRICT;

-- A row lies where its version puts it: new versions are appended, and the change feed is one scan.
-- position = team number · 2⁴⁰ + version.
-- It does not refer to its team in the database's eyes: that would be looked up for every row.
CREATE TABLE rows (
    position INTEGER PRIMARY KEY,
    team     INTEGER NOT NULL,
    row      BLOB    NOT NULL,
    envelope BLOB    NOT NULL
) STRICT;

-- Finds the present version of a row; holds all that a digest is made of.
CREATE UNIQUE INDEX rows_by_id ON rows (team, row);

CREATE TABLE members (
    team       INTEGER NOT NULL REFERENCES teams,
    member     BLOB    NOT NULL,
    token_hash BLOB    NOT NULL,
    role       INTEGER NOT NULL,
    name       BLOB    NOT NULL,
    joined_ms  INTEGER NOT NULL,
    revoked_ms INTEGER,
    PRIMARY KEY (team, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE invites (
    team        INTEGER NOT NULL REFERENCES teams,
    invite      BLOB    NOT NULL,
    secret_hash BLOB    NOT NULL,
    role        INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    used_by     BLOB,
    PRIMARY KEY (team, invite)
) STRICT, WITHOUT ROWID;

CREATE TABLE blobs (
    team     INTEGER NOT NULL REFERENCES teams,
    blob     BLOB    NOT NULL,
    size     INTEGER NOT NULL,
    received INTEGER NOT NULL,
    sender   BLOB    NOT NULL,
    begun_ms INTEGER NOT NULL,
    PRIMARY KEY (team, blob)
) STRICT, WITHOUT ROWID;

-- "start" is where in its blob a part begins.
CREATE TABLE blob_parts (
    id    INTEGER PRIMARY KEY,
    team  INTEGER NOT NULL REFERENCES teams,
    blob  BLOB    NOT NULL,
    start INTEGER NOT NULL,
    bytes BLOB    NOT NULL,
    UNIQUE (team, blob, start)
) STRICT;
