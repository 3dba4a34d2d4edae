-- How a post arrives: with a notification or without, and which role it pings.
-- The guild is there to link to an earlier message.

-- +goose Up
ALTER TABLE posts ADD COLUMN guild TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN loud BIGINT NOT NULL DEFAULT 0;
