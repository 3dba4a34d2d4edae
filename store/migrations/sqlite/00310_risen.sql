-- +goose Up

-- The message that said that the event became breaking, and its first line, which
-- names the event; both '' where there is none.
ALTER TABLE messages ADD COLUMN risen TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN risen_line TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE messages DROP COLUMN risen_line;
ALTER TABLE messages DROP COLUMN risen;
