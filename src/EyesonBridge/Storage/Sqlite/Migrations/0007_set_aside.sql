-- The part of the room that could not be read; while there is one, nobody claims the room.
ALTER TABLE rooms ADD COLUMN set_aside TEXT;

CREATE INDEX rooms_set_aside ON rooms (room_id) WHERE set_aside IS NOT NULL;

-- What of an inbox could not be read, so that the rest of it is taken up.
CREATE TABLE inbox_set_aside (
    id          INTEGER PRIMARY KEY,
    room_id     TEXT    NOT NULL,
    account     TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

CREATE INDEX inbox_set_aside_room ON inbox_set_aside (room_id);

-- Events that a command took out of the outbox, as the broker would not take them; replay = 1 to be put back.
CREATE TABLE skipped (
    id           INTEGER PRIMARY KEY,
    room_id      TEXT    NOT NULL,
    sequence     INTEGER NOT NULL,
    event_id     TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    trace_parent TEXT,
    created_at   INTEGER NOT NULL,
    payload      BLOB    NOT NULL,
    stream_id    TEXT,
    replay       INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX skipped_room ON skipped (room_id);

CREATE INDEX skipped_replay ON skipped (replay) WHERE replay = 1;
