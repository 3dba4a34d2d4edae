-- +goose Up
-- Lines that recur on the pages of a site whatever they tell of: the 64-bit
-- hash of each, and when it was last noted. Few for each site; old ones are
-- dropped.
CREATE TABLE recurring (
    site TEXT   NOT NULL,
    line BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    PRIMARY KEY (site, line)
);
CREATE INDEX recurring_seen ON recurring (seen);

-- +goose Down
DROP TABLE recurring;
