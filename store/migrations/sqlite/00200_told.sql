-- +goose Up

-- Which digest told a channel of an event: a row of posts, 0 where that is not
-- known. named is 0 where the digest had no room for it and only counted it.
ALTER TABLE told ADD COLUMN post INTEGER NOT NULL DEFAULT 0;
ALTER TABLE told ADD COLUMN named INTEGER NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE told DROP COLUMN named;
ALTER TABLE told DROP COLUMN post;
