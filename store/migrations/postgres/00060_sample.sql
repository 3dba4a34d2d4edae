-- +goose Up
-- A subscription that has had nothing yet gets the newest event of its topic
-- once there is one. Those made before had it when they were made.
ALTER TABLE subscriptions ADD COLUMN sampled BIGINT NOT NULL DEFAULT 1;
