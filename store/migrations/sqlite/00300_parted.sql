-- +goose Up

-- The events that this one turned out not to be, after their articles had stood
-- together: news.Parted, JSON. They are never put together again.
ALTER TABLE events ADD COLUMN parted TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE events DROP COLUMN parted;
