package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsdesk/news"
)

// offersFor is how long a feed that was found for a guild can be added.
const offersFor = 24 * time.Hour

// OfferFeeds keeps feeds that were found for a guild, and returns them with
// their ids. Those that are older than a day are dropped.
func (db *DB) OfferFeeds(ctx context.Context, guild news.GuildID, offers []news.FeedOffer, now time.Time) ([]news.FeedOffer, error) {
	out := make([]news.FeedOffer, len(offers))
	err := db.write(ctx, func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM feed_offers WHERE at < $1`, milli(now.Add(-offersFor)).Int64); err != nil {
			return err
		}
		for i, o := range offers {
			err := tx.QueryRowContext(ctx, `INSERT INTO feed_offers (guild, channel, url, title, at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
				guild, o.Channel, o.URL, o.Title, milli(now).Int64).Scan(&o.ID)
			if err != nil {
				return err
			}
			out[i] = o
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("keep feeds found for guild %s: %w", guild, err)
	}
	return out, nil
}

// FeedOffer returns a feed that was found for a guild, or news.ErrNotFound.
func (db *DB) FeedOffer(ctx context.Context, guild news.GuildID, id int64) (news.FeedOffer, error) {
	o := news.FeedOffer{ID: id}
	err := db.r.QueryRowContext(ctx, `SELECT url, title, channel FROM feed_offers WHERE id = $1 AND guild = $2`, id, guild).Scan(&o.URL, &o.Title, &o.Channel)
	if errors.Is(err, sql.ErrNoRows) {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.FeedOffer{}, fmt.Errorf("load a feed found for guild %s: %w", guild, err)
	}
	return o, nil
}
