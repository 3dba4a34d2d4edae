-- +goose Up

-- Feeds that were found for a server and may be added by a button, whose id has
-- no room for an address. Kept for a day.
CREATE TABLE feed_offers (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    guild   TEXT    NOT NULL,
    channel TEXT    NOT NULL, -- that is to follow it, '' for none
    url     TEXT    NOT NULL,
    title   TEXT    NOT NULL,
    at      INTEGER NOT NULL
);

-- +goose Down
DROP TABLE feed_offers;
