package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"newsdesk/news"
)

// linkTo adds, where an event has just got its first message in a channel, an edit
// of each message there that names it and had nothing to link to: of an event that
// was parted from it, or that was put into it. The edit shows what the message
// shows. One that waits to be edited gets the link by that.
func linkTo(ctx context.Context, tx *transaction, event news.EventID, ch news.ChannelID) error {
	var parted, absorbed string
	err := tx.QueryRowContext(ctx, `SELECT parted, absorbed FROM events WHERE id = $1`, event).Scan(&parted, &absorbed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	var e news.Event
	if err = errors.Join(err, decode("parted", parted, &e.Parted), decode("absorbed", absorbed, &e.Absorbed)); err != nil {
		return fmt.Errorf("find what names event %d: %w", event, err)
	}
	var naming []news.EventID
	for _, gone := range e.Absorbed {
		naming = append(naming, gone.Event)
	}
	for _, other := range e.Parted {
		id, err := cameTo(ctx, tx, other.Event)
		if err != nil {
			return fmt.Errorf("find what names event %d: %w", event, err)
		}
		naming = append(naming, id)
	}
	slices.Sort(naming)
	for _, id := range slices.Compact(naming) {
		p, ok, err := unlinked(ctx, tx, id, event, ch)
		if err == nil && ok {
			_, err = enqueue(ctx, tx, p)
		}
		if err != nil {
			return fmt.Errorf("link event %d to event %d: %w", id, event, err)
		}
	}
	return nil
}

// unlinked returns the edit by which the message of an event is to link to that of
// another one; ok is false where it does not name that, or is about to be edited.
func unlinked(ctx context.Context, tx *transaction, id, to news.EventID, ch news.ChannelID) (p news.Post, ok bool, err error) {
	var state string
	var shown int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM messages WHERE event = $1 AND channel = $2 AND message <> '' AND edit_after <> $3`,
		id, ch, deletedMessage).Scan(&shown); err != nil || shown == 0 || id == to {
		return p, false, err
	}
	newest, err := list(ctx, tx, func(s scanner) (p news.Post, err error) {
		var snapshot string
		if err := s.Scan(&p.Kind, &p.Guild, &p.Line, &state, &snapshot); err != nil {
			return p, err
		}
		return p, readSnapshot(snapshot, &p)
	}, `SELECT kind, guild, line, state, snapshot FROM posts WHERE channel = $1 AND event = $2 AND state IN ('pending', 'sent') AND kind IN ('alert', 'edit')
		ORDER BY id DESC LIMIT 1`, ch, id)
	if err != nil || len(newest) == 0 || state != "sent" {
		return p, false, err
	}
	p = newest[0]
	if p.Kind != news.PostEdit {
		return p, false, nil
	}
	if p.Event.Into == 0 {
		if !p.Event.NamesOther() {
			return p, false, nil
		}
		from := p.Event.Partings()
		other, err := cameTo(ctx, tx, from[len(from)-1].Event)
		if err != nil || other != to {
			return p, false, err
		}
	}
	p.Key = fmt.Sprintf("%s:%d:link:%d", ch, id, to)
	p.Channel = ch
	return p, true, nil
}

// cameTo returns the event itself, or the one that it was put into.
func cameTo(ctx context.Context, tx *transaction, id news.EventID) (news.EventID, error) {
	var into news.EventID
	err := tx.QueryRowContext(ctx, `SELECT merged_into FROM events WHERE id = $1`, id).Scan(&into)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	return cmp.Or(into, id), nil
}
