-- +goose Up

-- Each batch of polls asks which feeds are about to take their new address for
-- good. Hardly any is: it must not look at all of them for that.
CREATE INDEX feeds_moving ON feeds (moved_polls) WHERE added = 1 AND moved_to <> '';

-- +goose Down
DROP INDEX feeds_moving;
