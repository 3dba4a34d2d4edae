package app_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

// score is what the replay of a recorded day gave, as an editor counts it.
type score struct {
	duplicates int // messages on a happening beyond the first
	mixed      int // messages whose articles tell of several happenings
	missing    int // happenings without a message
	strays     int // messages and lines that an article caused which brings nothing new
	excess     int // lines beyond one for each article that brings something
	reported   int // of the changes worth telling, those told in an edit or a line
}

// worse says in which counts s is worse than floor.
func (s score) worse(floor score) []string {
	var out []string
	check := func(name string, got, floor int, bad bool) {
		if bad {
			out = append(out, fmt.Sprintf("%s %d, was %d", name, got, floor))
		}
	}
	check("duplicates", s.duplicates, floor.duplicates, s.duplicates > floor.duplicates)
	check("mixed", s.mixed, floor.mixed, s.mixed > floor.mixed)
	check("missing", s.missing, floor.missing, s.missing > floor.missing)
	check("strays", s.strays, floor.strays, s.strays > floor.strays)
	check("excess", s.excess, floor.excess, s.excess > floor.excess)
	check("reported", s.reported, floor.reported, s.reported < floor.reported)
	return out
}

// replays are the recorded days. want is the ideal; now is what the program
// reaches, and must not fall behind.
var replays = []struct {
	name      string
	interval  time.Duration // between polls where a recording takes days, 0 for the default
	want, now score
}{
	{name: "quake", want: score{reported: 11}, now: score{reported: 11}},
	{name: "court", want: score{reported: 5}, now: score{reported: 5}},
	{name: "match", want: score{reported: 6}, now: score{strays: 1, excess: 1, reported: 6}},
	{name: "storm", want: score{reported: 13}, now: score{reported: 12}},
	{name: "merger", want: score{reported: 6}, now: score{reported: 6}},
	{name: "election", want: score{reported: 9}, now: score{reported: 8}},
	{name: "hoax", want: score{reported: 7}, now: score{reported: 7}},
	{name: "launch", interval: time.Hour, want: score{reported: 4}, now: score{reported: 3}},
	{name: "saga", interval: time.Hour, want: score{reported: 10}, now: score{strays: 2, excess: 2, reported: 10}},
	{name: "quiet", want: score{reported: 4}, now: score{reported: 3}},
	{name: "strike", interval: time.Hour, want: score{reported: 10}, now: score{reported: 10}},
	{name: "wildfire", want: score{reported: 18}, now: score{reported: 15}},
}

// longestFact is the most characters that readers see of a fact.
const longestFact = 160

// Twelve recorded days of our own writing, each with happenings that develop,
// copies of agency texts, and articles on other things by the same outlets.
func TestReplays(t *testing.T) { // B1, M8, M13
	t.Parallel()
	var told, worthTelling atomic.Int64
	t.Cleanup(func() {
		t.Logf("%d of %d changes worth telling were told; the aim is 90 %%", told.Load(), worthTelling.Load())
	})
	for _, r := range replays {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			day, played := playDay(t, r.name, r.interval)
			stats, posts, shown := played.stats, played.posts, played.shown
			got := score{duplicates: stats.Duplicates, mixed: stats.Mixed, missing: stats.Missing, strays: day.strays(posts), excess: max(0, stats.Lines-day.want.Lines)}
			var untold []string
			got.reported, untold = day.reported(posts)
			told.Add(int64(got.reported))
			worthTelling.Add(int64(len(day.want.Reports)))
			if stats.Foretold != stats.Messages { // B11
				t.Errorf("%d messages, %d foretold", stats.Messages, stats.Foretold)
			}
			if worse := got.worse(r.now); len(worse) > 0 {
				t.Errorf("worse than before: %s", strings.Join(worse, "; "))
			}
			if better := r.now.worse(got); len(better) > 0 {
				t.Logf("better than the floor, which can be raised to %+v", got)
			}
			if got.reported < r.want.reported {
				t.Logf("%d of %d changes told; not told: %q", got.reported, r.want.reported, untold)
			}
			if r.want.reported != len(day.want.Reports) {
				t.Errorf("the table wants %d changes, the recording lists %d", r.want.reported, len(day.want.Reports))
			}
			for _, p := range posts {
				checkFacts(t, p)
			}
			day.checkShown(t, shown)
		})
	}
}

