package events

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
)

var update = flag.Bool("update", false, "rewrite golden files")

// replay runs articles through the grouper, Develop and Route as the pipeline
// does, for one channel, with a summarizer so plain that it can be read here:
// the facts of an event are the sentences of its articles, the latest article
// first, each said once.
type replay struct {
	group  *Grouper
	events map[news.EventID]news.Event
	facts  map[news.EventID][]news.Fact
	posted map[news.EventID]bool
	keys   map[string]bool
	seen   time.Time
	out    strings.Builder
}

func newReplay() *replay {
	return &replay{
		group: New(Default()), events: map[news.EventID]news.Event{}, facts: map[news.EventID][]news.Fact{},
		posted: map[news.EventID]bool{}, keys: map[string]bool{}, seen: time.Date(2031, 5, 20, 0, 0, 0, 0, time.UTC),
	}
}

func (r *replay) merge(id news.EventID, a news.Article) news.Summary {
	sum := news.Summary{Headline: a.Title}
	var known []content
	take := func(f news.Fact) {
		if c := newContents().of(f.Text); novel(c, known) != notNovel {
			known = append(known, c)
			sum.Facts = append(sum.Facts, f)
		}
	}
	for _, s := range cut(nil, a.Body) {
		take(news.Fact{Text: s, Article: a.ID})
	}
	for _, f := range r.facts[id] {
		take(f)
	}
	return sum
}

func (r *replay) article(a news.Article) (Change, []news.Post) {
	doc := Doc{ID: int64(a.ID), Title: a.Title, Text: a.Body, Source: a.Outlet, URL: a.URL, Published: a.Published}
	d := r.group.Decide(doc)
	id := news.EventID(d.Event)
	ch := Develop(r.events[id], a, news.Summary{}, r.merge(id, a), d, r.seen)
	posts := Route(ch, []Place{{Channel: news.Channel{ID: "c"}, Topics: []string{a.Topic}, Alerted: r.posted[id]}}, noon).Posts
	if id == 0 {
		id = news.EventID(len(r.events) + 1)
	}
	ch.Event.ID = id
	r.events[id] = ch.Event
	r.facts[id] = append(slices.Clip(ch.Event.Facts), r.facts[id]...)
	for _, p := range posts {
		r.posted[id] = r.posted[id] || p.Kind == news.PostAlert
		r.keys[Key(p.Channel, id, p.Event.Revision, p.Kind)] = true
	}
	r.group.Add(doc, int64(id), d.DuplicateOf)
	fmt.Fprintf(&r.out, "%d event %d %s", a.ID, id, ch.Reason)
	if d.DuplicateOf != 0 {
		fmt.Fprintf(&r.out, ", copy of %d", d.DuplicateOf)
	}
	for _, p := range posts {
		fmt.Fprintf(&r.out, "\n  %s", p.Kind)
		switch p.Kind {
		case news.PostLine:
			fmt.Fprintf(&r.out, ": %s", p.Line)
		default:
			fmt.Fprintf(&r.out, " r%d: %s", p.Event.Revision, p.Event.Headline)
			for _, f := range p.Event.Facts {
				mark := "-"
				if f.New {
					mark = "+"
				}
				fmt.Fprintf(&r.out, "\n    %s %s [%d]", mark, f.Text, p.Event.Citation(f.Article))
			}
		}
	}
	r.out.WriteByte('\n')
	return ch, posts
}

func readReplay(t *testing.T, path string) []news.Article {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []news.Article
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, "|", 4)
		if len(f) != 4 {
			t.Fatalf("%s: %q has no four parts", path, line)
		}
		when, quiet := strings.CutPrefix(f[0], "quiet ")
		a := news.Article{
			ID: news.ArticleID(len(out) + 1), Topic: "world", Outlet: strings.TrimSpace(f[1]), Title: strings.TrimSpace(f[2]),
			Body: strings.TrimSpace(f[3]), Quiet: quiet,
		}
		when = strings.TrimSpace(when)
		if len(when) == len(time.DateOnly) {
			when += "T00:00:00Z"
		}
		if when != "" {
			if a.Published, err = time.Parse(time.RFC3339, when); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, a)
	}
	return out
}

// M8, M13, B1, B5: what a channel sees of small streams.
func TestReplays(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/replay/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("replays: %v, %d files", err, len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			r := newReplay()
			for _, a := range readReplay(t, file) {
				r.article(a)
			}
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(r.out.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), r.out.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}
