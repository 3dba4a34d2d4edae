-- The word index over condensed articles. It holds no text of its own: it
-- reads articles_text, and three triggers keep it in step.

-- +goose Up

CREATE VIEW articles_text AS
    SELECT id, coalesce(title_words, title) AS title, coalesce(body_words, body) AS body
    FROM articles WHERE state = 'done';

CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, body,
    content = 'articles_text', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- A word in the title counts three times one in the body.
INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(3.0, 1.0)');
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');

-- +goose StatementBegin
CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles WHEN new.state = 'done' BEGIN
    INSERT INTO articles_fts (rowid, title, body)
    VALUES (new.id, coalesce(new.title_words, new.title), coalesce(new.body_words, new.body));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles WHEN old.state = 'done' BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, body)
    VALUES ('delete', old.id, coalesce(old.title_words, old.title), coalesce(old.body_words, old.body));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER articles_fts_update AFTER UPDATE OF state, title, title_words, body, body_words ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, body)
    SELECT 'delete', old.id, coalesce(old.title_words, old.title), coalesce(old.body_words, old.body)
    WHERE old.state = 'done';
    INSERT INTO articles_fts (rowid, title, body)
    SELECT new.id, coalesce(new.title_words, new.title), coalesce(new.body_words, new.body)
    WHERE new.state = 'done';
END;
-- +goose StatementEnd
