-- What the user of the bridge needs, when it is not the owner of its tables:
--
--   psql -d eyeson_bridge -v role=eyeson_bridge -f deploy/postgres/schema.sql -f deploy/postgres/grants.sql
--
-- Run both as the owner, before the first start and before each version with a newer schema. The bridge then only checks
-- the version of the schema, and changes no table.

GRANT USAGE ON SCHEMA public TO :"role";

GRANT SELECT ON store TO :"role";

GRANT SELECT, INSERT, UPDATE, DELETE
    ON rooms, retired_rooms, wishes, replicas, handovers, outbox, permalinks, inbox, inbox_set_aside, skipped, probe, duties, account_keys, commits
    TO :"role";

GRANT USAGE, SELECT ON SEQUENCE outbox_ids, intent_numbers TO :"role";
