-- How much an event matters: its class, its weight from 0 to 1, and the terms
-- that the weight is made of, as JSON.

-- +goose Up
ALTER TABLE events ADD COLUMN class TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN weight DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN terms TEXT NOT NULL DEFAULT '';
