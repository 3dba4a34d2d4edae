-- What was booked for guilds whose own feeds a language model condensed, a day,
-- UTC, in billionths of the prices' unit.

-- +goose Up
CREATE TABLE model_guilds (
    day    TEXT NOT NULL, -- 2006-01-02
    guild  TEXT NOT NULL,
    cost   BIGINT NOT NULL DEFAULT 0,
    capped BIGINT NOT NULL DEFAULT 0, -- articles not sent because of the guild's cap
    PRIMARY KEY (day, guild)
);

-- +goose Down
DROP TABLE model_guilds;
