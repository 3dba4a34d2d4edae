-- The language model: who worded a headline, what was answered, what it cost.

-- +goose Up

ALTER TABLE events ADD COLUMN method TEXT NOT NULL DEFAULT ''; -- of the summary that the headline is from

-- An answer that was paid for. The key is a hash of the model, the version of
-- the prompt and the text that was sent; the answer is as the model gave it,
-- unchecked.
CREATE TABLE model_answers (
    key    TEXT   PRIMARY KEY,
    at     BIGINT NOT NULL,
    answer TEXT   NOT NULL
);
CREATE INDEX model_answers_at ON model_answers (at);

-- One row a day, UTC. Money is in billionths of the unit that the prices are
-- in. A request is booked at its most before it is sent, and set right after.
CREATE TABLE model_days (
    day           TEXT   PRIMARY KEY, -- 2006-01-02
    cost          BIGINT NOT NULL DEFAULT 0,
    requests      BIGINT NOT NULL DEFAULT 0,
    hits          BIGINT NOT NULL DEFAULT 0, -- answers that were kept from before
    capped        BIGINT NOT NULL DEFAULT 0, -- articles not sent because of the cap
    input_tokens  BIGINT NOT NULL DEFAULT 0,
    output_tokens BIGINT NOT NULL DEFAULT 0,
    kept          BIGINT NOT NULL DEFAULT 0, -- facts that passed the check
    dropped       BIGINT NOT NULL DEFAULT 0  -- facts that did not
);
