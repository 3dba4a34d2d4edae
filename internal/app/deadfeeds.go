package app

import (
	"context"
	"strconv"
	"strings"

	"newsdesk/bot"
	"newsdesk/outbox"
	"newsdesk/store"
)

// tellOfFeeds tells those who manage servers that feeds which they added, or of
// topics they follow, were given up: once, all that were given up since the last time in one
// message. What cannot be told for the moment is tried again in a minute.
func (k *keeper) tellOfFeeds(ctx context.Context) error {
	if k.now().Before(k.notices) {
		return nil
	}
	untold, err := k.db.FeedNotices(ctx)
	if err != nil {
		return err
	}
	for len(untold) > 0 {
		n := 1
		for n < len(untold) && untold[n].Guild == untold[0].Guild {
			n++
		}
		if err := k.tellOfThese(ctx, untold[:n]); err != nil {
			return err
		}
		untold = untold[n:]
	}
	return nil
}

// tellOfThese tells one server.
func (k *keeper) tellOfThese(ctx context.Context, notices []store.FeedNotice) error {
	guild := notices[0].Guild
	var list []bot.DeadFeed
	key := strings.Builder{}
	for _, n := range notices {
		list = append(list, bot.DeadFeed{Feed: n.Feed, Added: n.Added})
		key.WriteString(":" + strconv.FormatInt(int64(n.Feed.ID), 10) + "@" + strconv.FormatInt(n.Feed.Disabled.Unix(), 10))
	}
	err := k.tellServer(ctx, guild, bot.DeadFeeds(list), bot.Nonce("feeds:"+string(guild)+key.String()))
	switch {
	case ctx.Err() != nil:
		return nil //nolint:nilerr // stopping is no failure
	case err != nil:
		k.log.WarnContext(ctx, "nobody could be told of feeds that were given up", "guild", string(guild), "count", len(list), "error", err)
		if !outbox.IsPermanent(err) {
			k.notices = k.now().Add(recheckSoon)
			return nil
		}
	default:
		k.log.InfoContext(ctx, "server told of feeds that were given up", "guild", string(guild), "count", len(list))
	}
	return k.db.FeedsNoticed(ctx, notices)
}
