package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"newsdesk/events"
	"newsdesk/news"
)

// errCircles says that two events may not become one: what a server's own feeds
// brought is shown to that server alone.
var errCircles = errors.New("one of the events is of a server's own feed, and the other is not")

// Merge commits, in one transaction, that an event turned out to be another one:
// ch.Absorbed is put into ch.Base. Its articles, its timeline, what was decided on
// it and what channels were told of it are the other's from then on; its row
// points there. In each channel events.Settle says what becomes of its message:
// no channel gets a second one, and where one that was to notify is taken back,
// another does. The posts of the plan are added, those that say
// where a message went only where there is one to go to. It returns the ids of
// the posts it made.
//
// Both events must have the versions that they were decided on, else nothing is
// written and the error is news.ErrConflict. Where the one is the other already,
// nothing changes.
func (db *DB) Merge(ctx context.Context, ch events.Change, plan events.Plan) ([]news.PostID, error) {
	kept, gone := ch.Base, ch.Absorbed
	fail := func(err error) error { return fmt.Errorf("put event %d into event %d: %w", gone.ID, kept.ID, err) }
	of, own := news.TopicFeed(kept.Topic)
	if feed, other := news.TopicFeed(gone.Topic); own != other || of != feed {
		return nil, fail(errCircles)
	}
	ev := tameEvent(ch.Event)
	ev.Version = kept.Version + 1
	var made []news.PostID
	err := db.write(ctx, func(tx *transaction) error {
		made = nil
		done, err := point(ctx, tx, kept.ID, gone)
		if err != nil || done {
			return err
		}
		if _, err := saveEvent(ctx, tx, ev, kept.Version); err != nil {
			return err
		}
		settled, rises, err := settleMessages(ctx, tx, ch)
		if err != nil {
			return err
		}
		if err := moveRecords(ctx, tx, kept.ID, gone.ID, len(kept.Absorbed)); err != nil {
			return err
		}
		if err := waitsNot(ctx, tx, ev); err != nil {
			return err
		}
		if err := tellOnce(ctx, tx, kept.ID, gone.ID); err != nil {
			return err
		}
		onward := slices.DeleteFunc(slices.Clone(plan.Onward), func(p news.Post) bool { return settled[p.Channel] != events.SettleRetire })
		for _, p := range slices.Concat(plan.Posts, rises, onward) {
			id, err := enqueue(ctx, tx, p)
			if err != nil {
				return err
			}
			if id != 0 {
				made = append(made, id)
			}
		}
		for _, publish := range plan.Publish {
			var shown int // who follows the channel has the message of the other
			err := tx.QueryRowContext(ctx, `SELECT count(*) FROM publications WHERE channel = $1 AND event = $2 AND state = 'published'`, publish, gone.ID).Scan(&shown)
			if err == nil && shown == 0 {
				err = askPublish(ctx, tx, publish, kept.ID, ev.Last)
			}
			if err != nil {
				return err
			}
		}
		return saveVerdicts(ctx, tx, kept.ID, plan.Verdicts)
	})
	if err != nil {
		return nil, fail(err)
	}
	return made, nil
}

// point makes the row of an event that is gone, and of those that had been put
// into it, point to the one that is kept. done says that it does already.
func point(ctx context.Context, tx *transaction, kept news.EventID, gone news.Event) (done bool, err error) {
	var version int
	var into news.EventID
	err = tx.QueryRowContext(ctx, `SELECT version, merged_into FROM events WHERE id = $1`, gone.ID).Scan(&version, &into)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, news.ErrNotFound
	case err != nil:
		return false, err
	case into == kept:
		return true, nil
	case into != 0 || version != gone.Version || kept == gone.ID:
		return false, news.ErrConflict
	}
	for _, query := range []string{
		`UPDATE events SET merged_into = $1, version = version + 1 WHERE id = $2`,
		`UPDATE events SET merged_into = $1 WHERE merged_into = $2`,
	} {
		if _, err := tx.ExecContext(ctx, query, kept, gone.ID); err != nil {
			return false, err
		}
	}
	return false, nil
}

// mergedPlace is added to the places of the moments of each event that is put
// into another one, so that they meet none that it has or will get.
const mergedPlace = 100

