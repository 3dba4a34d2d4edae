-- The word index over condensed articles. Words are parted, folded and stemmed
-- by the program, so that they are the same whatever the server's language and
-- extensions are. Weight A is the title, D the body.

-- +goose Up

CREATE TABLE articles_words (
    article BIGINT   PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    size    BIGINT   NOT NULL, -- words in title and body
    words   TSVECTOR NOT NULL
) WITH (toast_tuple_target = 8160);
-- In the row itself where they fit: to rank an article, a search reads them
-- once for each of its words, which takes thirty times as long elsewhere.
ALTER TABLE articles_words ALTER COLUMN words SET STORAGE EXTERNAL;
CREATE INDEX articles_words_gin ON articles_words USING GIN (words);
