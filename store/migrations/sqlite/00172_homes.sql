-- +goose Up

-- Which server a channel belongs to, known as long as anything of it is stored.
CREATE TABLE homes (
    channel TEXT PRIMARY KEY,
    guild   TEXT NOT NULL
);
CREATE INDEX homes_guild ON homes (guild);

INSERT INTO homes (channel, guild)
SELECT channel, max(guild) FROM (
    SELECT channel, guild FROM subscriptions UNION SELECT channel, guild FROM channels UNION SELECT channel, guild FROM pauses
) AS known WHERE guild <> '' GROUP BY channel;

-- The servers that are being forgotten; empty but within that transaction.
CREATE TABLE leaving (guild TEXT PRIMARY KEY);

-- +goose Down
DROP TABLE leaving;
DROP TABLE homes;
