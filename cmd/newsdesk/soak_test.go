package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
)

// The size of a soak.
const (
	soakFeeds    = 500
	soakChannels = 200
	soakTopics   = 20
	soakGuilds   = 10
	soakPeople   = 50 // who ask at once
	soakStory    = 2 * time.Second
)

// soak is the program in a process of its own, between 500 feeds and 200
// channels that fail in all the ways they know.
type soak struct {
	readers
	reporter
	news    *feedstest.Server
	feeds   []*feedstest.Feed
	items   [][]feedstest.Item // by feed
	metrics string             // address
	program *exec.Cmd
	log     bytes.Buffer
	people  []string
	unknown []story // stories whose later report is still to come, oldest first

	mu        sync.Mutex
	answers   []time.Duration // until an interaction was answered
	unheard   int             // interactions without an answer
	faults    map[string]int  // by table
	recovered []time.Duration // until the bot was connected again
	samples   []sample        // while there was work
	rest      sample          // when there was none any more
}

// TestSoak_NothingLostNothingGrows lets the program run for NEWSDESK_SOAK, such
// as "1h", and prints what it did.
func TestSoak_NothingLostNothingGrows(t *testing.T) { // M17, M18
	t.Parallel()
	text := os.Getenv("NEWSDESK_SOAK")
	if text == "" {
		t.Skip("NEWSDESK_SOAK is not set: make soak sets it, and CI runs that")
	}
	length, err := time.ParseDuration(text)
	if err != nil || length < 20*time.Second {
		t.Fatalf("NEWSDESK_SOAK=%q: want a duration of 20s at least", text)
	}
	s := newSoak(t)
	s.start()
	s.work(length)
	s.drain()
	s.report(length)
}

func newSoak(t *testing.T) *soak {
	t.Helper()
	s := &soak{
		readers: readers{judgement: &judgement{T: t}, discord: discordtest.New(t, discordtest.Options{HeartbeatInterval: 6 * time.Second, Keep: 5000})}, reporter: reporter{rand.New(rand.NewPCG(11, 6))},
		news: feedstest.New(t), items: make([][]feedstest.Item, soakFeeds), faults: map[string]int{},
	}
	for i := range soakGuilds {
		g := s.discord.AddGuild("Guild " + strconv.Itoa(i))
		for j := range soakChannels / soakGuilds {
			s.channels = append(s.channels, g.AddTextChannel("news-"+strconv.Itoa(j)))
		}
	}
	for i := range soakPeople {
		s.people = append(s.people, s.discord.AddUser("reader "+strconv.Itoa(i)))
	}
	return s
}

// topic names a topic.
func topic(i int) string { return fmt.Sprintf("desk-%02d", i%soakTopics) }

// start writes the configuration, starts the program, and waits until it has
// read all feeds once, while they are empty: what comes later is news.
func (s *soak) start() {
	s.Helper()
	folder := s.TempDir()
	db := filepath.Join(folder, "news.db")
	var lc net.ListenConfig
	l, err := lc.Listen(s.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		s.Fatal(err)
	}
	s.metrics = l.Addr().String()
	_ = l.Close() // the port is the program's now
	var text strings.Builder
	fmt.Fprintf(&text, "database.path = %q\npoll.interval = \"10s\"\nposts.per_hour = 0\nhttp.timeout = \"5s\"\nhttp.per_host = 16\nhttp.allow_private = [\"127.0.0.0/8\"]\nmetrics.listen = %q\n[discord]\ntoken = %q\napi_url = %q\n",
		db, s.metrics, s.discord.Token(), s.discord.APIURL())
	for i := range soakFeeds {
		f := s.news.Feed(fmt.Sprintf("/feed-%d.xml", i))
		f.SetRSS("Outlet " + strconv.Itoa(i))
		f.SetRetryAfter(5 * time.Second)
		s.feeds = append(s.feeds, f)
		fmt.Fprintf(&text, "[[feeds]]\nurl = %q\nname = \"Outlet %d\"\ntopic = %q\n", f.URL(), i, topic(i))
	}
	for i, ch := range s.channels {
		fmt.Fprintf(&text, "[[subscriptions]]\nchannel = %q\ntopics = [%q]\n", ch.ID, topic(i))
	}
	config := filepath.Join(folder, "config.toml")
	if err := os.WriteFile(config, []byte(text.String()), 0o600); err != nil {
		s.Fatal(err)
	}
	program, err := exec.LookPath("newsdesk")
	if err != nil {
		s.Fatal(err)
	}
	s.program = exec.CommandContext(context.WithoutCancel(s.Context()), program, "run", "--config", config)
	s.program.Stderr = &s.log
	if err := s.program.Start(); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() {
		if s.program.ProcessState == nil {
			_ = s.program.Process.Kill()
			_ = s.program.Wait()
		}
		s.tell(s.log.String())
	})
	s.open("sqlite", (&url.URL{Scheme: "file", Opaque: db, RawQuery: "_pragma=busy_timeout(5000)"}).String())
	s.wait("the first polls", 2*time.Minute, func() bool { return s.count(`SELECT count(*) FROM feeds WHERE polled = 1`) == soakFeeds })
	s.wait("the connection", time.Minute, s.discord.Connected)
	ctx, cancel := context.WithTimeout(s.Context(), time.Minute)
	defer cancel()
	if err := s.discord.WaitCommands(ctx, 1); err != nil {
		s.Fatal(err)
	}
}

