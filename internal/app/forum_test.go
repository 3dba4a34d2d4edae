package app

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
)

// sending is an outbox that delivers to a Discord, on a clock.
type sending struct {
	t      *testing.T
	db     *store.DB
	fake   *discordtest.Server
	guild  *discordtest.Guild
	relay  *outbox.Relay
	at     atomic.Int64 // milliseconds
	log    *slog.Logger
	events int
}

func newSending(t *testing.T) *sending {
	t.Helper()
	x := &sending{t: t, log: slog.New(slog.DiscardHandler)}
	x.at.Store(time.Now().Truncate(time.Second).UnixMilli())
	x.fake = discordtest.New(t, discordtest.Options{NoRateLimits: true, Now: x.now})
	x.guild = x.fake.AddGuild("Readers")
	db, err := store.Open(t.Context(), blank.New(t), x.log)
	x.must(err)
	t.Cleanup(func() { x.must(db.Close()) })
	x.db = db
	x.restart()
	return x
}

func (x *sending) now() time.Time       { return time.UnixMilli(x.at.Load()) }
func (x *sending) pass(d time.Duration) { x.at.Add(d.Milliseconds()) }

// hasty is a way to Discord on which its small limits are not seen, so that tests
// need not wait for them.
type hasty struct{ http.RoundTripper }

func (h hasty) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := h.RoundTripper.RoundTrip(r)
	if err == nil && resp.StatusCode < 400 {
		for name := range resp.Header {
			if strings.HasPrefix(name, "X-Ratelimit-") {
				resp.Header.Del(name)
			}
		}
	}
	return resp, err
}

// client is the bot at the fake Discord.
func (x *sending) client() *discord.Client {
	x.t.Helper()
	c, err := discord.New(discord.Options{
		Token: x.fake.Token(), APIURL: x.fake.APIURL(), Log: x.log, Now: time.Now, Transport: hasty{http.DefaultTransport},
	}, nil)
	x.must(err)
	return c
}

// restart forgets all that is not stored.
func (x *sending) restart() {
	x.t.Helper()
	poster := bot.NewPoster(discordSurface{x.client()}, bot.PosterOptions{Followed: x.db, Now: x.now})
	x.relay = outbox.NewRelay(x.db, poster, outbox.Options{Edits: x.db}, x.log, x.now)
}

func (x *sending) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// event is a new one.
func (x *sending) event() news.Event {
	x.events++
	return news.Event{
		ID: news.EventID(x.events), Version: 1, Revision: 1, Topic: "world", Headline: "Bridge closes for repairs", First: x.now(), Last: x.now(),
		Sources: []news.Source{{Article: 1, Outlet: "Ledger", Title: "Bridge closes", URL: "https://ledger.example/1", Published: x.now()}},
		Facts:   []news.Fact{{Text: "The bridge closes on Monday.", Article: 1}},
	}
}

// queue puts posts of an event into the outbox.
func (x *sending) queue(ch *discordtest.Channel, e news.Event, kinds ...news.PostKind) {
	x.t.Helper()
	var posts []news.Post
	for _, k := range kinds {
		posts = append(posts, news.Post{Channel: news.ChannelID(ch.ID), Kind: k, Event: e, Line: "It opens again on Friday."})
	}
	x.must(x.db.Enqueue(x.t.Context(), posts))
}

// deliver sends what is due.
func (x *sending) deliver() {
	x.t.Helper()
	x.must(x.relay.Flush(x.t.Context()))
}

// M11, M13: an event becomes a post of the forum, tagged with its topic, in
// which it is edited and continued; a thread gets its messages.
func TestDelivery_ForumAndThread(t *testing.T) {
	t.Parallel()
	x := newSending(t)
	forum := x.guild.AddForum("stories")
	forum.AddTag("Sports", false)
	forum.AddTag("World", false)
	talk := x.guild.AddTextChannel("talk").AddThread("news")
	e := x.event()
	changed := e
	changed.Revision, changed.Headline = 2, "Bridge opens again"
	for _, ch := range []*discordtest.Channel{forum, talk} {
		x.queue(ch, e, news.PostAlert)
		x.deliver()
		x.restart()
		x.queue(ch, changed, news.PostEdit, news.PostLine)
		x.deliver()
	}
	posts := forum.Posts()
	if len(posts) != 1 || posts[0].Name != "Bridge closes for repairs" || strings.Join(posts[0].Tags(), ",") != "World" {
		t.Fatalf("the forum has %+v", posts)
	}
	check := func(where string, ch *discordtest.Channel, second string) {
		t.Helper()
		m := ch.Messages()
		if len(m) != 2 || !strings.Contains(m[0].Content, "Bridge opens again") || m[0].Edits != 1 || !strings.HasPrefix(m[1].Content, second) || !strings.Contains(m[1].Content, "It opens again on Friday.") {
			t.Errorf("%s holds %+v", where, m)
		}
	}
	check("the post", posts[0], "🔄")
	check("the thread", talk, "**Bridge opens again**\n🔄")
	// A deleted post is no fault of the forum: the next story is posted.
	x.fake.RemoveChannel(posts[0])
	x.queue(forum, changed, news.PostEdit)
	third := changed
	third.Revision = 3
	x.queue(forum, third, news.PostEdit)
	x.queue(forum, x.event(), news.PostAlert)
	x.deliver()
	if n := len(forum.Posts()); n != 1 {
		t.Errorf("the forum has %d posts after one was deleted", n)
	}
	if _, err := x.db.NextPost(t.Context(), news.ChannelID(forum.ID), x.now()); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("left over: %v", err)
	}
}

