package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/ask"
	"newsdesk/digest"
	"newsdesk/events"
	"newsdesk/news"
)

const clubURL = "https://club.example/feed"

// own lets a guild add the feed of a club.
func (d *desk) own(guild news.GuildID) news.FeedID {
	d.t.Helper()
	id, _, err := d.AddGuildFeed(d.t.Context(), guild, news.Feed{URL: clubURL, Name: "Rowing Club"}, 50, noon)
	d.must(err)
	return id
}

// polled says whether a feed is due a year later: it is polled at all.
func (d *desk) polled(id news.FeedID) bool {
	d.t.Helper()
	ids, err := d.DueFeeds(d.t.Context(), noon.AddDate(1, 0, 0), 100)
	d.must(err)
	return slices.Contains(ids, id)
}

// followers are the channels that an event of a feed is posted to.
func (d *desk) followers(e news.Event) []news.ChannelID {
	d.t.Helper()
	places, err := d.Places(d.t.Context(), e.Topics(), 0)
	d.must(err)
	var out []news.ChannelID
	for _, p := range places {
		out = append(out, p.ID)
	}
	return out
}

// told is an event that an article of a feed tells of.
func told(topic string, id news.FeedID) news.Event {
	return news.Event{Topic: topic, Sources: []news.Source{{Article: 1, Feed: id}}}
}

// seen is all that a guild is shown of the stories that begin with a word.
func (d *desk) seen(guild news.GuildID, word string) []string {
	d.t.Helper()
	ctx, v := d.t.Context(), d.SeenBy(guild)
	var out []string
	add := func(where string, n int, err error) {
		d.t.Helper()
		d.must(err)
		if n > 0 {
			out = append(out, where)
		}
	}
	count := func(list []news.Event) (n int) {
		for _, e := range list {
			if e.Topic != "world" {
				n++
			}
		}
		return n
	}
	latest, total, err := v.Latest(ctx, "", time.Time{}, 100, 0)
	if total != len(latest) {
		d.t.Errorf("%d of %d events are listed", len(latest), total)
	}
	add("latest", count(latest), err)
	found, err := v.SuggestEvents(ctx, word, 100)
	add("suggested", count(found), err)
	found, err = v.SuggestEvents(ctx, "", 100)
	add("suggested newest", count(found), err)
	found, n, err := v.SearchEvents(ctx, word, "", time.Time{}, 100, 0)
	if n != len(found) {
		d.t.Errorf("%d of %d events are found", len(found), n)
	}
	add("searched", count(found), err)
	hits, err := v.Search(ctx, word, time.Time{}, 100)
	for i, h := range hits {
		if a, err := d.Article(ctx, h.Article); err == nil && a.Topic == "world" {
			hits[i].Score = -1
		}
	}
	hits = slices.DeleteFunc(hits, func(h ask.Hit) bool { return h.Score == -1 })
	add("asked", len(hits), err)
	items, err := v.ItemsAt(ctx, "https://club.example/"+word, 5)
	add("by its link", len(items), err)
	items, err = v.WaitingItems(ctx, word, 5)
	add("waiting", len(items), err)
	m, err := v.DigestMaterial(ctx, news.DueDigest{Kind: news.DigestPlanned}, nil, noon.Add(time.Hour))
	n = 0
	for _, c := range m.Candidates {
		n += count([]news.Event{c.Event})
	}
	add("in a digest", n, err)
	m, err = v.DigestMaterial(ctx, news.DueDigest{Kind: news.DigestPlanned}, []string{news.AllTopics}, noon.Add(time.Hour))
	n = 0
	for _, c := range m.Candidates {
		n += count([]news.Event{c.Event})
	}
	add("in a digest of all topics", n, err)
	list, err := v.Feeds(ctx)
	list = slices.DeleteFunc(list, func(f news.Feed) bool { return f.Topic == "world" })
	add("as a feed", len(list), err)
	return out
}

