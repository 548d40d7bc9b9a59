-- The handshakes that each waits for, or has made of late: the limit of an account is shared by need.
ALTER TABLE replicas ADD COLUMN handshakes integer NOT NULL DEFAULT 0;

-- What a transaction leaves, so that it can be told whether it was made when the answer to its commit was lost: after a crash, numbers
-- of transactions are given again. Transactions that append events do without.
CREATE TABLE commits (
    id uuid        PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

CREATE INDEX commits_by_time ON commits (at);
