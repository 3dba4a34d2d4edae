-- +goose Up
-- The hub that a feed names (WebSub), the address the hub knows the feed by,
-- and until when the hub has promised to push what is new.
ALTER TABLE feeds ADD COLUMN hub TEXT NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN hub_topic TEXT NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN pushed_until INTEGER NOT NULL DEFAULT 0;

-- What was agreed with a feed's hub. The token is the last part of the address
-- that the hub sends to, the secret what it signs with.
CREATE TABLE hub_leases (
    feed     INTEGER PRIMARY KEY REFERENCES feeds (id),
    hub      TEXT    NOT NULL,
    topic    TEXT    NOT NULL,
    callback TEXT    NOT NULL,
    token    TEXT    NOT NULL UNIQUE,
    secret   TEXT    NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('asked', 'active', 'denied')),
    until    INTEGER NOT NULL DEFAULT 0,
    next     INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    reason   TEXT    NOT NULL DEFAULT ''
);
