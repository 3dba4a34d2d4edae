package store

import (
	"context"
	"fmt"
	"slices"

	"newsdesk/news"
)

// Delivered returns the last posts that were sent into channels whose id
// begins with prefix, at most limit of them, in the order they were sent, each
// with the event's message and thread in its channel.
func (db *DB) Delivered(ctx context.Context, prefix string, limit int) ([]news.Post, error) {
	found, err := list(ctx, db.r, func(s scanner) (p news.Post, err error) {
		var snapshot string
		if err := s.Scan(&p.ID, &p.Key, &p.Channel, &p.Kind, &p.Line, &p.Attempts, &snapshot, &p.Guild, &p.Role, &p.Loud, &p.Message, &p.Thread, &p.Onward, &p.Rise.Message, &p.Rise.Line); err != nil {
			return p, err
		}
		return p, readSnapshot(snapshot, &p)
	}, `SELECT p.id, p.key, p.channel, p.kind, p.line, p.attempts, p.snapshot, p.guild, p.role, p.loud,
			coalesce(m.message, p.message), coalesce(m.thread, ''), coalesce(o.message, ''), coalesce(m.risen, ''), coalesce(m.risen_line, '')
		FROM posts p LEFT JOIN messages m ON m.event = p.event AND m.channel = p.channel
			LEFT JOIN events e ON e.id = p.event LEFT JOIN messages o ON o.event = e.merged_into AND o.channel = p.channel
		WHERE p.state = 'sent' AND (m.message IS NOT NULL OR p.message <> '') AND substr(p.channel, 1, length($1)) = $1 ORDER BY p.id DESC LIMIT $2`, prefix, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("list delivered posts: %w", err)
	}
	slices.Reverse(found)
	for i := range found {
		if err := db.onward(ctx, &found[i]); err != nil {
			return nil, fmt.Errorf("list delivered posts: %w", err)
		}
	}
	return found, nil
}