// wait waits for what happens in another process.
func (s *soak) wait(what string, most time.Duration, cond func() bool) {
	s.Helper()
	end := time.NewTimer(most)
	defer end.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-end.C:
			s.Fatalf("waited %s in vain for %s: %d of %d articles done, %d posts pending", most, what,
				s.count(`SELECT count(*) FROM articles WHERE state = 'done'`), len(s.links), s.count(`SELECT count(*) FROM posts WHERE state = 'pending'`))
		}
	}
}

// work publishes, breaks things, and asks, until the time is over.
func (s *soak) work(length time.Duration) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), length)
	defer cancel()
	every := func(d time.Duration, do func()) func() {
		return func() {
			tick := time.NewTicker(d)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					do()
				case <-ctx.Done():
					return
				}
			}
		}
	}
	// Each has chance of its own: what happens must not depend on who comes first.
	chance := func(n uint64) *rand.Rand { return rand.New(rand.NewPCG(6, n)) }
	rest, feeds, gates := chance(1), chance(2), chance(3)
	var all sync.WaitGroup
	all.Go(every(soakStory, s.publish))
	all.Go(every(2*time.Second, func() {
		if x, ok := s.measure(); ok {
			s.samples = append(s.samples, x)
		}
	}))
	all.Go(every(700*time.Millisecond, func() { s.spoilRequests(rest) }))
	all.Go(every(2*time.Second, func() { s.spoilFeed(feeds) }))
	all.Go(every(7*time.Second, func() { s.forbid(feeds) }))
	// People ask in waves. The connection is broken between two of them: Discord
	// sends nobody again what was sent into a dead one.
	broken, begun := 0, time.Now()
	pause := time.NewTicker(time.Second)
	defer pause.Stop()
	for wave := uint64(0); ctx.Err() == nil; wave++ {
		<-pause.C
		s.ask(chance(100 + wave))
		// The bot may open ten connections at once, and one in 90 seconds in the
		// long run: more is not asked of it.
		if wave%3 == 2 && ctx.Err() == nil && float64(broken) < 4+time.Since(begun).Seconds()/100 {
			broken++
			s.breakConnection(gates)
		} else {
			s.annoy(gates)
		}
	}
	all.Wait()
}

// publish puts a new story into one feed, and a later report of one of the last
// stories into another of its topic.
func (s *soak) publish() {
	st := s.invent(len(s.links)/2 + 1)
	feed := s.rand.IntN(soakFeeds)
	s.article(feed, fmt.Sprintf("/story-%d", st.id), st.title, st.report)
	st.id = st.id*soakFeeds + feed // remembers where
	if s.unknown = append(s.unknown, st); len(s.unknown) < 4 {
		return
	}
	st = s.unknown[0]
	s.unknown = s.unknown[1:]
	other := (st.id%soakFeeds + soakTopics*(1+s.rand.IntN(soakFeeds/soakTopics-1))) % soakFeeds
	s.article(other, fmt.Sprintf("/later-%d", st.id/soakFeeds), st.update, st.later)
}