// The same day gives the same posts.
func TestReplays_SameTwice(t *testing.T) { // B18
	t.Parallel()
	day, first := playDay(t, "merger", 0)
	stats, posts, shown := first.stats, first.posts, first.shown
	again, postsAgain, shownAgain := day.play(t, 0)
	if d := cmp.Diff(again, stats); d != "" {
		t.Errorf("a second replay differs (-second +first):\n%s", d)
	}
	if d := cmp.Diff(shownAgain, shown); d != "" {
		t.Errorf("a second replay shows other texts (-second +first):\n%s", d)
	}
	texts := func(posts []news.Post) (out []string) {
		for _, p := range posts {
			out = append(out, fmt.Sprint(p.Kind, p.Channel, p.Event.ID, p.Event.Revision, p.Line, p.Event.Headline, p.Event.Facts))
		}
		return out
	}
	if d := cmp.Diff(texts(postsAgain), texts(posts)); d != "" {
		t.Errorf("a second replay sends other posts (-second +first):\n%s", d)
	}
}

// checkFacts checks that every fact of a post can be cited and is short.
func checkFacts(t *testing.T, p news.Post) {
	t.Helper()
	for _, f := range p.Event.Facts {
		if p.Event.Citation(f.Article) == 0 {
			t.Errorf("a fact without a source: %q", f.Text)
		}
		if n := utf8.RuneCountInString(f.Text); n > longestFact {
			t.Errorf("a fact of %d characters: %q", n, f.Text)
		}
	}
	if n := utf8.RuneCountInString(p.Line); n > longestFact {
		t.Errorf("a line of %d characters: %q", n, p.Line)
	}
}

// checkShown checks what the channels show at the end.
func (d recordedDay) checkShown(t *testing.T, shown string) {
	t.Helper()
	for _, text := range d.want.Shown {
		if !strings.Contains(shown, text) {
			t.Errorf("the channels do not show %q", text)
		}
	}
	for _, text := range d.want.Gone {
		if strings.Contains(shown, text) {
			t.Errorf("the channels still show %q", text)
		}
	}
}

// recordedDay is a recording with what an editor expects of it.
type recordedDay struct {
	articles []app.Recorded
	labels   map[string]string // happening by "Outlet: Title"
	want     struct {
		Reports []report
		Lines   int      // in threads, at most: one for each article that brings something
		Repeats []string // articles that bring nothing new, as "Outlet: Title"
		Shown   []string // texts that the channels show at the end
		Gone    []string // texts that they do not show any more
	}
}

// report is a change worth telling.
type report struct {
	Of   string // the happening whose message tells it in an edit or a line; "" for any post at all
	Text string // a pattern
}

// readDay reads NAME.jsonl, an article a line, and NAME.json.
func readDay(t *testing.T, name string) recordedDay {
	t.Helper()
	base := filepath.Join("testdata", "replays", name)
	day := recordedDay{labels: map[string]string{}}
	b, err := os.ReadFile(base + ".json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &day.want); err != nil {
		t.Fatalf("%s.json: %v", base, err)
	}
	if b, err = os.ReadFile(base + ".jsonl"); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct {
			Published                         time.Time
			Source, Topic, Title, Text, Event string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s.jsonl: %v", base, err)
		}
		day.labels[row.Source+": "+row.Title] = row.Event
		day.articles = append(day.articles, app.Recorded{
			Outlet: row.Source, Topic: row.Topic, Title: row.Title, Published: row.Published,
			Paragraphs: strings.Split(row.Text, "\n\n"), Happening: row.Event,
		})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	for _, title := range day.want.Repeats {
		if _, ok := day.labels[title]; !ok {
			t.Errorf("%s.json names an article that is not recorded: %q", base, title)
		}
	}
	return day
}

// played is what the replay of a recorded day gave, see play.
type played struct {
	stats app.ReplayStats
	posts []news.Post
	shown string
	err   error
}

