-- +goose Up
-- Who is to be told that a feed was given up: the servers that followed its
-- topic then. told is 1 once they were, or cannot be.
CREATE TABLE feed_notices (
    feed  INTEGER NOT NULL REFERENCES feeds (id),
    guild TEXT NOT NULL,
    since INTEGER NOT NULL,
    told  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (feed, guild)
);
CREATE INDEX feed_notices_untold ON feed_notices (guild, feed) WHERE told = 0;
