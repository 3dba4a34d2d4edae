-- +goose Up

-- Why each article stands where it does, kept as long as the verdicts.
CREATE TABLE placements (
    article  BIGINT PRIMARY KEY,
    at       BIGINT NOT NULL,
    reason   TEXT   NOT NULL, -- what it did to its event
    evidence TEXT   NOT NULL  -- news.Grouping, JSON
);
CREATE INDEX placements_at ON placements (at);

-- By what an article's own address is known, which may differ from the one in
-- its feed: the first 64 bits of the SHA-256 of feeds.AddressKey.
CREATE TABLE addresses (
    key     BIGINT NOT NULL,
    article BIGINT NOT NULL,
    PRIMARY KEY (key, article)
);

-- +goose Down
DROP TABLE addresses;
DROP TABLE placements;
