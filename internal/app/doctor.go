package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"newsdesk/bot/discord"
	"newsdesk/feeds"
	"newsdesk/internal/safehttp"
	"newsdesk/news"
	"newsdesk/store"

	"golang.org/x/sync/errgroup"
)

// Finding is one thing that Doctor looked at.
type Finding struct {
	OK      bool   `json:"ok"`
	Subject string `json:"subject"` // "database", "token", "channel 123", "feed https://…"
	Text    string `json:"text"`    // what was found; where not OK, also how to mend it
}

// Doctor looks at everything the bot needs and tells what is wrong, in this
// order: the database, the language model, the token, the channels, the feeds. It changes nothing
// but makes the database where there is none.
func Doctor(ctx context.Context, o Options, tell func(Finding)) error {
	db, err := store.Open(ctx, o.Config.Database.DSN(), o.Log)
	if err != nil {
		tell(Finding{Subject: "database", Text: err.Error()})
	} else {
		defer db.Close()
		checkDatabase(ctx, db, tell)
		checkModel(ctx, o, db, tell)
	}
	if checkToken(ctx, o, db, tell) {
		checkChannels(ctx, o, db, tell)
	}
	if err := checkFeeds(ctx, o, tell); err != nil {
		return err
	}
	return ctx.Err()
}

func checkDatabase(ctx context.Context, db *store.DB, tell func(Finding)) {
	f := Finding{Subject: "database"}
	s, err := db.Stats(ctx)
	if err == nil {
		err = db.Check(ctx)
	}
	if err != nil {
		f.Text = err.Error()
	} else {
		f.OK = true
		f.Text = fmt.Sprintf("%s: %d articles, %d events, %d posts waiting", db.Name(), s.Articles, s.Events, s.PostsPending)
	}
	tell(f)
	list, err := db.Feeds(ctx)
	if err != nil {
		tell(Finding{Subject: "feeds", Text: err.Error()})
	}
	for _, feed := range list {
		if !feed.Disabled.IsZero() {
			tell(Finding{Subject: "feed " + safehttp.Redacted(feed.URL), Text: "not polled since " + feed.Disabled.Format(time.DateOnly) + ": " + feed.LastError +
				". Once it works again: newsdesk feeds add " + safehttp.Redacted(feed.URL)})
		}
	}
}

// checkToken reports whether Discord can be asked about channels.
func checkToken(ctx context.Context, o Options, db *store.DB, tell func(Finding)) bool {
	c := o.Config.Discord
	if c.Token == "" {
		tell(Finding{OK: true, Subject: "token", Text: "none: \"newsdesk run\" posts to the preview page at http://" + o.Config.Preview.Listen + "/"})
		return false
	}
	b, refused, err := findBot(ctx, o, db)
	switch {
	case refused:
		tell(Finding{Subject: "token", Text: err.Error()})
		return false
	case err != nil:
		tell(Finding{Subject: "discord", Text: err.Error()})
		return false
	}
	tell(Finding{OK: true, Subject: "token", Text: "belongs to " + b.Name})
	servers := Finding{OK: len(b.Servers) > 0, Subject: "servers"}
	if servers.OK {
		servers.Text = strings.Join(b.Servers, ", ") + ". Invite it to another one: " + b.Invite
	} else {
		servers.Text = "the bot is in no server yet. Invite it: " + b.Invite
	}
	tell(servers)
	return true
}

// checkChannels looks at the permissions in every channel that is to be posted
// to.
func checkChannels(ctx context.Context, o Options, db *store.DB, tell func(Finding)) {
	channels := map[news.ChannelID]bool{}
	var order []news.ChannelID
	add := func(ch news.ChannelID) {
		if !channels[ch] && (discordSurface{}).owns(ch) {
			channels[ch] = true
			order = append(order, ch)
		}
	}
	for _, s := range o.Config.Subscriptions {
		add(news.ChannelID(s.Channel))
	}
	if db != nil {
		subs, err := db.Subscriptions(ctx)
		if err != nil {
			tell(Finding{Subject: "subscriptions", Text: err.Error()})
			return
		}
		for _, s := range subs {
			add(s.Channel)
		}
	}
	if len(order) == 0 {
		tell(Finding{Subject: "channels", Text: "no channel follows a topic yet. In Discord, type /subscribe in the channel that shall get news"})
	}
	for _, ch := range order {
		f := Finding{Subject: "channel " + string(ch)}
		threads := true
		if db != nil {
			set, err := db.Channel(ctx, ch)
			if err != nil {
				f.Text = err.Error()
				tell(f)
				continue
			}
			threads = !set.NoThreads
		}
		missing, err := discord.Missing(ctx, discordOptions(o, db), string(ch), threads)
		switch {
		case err != nil:
			f.Text = err.Error()
		case len(missing) > 0:
			f.Text = strings.Join(missing, ", ") + " missing. Grant it in Server settings > Roles > the bot's role, or in the channel's permissions"
		default:
			f.OK, f.Text = true, "can be posted to"
		}
		tell(f)
	}
}

// checkFeeds reads every feed once, storing nothing.
func checkFeeds(ctx context.Context, o Options, tell func(Finding)) error {
	list, err := FeedList(o.Config)
	if err != nil {
		tell(Finding{Subject: "feeds", Text: err.Error()})
		return nil
	}
	client := HTTPClient(o.Config, o.Version)
	defer client.CloseIdleConnections()
	fetcher := feeds.NewFetcher(client, feeds.FetchOptions{})
	var mu sync.Mutex
	var group errgroup.Group
	group.SetLimit(o.Config.Poll.Concurrency)
	for _, feed := range list {
		group.Go(func() error {
			r, err := fetcher.Fetch(ctx, feed)
			if ctx.Err() != nil {
				return nil
			}
			f := Finding{OK: err == nil, Subject: "feed " + safehttp.Redacted(feed.URL)}
			if err != nil {
				f.Text = feeds.Reason(err)
			} else {
				f.Text = fmt.Sprintf("%q, %d items", r.Title, len(r.Items))
				if len(r.Items) == 1 {
					f.Text = fmt.Sprintf("%q, 1 item", r.Title)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			tell(f)
			return nil
		})
	}
	return errors.Join(group.Wait(), ctx.Err())
}
