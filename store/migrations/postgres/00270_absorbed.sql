-- +goose Up

-- The events that turned out to be this one, news.Absorbed, JSON; and the event
-- that this one turned out to be, 0 while it stands by itself. Such a row is kept,
-- for messages and links refer to it, and no other column of it counts any more.
ALTER TABLE events ADD COLUMN absorbed TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN merged_into BIGINT NOT NULL DEFAULT 0;
CREATE INDEX events_merged ON events (merged_into) WHERE merged_into <> 0;

-- The articles of an event: its list of sources has no room for all.
CREATE INDEX articles_event ON articles (event) WHERE event IS NOT NULL;

-- +goose Down
DROP INDEX articles_event;
DROP INDEX events_merged;
ALTER TABLE events DROP COLUMN merged_into;
ALTER TABLE events DROP COLUMN absorbed;
