-- +goose Up

-- The feeds that were never read. Where all feeds are due, as at a start after a
-- pause, those that were need not be looked at to find that there are none.
CREATE INDEX feeds_unread ON feeds (next_poll) WHERE retired = 0 AND disabled_at = 0 AND polled = 0 AND failures = 0;

-- +goose Down
DROP INDEX feeds_unread;
