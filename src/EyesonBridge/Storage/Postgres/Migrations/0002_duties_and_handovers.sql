-- What one replica at a time does for all, and which one. As with rooms, whose lease has ended does nothing any more.
CREATE TABLE duties (
    name  text COLLATE "C" PRIMARY KEY,
    owner text COLLATE "C"
);

-- What was found last of an account's API key, once one was rejected: a hash of the key, never the key.
CREATE TABLE account_keys (
    account     text        COLLATE "C" PRIMARY KEY, -- in upper case
    fingerprint text        NOT NULL,
    refused     boolean     NOT NULL,
    at          timestamptz NOT NULL
);

-- A replica that hands over what it has takes no more.
ALTER TABLE replicas ADD COLUMN leaving boolean NOT NULL DEFAULT false;

-- Rooms that move to another replica without a gap: those that are offered, until whoever takes them has them.
CREATE TABLE handovers (
    room_id   text        COLLATE "C" PRIMARY KEY,
    owner     text        COLLATE "C" NOT NULL,   -- who offers it
    successor text        COLLATE "C",            -- who has accepted it
    is_ready  boolean     NOT NULL DEFAULT false, -- the successor hears it
    heard     bytea,                              -- what the owner heard since the offer, once it is handed over
    handed_at timestamptz
) WITH (autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);
