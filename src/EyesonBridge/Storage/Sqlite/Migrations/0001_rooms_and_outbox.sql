-- Times are unix milliseconds, UTC.

PRAGMA application_id = 1163477586; -- 'EYBR'

CREATE TABLE rooms (
    room_id      TEXT    NOT NULL PRIMARY KEY,
    account      TEXT    NOT NULL,
    wanted_by    TEXT    NOT NULL, -- sorted JSON array; '[]' when nothing wants the room
    wait_until   INTEGER,
    status       TEXT    NOT NULL,
    status_since INTEGER NOT NULL,
    reason       TEXT,
    heard_at     INTEGER,
    sequence     INTEGER NOT NULL,
    meeting_id   TEXT,
    owner        TEXT,
    lease_until  INTEGER,
    epoch        INTEGER NOT NULL,
    state        BLOB              -- last: the other columns are read without it
) STRICT;

-- Claims look among the rooms that somebody has to act on, the longest waiting first.
CREATE INDEX rooms_active ON rooms (status_since, room_id) WHERE status <> 'ended' AND status <> 'rejected';

CREATE INDEX rooms_owned ON rooms (owner) WHERE owner IS NOT NULL;

CREATE TABLE outbox (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice, in the order of commits
    room_id      TEXT    NOT NULL,
    sequence     INTEGER NOT NULL,
    event_id     TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    trace_parent TEXT,
    created_at   INTEGER NOT NULL,
    payload      BLOB    NOT NULL
) STRICT;

-- One row, rewritten to prove that writing works.
CREATE TABLE probe (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    written_at INTEGER NOT NULL
) STRICT;
