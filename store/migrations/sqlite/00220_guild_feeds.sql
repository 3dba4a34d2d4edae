-- +goose Up

-- 1 for a feed that only servers follow and not the operator: its articles are
-- for those servers alone, under the topic feed:<id>. It counts as added while
-- one of them follows it.
ALTER TABLE feeds ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
CREATE INDEX feeds_own ON feeds (id) WHERE own = 1;

-- The feeds that servers follow by themselves.
CREATE TABLE guild_feeds (
    guild   TEXT    NOT NULL,
    feed    INTEGER NOT NULL REFERENCES feeds (id),
    added   INTEGER NOT NULL,
    paused  INTEGER NOT NULL DEFAULT 0, -- since when nothing of it is posted there; 0 while it goes on
    left_at INTEGER NOT NULL DEFAULT 0, -- when the bot was removed from the server; 0 while it is there
    PRIMARY KEY (guild, feed)
);
CREATE INDEX guild_feeds_feed ON guild_feeds (feed);

-- +goose Down
DROP TABLE guild_feeds;
DROP INDEX feeds_own;
ALTER TABLE feeds DROP COLUMN own;
