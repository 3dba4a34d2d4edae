-- +goose Up

-- Messages of announcement channels that are, or shall be, shown in the channels
-- that follow them. published is 0 while one waits.
CREATE TABLE publications (
    channel    TEXT    NOT NULL,
    event      INTEGER NOT NULL,
    asked      INTEGER NOT NULL,
    not_before INTEGER NOT NULL DEFAULT 0,
    attempts   INTEGER NOT NULL DEFAULT 0,
    published  INTEGER NOT NULL DEFAULT 0,
    state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'published', 'dead')),
    reason     TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (channel, event)
);
CREATE INDEX publications_recent ON publications (channel, published);

-- When published messages were edited, of the last hour.
CREATE TABLE publication_edits (
    channel TEXT    NOT NULL,
    event   INTEGER NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX publication_edits_at ON publication_edits (channel, event, at);

-- +goose Down
DROP TABLE publication_edits;
DROP TABLE publications;
