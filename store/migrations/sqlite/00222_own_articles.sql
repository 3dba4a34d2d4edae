-- +goose Up

-- The articles of guilds' own feeds are counted apart: all others are counted by
-- an index that does not hold the topic.
CREATE INDEX articles_own ON articles (topic, dated) WHERE substr(topic, 1, 5) = 'feed:';

-- +goose Down
DROP INDEX articles_own;
