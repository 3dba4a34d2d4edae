-- How many of an event's facts were looked for in its articles, and how many
-- of those were not found there and left out.

-- +goose Up
ALTER TABLE events ADD COLUMN facts_checked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN facts_dropped BIGINT NOT NULL DEFAULT 0;
