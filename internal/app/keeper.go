package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
)

const (
	// recheck is how often a paused channel is looked at where nothing tells of
	// a change.
	recheck = time.Hour
	// recheckSoon is the same where the look itself failed.
	recheckSoon = time.Minute
	// keepHeld is how long what comes in for a paused channel is kept.
	keepHeld = 7 * 24 * time.Hour
	// keepLeft is how long the data of a server that the bot was removed from is
	// kept.
	keepLeft = 30 * 24 * time.Hour
	// sweepEvery is how often what was kept for too long is dropped.
	sweepEvery = time.Hour
	// keeperTick is how often the keeper looks whether something is due.
	keeperTick = 30 * time.Second
)

// keeper looks after channels that take no posts, and tells of feeds that were
// given up (see tellOfFeeds). A channel is paused by the
// first refusal, when Discord tells that it or its server is gone, or when it
// tells of a change by which the bot has lost a permission there; somebody
// who can mend it is told once; it goes on by itself when a look at its
// permissions, made when Discord tells of a change and every hour, finds it
// mended. An outage pauses nothing.
type keeper struct {
	db        *store.DB
	discord   *discord.Client
	untagged  func(context.Context, news.ChannelID) ([]string, error) // bot.Poster.Untagged
	wakeRelay func()
	log       *slog.Logger
	now       func() time.Time
	riddles   map[news.ChannelID]riddle
	suspects  map[news.ChannelID]bool // in which the bot may be allowed less than it was
	events    chan discord.ServerEvent
	wake      chan struct{}
	swept     time.Time // the last sweep
	notices   time.Time // when notices of feeds are tried again after one failed
}

func newKeeper(db *store.DB, client *discord.Client, wakeRelay func(), log *slog.Logger, now func() time.Time) *keeper {
	return &keeper{
		db: db, discord: client, wakeRelay: wakeRelay, log: log, now: now,
		riddles: map[news.ChannelID]riddle{}, suspects: map[news.ChannelID]bool{}, events: make(chan discord.ServerEvent, 1024), wake: make(chan struct{}, 1),
	}
}

// notice takes in what happened to a server. It never blocks: an event that
// finds no room is lost, and found out by the next look.
func (k *keeper) notice(ev discord.ServerEvent) {
	select {
	case k.events <- ev:
	default:
	}
}