var guildFeedTests = map[string]func(*testing.T, *desk){
	"WhatAServerCallsAFeedIsItsOwn": func(t *testing.T, d *desk) {
		ctx := t.Context()
		for guild, label := range map[news.GuildID]string{"g": "Secret rival", "h": ""} {
			_, _, err := d.AddGuildFeed(ctx, guild, news.Feed{URL: "https://club.example/feed", Name: label}, 5, noon)
			d.must(err)
		}
		names := func(when, g, h string) {
			t.Helper()
			for guild, want := range map[news.GuildID]string{"g": g, "h": h} {
				list, err := d.GuildFeeds(ctx, guild)
				if d.must(err); len(list) != 1 || list[0].Feed.Name != want {
					t.Errorf("%s server %s has %+v, want one feed called %q", when, guild, list, want)
				}
			}
		}
		names("before it is read,", "Secret rival", "")
		list, err := d.GuildFeeds(ctx, "g")
		d.must(err)
		r := result()
		r.Title = "Rowing Club"
		_, err = d.SaveFetch(ctx, list[0].Feed.ID, r)
		d.must(err)
		names("once it told its name,", "Rowing Club", "Rowing Club")
	},
	"AServersFeedIsItsAlone": func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.event(d.feed("https://world.example/feed", "world"), "Regatta opens in the harbour", "The regatta opens for all.", noon)
		id := d.own("g")
		topic := news.FeedTopic(id)
		if f, err := d.Feed(ctx, id); err != nil || !f.Own || !f.Added || f.Topic != topic || f.Name != "" {
			t.Fatalf("%+v, %v", f, err)
		}
		if !d.polled(id) {
			t.Error("it is not polled")
		}
		waiting := item("regatta")
		waiting.URL, waiting.Title = "https://club.example/regatta", "Regatta of the club"
		a := d.condensed(d.fetch(id, waiting)[0], "Regatta of the club is off", "The regatta of the club is off.", noon)
		if a.Topic != topic {
			t.Errorf("the article's topic is %q", a.Topic)
		}
		for _, other := range []news.GuildID{"", "h"} {
			if got := d.seen(other, "regatta"); got != nil {
				t.Errorf("before it is read, guild %q sees it: %q", other, got)
			}
		}
		if got, want := d.seen("g", "regatta"), []string{"by its link", "waiting", "as a feed"}; !slices.Equal(got, want) {
			t.Errorf("before it is read, its guild sees it %q, want %q", got, want)
		}
		ch := begin(a)
		ch.Event.Sources[0].Feed = id
		event, _, err := d.Apply(ctx, a, summary(a), ch, events.Plan{Placed: news.Placement{At: noon, Reason: "new"}})
		d.must(err)
		for _, other := range []news.GuildID{"", "h"} {
			if got := d.seen(other, "regatta"); got != nil {
				t.Errorf("guild %q sees it: %q", other, got)
			}
			v := d.SeenBy(other)
			if _, err := v.Event(ctx, event); !errors.Is(err, news.ErrNotFound) {
				t.Errorf("guild %q opens it: %v", other, err)
			}
			if list, _, err := v.Latest(ctx, topic, time.Time{}, 10, 0); err != nil || len(list) != 0 {
				t.Errorf("guild %q sees it by its topic: %v, %v", other, list, err)
			}
			if list, _, err := v.SearchEvents(ctx, "regatta", topic, time.Time{}, 10, 0); err != nil || len(list) != 0 {
				t.Errorf("guild %q finds it by its topic: %v, %v", other, list, err)
			}
			if m, err := v.DigestMaterial(ctx, news.DueDigest{Kind: news.DigestPlanned}, []string{topic}, noon.Add(time.Hour)); err != nil || slices.ContainsFunc(m.Candidates, isOf(topic)) {
				t.Errorf("guild %q has it in a digest of its topic: %+v, %v", other, m, err)
			}
			if m, err := v.Timeline(ctx, event, time.Time{}, 10); err != nil || len(m) != 0 {
				t.Errorf("guild %q sees its timeline: %v, %v", other, m, err)
			}
			if items, err := v.EventItems(ctx, ch.Event, 10); err != nil || len(items) != 0 {
				t.Errorf("guild %q sees its articles: %v, %v", other, items, err)
			}
			if n, _, err := v.CountArticles(ctx, time.Time{}); err != nil || n != 1 {
				t.Errorf("guild %q counts %d articles, %v; want 1", other, n, err)
			}
		}
		want := []string{"latest", "suggested", "suggested newest", "searched", "asked", "by its link", "in a digest", "as a feed"}
		if got := d.seen("g", "regatta"); !slices.Equal(got, want) {
			t.Errorf("its guild sees it %q, want %q", got, want)
		}
		v := d.SeenBy("g")
		if e, err := v.Event(ctx, event); err != nil || e.ID != event {
			t.Errorf("its guild cannot open it: %v", err)
		}
		if list, n, err := v.Latest(ctx, topic, time.Time{}, 10, 0); err != nil || len(list) != 1 || n != 1 {
			t.Errorf("its guild does not see it by its topic: %v, %v", list, err)
		}
		if n, _, err := v.CountArticles(ctx, time.Time{}); err != nil || n != 2 {
			t.Errorf("its guild counts %d articles, %v; want 2", n, err)
		}
		if w, _, err := d.Weights(ctx, time.Time{}); err != nil || len(w) != 1 {
			t.Errorf("%d events set the bars of importance, %v; want 1", len(w), err)
		}
	},
	"OnlyChannelsOfAServerThatFollowsItGetIt": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.own("g")
		topic := news.FeedTopic(id)
		d.follow("g", "all") // world, of the guild itself
		for _, s := range []news.Subscription{
			{Guild: "g", Channel: "club", Topic: topic},
			{Guild: "h", Channel: "spy", Topic: topic}, // it never added the feed
			{Guild: "g", Channel: "everything", Topic: news.AllTopics},
			{Guild: "h", Channel: "theirs", Topic: news.AllTopics},
		} {
			_, err := d.Subscribe(ctx, s)
			d.must(err)
		}
		own, public := told(topic, id), told("world", 99)
		if diff := cmp.Diff([]news.ChannelID{"club"}, d.followers(own)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]news.ChannelID{"all", "everything", "theirs"}, d.followers(public)); diff != "" {
			t.Errorf("of a public story (-want +got):\n%s", diff)
		}
		d.must(d.PauseGuildFeed(ctx, "g", id, noon))
		if got := d.followers(own); got != nil {
			t.Errorf("while it is paused %q get it", got)
		}
		active := func(ch news.ChannelID, want ...string) {
			t.Helper()
			if got, err := d.ActiveTopics(ctx, ch); err != nil || !slices.Equal(got, want) {
				t.Errorf("channel %s is told of %q, %v; want %q", ch, got, err, want)
			}
		}
		active("club")
		active("spy")
		active("everything", news.AllTopics)
		d.must(d.ResumeGuildFeed(ctx, "g", id, noon))
		if got := d.followers(own); len(got) != 1 {
			t.Errorf("after the pause %q get it", got)
		}
		active("club", topic)
	},
	"TwoServersShareOnePoll": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.own("g")
		d.fetch(id, item("a"))
		if again := d.own("h"); again != id {
			t.Fatalf("a second copy was made: %d and %d", id, again)
		}
		if f, err := d.Feed(ctx, id); err != nil || !f.Polled {
			t.Errorf("it begins anew for the first server: %+v, %v", f, err)
		}
		if _, added, err := d.AddGuildFeed(ctx, "g", news.Feed{URL: clubURL}, 50, noon); err != nil || added {
			t.Errorf("added twice: %v, %v", added, err)
		}
		d.must(d.PauseGuildFeed(ctx, "g", id, noon))
		if !d.polled(id) {
			t.Error("a pause in one server ended the polls for the other")
		}
		d.must(d.RemoveGuildFeed(ctx, "h", id))
		if d.polled(id) {
			t.Error("it is polled though nobody follows it")
		}
		d.must(d.ResumeGuildFeed(ctx, "g", id, noon.Add(time.Hour)))
		if f, err := d.Feed(ctx, id); err != nil || f.Polled || !d.polled(id) || !f.NextPoll.Equal(noon.Add(time.Hour)) {
			t.Errorf("after a time without polls it does not begin like new: %+v, %v", f, err)
		}
		d.must(d.RemoveGuildFeed(ctx, "g", id))
		if list, err := d.Feeds(ctx); err != nil || len(list) != 0 {
			t.Errorf("the last server removed it, and it is in use: %+v, %v", list, err)
		}
		if err := d.RemoveGuildFeed(ctx, "g", id); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("removed twice: %v", err)
		}
		for _, err := range []error{d.PauseGuildFeed(ctx, "x", id, noon), d.ResumeGuildFeed(ctx, "x", id, noon)} {
			if !errors.Is(err, news.ErrNotFound) {
				t.Errorf("of a server that does not follow it: %v", err)
			}
		}
		if list, err := d.GuildFeeds(ctx, "g"); err != nil || len(list) != 0 {
			t.Errorf("left behind: %+v, %v", list, err)
		}
	},
	"ARemovedFeedIsPostedNoMore": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.own("g")
		topic := news.FeedTopic(id)
		for _, topic := range []string{topic, news.AllTopics} {
			_, err := d.Subscribe(ctx, news.Subscription{Guild: "g", Channel: "c", Topic: topic})
			d.must(err)
		}
		a := d.condensed(d.waiting(id), "Regatta is off", "The regatta is off.", noon)
		_, _, err := d.Apply(ctx, a, summary(a), begin(a), events.Plan{
			Posts:    []news.Post{{Channel: "c", Kind: news.PostAlert, Event: begin(a).Event}},
			Verdicts: []news.Verdict{{At: noon, Article: a.ID, Channel: "c", Outcome: news.OutcomeQuietHours, Until: noon.Add(time.Hour)}},
		})
		d.must(err)
		got, err := d.GuildFeeds(ctx, "g")
		d.must(err)
		if len(got) != 1 || !slices.Equal(got[0].Channels, []news.ChannelID{"c"}) || got[0].Feed.ID != id {
			t.Errorf("%+v", got)
		}
		d.must(d.RemoveGuildFeed(ctx, "g", id))
		if p := d.next("c", time.Hour); p != nil {
			t.Errorf("it is still to be posted: %+v", p)
		}
		if held, err := d.Held(ctx, "c"); err != nil || len(held) != 0 {
			t.Errorf("it is still held: %v, %v", held, err)
		}
		if topics, err := d.ChannelTopics(ctx, "c"); err != nil || !slices.Equal(topics, []string{news.AllTopics}) {
			t.Errorf("the channel follows %q, %v", topics, err)
		}
	},
	"AServerHasRoomForSoMany": func(t *testing.T, d *desk) {
		ctx := t.Context()
		for i, url := range []string{"https://a.example/", "https://b.example/", "https://c.example/"} {
			_, added, err := d.AddGuildFeed(ctx, "g", news.Feed{URL: url}, 2, noon)
			if i < 2 && (err != nil || !added) || i == 2 && (!errors.Is(err, news.ErrFull) || added) {
				t.Errorf("feed %d: added %v, %v", i+1, added, err)
			}
		}
		if list, err := d.Feeds(ctx); err != nil || len(list) != 2 {
			t.Errorf("%d feeds are stored, %v; want 2", len(list), err)
		}
		if _, added, err := d.AddGuildFeed(ctx, "g", news.Feed{URL: "https://a.example/"}, 2, noon); err != nil || added {
			t.Errorf("one that it has: %v, %v", added, err)
		}
		if _, _, err := d.AddGuildFeed(ctx, "h", news.Feed{URL: "https://c.example/"}, 2, noon); err != nil {
			t.Errorf("another server has no room: %v", err)
		}
	},
	"AServerKeepsItsFeedsInFolders": func(t *testing.T, d *desk) {
		ctx := t.Context()
		for i, f := range []news.Feed{{URL: "https://b.example/", Topic: "Middle East"}, {URL: "https://a.example/"}, {URL: "https://b.example/", Topic: "Elsewhere"}} {
			_, _, err := d.AddGuildFeed(ctx, "g", f, 5, noon.Add(time.Duration(i)*time.Millisecond))
			d.must(err)
		}
		_, _, err := d.AddGuildFeed(ctx, "h", news.Feed{URL: "https://b.example/", Topic: "Lokales"}, 5, noon)
		d.must(err)
		var got []string
		for _, guild := range []news.GuildID{"g", "h"} {
			list, err := d.GuildFeeds(ctx, guild)
			d.must(err)
			for _, f := range list {
				got = append(got, string(guild)+" "+f.Feed.URL+" "+f.Folder)
			}
		}
		if want := []string{"g https://b.example/ Middle East", "g https://a.example/ ", "h https://b.example/ Lokales"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	},
	"TheOperatorsFeedIsFollowedAsItIs": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.feed(clubURL, "world")
		d.fetch(id, item("a"))
		if got := d.own("g"); got != id {
			t.Fatalf("a second copy was made")
		}
		_, err := d.Subscribe(ctx, news.Subscription{Guild: "g", Channel: "c", Topic: news.FeedTopic(id)})
		d.must(err)
		f, err := d.Feed(ctx, id)
		d.must(err)
		if f.Own || f.Topic != "world" || !f.Polled {
			t.Errorf("it is not as it was: %+v", f)
		}
		if diff := cmp.Diff([]news.ChannelID{"c"}, d.followers(told("world", id))); diff != "" {
			t.Errorf("who follows the feed alone (-want +got):\n%s", diff)
		}
		if got := d.followers(told("world", 99)); got != nil {
			t.Errorf("stories of other feeds reach %q", got)
		}
		a := d.condensed(d.waiting(id), "Regatta is off", "The regatta is off.", noon)
		ch := begin(a)
		ch.Event.Sources[0].Feed = id
		_, _, err = d.Apply(ctx, a, summary(a), ch, events.Plan{})
		d.must(err)
		if list, n, err := d.SeenBy("g").Latest(ctx, news.FeedTopic(id), time.Time{}, 10, 0); err != nil || n != 1 || list[0].Headline != "Regatta is off" {
			t.Errorf("its stories: %+v, %v", list, err)
		}
		if list, _, err := d.SeenBy("g").SearchEvents(ctx, "regatta", news.FeedTopic(id), time.Time{}, 10, 0); err != nil || len(list) != 1 {
			t.Errorf("found among its stories: %+v, %v", list, err)
		}
		m, err := d.DigestMaterial(ctx, news.DueDigest{Kind: news.DigestPlanned, Channel: "c"}, []string{news.FeedTopic(id)}, noon.Add(time.Hour))
		if err != nil || len(m.Candidates) != 1 || m.Feeds != 1 || m.Articles != 1 {
			t.Errorf("a digest of it: %+v, %v", m, err)
		}

		// The operator gives it up: it is the server's own from now on.
		d.must(d.SyncFeeds(ctx, nil, noon.Add(time.Hour)))
		if f, err = d.Feed(ctx, id); err != nil || !f.Own || f.Topic != news.FeedTopic(id) || !f.Polled || !d.polled(id) {
			t.Errorf("given up by the operator: %+v, %v", f, err)
		}
		if got := d.followers(told(f.Topic, id)); !slices.Equal(got, []news.ChannelID{"c"}) {
			t.Errorf("its stories reach %q", got)
		}
		d.must(d.SyncFeeds(ctx, nil, noon.Add(time.Hour))) // the next start
		if !d.polled(id) {
			t.Error("the next start ended its polls")
		}
		// And takes it up again.
		d.must(d.SyncFeeds(ctx, []news.Feed{{URL: clubURL, Topic: "sport"}}, noon.Add(time.Hour)))
		if f, err = d.Feed(ctx, id); err != nil || f.Own || f.Added || f.Topic != "sport" || !f.Polled {
			t.Errorf("taken up by the operator: %+v, %v", f, err)
		}
		d.must(d.RemoveGuildFeed(ctx, "g", id))
		if !d.polled(id) {
			t.Error("the operator's feed ended with the server's")
		}
	},
	"TheOperatorAddsAndRemovesAServersFeed": func(t *testing.T, d *desk) {
		ctx := t.Context()
		id := d.own("g")
		d.fetch(id, item("a"))
		what, err := d.AddFeeds(ctx, []news.Feed{{URL: clubURL, Topic: "sport"}}, noon)
		d.must(err)
		f, err := d.Feed(ctx, id)
		d.must(err)
		if what[0] != "new" || f.Own || !f.Added || f.Topic != "sport" || !f.Polled {
			t.Errorf("%v: %+v", what, f)
		}
		d.must(d.RemoveFeed(ctx, clubURL))
		if f, err = d.Feed(ctx, id); err != nil || !f.Own || f.Topic != news.FeedTopic(id) || !d.polled(id) {
			t.Errorf("it is not the server's own again: %+v, %v", f, err)
		}
		d.must(d.RemoveFeed(ctx, clubURL))
		if list, err := d.GuildFeeds(ctx, "g"); err != nil || len(list) != 0 || d.polled(id) {
			t.Errorf("the operator cannot take it from the server: %+v, %v", list, err)
		}
		if _, err := d.AddFeeds(ctx, []news.Feed{{URL: "https://x.example/", Topic: news.FeedTopic(id)}}, noon); err == nil {
			t.Error("the operator's feed may be given the topic of a server's")
		}
	},
	"AServerThatTheBotLeftKeepsItsFeedsForAWhile": func(t *testing.T, d *desk) { // M29
		ctx := t.Context()
		id := d.own("g") // no channel of it follows anything
		d.fetch(id, item("a"))
		_, err := d.OfferFeeds(ctx, "g", []news.FeedOffer{{URL: "https://x.example/"}}, noon)
		d.must(err)
		if guilds, err := d.Guilds(ctx); err != nil || !slices.Equal(guilds, []news.GuildID{"g"}) {
			t.Errorf("%q, %v", guilds, err)
		}
		if r, err := d.GuildRecords(ctx, "g"); err != nil || !cmp.Equal(r.Feeds, []news.FeedRecord{{URL: clubURL, Name: "Rowing Club"}}) {
			t.Errorf("%+v, %v", r, err)
		}
		d.must(d.LoseGuild(ctx, "g", "removed", noon))
		if d.polled(id) {
			t.Error("it is polled for a server that the bot has left")
		}
		d.must(d.ForgetGuilds(ctx, noon))
		d.must(d.RegainGuild(ctx, "g", noon.Add(time.Minute)))
		if f, err := d.Feed(ctx, id); err != nil || f.Polled || !d.polled(id) {
			t.Errorf("back, and it does not begin like new: %+v, %v", f, err)
		}
		d.must(d.ForgetGuilds(ctx, noon.Add(time.Hour)))
		if list, err := d.GuildFeeds(ctx, "g"); err != nil || len(list) != 1 {
			t.Errorf("forgotten though the bot is back: %+v, %v", list, err)
		}
		d.must(d.LoseGuild(ctx, "g", "removed", noon))
		d.must(d.ForgetGuilds(ctx, noon.Add(time.Hour)))
		if list, err := d.GuildFeeds(ctx, "g"); err != nil || len(list) != 0 || d.polled(id) {
			t.Errorf("left behind: %+v, %v", list, err)
		}
		if r, err := d.GuildRecords(ctx, "g"); err != nil || len(r.Feeds) != 0 {
			t.Errorf("%+v, %v", r, err)
		}
	},
	"OffersAreForTheirServer": func(t *testing.T, d *desk) {
		ctx := t.Context()
		got, err := d.OfferFeeds(ctx, "g", []news.FeedOffer{{URL: "https://a.example/", Title: "A", Channel: "c"}, {URL: "https://b.example/"}}, noon)
		d.must(err)
		if len(got) != 2 || got[0].ID == 0 || got[0].ID == got[1].ID {
			t.Fatalf("%+v", got)
		}
		if o, err := d.FeedOffer(ctx, "g", got[0].ID); err != nil || o != got[0] {
			t.Errorf("%+v, %v; want %+v", o, err, got[0])
		}
		if _, err := d.FeedOffer(ctx, "h", got[0].ID); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("another server takes it: %v", err)
		}
		_, err = d.OfferFeeds(ctx, "h", nil, noon.Add(25*time.Hour))
		d.must(err)
		if _, err := d.FeedOffer(ctx, "g", got[0].ID); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("it is kept for ever: %v", err)
		}
	},
	"WhoAddedADeadFeedIsTold": func(t *testing.T, d *desk) { // M5
		ctx := t.Context()
		id := d.own("g")
		d.own("h")
		d.own("paused")
		d.must(d.PauseGuildFeed(ctx, "paused", id, noon))
		d.giveUp(id, noon)
		d.notices("g "+clubURL, "h "+clubURL)
		if found, err := d.FeedNotices(ctx); err != nil || !found[0].Added {
			t.Errorf("it is not said that the server added it: %+v, %v", found, err)
		}
		d.must(d.RemoveGuildFeed(ctx, "h", id))
		d.notices("g " + clubURL)
		d.must(d.ResumeGuildFeed(ctx, "g", id, noon.Add(time.Hour)))
		d.notices()
		if f, err := d.Feed(ctx, id); err != nil || !f.Disabled.IsZero() || !f.NextPoll.Equal(noon.Add(time.Hour)) {
			t.Errorf("it is not brought back: %+v, %v", f, err)
		}
	},
	"AFeedThatMovedIsKnownByBothAddresses": func(t *testing.T, d *desk) { // M5
		ctx := t.Context()
		id := d.own("g")
		r := result()
		r.MovedTo = "https://new.example/feed"
		_, err := d.SaveFetch(ctx, id, r)
		d.must(err)
		for _, url := range []string{clubURL, r.MovedTo} {
			if got, added, err := d.AddGuildFeed(ctx, "g", news.Feed{URL: url}, 50, noon); err != nil || added || got != id {
				t.Errorf("%s: feed %d, added %v, %v", url, got, added, err)
			}
		}
	},
}

func isOf(topic string) func(digest.Candidate) bool {
	return func(c digest.Candidate) bool { return c.Event.Topic == topic }
}
