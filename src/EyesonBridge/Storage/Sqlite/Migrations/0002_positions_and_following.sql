-- Where the streams of the extended protocol stand, as JSON.
ALTER TABLE rooms ADD COLUMN positions TEXT;

-- 1 while something is left to do though the observation may be over.
ALTER TABLE rooms ADD COLUMN followed INTEGER NOT NULL DEFAULT 0;

DROP INDEX rooms_active;

CREATE INDEX rooms_active ON rooms (status_since, room_id)
    WHERE (status <> 'ended' AND status <> 'rejected') OR followed = 1;
