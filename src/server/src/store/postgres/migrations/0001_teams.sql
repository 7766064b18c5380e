-- Every table's key begins with the team, so that a distributed engine can spread teams over machines.
CREATE TABLE teams (
    team       bytea    PRIMARY KEY,
    epoch      bytea    NOT NULL,
    head       bigint   NOT NULL,
    row_bytes  bigint   NOT NULL,
    blob_bytes bigint   NOT NULL,
    key_check  bytea    NOT NULL,
    founded_ms bigint   NOT NULL
);

-- "row" is a reserved word here, so the column has another name than on the wire.
CREATE TABLE rows (
    team     bytea  NOT NULL REFERENCES teams,
    row_id   bytea  NOT NULL,
    seq      bigint NOT NULL,
    envelope bytea  NOT NULL,
    PRIMARY KEY (team, row_id)
);

-- The change feed. Unique: no version is given twice.
CREATE UNIQUE INDEX rows_by_seq ON rows (team, seq);

-- Envelopes are sealed: trying to compress them only costs time.
ALTER TABLE rows ALTER COLUMN envelope SET STORAGE EXTERNAL;

CREATE TABLE members (
    team       bytea    NOT NULL REFERENCES teams,
    member     bytea    NOT NULL,
    token_hash bytea    NOT NULL,
    role       smallint NOT NULL,
    name       bytea    NOT NULL,
    joined_ms  bigint   NOT NULL,
    revoked_ms bigint,
    PRIMARY KEY (team, member)
);

CREATE TABLE invites (
    team        bytea    NOT NULL REFERENCES teams,
    invite      bytea    NOT NULL,
    secret_hash bytea    NOT NULL,
    role        smallint NOT NULL,
    expires_ms  bigint   NOT NULL,
    used_by     bytea,
    PRIMARY KEY (team, invite)
);

CREATE TABLE blobs (
    team     bytea  NOT NULL REFERENCES teams,
    blob     bytea  NOT NULL,
    size     bigint NOT NULL,
    received bigint NOT NULL,
    sender   bytea  NOT NULL,
    begun_ms bigint NOT NULL,
    PRIMARY KEY (team, blob)
);

-- "start" is where in its blob a part begins.
CREATE TABLE blob_parts (
    team  bytea  NOT NULL REFERENCES teams,
    blob  bytea  NOT NULL,
    start bigint NOT NULL,
    bytes bytea  NOT NULL,
    PRIMARY KEY (team, blob, start)
);

ALTER TABLE blob_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
