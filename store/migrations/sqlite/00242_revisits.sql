-- +goose Up
-- What the feed says of an article, as a hash: another one means that the
-- article was changed. 0 where it was stored before this was noted.
ALTER TABLE articles ADD COLUMN said INTEGER NOT NULL DEFAULT 0;

-- Articles whose pages are read again. The last three columns are what the feed
-- says now, where that is not what it said at first.
CREATE TABLE revisits (
    article       INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    due           INTEGER,                  -- NULL while there is no reason to
    cause         TEXT NOT NULL,
    readings      INTEGER NOT NULL DEFAULT 0,
    last          INTEGER,
    etag          TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    title         TEXT NOT NULL DEFAULT '',
    summary       TEXT NOT NULL DEFAULT '',
    content       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX revisits_due ON revisits (due) WHERE due IS NOT NULL;

-- +goose Down
DROP TABLE revisits;
ALTER TABLE articles DROP COLUMN said;
