-- What a guild calls a feed until that tells its own name: another guild that
-- follows it is not to read this.

-- +goose Up
ALTER TABLE guild_feeds ADD COLUMN label TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE guild_feeds DROP COLUMN label;
