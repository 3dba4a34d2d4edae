-- +goose Up
-- What readers learned of an event and when: its timeline. Rows are added and
-- never changed. place orders the facts of one revision; day is the day that a
-- fact speaks of, NULL where it names none; was is what it corrects.
CREATE TABLE timeline (
    event    INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    day      INTEGER,
    reason   TEXT NOT NULL,
    fact     TEXT NOT NULL,
    was      TEXT NOT NULL,
    article  INTEGER NOT NULL,
    outlet   TEXT NOT NULL,
    url      TEXT NOT NULL,
    PRIMARY KEY (event, revision, place)
);
CREATE INDEX timeline_corrected ON timeline (at) WHERE reason = 'corrected';

-- +goose Down
DROP TABLE timeline;
