package app

import (
	"context"
	"errors"
	"strings"

	"newsdesk/bot/discord"
	"newsdesk/news"
)

// suspectsAtOnce bounds the channels that are looked at in one go, with a few
// requests each.
const suspectsAtOnce = 20

// suspect notes the channels in which the bot may be allowed less since a change:
// the next look finds out. Changes come in bursts, and a channel needs only one
// look for all of them.
func (k *keeper) suspect(ctx context.Context, ev discord.ServerEvent) error {
	channels, err := k.db.GuildChannels(ctx, news.GuildID(ev.Guild))
	if err != nil {
		return err
	}
	for _, ch := range channels {
		if ev.Channel == "" || ev.Channel == string(ch) {
			k.suspects[ch] = true
		}
	}
	return nil
}

// inspect looks at suspects and pauses those in which the bot lacks a
// permission, so that somebody is told before a post is refused. What cannot be
// found out for the moment is looked at again.
func (k *keeper) inspect(ctx context.Context) error {
	if len(k.events) > 0 { // more of the burst is to come
		return nil
	}
	looked := 0
	for ch := range k.suspects {
		if looked++; looked > suspectsAtOnce || ctx.Err() != nil {
			return nil //nolint:nilerr // stopping is no failure
		}
		set, err := k.db.Channel(ctx, ch)
		if err != nil {
			return err
		}
		missing, err := k.discord.Missing(ctx, string(ch), !set.NoThreads)
		switch {
		case errors.Is(err, discord.ErrChannelGone):
			err = k.db.LoseChannel(ctx, ch, "the channel was deleted", k.now())
		case err != nil && !errors.Is(err, discord.ErrNoAccess):
			continue
		case len(missing) > 0:
			err = k.db.Block(ctx, ch, missingPrefix+strings.Join(missing, ", "), k.now())
		default:
			err = nil
		}
		if err != nil {
			return err
		}
		delete(k.suspects, ch)
	}
	return nil
}
