-- +goose Up

-- What is set for a channel beside its topics: news.Channel, JSON.
CREATE TABLE channels (
    channel  TEXT PRIMARY KEY,
    guild    TEXT NOT NULL,
    settings TEXT NOT NULL
);

-- Events that wait for a channel's next digest, with the reason.
CREATE TABLE held (
    channel TEXT   NOT NULL,
    event   BIGINT NOT NULL,
    outcome TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (channel, event)
);

-- What was decided on each article, kept for 30 days. channel is '' where the
-- verdict holds for all.
CREATE TABLE verdicts (
    at      BIGINT NOT NULL,
    article BIGINT NOT NULL,
    event   BIGINT NOT NULL,
    channel TEXT   NOT NULL,
    outcome TEXT   NOT NULL,
    detail  TEXT   NOT NULL,
    PRIMARY KEY (article, channel)
);
CREATE INDEX verdicts_event ON verdicts (event, at);
CREATE INDEX verdicts_at ON verdicts (at);

-- +goose Down
DROP TABLE verdicts;
DROP TABLE held;
DROP TABLE channels;