// M11: the tags that were chosen are given, that of the importance too; a deleted
// one falls back to the one named like the topic, though nobody told of it; a
// forum that wants a tag which there is none of holds its posts.
func TestDelivery_ForumTags(t *testing.T) {
	t.Parallel()
	x := newSending(t)
	forum := x.guild.AddForum("stories")
	id := news.ChannelID(forum.ID)
	forum.AddTag("World", false)
	chosen := forum.AddTag("Abroad", false)
	forum.AddTag("Breaking", false)
	forum.RequireTag(true)
	_, err := x.db.Subscribe(t.Context(), news.Subscription{Guild: news.GuildID(x.guild.ID), Channel: id, Topic: "world"})
	x.must(err)
	choose := func(tags map[string]string) {
		t.Helper()
		_, err := x.db.EditChannel(t.Context(), news.GuildID(x.guild.ID), id, func(s *news.Settings) error { s.Tags = tags; return nil })
		x.must(err)
	}
	posted := func(n int, want string) {
		t.Helper()
		e := x.event()
		if n == 0 {
			e.Class = news.ClassBreaking
		}
		x.queue(forum, e, news.PostAlert)
		x.deliver()
		x.pass(time.Minute) // what was refused is tried again
		x.deliver()
		if posts := forum.Posts(); len(posts) != n+1 || strings.Join(posts[n].Tags(), ",") != want {
			t.Fatalf("%d posts, want number %d with %q", len(posts), n, want)
		}
	}
	choose(map[string]string{"world": chosen})
	posted(0, "Abroad,Breaking")
	forum.RemoveTag(chosen)
	posted(1, "World")
	choose(map[string]string{"world": news.NoTag})
	x.queue(forum, x.event(), news.PostAlert)
	x.deliver()
	pauses, err := x.db.Pauses(t.Context())
	x.must(err)
	if len(pauses) != 1 || !strings.HasSuffix(pauses[0].Reason, "no tag for: World") || len(forum.Posts()) != 2 {
		t.Fatalf("without a tag: paused %+v, %d posts", pauses, len(forum.Posts()))
	}
	choose(nil)
	x.must(x.db.Resume(t.Context(), id))
	x.deliver()
	if posts := forum.Posts(); len(posts) != 3 || strings.Join(posts[2].Tags(), ",") != "World" {
		t.Errorf("once mended: %+v", posts)
	}
}

// M14, M17: a digest is a message, and in a forum a post with its title, once
// also where the answer was lost.
func TestDelivery_Digest(t *testing.T) {
	t.Parallel()
	x := newSending(t)
	for _, ch := range []*discordtest.Channel{x.guild.AddForum("stories"), x.guild.AddTextChannel("talk"), x.guild.AddTextChannel("talk").AddThread("news")} {
		path := "/channels/*/messages"
		d := news.Digest{Kind: news.DigestPlanned, Topics: []string{"world"}, From: x.now().AddDate(0, 0, -1), To: x.now(), Note: news.NoteNothing}
		x.must(x.db.Enqueue(t.Context(), []news.Post{{Key: "digest:" + ch.ID, Channel: news.ChannelID(ch.ID), Kind: news.PostDigest, Digest: d}}))
		title := "World · " + x.now().UTC().Format("Monday 2 January")
		forum := ch.Name == "stories"
		if forum {
			path = "/channels/*/threads"
		}
		x.fake.FailNext("POST", path, discordtest.FaultCutAfter())
		x.deliver()
		x.restart()
		x.pass(2 * time.Minute)
		x.deliver()
		if forum {
			posts := ch.Posts()
			if len(posts) != 1 || posts[0].Name != title {
				t.Fatalf("the forum has %+v", posts)
			}
			ch = posts[0]
		}
		if m := ch.Messages(); len(m) != 1 || m[0].Embeds[0].Title != title || m[0].Flags&(1<<12) == 0 {
			t.Errorf("%s holds %+v", ch.Name, m)
		}
	}
}

// M17: a post whose answer was lost is not opened twice.
func TestDelivery_ForumPostIsOpenedOnce(t *testing.T) {
	t.Parallel()
	x := newSending(t)
	forum := x.guild.AddForum("stories")
	x.fake.FailNext("POST", "/channels/*/threads", discordtest.FaultCutAfter())
	x.queue(forum, x.event(), news.PostAlert)
	x.deliver()
	x.restart()
	x.pass(time.Minute)
	x.deliver()
	posts := forum.Posts()
	if len(posts) != 1 {
		t.Fatalf("%d posts", len(posts))
	}
	left, err := x.db.Alerted(t.Context(), 1)
	if _, err2 := x.db.NextPost(t.Context(), news.ChannelID(forum.ID), x.now()); err != nil || !left[news.ChannelID(forum.ID)] || !errors.Is(err2, news.ErrNotFound) {
		t.Errorf("not marked as sent: %v, %v, %v", left, err, err2)
	}
}
