package app

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/internal/metrics"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/store"
)

const (
	loadGuilds   = 10
	loadChannels = 200 // in all
	loadBurst    = 6   // events that come at once: more than a channel takes in five seconds; the first is updated
)

// far is a network between the bot and Discord: each way takes its time, so
// that requests overtake each other and headers come late. It notes when each
// request was sent.
type far struct {
	to   http.RoundTripper
	mu   sync.Mutex
	rand *rand.Rand
	sent []time.Time
}

// RoundTrip carries one request.
func (f *far) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	f.sent = append(f.sent, time.Now())
	there, back := f.delay(), f.delay()
	f.mu.Unlock()
	time.Sleep(there) // of the bubble's clock, as all times here
	resp, err := f.to.RoundTrip(r)
	time.Sleep(back)
	return resp, err
}

// delay is 10 to 90 ms, and now and then ten times that.
func (f *far) delay() time.Duration {
	d := 10*time.Millisecond + time.Duration(f.rand.Int64N(int64(80*time.Millisecond)))
	if f.rand.IntN(50) == 0 {
		d *= 10
	}
	return d
}

// busiest is the largest number of times within a second.
func busiest(at []time.Time) int {
	most, first := 0, 0
	for i := range at {
		for at[i].Sub(at[first]) >= time.Second {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// TestLoad delivers bursts of events, and an update of one, to 200 channels
// through outbox, poster and sender, against a Discord that keeps all its
// limits, beyond a slow network, with refusals that nobody earned. It takes
// minutes of the bubble's time. NEWSDESK_LOAD sets the number of bursts. With the
// race detector it takes a minute and finds nothing that others don't, so that it
// runs only if asked for: "make soak" runs it without.
func TestLoad_LimitsAreKept(t *testing.T) { // M17, M18
	t.Parallel()
	bursts := 1
	if raceEnabled && os.Getenv("NEWSDESK_LOAD") == "" {
		t.Skip("with the race detector only if NEWSDESK_LOAD is set")
	}
	if s := os.Getenv("NEWSDESK_LOAD"); s != "" {
		var err error
		if bursts, err = strconv.Atoi(s); err != nil || bursts < 1 {
			t.Fatalf("NEWSDESK_LOAD=%q: want a number of bursts", s)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		fake := discordtest.New(t, discordtest.Options{InProcess: true})
		var channels []*discordtest.Channel
		for i := range loadGuilds {
			g := fake.AddGuild("Guild " + strconv.Itoa(i))
			for j := range loadChannels / loadGuilds {
				channels = append(channels, g.AddTextChannel("news-"+strconv.Itoa(j)))
			}
		}
		db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "news.db"), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		net := &far{to: fake.Transport(), rand: rand.New(rand.NewPCG(1, 2))}
		client, err := discord.New(discord.Options{
			Token: fake.Token(), APIURL: fake.APIURL(), Log: slog.New(slog.DiscardHandler), Now: time.Now, Transport: net, Waits: db,
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		surface := discordSurface{client}
		relay := outbox.NewRelay(ownChannels{db, surface.owns, nil},
			countedSender{bot.NewPoster(surface, bot.PosterOptions{Now: time.Now}), metrics.New("test", nil, nil)},
			outbox.Options{}, slog.New(slog.DiscardHandler), time.Now)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- relay.Run(ctx) }()

		began := time.Now()
		for n := range bursts {
			enqueue(t, db, channels, n)
			relay.Wake()
			fake.FailNext("POST", "/channels/*/messages",
				discordtest.FaultRateLimitedShared(3*time.Second), discordtest.FaultRateLimitedGlobal(2*time.Second), discordtest.FaultRateLimited(8*time.Second))
			for {
				time.Sleep(time.Second)
				if s, err := db.Stats(t.Context()); err != nil {
					t.Fatal(err)
				} else if s.PostsPending == 0 {
					break
				}
			}
		}
		took := time.Since(began)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		reportLoad(t, fake, net, bursts, took)
		for _, ch := range channels {
			inOrder(t, fake, ch, bursts*loadBurst)
		}
	})
}

// enqueue puts the events of a burst into the outbox for all channels: an alert
// of each, then an edit and a line of the first.
func enqueue(t *testing.T, db *store.DB, channels []*discordtest.Channel, burst int) {
	t.Helper()
	var posts []news.Post
	for _, revision := range []int{1, 2} {
		for i := range loadBurst {
			if revision > 1 && i > 0 {
				break
			}
			n := burst*loadBurst + i + 1
			e := news.Event{
				ID: news.EventID(n), Version: revision, Revision: revision, Topic: "world", Headline: "Event " + strconv.Itoa(n) + " happens",
				First: time.Now(), Last: time.Now(),
				Sources: []news.Source{{Article: 1, Outlet: "Wire", Title: "Event", URL: "https://wire.example/" + strconv.Itoa(n)}},
				Facts:   []news.Fact{{Text: fmt.Sprintf("It is fact %d of event %d.", revision, n), Article: 1, New: true}},
			}
			for _, ch := range channels {
				p := news.Post{Channel: news.ChannelID(ch.ID), Event: e}
				for _, kind := range []news.PostKind{news.PostAlert, news.PostEdit, news.PostLine} {
					if (kind == news.PostAlert) == (revision == 1) {
						p.Kind, p.Key = kind, fmt.Sprintf("%s:%d:%d:%s", ch.ID, n, revision, kind)
						posts = append(posts, p)
					}
				}
			}
		}
	}
	if err := db.Enqueue(t.Context(), posts); err != nil {
		t.Fatal(err)
	}
}

// inOrder checks that a channel shows the events in order, each once, and the
// first of each burst edited, with one line in its thread.
func inOrder(t *testing.T, fake *discordtest.Server, ch *discordtest.Channel, n int) {
	t.Helper()
	got := ch.Messages()
	if len(got) != n {
		t.Errorf("#%s of %s has %d messages, want %d", ch.Name, ch.Guild().Name, len(got), n)
	}
	for i, m := range got {
		updates := 0
		if i%loadBurst == 0 {
			updates = 1
		}
		thread := fake.Thread(m)
		if !strings.HasSuffix(m.Content, "Event "+strconv.Itoa(i+1)+" happens") || m.Edits != updates || (thread != nil) != (updates > 0) {
			t.Errorf("message %d is %q, %d edits, a thread: %v", i+1, m.Content, m.Edits, thread != nil)
		}
		if thread == nil {
			continue
		}
		if lines := thread.Messages(); len(lines) != 1 || !strings.Contains(lines[0].Content, "fact 2 of event "+strconv.Itoa(i+1)+".") {
			t.Errorf("%q has %d lines in its thread", m.Content, len(lines))
		}
	}
}

// reportLoad prints what was counted and checks it against Discord's limits.
func reportLoad(t *testing.T, fake *discordtest.Server, net *far, bursts int, took time.Duration) {
	t.Helper()
	requests := fake.Requests()
	limited, invalid := 0, 0
	var arrived []time.Time
	for _, r := range requests {
		arrived = append(arrived, r.At)
		switch r.Status {
		case 429:
			limited++
			invalid++
		case 401, 403:
			invalid++
		}
	}
	slices.SortFunc(arrived, time.Time.Compare)
	slices.SortFunc(net.sent, time.Time.Compare)
	share := 100 * float64(limited) / float64(len(requests))
	t.Logf("load: %d channels, %d events each, %d requests in %s (%.1f/s); busiest second: %d sent, %d arrived; answered 429: %d (%.2f %%); 401, 403, 429 in all: %d",
		loadChannels, bursts*loadBurst, len(requests), took.Round(time.Second), float64(len(requests))/took.Seconds(), busiest(net.sent), busiest(arrived), limited, share, invalid)
	if share >= 1 {
		t.Errorf("%.2f %% of the requests were answered 429, want under 1 %%", share)
	}
	if n := busiest(net.sent); n > 45 {
		t.Errorf("%d requests were sent within a second, want 45 at most", n)
	}
	if invalid > 100 {
		t.Errorf("%d answers 401, 403 and 429: 10,000 in ten minutes are a ban", invalid)
	}
}
