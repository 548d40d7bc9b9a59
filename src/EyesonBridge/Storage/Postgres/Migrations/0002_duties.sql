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
