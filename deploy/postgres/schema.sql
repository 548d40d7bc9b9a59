-- The tables of the bridge in PostgreSQL 14 or later: what it makes itself, if its user may. Can be run again: what is
-- there stays. See grants.sql.
\set ON_ERROR_STOP on

BEGIN;

SELECT to_regclass('store') IS NULL AS is_empty \gset
\if :is_empty
-- Times of rooms and events are unix milliseconds, UTC, as in the other store. Leases are the database's own times.

-- One row, about the store as a whole.
CREATE TABLE store (
    id             integer PRIMARY KEY CHECK (id = 1),
    schema_version integer NOT NULL,
    stream_id      text    NOT NULL -- the history in which events are numbered
);

INSERT INTO store (id, schema_version, stream_id) VALUES (1, 1, left(replace(gen_random_uuid()::text, '-', ''), 16));

-- Numbers of changes of what is wanted. Those of one room rise in the order of their commits, as each takes its number
-- while it holds the room's row.
CREATE SEQUENCE intent_numbers;

-- One row for each replica. It holds all that the replica owns: whose lease has ended owns nothing.
CREATE TABLE replicas (
    owner       text        COLLATE "C" PRIMARY KEY,
    lease_until timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

CREATE TABLE rooms (
    room_id         text    COLLATE "C" PRIMARY KEY,
    account         text    NOT NULL,
    wanted_by       text[]  NOT NULL, -- sorted; sums up wishes
    wait_until      bigint,           -- the longest of them
    status          text    NOT NULL,
    status_since    bigint  NOT NULL,
    reason          text,
    heard_at        bigint,
    sequence        bigint  NOT NULL,
    meeting_id      text,
    owner           text    COLLATE "C", -- who observes it
    publisher       text    COLLATE "C", -- who publishes what is left of it in the outbox; outlives the owner
    epoch           bigint  NOT NULL,
    intent          bigint  NOT NULL DEFAULT 0,
    followed        boolean NOT NULL DEFAULT false, -- something is left to do though the observation may be over
    stopped_meeting text, -- automatic sources do not register it again; '*' is whichever runs now
    set_aside       text, -- the part that could not be read; while there is one, nobody claims the room
    positions       text, -- where the streams of the extended protocol stand, as JSON
    state           bytea
)
-- A row is written with each commit that has events of its room, and no index holds what changes with each. With room on
-- its page the new version of a row needs no entry in any index (HOT), and the next look at the page removes the old one.
-- What that leaves, autovacuum takes: for a table of constant size it has to come by number, not by share.
WITH (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- Claims look among the rooms that somebody has to act on and nobody holds, the longest waiting first.
CREATE INDEX rooms_claimable ON rooms (status_since, room_id)
    WHERE owner IS NULL AND ((status <> 'ended' AND status <> 'rejected') OR followed);

CREATE INDEX rooms_owned ON rooms (owner) WHERE owner IS NOT NULL;

-- Rooms whose events are published by somebody else than who observes them, if anybody does: until these events are out.
CREATE INDEX rooms_published ON rooms (publisher, owner) WHERE publisher IS DISTINCT FROM owner;

CREATE INDEX rooms_intent ON rooms (intent) WHERE owner IS NOT NULL;

CREATE INDEX rooms_unwanted ON rooms (owner) WHERE wanted_by = '{}' AND status <> 'ended' AND status <> 'rejected';

CREATE INDEX rooms_over ON rooms (room_id, status, account) WHERE status = 'ended' OR status = 'rejected';

-- Rooms that are over and that nobody has to act on, the longest over first: what retention looks through.
CREATE INDEX rooms_to_retire ON rooms (status_since, room_id)
    WHERE (status = 'ended' OR status = 'rejected') AND owner IS NULL AND NOT followed;

CREATE INDEX rooms_set_aside ON rooms (room_id) WHERE set_aside IS NOT NULL;

-- What is kept of a room that was removed: where its numbers go on, and the meeting that is not to begin again.
CREATE TABLE retired_rooms (
    room_id         text   COLLATE "C" PRIMARY KEY,
    sequence        bigint NOT NULL,
    epoch           bigint NOT NULL,
    stopped_meeting text
);

-- What wants a room, each with what it asked for last.
CREATE TABLE wishes (
    room_id    text   COLLATE "C" NOT NULL REFERENCES rooms (room_id) ON DELETE CASCADE,
    source     text   COLLATE "C" NOT NULL,
    wait_until bigint,
    meeting_at bigint,          -- start of the meeting that it is about, where known
    at         bigint NOT NULL, -- when it was received
    intent     bigint NOT NULL, -- its number
    PRIMARY KEY (room_id, source)
);

CREATE SEQUENCE outbox_ids;

-- Within one room ids rise in the order of commits. Over rooms they do not: an id can become visible after a higher one.
CREATE TABLE outbox (
    id           bigint PRIMARY KEY,
    room_id      text   COLLATE "C" NOT NULL,
    sequence     bigint NOT NULL,
    event_id     uuid   NOT NULL,
    type         text   NOT NULL,
    trace_parent text,
    created_at   bigint NOT NULL,
    payload      bytea  NOT NULL,
    stream_id    text
)
-- Every row is inserted and soon deleted, so dead rows are all that there is to count, and however large the table once
-- was, they are to be cleaned after some thousands: what nobody cleans, each read of the begin of the table passes over.
-- Insert-triggered vacuums would find nothing to keep. Envelopes are compressed no further: it costs more than the
-- seconds in which they lie here are worth.
WITH (autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0,
      autovacuum_vacuum_insert_threshold = -1, toast.autovacuum_vacuum_threshold = 5000, toast.autovacuum_vacuum_scale_factor = 0);

ALTER TABLE outbox ALTER COLUMN payload SET STORAGE EXTERNAL;

-- What is left of rooms that change hands, and of those of which more waits than memory may hold, is read by room.
CREATE INDEX outbox_room ON outbox (room_id, id);

-- Permalinks to watch. The token is a secret, and needed to ask Eyeson.
CREATE TABLE permalinks (
    position           bigint  GENERATED ALWAYS AS IDENTITY,
    token              text    COLLATE "C" PRIMARY KEY,
    account            text    NOT NULL,
    recurring          boolean NOT NULL,
    status             text    NOT NULL,
    permalink_id       text    COLLATE "C",
    room_id            text    COLLATE "C",
    meeting_started_at bigint,
    to_register        boolean NOT NULL DEFAULT false -- the room of the meeting that was told of is still to be registered
);

CREATE UNIQUE INDEX permalinks_position ON permalinks (position);

CREATE INDEX permalinks_room ON permalinks (room_id);

CREATE INDEX permalinks_id ON permalinks (permalink_id);

-- What was learned of a room elsewhere than on its socket, until its owner takes it up.
CREATE TABLE inbox (
    id          bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    room_id     text   COLLATE "C" NOT NULL,
    account     text   NOT NULL,
    kind        text   NOT NULL,
    body        bytea  NOT NULL,
    received_at bigint NOT NULL
);

CREATE INDEX inbox_room ON inbox (room_id, id);

-- What of an inbox could not be read, so that the rest of it is taken up.
CREATE TABLE inbox_set_aside (
    id          bigint PRIMARY KEY,
    room_id     text   COLLATE "C" NOT NULL,
    account     text   NOT NULL,
    kind        text   NOT NULL,
    body        bytea  NOT NULL,
    received_at bigint NOT NULL
);

CREATE INDEX inbox_set_aside_room ON inbox_set_aside (room_id);

-- Events that a command took out of the outbox, as the broker would not take them; replay to be put back.
CREATE TABLE skipped (
    id           bigint  PRIMARY KEY,
    room_id      text    COLLATE "C" NOT NULL,
    sequence     bigint  NOT NULL,
    event_id     uuid    NOT NULL,
    type         text    NOT NULL,
    trace_parent text,
    created_at   bigint  NOT NULL,
    payload      bytea   NOT NULL,
    stream_id    text,
    replay       boolean NOT NULL DEFAULT false
);

CREATE INDEX skipped_room ON skipped (room_id);

-- One row, rewritten to prove that writing works.
CREATE TABLE probe (
    id         integer PRIMARY KEY CHECK (id = 1),
    written_at timestamptz NOT NULL
) WITH (fillfactor = 50);
\endif

SELECT schema_version < 2 AS is_older FROM store \gset
\if :is_older
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

UPDATE store SET schema_version = 2;
\endif

SELECT schema_version < 3 AS is_older FROM store \gset
\if :is_older
-- The handshakes that each waits for, or has made of late: the limit of an account is shared by need.
ALTER TABLE replicas ADD COLUMN handshakes integer NOT NULL DEFAULT 0;

-- What a transaction leaves, so that it can be told whether it was made when the answer to its commit was lost: after a crash, numbers
-- of transactions are given again. Transactions that append events do without.
CREATE TABLE commits (
    id uuid        PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

CREATE INDEX commits_by_time ON commits (at);

UPDATE store SET schema_version = 3;
\endif

COMMIT;
