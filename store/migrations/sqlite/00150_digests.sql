-- +goose Up

-- Digests to come: at most one by a channel's plan, and one that its waiting
-- events need sooner.
CREATE TABLE digests (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT    NOT NULL,
    kind    TEXT    NOT NULL CHECK (kind IN ('planned', 'catch_up')),
    due     INTEGER NOT NULL,
    since   INTEGER NOT NULL, -- what it tells begins here
    UNIQUE (channel, kind)
);
CREATE INDEX digests_due ON digests (due);

-- What a channel's digests told it, kept for 30 days: it is not posted again
-- unless it becomes more important.
CREATE TABLE told (
    channel TEXT    NOT NULL,
    event   INTEGER NOT NULL,
    class   TEXT    NOT NULL, -- the event's class then
    at      INTEGER NOT NULL,
    PRIMARY KEY (channel, event)
);
CREATE INDEX told_event ON told (event);

-- When a feed was last read, and the last time in which none was for hours.
CREATE TABLE pulse (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    at       INTEGER NOT NULL,
    gap_from INTEGER NOT NULL DEFAULT 0,
    gap_to   INTEGER NOT NULL DEFAULT 0
);

-- The message of a post that is no event's: a digest.
ALTER TABLE posts ADD COLUMN message TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE posts DROP COLUMN message;
DROP TABLE pulse;
DROP TABLE told;
DROP TABLE digests;