func (s *soak) article(feed int, path, title string, paragraphs []string) {
	s.news.Page(path, page(title, paragraphs))
	s.mu.Lock()
	s.links = append(s.links, path)
	s.mu.Unlock()
	s.items[feed] = append([]feedstest.Item{{Title: title, Link: s.news.URL(path), GUID: path, Published: time.Now(), Summary: paragraphs[0]}}, s.items[feed]...)
	s.feeds[feed].SetRSS("Outlet "+strconv.Itoa(feed), s.items[feed][:min(len(s.items[feed]), 20)]...)
}

// ask lets all people ask something at once, and times the answers.
func (s *soak) ask(r *rand.Rand) {
	var all sync.WaitGroup
	for i, user := range s.people {
		in := s.question(r, i)
		in.User = user
		all.Go(func() {
			ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
			defer cancel()
			resp, err := s.discord.Interact(ctx, in)
			s.mu.Lock()
			defer s.mu.Unlock()
			if err != nil {
				s.unheard++
				s.Logf("%v", err)
				return
			}
			s.answers = append(s.answers, resp.After)
		})
	}
	all.Wait()
}

func (s *soak) question(r *rand.Rand, i int) discordtest.Interaction {
	in := discordtest.Interaction{Channel: s.channels[r.IntN(len(s.channels))]}
	word := []string{"ferry", "plant", "court", "planet", "cup"}[r.IntN(5)]
	switch i % 7 {
	case 0:
		in.Command = "latest"
	case 1:
		in.Command, in.Options = "search", map[string]any{"words": word}
	case 2:
		in.Command, in.Options = "ask", map[string]any{"question": "What happened to the " + word + "?"}
	case 3:
		in.Command, in.Options, in.Focused = "story", map[string]any{"event": word[:2]}, "event"
	case 4:
		in.Command = "help"
	case 5:
		in.Command, in.Options = "story", map[string]any{"event": word}
	default:
		in.Command = "latest"
		if posted := in.Channel.Messages(); len(posted) > 0 && len(posted[len(posted)-1].Buttons) > 0 {
			m := posted[len(posted)-1]
			in.Command, in.Custom, in.MessageID = "", m.Buttons[r.IntN(len(m.Buttons))].CustomID, m.ID
		}
	}
	return in
}

// drain ends all faults and waits until everything is read and posted.
func (s *soak) drain() {
	s.Helper()
	s.discord.ClearFaults()
	s.discord.AllowEdits()
	for _, f := range s.feeds {
		f.SetFault(feedstest.None)
	}
	for _, ch := range s.channels {
		ch.SetPermissions(s.discord.BotID(), 0, 0)
	}
	end := time.Now().Add(5 * time.Minute)
	for !s.done() && time.Now().Before(end) {
		s.hurry()
		again := time.Now().Add(5 * time.Second)
		s.wait("everything to be posted", time.Minute, func() bool { return s.done() || time.Now().After(again) })
	}
	if !s.done() {
		s.Errorf("not everything is posted: %d of %d articles done, %d posts pending", s.count(`SELECT count(*) FROM articles WHERE state = 'done'`), len(s.links), s.count(`SELECT count(*) FROM posts WHERE state = 'pending'`))
	}
	s.strangers()
	s.settle()
	_ = s.program.Process.Signal(syscall.SIGTERM) // it may have ended by itself, which is told below
	if err := s.program.Wait(); err != nil {
		s.Errorf("the program ended: %v", err)
	}
}

// hurry ends what the program waits for, which may be hours by then: the next
// poll, another try at a post, another edit of an old message.
func (s *soak) hurry() {
	s.Helper()
	s.exec(`UPDATE feeds SET next_poll = 0 WHERE next_poll > 0`)
	s.exec(`UPDATE posts SET not_before = 0 WHERE state = 'pending' AND not_before > 0`)
	s.exec(`UPDATE messages SET edit_after = 1 WHERE edit_after > 1`)
	s.exec(`DELETE FROM publication_edits`)
}

// strangers tells of articles that nobody published.
func (s *soak) strangers() {
	s.Helper()
	rows, err := s.db.QueryContext(s.Context(), `SELECT url, guid, title FROM articles`)
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var address, guid, title string
		if err := rows.Scan(&address, &guid, &title); err != nil {
			s.Fatal(err)
		}
		if path := strings.TrimPrefix(address, s.news.URL("")); path != guid || !slices.Contains(s.links, path) {
			s.Errorf("an article that nobody published: %q, %s, %s", title, address, guid)
		}
	}
	if err := rows.Err(); err != nil {
		s.Fatal(err)
	}
}
