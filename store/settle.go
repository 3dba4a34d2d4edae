package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"newsdesk/events"
	"newsdesk/news"
)

// oneStory is why a post of an event that is gone is sent no more.
const oneStory = "turned out to be part of another story"

// settleMessages does in each channel what is to become of the message of an event that
// is gone, and returns it.
func settleMessages(ctx context.Context, tx *sql.Tx, kept, gone news.EventID) (map[news.ChannelID]events.Settlement, error) {
	channels, err := list(ctx, tx, one[news.ChannelID], `SELECT channel FROM messages WHERE event = $1
		UNION SELECT channel FROM posts WHERE event = $1 ORDER BY 1`, gone)
	if err != nil {
		return nil, err
	}
	out := make(map[news.ChannelID]events.Settlement, len(channels))
	for _, id := range channels {
		of, err := stand(ctx, tx, kept, id)
		if err != nil {
			return nil, err
		}
		other, err := stand(ctx, tx, gone, id)
		if err != nil {
			return nil, err
		}
		out[id] = events.Settle(of, other)
		if err := settleIn(ctx, tx, id, kept, gone, out[id]); err != nil {
			return nil, fmt.Errorf("channel %s: %w", id, err)
		}
	}
	return out, nil
}

// stand returns how far an event came in a channel.
func stand(ctx context.Context, tx *sql.Tx, event news.EventID, id news.ChannelID) (events.Stand, error) {
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
func settleIn(ctx context.Context, tx *sql.Tx, id news.ChannelID, kept, gone news.EventID, s events.Settlement) error {
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
	for _, table := range []string{"messages", "publications", "publication_edits", "posts"} {
		err = errors.Join(err, do(`UPDATE `+table+` SET event = $2 WHERE channel = $1 AND event = $3`, kept, gone))
	}
	return err
}