// plays are the recorded days that were played, each a function that returns a
// played, by name: a replay takes seconds, and several tests look at one.
var plays sync.Map

// playDay returns a recorded day with what its replay gave, which is played once for
// all tests. They leave it as it is.
func playDay(t *testing.T, name string, interval time.Duration) (recordedDay, played) {
	t.Helper()
	day := readDay(t, name)
	first := sync.OnceValue(func() played {
		var p played
		p.stats, p.posts, p.shown, p.err = day.replay(context.WithoutCancel(t.Context()), interval)
		return p
	})
	once, _ := plays.LoadOrStore(name+" every "+interval.String(), first)
	p := once.(func() played)()
	if p.err != nil {
		t.Fatal(p.err)
	}
	return day, p
}

// play replays the day, and returns its figures, the posts as they were sent,
// and what the channels show at the end.
func (d recordedDay) play(t *testing.T, interval time.Duration) (app.ReplayStats, []news.Post, string) {
	t.Helper()
	stats, posts, shown, err := d.replay(t.Context(), interval)
	if err != nil {
		t.Fatal(err)
	}
	return stats, posts, shown
}

// replay is play without a test.
func (d recordedDay) replay(ctx context.Context, interval time.Duration) (app.ReplayStats, []news.Post, string, error) {
	c := config.Default()
	c.Posts.PerHour = 0 // what a limit holds back is not what these figures are about
	if interval > 0 {
		c.Poll.Interval = config.Interval(interval)
	}
	var posts []news.Post
	var out bytes.Buffer
	stats, err := app.Replay(ctx, app.ReplayOptions{
		Config: c, Version: "test", Log: slog.New(slog.DiscardHandler), Articles: d.articles, Out: &out,
		Progress: func(string, int, int) {},
		Sent:     func(p news.Post, _ time.Time) { posts = append(posts, p) },
	})
	return stats, posts, out.String(), err
}

// strays counts the messages and lines caused by articles that bring nothing.
func (d recordedDay) strays(posts []news.Post) int {
	n := 0
	for _, p := range posts {
		if p.Kind == news.PostEdit || len(p.Event.Sources) == 0 {
			continue
		}
		cause := p.Event.Sources[len(p.Event.Sources)-1]
		for _, title := range d.want.Repeats {
			if title == cause.Outlet+": "+cause.Title {
				n++
			}
		}
	}
	return n
}

// reported counts the changes that were told, and returns the patterns of those
// that were not. What stood in the message before is no change.
func (d recordedDay) reported(posts []news.Post) (n int, untold []string) {
	shown := map[news.EventID]map[string]bool{} // texts that a message had before
	told := make([]bool, len(d.want.Reports))
	for _, p := range posts {
		texts := []string{p.Event.Headline}
		for _, f := range p.Event.Facts {
			texts = append(texts, f.Text)
		}
		before := shown[p.Event.ID]
		if before == nil {
			before = map[string]bool{}
			shown[p.Event.ID] = before
		}
		if p.Kind == news.PostLine {
			texts = []string{p.Line}
		} else {
			texts = slices.DeleteFunc(texts, func(s string) bool { return before[s] })
			for _, s := range texts {
				before[s] = true
			}
		}
		about := d.about(p.Event)
		for i, r := range d.want.Reports {
			if r.Of != "" && (r.Of != about || p.Kind == news.PostAlert) {
				continue
			}
			told[i] = told[i] || regexp.MustCompile(`(?i)`+r.Text).MatchString(strings.Join(texts, "\n"))
		}
	}
	for i, r := range d.want.Reports {
		if told[i] {
			n++
		} else {
			untold = append(untold, r.Text)
		}
	}
	return n, untold
}

// about returns the happening that most of an event's articles tell of, the
// earlier one where two have as many.
func (d recordedDay) about(e news.Event) string {
	votes, most := map[string]int{}, ""
	for _, s := range e.Sources {
		if label := d.labels[s.Outlet+": "+s.Title]; label != "" {
			votes[label]++
			if most == "" || votes[label] > votes[most] {
				most = label
			}
		}
	}
	return most
}
