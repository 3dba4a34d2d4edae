-- Times are milliseconds since 1970, UTC; NULL is "unknown". Lists are JSON,
-- '' is the empty list. There are no Down steps: a file is never taken back
-- to an older form, a backup is restored instead.

-- +goose Up

-- "News" in ASCII: the mark by which a file of ours is known.
PRAGMA application_id = 1315272563;

CREATE TABLE feeds (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    url           TEXT    NOT NULL UNIQUE,        -- as configured
    moved_to      TEXT    NOT NULL DEFAULT '',    -- where it is fetched, should it have moved for good
    name          TEXT    NOT NULL DEFAULT '',    -- as configured
    title         TEXT    NOT NULL DEFAULT '',    -- as the feed calls itself
    topic         TEXT    NOT NULL,
    retired       INTEGER NOT NULL DEFAULT 0,     -- no longer configured: kept, never polled
    polled        INTEGER NOT NULL DEFAULT 0,
    next_poll     INTEGER NOT NULL,
    failures      INTEGER NOT NULL DEFAULT 0,
    etag          TEXT    NOT NULL DEFAULT '',
    last_modified TEXT    NOT NULL DEFAULT '',
    body_hash     TEXT    NOT NULL DEFAULT '',
    last_error    TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX feeds_due ON feeds (next_poll) WHERE retired = 0;

CREATE TABLE events (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: messages refer to it
    version     INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    topic       TEXT    NOT NULL,
    first_at    INTEGER,
    last_at     INTEGER,
    happened_at INTEGER,
    headline    TEXT    NOT NULL,
    image       TEXT    NOT NULL,
    who         TEXT    NOT NULL,
    places      TEXT    NOT NULL,
    facts       TEXT    NOT NULL,
    sources     TEXT    NOT NULL
);
CREATE INDEX events_last ON events (last_at);
CREATE INDEX events_topic ON events (topic, last_at);

-- One row from the moment a feed shows an item. While the state is 'new' the
-- columns from title on say what the feed said; Apply replaces them by what
-- the page said. Long texts come last, so that reading the short ones does
-- not touch their pages.
CREATE TABLE articles (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    feed         INTEGER NOT NULL REFERENCES feeds (id),
    guid_key     INTEGER NOT NULL,  -- first 64 bits of the SHA-256 of guid: a small index
    url_key      INTEGER,           -- the same of the item's address
    state        TEXT    NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done')),
    quiet        INTEGER NOT NULL,
    dated        INTEGER NOT NULL,  -- the time it counts from; never after it was seen
    seen         INTEGER NOT NULL,
    arrived      INTEGER NOT NULL,  -- seen, or that of the row before if later: never falls as ids rise
    published    INTEGER,
    updated      INTEGER,
    not_before   INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    event        INTEGER REFERENCES events (id),
    copy_of      INTEGER,
    guid         TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    url          TEXT    NOT NULL,
    byline       TEXT    NOT NULL,
    image        TEXT    NOT NULL,
    outlet       TEXT    NOT NULL DEFAULT '',
    topic        TEXT    NOT NULL DEFAULT '',
    lang         TEXT    NOT NULL DEFAULT '',
    method       TEXT    NOT NULL DEFAULT '',
    why          TEXT    NOT NULL DEFAULT '',
    last_error   TEXT    NOT NULL DEFAULT '',
    headline     TEXT    NOT NULL DEFAULT '',
    summarizer   TEXT    NOT NULL DEFAULT '',
    happened_at  INTEGER,
    who          TEXT    NOT NULL DEFAULT '',
    places       TEXT    NOT NULL DEFAULT '',
    facts        TEXT    NOT NULL DEFAULT '',
    feed_summary TEXT    NOT NULL,  -- emptied by Apply, as is feed_content
    feed_content TEXT    NOT NULL,
    title_words  TEXT,              -- the text with words parted, for scripts without blanks; else NULL
    body_words   TEXT,
    body         TEXT    NOT NULL DEFAULT '',
    UNIQUE (feed, guid_key)
);
CREATE INDEX articles_url ON articles (feed, url_key);
CREATE INDEX articles_arrived ON articles (arrived);
CREATE INDEX articles_new ON articles (quiet, dated, not_before) WHERE state = 'new';
CREATE INDEX articles_done ON articles (dated) WHERE state = 'done';

CREATE TABLE subscriptions (
    guild   TEXT NOT NULL,
    channel TEXT NOT NULL,
    topic   TEXT NOT NULL,
    PRIMARY KEY (channel, topic, guild)
) WITHOUT ROWID;

-- The outbox. The order of the ids is the order within a channel.
CREATE TABLE posts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT    NOT NULL UNIQUE,
    channel    TEXT    NOT NULL,
    event      INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    state      TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'dead')),
    attempts   INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL,
    reason     TEXT    NOT NULL DEFAULT '',
    line       TEXT    NOT NULL,
    snapshot   TEXT    NOT NULL -- the event as it was when the post was decided, JSON
);
CREATE INDEX posts_pending ON posts (channel, id) WHERE state = 'pending';
CREATE INDEX posts_event ON posts (event, channel);

-- What stands in a channel for an event: edits and lines go there.
CREATE TABLE messages (
    event   INTEGER NOT NULL,
    channel TEXT    NOT NULL,
    message TEXT    NOT NULL,
    thread  TEXT    NOT NULL,
    PRIMARY KEY (event, channel)
) WITHOUT ROWID;
