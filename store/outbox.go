package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"newsdesk/news"
	"newsdesk/outbox"
)

// postKey names one effect in one channel: "<channel>:<event>:<revision>:<kind>".
// A digest has a key of its own.
func postKey(p news.Post) string {
	return string(p.Channel) + ":" + strconv.FormatInt(int64(p.Event.ID), 10) + ":" +
		strconv.Itoa(p.Event.Revision) + ":" + string(p.Kind)
}

// Enqueue adds posts to the outbox, in their order, in one transaction. A post
// whose key is there already, sent or not, is left out. An empty key is filled
// in. An event whose alert is added waits for no digest of its channel any more.
// Where one was put into another since, nothing is added and the error is
// news.ErrConflict.
func (db *DB) Enqueue(ctx context.Context, posts []news.Post) error {
	err := db.write(ctx, func(tx *transaction) error {
		for _, p := range posts {
			if p.Kind == news.PostAlert {
				if err := standsAlone(ctx, tx, p.Event.ID); err != nil {
					return err
				}
			}
			if _, err := enqueue(ctx, tx, p); err != nil {
				return err
			}
			if p.Kind != news.PostAlert {
				continue
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM held WHERE channel = $1 AND event = $2`, p.Channel, p.Event.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("enqueue: %w", err)
	}
	return nil
}

// enqueue inserts one post and returns its id, 0 where its key is known.
func enqueue(ctx context.Context, tx *transaction, p news.Post) (news.PostID, error) {
	if p.Key == "" {
		p.Key = postKey(p)
	}
	var shown any = tameEvent(p.Event)
	if p.Kind == news.PostDigest {
		shown = p.Digest
	}
	snapshot, err := json.Marshal(shown)
	if err != nil {
		return 0, fmt.Errorf("post %s: %w", p.Key, err)
	}
	var id news.PostID
	err = tx.QueryRowContext(ctx, `INSERT INTO posts (key, channel, event, kind, not_before, line, snapshot, guild, role, loud)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING RETURNING id`,
		p.Key, p.Channel, p.Event.ID, string(p.Kind), milli(p.NotBefore).Int64, p.Line, string(snapshot), p.Guild, p.Role, bit(p.Loud)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("post %s: %w", p.Key, err)
	}
	return id, nil
}

// lane parts the posts of a channel that are sent one after the other: all of
// them, but for the lines of an event of which one has failed three times. Its
// thread may never open; then its lines wait by themselves, and nothing else
// does. What is shown in the channel itself keeps its order.
const lane = `CASE WHEN kind = 'line' AND (channel, event) IN (SELECT channel, event FROM posts WHERE state = 'pending' AND kind = 'line' AND attempts >= 3)
	THEN event ELSE 0 END`

// heads selects the first unsent post of each lane of the channels that are not
// paused. Edits that wait apart are not among them: DueEdits gives those.
const heads = `(SELECT min(id) FROM posts WHERE state = 'pending' AND NOT ` + apart + `
	AND channel NOT IN (SELECT channel FROM pauses) GROUP BY channel, ` + lane + `)`

// DueChannels returns the channels that NextPost has a post of at now, the
// longest overdue first.
func (db *DB) DueChannels(ctx context.Context, now time.Time) ([]news.ChannelID, error) {
	found, err := list(ctx, db.r, one[news.ChannelID],
		`SELECT channel FROM posts WHERE id IN `+heads+` AND not_before <= $1 GROUP BY channel ORDER BY min(not_before), min(id)`, milli(now).Int64)
	if err != nil {
		return nil, fmt.Errorf("list due channels: %w", err)
	}
	return found, nil
}

// NextDue returns when the first of the channels is due, never before now;
// false where nothing is unsent.
func (db *DB) NextDue(ctx context.Context, now time.Time) (time.Time, bool, error) {
	var next sql.NullInt64
	if err := db.r.QueryRowContext(ctx, `SELECT min(not_before) FROM posts WHERE id IN `+heads).Scan(&next); err != nil {
		return time.Time{}, false, fmt.Errorf("find next due post: %w", err)
	}
	if at := moment(next); at.After(now) {
		return at, true, nil
	}
	return now, next.Valid, nil
}

// NextPost returns the channel's first unsent post if it is due at now, with
// the event's message and thread in that channel; else news.ErrNotFound. The
// lines of an event of which one has failed three times hold back only each other.
//
// An edit or a line that comes first in its channel while its event has no
// message there can never be delivered: what could have made the message came
// before it, and is dead. Such posts are set aside here, with the reason, and
// the next one is returned.
func (db *DB) NextPost(ctx context.Context, ch news.ChannelID, now time.Time) (news.Post, error) {
	for {
		p, err := db.head(ctx, ch, now)
		if err != nil {
			return news.Post{}, fmt.Errorf("next post of channel %s: %w", ch, err)
		}
		if p.Kind == news.PostAlert || p.Kind == news.PostDigest || p.Message != "" {
			return p, nil
		}
		if err := db.orphan(ctx, p); err != nil && !errors.Is(err, news.ErrNotFound) {
			return news.Post{}, fmt.Errorf("set post %s aside: %w", p.Key, err)
		}
	}
}

// head returns the first post of the channel that is at the head of a lane and
// due at now.
func (db *DB) head(ctx context.Context, ch news.ChannelID, now time.Time) (news.Post, error) {
	p := news.Post{Channel: ch}
	var snapshot string
	var notBefore, tried int64
	err := db.r.QueryRowContext(ctx, `SELECT p.id, p.key, p.kind, p.line, p.attempts, p.not_before, p.tried, p.snapshot, p.guild, p.role, p.loud,
			coalesce(m.message, ''), coalesce(m.thread, ''), coalesce(o.message, ''), coalesce(m.risen, ''), coalesce(m.risen_line, '')
		FROM posts p LEFT JOIN messages m ON m.event = p.event AND m.channel = p.channel
			LEFT JOIN events e ON e.id = p.event LEFT JOIN messages o ON o.event = e.merged_into AND o.channel = p.channel
		WHERE p.id IN (SELECT min(id) FROM posts WHERE channel = $1 AND state = 'pending' AND NOT `+apart+` GROUP BY `+lane+`)
			AND p.not_before <= $2 AND p.channel NOT IN (SELECT channel FROM pauses)
		ORDER BY p.id LIMIT 1`, ch, milli(now).Int64).
		Scan(&p.ID, &p.Key, &p.Kind, &p.Line, &p.Attempts, &notBefore, &tried, &snapshot, &p.Guild, &p.Role, &p.Loud, &p.Message, &p.Thread, &p.Onward, &p.Rise.Message, &p.Rise.Line)
	if errors.Is(err, sql.ErrNoRows) {
		return p, news.ErrNotFound
	}
	if err != nil {
		return p, err
	}
	p.NotBefore = moment(sql.NullInt64{Int64: notBefore, Valid: notBefore != 0})
	p.Tried = moment(sql.NullInt64{Int64: tried, Valid: tried != 0})
	if err := readSnapshot(snapshot, &p); err != nil {
		return p, fmt.Errorf("post %s: snapshot: %w", p.Key, err)
	}
	return p, db.onward(ctx, &p)
}

// readSnapshot fills in what a post shows.
func readSnapshot(snapshot string, p *news.Post) error {
	if p.Kind == news.PostDigest {
		return json.Unmarshal([]byte(snapshot), &p.Digest)
	}
	return json.Unmarshal([]byte(snapshot), &p.Event)
}

// orphan sets aside a post whose event has no message in its channel.
func (db *DB) orphan(ctx context.Context, p news.Post) error {
	var why string
	err := db.r.QueryRowContext(ctx, `SELECT reason FROM posts WHERE event = `+ownEvent+` AND channel = $2 AND kind = $3 AND state = 'dead'
		ORDER BY id DESC LIMIT 1`, p.ID, p.Channel, string(news.PostAlert)).Scan(&why)
	reason := "no message to edit: the event's alert was not delivered: " + why
	if errors.Is(err, sql.ErrNoRows) {
		reason, err = "no message to edit: the channel has no alert of the event", nil
	}
	if err != nil {
		return err
	}
	return db.MarkDead(ctx, p.ID, reason)
}

// MarkSent records that a post was delivered and what stands in the channel
// since. Empty fields of the receipt leave what is known. Where it is the event's
// first message there, messages that name the event are edited to link to it.
func (db *DB) MarkSent(ctx context.Context, p news.Post, r outbox.Receipt) error {
	err := db.write(ctx, func(tx *transaction) error {
		var event news.EventID
		var ch news.ChannelID
		err := tx.QueryRowContext(ctx, `UPDATE posts SET state = 'sent', reason = '' WHERE id = $1 RETURNING event, channel`, p.ID).
			Scan(&event, &ch)
		if errors.Is(err, sql.ErrNoRows) {
			return news.ErrNotFound
		}
		if err != nil || r == (outbox.Receipt{}) {
			return err
		}
		if event == 0 { // the message is the post's alone
			_, err = tx.ExecContext(ctx, `UPDATE posts SET message = $2 WHERE id = $1`, p.ID, r.Message)
			return err
		}
		var before int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM messages WHERE event = $1 AND channel = $2 AND message <> ''`, event, ch).Scan(&before); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO messages (event, channel, message, thread) VALUES ($1, $2, $3, $4)
			ON CONFLICT (event, channel) DO UPDATE SET
				thread = CASE WHEN excluded.thread <> '' THEN excluded.thread
					WHEN excluded.message NOT IN ('', messages.message) THEN '' ELSE messages.thread END,
				edit_after = CASE WHEN excluded.message NOT IN ('', messages.message) THEN 0 ELSE messages.edit_after END,
				message = CASE WHEN excluded.message = '' THEN messages.message ELSE excluded.message END`,
			event, ch, r.Message, r.Thread)
		if err == nil && r.Rise != (news.Rise{}) {
			_, err = tx.ExecContext(ctx, `UPDATE messages SET risen = $3, risen_line = $4 WHERE event = $1 AND channel = $2`, event, ch, r.Rise.Message, r.Rise.Line)
		}
		if err != nil || before > 0 || r.Message == "" {
			return err
		}
		return linkTo(ctx, tx, event, ch)
	})
	if err != nil {
		return fmt.Errorf("mark post %d sent: %w", p.ID, err)
	}
	return nil
}

// MarkTried records that the post is about to be handed over: from at on it
// may have arrived without our knowing. The first such time is kept. A post
// that is not unsent is news.ErrNotFound.
func (db *DB) MarkTried(ctx context.Context, id news.PostID, at time.Time) error {
	res, err := db.w.ExecContext(ctx, `UPDATE posts SET tried = CASE tried WHEN 0 THEN $2 ELSE tried END
		WHERE id = $1 AND state = 'pending'`, id, milli(at).Int64)
	if err == nil {
		err = affected(res, news.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("mark post %d tried: %w", id, err)
	}
	return nil
}

// MarkRetry counts an attempt and lets the post, and with it its channel, wait
// until its NotBefore; its Tried is stored too. A post that is not unsent is
// news.ErrNotFound.
func (db *DB) MarkRetry(ctx context.Context, p news.Post, reason string) error {
	res, err := db.w.ExecContext(ctx, `UPDATE posts SET attempts = attempts + 1, not_before = $2, tried = $3, reason = $4
		WHERE id = $1 AND state = 'pending'`, p.ID, milli(p.NotBefore).Int64, milli(p.Tried).Int64, clip(reason))
	if err == nil {
		err = affected(res, news.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("mark post %d for retry: %w", p.ID, err)
	}
	return nil
}

// MarkDead sets a post aside for good, with the reason; what follows it in its
// channel is no longer held back. A post that is not unsent is
// news.ErrNotFound.
func (db *DB) MarkDead(ctx context.Context, id news.PostID, reason string) error {
	res, err := db.w.ExecContext(ctx, `UPDATE posts SET state = 'dead', attempts = attempts + 1, reason = $2
		WHERE id = $1 AND state = 'pending'`, id, clip(reason))
	if err == nil {
		err = affected(res, news.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("mark post %d dead: %w", id, err)
	}
	return nil
}

// deletedMessage is what edit_after is of a message that somebody deleted.
const deletedMessage = -1

// MarkDeleted sets a post aside as MarkDead does, and notes that its event's
// message was deleted.
func (db *DB) MarkDeleted(ctx context.Context, id news.PostID, reason string) error {
	err := db.write(ctx, func(tx *transaction) error {
		var event news.EventID
		var ch news.ChannelID
		err := tx.QueryRowContext(ctx, `UPDATE posts SET state = 'dead', attempts = attempts + 1, reason = $2
			WHERE id = $1 AND state = 'pending' RETURNING event, channel`, id, clip(reason)).Scan(&event, &ch)
		if errors.Is(err, sql.ErrNoRows) {
			return news.ErrNotFound
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE messages SET edit_after = $3 WHERE event = $1 AND channel = $2`, event, ch, deletedMessage)
		return err
	})
	if err != nil {
		return fmt.Errorf("mark post %d dead: %w", id, err)
	}
	return nil
}

// Alerted returns the channels that have a message of the event, or an alert
// of it that was sent or still may be: they get edits, not a second alert. A
// channel whose alert is dead is not among them.
func (db *DB) Alerted(ctx context.Context, event news.EventID) (map[news.ChannelID]bool, error) {
	found, err := list(ctx, db.r, one[news.ChannelID], `SELECT channel FROM messages WHERE event = $1
		UNION SELECT channel FROM posts WHERE event = $1 AND kind = $2 AND state IN ('pending', 'sent')`,
		event, string(news.PostAlert))
	if err != nil {
		return nil, fmt.Errorf("list channels of event %d: %w", event, err)
	}
	out := make(map[news.ChannelID]bool, len(found))
	for _, ch := range found {
		out[ch] = true
	}
	return out, nil
}
