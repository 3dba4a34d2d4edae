-- +goose Up
-- What readers learned of an event and when: its timeline. Rows are added and
-- never changed. place orders the facts of one revision; day is the day that a
-- fact speaks of, NULL where it names none; was is what it corrects.
CREATE TABLE timeline (
    event    BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    place    BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    day      BIGINT,
    reason   TEXT NOT NULL,
    fact     TEXT NOT NULL,
    was      TEXT NOT NULL,
    article  BIGINT NOT NULL,
    outlet   TEXT NOT NULL,
    url      TEXT NOT NULL,
    PRIMARY KEY (event, revision, place)
);
CREATE INDEX timeline_corrected ON timeline (at) WHERE reason = 'corrected';

-- +goose Down
DROP TABLE timeline;
