-- The folder in which a guild keeps a feed, as the list had it that it imported.

-- +goose Up
ALTER TABLE guild_feeds ADD COLUMN folder TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE guild_feeds DROP COLUMN folder;