// look asks for a look at the channels that were paused since. It never
// blocks.
func (k *keeper) look() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends.
func (k *keeper) Run(ctx context.Context) error {
	tick := time.NewTicker(keeperTick)
	defer tick.Stop()
	for {
		err := errors.Join(k.inspect(ctx), k.due(ctx), k.tellOfFeeds(ctx))
		if err == nil && k.now().Sub(k.swept) >= sweepEvery {
			err = k.sweep(ctx)
			k.swept = k.now()
		}
		if err != nil && ctx.Err() == nil {
			k.log.ErrorContext(ctx, "channels and feeds not looked after", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case ev := <-k.events:
			if err := k.handle(ctx, ev); err != nil && ctx.Err() == nil {
				k.log.ErrorContext(ctx, "server event not handled", "kind", string(ev.Kind), "guild", ev.Guild, "error", err)
			}
		case <-k.wake:
		case <-tick.C:
		}
	}
}

// handle acts on one event.
func (k *keeper) handle(ctx context.Context, ev discord.ServerEvent) error {
	switch ev.Kind {
	case discord.ServerLeft:
		k.log.WarnContext(ctx, "removed from a server", "guild", ev.Guild)
		return k.db.LoseGuild(ctx, news.GuildID(ev.Guild), "the bot was removed from the server", k.now())
	case discord.ServersListed:
		guilds, err := k.db.Guilds(ctx)
		if err != nil {
			return err
		}
		for _, g := range guilds {
			if !slices.Contains(ev.Guilds, string(g)) {
				if err := k.db.LoseGuild(ctx, g, "the bot was removed from the server", k.now()); err != nil {
					return err
				}
			} else if err := k.db.RegainGuild(ctx, g, k.now()); err != nil {
				return err
			}
		}
		return nil
	case discord.ChannelDeleted:
		return k.db.LoseChannel(ctx, news.ChannelID(ev.Channel), "the channel was deleted", k.now())
	case discord.ServerJoined, discord.PermissionsChanged:
		if err := k.db.RegainGuild(ctx, news.GuildID(ev.Guild), k.now()); err != nil {
			return err
		}
		if ev.Kind == discord.PermissionsChanged {
			if err := k.suspect(ctx, ev); err != nil {
				return err
			}
		}
		pauses, err := k.db.Pauses(ctx)
		if err != nil {
			return err
		}
		for _, p := range pauses {
			if p.Lost != store.LostChannel && (p.Guild == "" || string(p.Guild) == ev.Guild) {
				delete(k.riddles, p.Channel) // something has changed
				if err := k.check(ctx, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// due looks at the paused channels whose time has come.
func (k *keeper) due(ctx context.Context) error {
	pauses, err := k.db.Pauses(ctx)
	if err != nil {
		return err
	}
	for _, p := range pauses {
		switch {
		case p.Lost == store.LostChannel && p.Told: // nothing heals that
		case p.Checked.IsZero(), k.now().Sub(p.Checked) >= recheck:
			if err := k.check(ctx, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// check looks whether a paused channel can be posted to again, and tells
// somebody where it cannot.
func (k *keeper) check(ctx context.Context, p store.Pause) error {
	var notice message.Message
	if p.Lost != store.LostChannel {
		set, err := k.db.Channel(ctx, p.Channel)
		if err != nil {
			return err
		}
		missing, err := k.discord.Missing(ctx, string(p.Channel), !set.NoThreads)
		var untagged []string
		if err == nil && len(missing) == 0 && k.untagged != nil {
			untagged, err = k.untagged(ctx, p.Channel)
		}
		switch {
		case err == nil && len(untagged) > 0:
			p.Reason = bot.Untagged(untagged)
			notice = bot.PausedForTags(p.Channel, untagged)
		case err == nil && len(missing) == 0 && k.refusesAgain(p):
			return k.saveRiddle(ctx, p)
		case err == nil && len(missing) == 0:
			if err := k.db.Resume(ctx, p.Channel); err != nil {
				return err
			}
			k.log.InfoContext(ctx, "channel can be posted to again", "channel", string(p.Channel))
			k.wakeRelay()
			return nil
		case errors.Is(err, discord.ErrChannelGone):
			p.Lost, p.Reason = store.LostChannel, "the channel was deleted"
		case err != nil && !errors.Is(err, discord.ErrNoAccess):
			if ctx.Err() != nil {
				return nil //nolint:nilerr // stopping is no failure
			}
			k.log.InfoContext(ctx, "permissions not read", "channel", string(p.Channel), "error", err)
			p.Checked = k.now().Add(recheckSoon - recheck)
			return k.db.SavePause(ctx, p)
		case p.Lost == store.LostNothing:
			p.Reason = missingPrefix + strings.Join(missing, ", ")
			notice = bot.Paused(p.Channel, missing)
		}
	}
	if p.Lost == store.LostChannel {
		notice = bot.Paused(p.Channel, nil)
	}
	p.Checked = k.now()
	if !p.Told {
		k.log.WarnContext(ctx, "channel is paused", "channel", string(p.Channel), "guild", string(p.Guild), "reason", p.Reason)
		p.Told = p.Lost == store.LostGuild || p.Guild == "" || k.tell(ctx, p, notice)
	}
	return k.db.SavePause(ctx, p)
}

// missingPrefix begins the reason of a pause whose cause is known.
const missingPrefix = "missing: "

// tell tells somebody that a channel is paused. It reports whether that is
// settled.
func (k *keeper) tell(ctx context.Context, p store.Pause, m message.Message) bool {
	nonce := bot.Nonce("paused:" + string(p.Channel) + ":" + p.Since.UTC().Format(time.RFC3339))
	err := k.tellServer(ctx, p.Guild, m, nonce)
	if err != nil && ctx.Err() == nil {
		k.log.WarnContext(ctx, "nobody could be told of a paused channel", "channel", string(p.Channel), "error", err)
	}
	return err == nil || outbox.IsPermanent(err)
}

// tellServer writes to a server's owner or, where that cannot be, into one of
// its channels that gets news. An error that is not permanent may heal.
func (k *keeper) tellServer(ctx context.Context, guild news.GuildID, m message.Message, nonce string) error {
	err := k.discord.TellOwner(ctx, string(guild), m, nonce)
	if err != nil && outbox.IsPermanent(err) {
		return k.tellNearby(ctx, guild, m, nonce, err)
	}
	return err
}

// tellNearby writes into a channel of the server; first is why the owner could
// not be told.
func (k *keeper) tellNearby(ctx context.Context, guild news.GuildID, m message.Message, nonce string, first error) error {
	channels, err := k.db.GuildChannels(ctx, guild)
	if err != nil {
		return err
	}
	for _, ch := range channels {
		if _, err := k.discord.Create(ctx, string(ch), m, nonce); err == nil || !outbox.IsPermanent(err) {
			return err
		}
	}
	return fmt.Errorf("no channel either: %w", first)
}

// sweep drops what was held for too long.
func (k *keeper) sweep(ctx context.Context) error {
	dropped, err := k.db.DropHeld(ctx, k.now().Add(-keepHeld))
	if err != nil {
		return err
	}
	if dropped > 0 {
		k.log.WarnContext(ctx, "posts dropped that were held for a paused channel", "count", dropped)
	}
	return k.db.ForgetGuilds(ctx, k.now().Add(-keepLeft))
}
