-- A claim finds its rooms without passing those that somebody holds, and what is held costs no entry with each append.
DROP INDEX rooms_active;

CREATE INDEX rooms_claimable ON rooms (status_since, room_id)
    WHERE owner IS NULL AND ((status <> 'ended' AND status <> 'rejected') OR followed = 1);

CREATE INDEX rooms_leased ON rooms (lease_until) WHERE owner IS NOT NULL;

CREATE INDEX rooms_unwanted ON rooms (owner) WHERE wanted_by = '[]' AND status <> 'ended' AND status <> 'rejected';
