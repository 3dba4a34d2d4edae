-- When a feed is polled, and why; where it comes from; when it was given up.

-- +goose Up

ALTER TABLE feeds ADD COLUMN added       BIGINT NOT NULL DEFAULT 0;  -- by command: stays without being configured
ALTER TABLE feeds ADD COLUMN moved_polls BIGINT NOT NULL DEFAULT 0;  -- successes in a row at moved_to
ALTER TABLE feeds ADD COLUMN pace        TEXT   NOT NULL DEFAULT ''; -- news.Pace, JSON
ALTER TABLE feeds ADD COLUMN next_reason TEXT   NOT NULL DEFAULT ''; -- why next_poll is when it is
ALTER TABLE feeds ADD COLUMN hold_until  BIGINT NOT NULL DEFAULT 0;  -- the server asked to be left alone until then
ALTER TABLE feeds ADD COLUMN disabled_at BIGINT NOT NULL DEFAULT 0;  -- 0 while it is polled; the cause is last_error

-- How the row's identity was made: by the feed's GUID, the address or the text.
ALTER TABLE articles ADD COLUMN identity TEXT NOT NULL DEFAULT '';

DROP INDEX feeds_due;
CREATE INDEX feeds_due ON feeds (next_poll) WHERE retired = 0 AND disabled_at = 0;
