-- +goose Up

-- What was posted last in a channel, and what was given up lately.
CREATE INDEX posts_last ON posts (channel, tried) WHERE state = 'sent';
CREATE INDEX posts_dead ON posts (tried) WHERE state = 'dead';

-- +goose Down
DROP INDEX posts_dead;
DROP INDEX posts_last;
