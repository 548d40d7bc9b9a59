-- A claim finds its rooms without passing those that somebody holds, and what is held costs no entry with each append.
DROP INDEX rooms_active;

CREATE INDEX rooms_claimable ON rooms (status_since, room_id)
    WHERE owner IS NULL AND ((status <> 'ended' AND status <> 'rejected') OR followed = 1);

CREATE INDEX rooms_leased ON rooms (lease_until) WHERE owner IS NOT NULL;

CREATE INDEX rooms_unwanted ON rooms (owner) WHERE wanted_by = '[]' AND status <> 'ended' AND status <> 'rejected';

-- Pages of a list look through rooms that are over without the rows, and an append to any other has no entry here.
CREATE INDEX rooms_over ON rooms (room_id, status, account) WHERE status = 'ended' OR status = 'rejected';
