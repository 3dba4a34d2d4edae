-- Where a feed has been redirected for good, until that has been seen often enough
-- to be followed: news.Moving as JSON, '' where it is not.

-- +goose Up
ALTER TABLE feeds ADD COLUMN moving TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE feeds DROP COLUMN moving;
