-- Rooms that are over and that nobody has to act on, the longest over first: what retention looks through.
CREATE INDEX rooms_to_retire ON rooms (status_since, room_id)
    WHERE (status = 'ended' OR status = 'rejected') AND owner IS NULL AND followed = 0;

-- What is kept of a room that was removed: where its numbers go on, and the meeting that is not to begin again.
CREATE TABLE retired_rooms (
    room_id         TEXT    NOT NULL PRIMARY KEY,
    sequence        INTEGER NOT NULL,
    epoch           INTEGER NOT NULL,
    stopped_meeting TEXT
) STRICT, WITHOUT ROWID;
