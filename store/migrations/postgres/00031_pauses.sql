-- +goose Up

-- Channels that cannot be posted to: nothing is sent there, and what comes in
-- waits, until a check finds them mended.
CREATE TABLE pauses (
    channel TEXT   COLLATE "C" PRIMARY KEY,
    guild   TEXT   NOT NULL,            -- '' where unknown
    lost    TEXT   NOT NULL CHECK (lost IN ('', 'channel', 'guild')), -- deleted, or the bot was removed
    reason  TEXT   NOT NULL,
    since   BIGINT NOT NULL,
    checked BIGINT NOT NULL DEFAULT 0,  -- when it was last looked at, 0 for never
    told    BIGINT NOT NULL DEFAULT 0   -- whether somebody who can mend it was told
);
