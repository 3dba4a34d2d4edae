-- +goose Up

-- When a post was first handed to Discord without it being known since whether
-- it arrived; 0 where it is certain that it did not.
ALTER TABLE posts ADD COLUMN tried BIGINT NOT NULL DEFAULT 0;
