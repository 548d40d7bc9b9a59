-- What wants a room, each with what it asked for last. rooms.wanted_by and rooms.wait_until sum them up, as what a room is
-- looked for by.
CREATE TABLE wishes (
    room_id    TEXT    NOT NULL REFERENCES rooms (room_id) ON DELETE CASCADE,
    source     TEXT    NOT NULL,
    wait_until INTEGER,
    meeting_at INTEGER,          -- start of the meeting that it is about, where known
    at         INTEGER NOT NULL, -- when it was received
    intent     INTEGER NOT NULL, -- its number
    PRIMARY KEY (room_id, source)
) STRICT, WITHOUT ROWID;

INSERT INTO wishes (room_id, source, wait_until, meeting_at, at, intent)
    SELECT room_id, value, wait_until, NULL, 0, 0
    FROM rooms, json_each(CASE WHEN json_valid(wanted_by) THEN wanted_by ELSE '[]' END)
    WHERE type = 'text';

-- Number of the last change of what is wanted of the room.
ALTER TABLE rooms ADD COLUMN intent INTEGER NOT NULL DEFAULT 0;

CREATE INDEX rooms_intent ON rooms (intent) WHERE owner IS NOT NULL;

-- One row, about the store as a whole.
CREATE TABLE store (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    stream_id TEXT    NOT NULL, -- the history in which events are numbered
    intent    INTEGER NOT NULL  -- number of the last change of what is wanted
) STRICT;

INSERT INTO store (id, stream_id, intent) VALUES (1, lower(hex(randomblob(8))), 0);

-- Null in what an earlier version appended.
ALTER TABLE outbox ADD COLUMN stream_id TEXT;

-- 1 while the room of the meeting that was told of is still to be registered.
ALTER TABLE permalinks ADD COLUMN to_register INTEGER NOT NULL DEFAULT 0;
