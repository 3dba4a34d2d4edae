-- +goose Up
-- Until when Discord takes no requests, for everything or for one kind of
-- request: kept so that a restart does not ask too early.
CREATE TABLE waits (
    name  TEXT PRIMARY KEY,
    until BIGINT NOT NULL
);
