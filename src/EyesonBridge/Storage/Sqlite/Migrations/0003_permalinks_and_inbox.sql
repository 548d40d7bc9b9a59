-- Permalinks to watch. The token is a secret, and needed to ask Eyeson.
CREATE TABLE permalinks (
    token              TEXT    NOT NULL PRIMARY KEY,
    account            TEXT    NOT NULL,
    recurring          INTEGER NOT NULL,
    status             TEXT    NOT NULL,
    permalink_id       TEXT,
    room_id            TEXT,
    meeting_started_at INTEGER
) STRICT;

CREATE INDEX permalinks_room ON permalinks (room_id);

CREATE INDEX permalinks_id ON permalinks (permalink_id);

-- What was learned of a room elsewhere than on its socket, until its owner takes it up.
CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    room_id     TEXT    NOT NULL,
    account     TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

CREATE INDEX inbox_room ON inbox (room_id);

-- The meeting that a command stopped: automatic sources do not register it again. '*' is whichever runs now.
ALTER TABLE rooms ADD COLUMN stopped_meeting TEXT;