// moveRecords makes what is recorded of an event that is gone the kept one's,
// which has taken in some before.
func moveRecords(ctx context.Context, tx *transaction, kept, gone news.EventID, before int) error {
	const own = `INSERT INTO told (channel, event, class, at, post, named)
		SELECT channel, CAST($1 AS BIGINT), class, at, post, named FROM told WHERE event = $2
		ON CONFLICT (channel, event) DO UPDATE SET class = excluded.class, at = excluded.at, post = excluded.post, named = excluded.named
			WHERE told.named = 0` // that it was named in one digest is what counts
	const waits = `INSERT INTO held (channel, event, outcome, at)
		SELECT channel, CAST($1 AS BIGINT), outcome, at FROM held WHERE event = $2 ON CONFLICT DO NOTHING`
	for _, q := range []struct {
		query string
		args  []any
	}{
		{
			`UPDATE placements SET reason = $2 WHERE reason = $3 AND article IN (SELECT id FROM articles WHERE event = $1)`,
			[]any{gone, string(events.ReasonMerged), string(events.ReasonNew)},
		},
		{`UPDATE articles SET event = $1 WHERE event = $2`, []any{kept, gone}},
		{`UPDATE verdicts SET event = $1 WHERE event = $2`, []any{kept, gone}},
		{`UPDATE timeline SET event = $1, place = place + $3 WHERE event = $2`, []any{kept, gone, mergedPlace * (before + 1)}},
		{own, []any{kept, gone}},
		{`DELETE FROM told WHERE event = $1`, []any{gone}},
		{waits, []any{kept, gone}},
		{`DELETE FROM held WHERE event = $1`, []any{gone}},
	} {
		if _, err := tx.ExecContext(ctx, q.query, q.args...); err != nil {
			return err
		}
	}
	return nil
}

// waitsNot ends the waiting of an event in channels that know it: that have a
// message of it, or were told of it in a digest as of no lower class.
func waitsNot(ctx context.Context, tx *transaction, e news.Event) error {
	channels, err := list(ctx, tx, one[news.ChannelID], `SELECT channel FROM held WHERE event = $1 ORDER BY channel`, e.ID)
	if err != nil {
		return err
	}
	for _, id := range channels {
		known, err := stand(ctx, tx, e.ID, id)
		if err != nil {
			return err
		}
		var as news.Class
		err = tx.QueryRowContext(ctx, `SELECT class FROM told WHERE event = $1 AND channel = $2 AND named = 1`, e.ID, id).Scan(&as)
		told := err == nil && as.Rank() >= e.Class.Rank()
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if known == events.StandNone && !told {
			continue
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM held WHERE event = $1 AND channel = $2`, e.ID, id); err != nil {
			return err
		}
	}
	return nil
}

// tellOnce takes an event that is gone out of the digests that wait and tell the
// one that it was put into as well.
func tellOnce(ctx context.Context, tx *transaction, kept, gone news.EventID) error {
	type waiting struct {
		id       news.PostID
		snapshot string
	}
	posts, err := list(ctx, tx, func(s scanner) (w waiting, err error) { return w, s.Scan(&w.id, &w.snapshot) },
		`SELECT id, snapshot FROM posts WHERE state = 'pending' AND kind = $1 AND tried = 0`, string(news.PostDigest))
	if err != nil {
		return err
	}
	for _, w := range posts {
		var d news.Digest
		if err := json.Unmarshal([]byte(w.snapshot), &d); err != nil {
			return fmt.Errorf("post %d: snapshot: %w", w.id, err)
		}
		of := func(id news.EventID) func(news.DigestEntry) bool {
			return func(e news.DigestEntry) bool { return e.Event == id }
		}
		all := append(slices.Clone(d.Entries), d.More...)
		if !slices.ContainsFunc(all, of(kept)) || !slices.ContainsFunc(all, of(gone)) {
			continue
		}
		drop := gone
		if !slices.ContainsFunc(d.Entries, of(kept)) { // the one that has an entry of its own stays
			drop = kept
		}
		d.Entries, d.More = slices.DeleteFunc(d.Entries, of(drop)), slices.DeleteFunc(d.More, of(drop))
		snapshot, err := json.Marshal(d)
		if err != nil {
			return fmt.Errorf("post %d: %w", w.id, err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE posts SET snapshot = $2 WHERE id = $1`, w.id, string(snapshot)); err != nil {
			return err
		}
	}
	return nil
}

// standsAlone is news.ErrConflict where an event was put into another one.
func standsAlone(ctx context.Context, tx *transaction, id news.EventID) error {
	var gone int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM events WHERE id = $1 AND merged_into <> 0`, id).Scan(&gone); err != nil {
		return err
	}
	if gone > 0 {
		return news.ErrConflict
	}
	return nil
}
