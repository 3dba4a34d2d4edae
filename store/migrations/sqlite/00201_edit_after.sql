-- +goose Up

-- When the message takes an edit again; 0 where its edits were never rationed.
-- Those of one whose edits were wait apart from the channel's other posts.
ALTER TABLE messages ADD COLUMN edit_after INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE messages DROP COLUMN edit_after;
