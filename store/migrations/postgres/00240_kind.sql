-- +goose Up
-- What sort of piece an article is: '' for a report, else roundup, live,
-- gallery, video or audio.
ALTER TABLE articles ADD COLUMN kind TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE articles DROP COLUMN kind;
