package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"newsdesk/events"
	"newsdesk/news"
)

// oneStory is why a post of an event that is gone is sent no more.
const oneStory = "turned out to be part of another story"

// settleMessages does in each channel what is to become of the message of an event that
// is gone, and returns it, with the posts by which a message notifies in place of
// others that were taken back.
func settleMessages(ctx context.Context, tx *transaction, ch events.Change) (map[news.ChannelID]events.Settlement, []news.Post, error) {
	kept, gone := ch.Base.ID, ch.Absorbed.ID
	channels, err := list(ctx, tx, one[news.ChannelID], `SELECT channel FROM messages WHERE event = $1
		UNION SELECT channel FROM posts WHERE event = $1 ORDER BY 1`, gone)
	if err != nil {
		return nil, nil, err
	}
	var rises []news.Post
	out := make(map[news.ChannelID]events.Settlement, len(channels))
	for _, id := range channels {
		of, other, err := stands(ctx, tx, kept, gone, id)
		if err != nil {
			return nil, nil, err
		}
		before, err := loud(ctx, tx, id, kept, gone, `state = 'pending' AND tried = 0`)
		if err != nil {
			return nil, nil, err
		}
		out[id] = events.Settle(of, other)
		if err := settleIn(ctx, tx, id, kept, gone, out[id]); err != nil {
			return nil, nil, fmt.Errorf("channel %s: %w", id, err)
		}
		left, err := loud(ctx, tx, id, kept, gone, `state IN ('pending', 'sent')`)
		if err != nil {
			return nil, nil, err
		}
		if len(before) > 0 && len(left) == 0 {
			rises = append(rises, riseFor(ch, before, of, other)...)
		}
	}
	return out, rises, nil
}

// loud returns the posts of two events that notify in a channel, of those that
// a condition selects.
func loud(ctx context.Context, tx *transaction, id news.ChannelID, kept, gone news.EventID, which string) ([]news.Post, error) {
	return list(ctx, tx, func(s scanner) (p news.Post, err error) {
		p.Channel = id
		return p, s.Scan(&p.Event.ID, &p.Guild, &p.Role)
	}, `SELECT event, guild, role FROM posts WHERE channel = $1 AND event IN ($2, $3) AND loud = 1 AND `+which+` ORDER BY id`, id, kept, gone)
}

// riseFor returns the post that notifies in place of those that were taken back
// in a channel, if one is to: none does where no message stands or waits, or
// where one of the events has notified before.
func riseFor(ch events.Change, taken []news.Post, kept, gone events.Stand) []news.Post {
	if ch.Event.Class != news.ClassBreaking || max(kept, gone) == events.StandNone {
		return nil
	}
	for e, far := range map[*news.Event]events.Stand{&ch.Base: kept, &ch.Absorbed: gone} {
		waited := slices.ContainsFunc(taken, func(p news.Post) bool { return p.Event.ID == e.ID })
		if e.Class == news.ClassBreaking && far >= events.StandHanded && !waited {
			return nil
		}
	}
	p := taken[len(taken)-1]
	return []news.Post{{
		Key: events.Key(p.Channel, ch.Event.ID, ch.Event.Revision, news.PostRise), Channel: p.Channel, Guild: p.Guild,
		Kind: news.PostRise, Event: ch.Event, Role: p.Role, Loud: true,
	}}
}

// stands returns how far two events came in a channel. A message that somebody
// deleted is none to point to, and takes no message back that waits.
func stands(ctx context.Context, tx *transaction, kept, gone news.EventID, id news.ChannelID) (of, other events.Stand, err error) {
	if of, err = stand(ctx, tx, kept, id); err != nil {
		return of, other, err
	}
	if other, err = stand(ctx, tx, gone, id); err != nil {
		return of, other, err
	}
	deleted, err := list(ctx, tx, one[news.EventID], `SELECT event FROM messages WHERE channel = $1 AND event IN ($2, $3) AND edit_after = $4`,
		id, kept, gone, deletedMessage)
	if slices.Contains(deleted, kept) {
		of = events.StandNone
	}
	if slices.Contains(deleted, gone) && of == events.StandWaiting {
		other = events.StandNone
	}
	return of, other, err
}

// stand returns how far an event came in a channel.
func stand(ctx context.Context, tx *transaction, event news.EventID, id news.ChannelID) (events.Stand, error) {
	var shown, waiting, handed int
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM messages WHERE event = $1 AND channel = $2 AND message <> ''),
			count(CASE WHEN state = 'pending' THEN 1 END), count(CASE WHEN state = 'sent' OR tried > 0 THEN 1 END)
		FROM posts WHERE event = $1 AND channel = $2 AND kind = $3 AND state IN ('pending', 'sent')`,
		event, id, string(news.PostAlert)).Scan(&shown, &waiting, &handed)
	switch {
	case err != nil:
		return events.StandNone, err
	case shown > 0:
		return events.StandShown, nil
	case handed > 0:
		return events.StandHanded, nil
	case waiting > 0:
		return events.StandWaiting, nil
	}
	return events.StandNone, nil
}

// settleIn does in a channel what a settlement says. Posts that were handed over
// are left to arrive: what is queued behind them sees to the rest.
func settleIn(ctx context.Context, tx *transaction, id news.ChannelID, kept, gone news.EventID, s events.Settlement) error {
	const back = `UPDATE posts SET state = 'dead', reason = '` + oneStory + `' WHERE channel = $1 AND event = $2 AND state = 'pending' AND tried = 0`
	do := func(query string, args ...any) error {
		_, err := tx.ExecContext(ctx, query, append([]any{id}, args...)...)
		return err
	}
	switch s {
	case events.SettleNothing: // lines and edits that have nothing to stand on
		return do(back, gone)
	case events.SettleDrop, events.SettleRetire:
		return errors.Join(
			do(back, gone),
			do(`UPDATE publications SET state = 'dead', reason = '`+oneStory+`' WHERE channel = $1 AND event = $2 AND state = 'waiting'`, gone),
		)
	}
	// The edit of the one that is kept shows what the edits that wait would.
	err := errors.Join(
		do(back+` AND kind = '`+string(news.PostAlert)+`'`, kept),
		do(back+` AND kind IN ('`+string(news.PostEdit)+`', '`+string(news.PostRise)+`')`, gone),
	)
	for _, table := range []string{"messages", "publications"} {
		err = errors.Join(err, do(`DELETE FROM `+table+` WHERE channel = $1 AND event = $2 AND EXISTS (SELECT 1 FROM `+table+` WHERE channel = $1 AND event = $3)`, kept, gone))
	}
	return errors.Join(err, takeOver(ctx, tx, id, kept, gone))
}

// takeOver makes the message of an event in a channel, and what is queued for it,
// another one's, which has none there.
func takeOver(ctx context.Context, tx *transaction, id news.ChannelID, to, from news.EventID) error {
	const theirs = ` SET event = $2 WHERE channel = $1 AND event = $3`
	for _, query := range []string{
		`UPDATE messages` + theirs, `UPDATE publications` + theirs, `UPDATE publication_edits` + theirs, `UPDATE posts` + theirs,
	} {
		if _, err := tx.ExecContext(ctx, query, id, to, from); err != nil {
			return err
		}
	}
	return nil
}
