package articles

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

// lineBook is a RecurringStore that outlives the Recurring that writes to it.
type lineBook map[string]map[int64]time.Time

// RecurringLines implements RecurringStore.
func (b lineBook) RecurringLines(_ context.Context, site string, since time.Time) (map[int64]time.Time, error) {
	out := map[int64]time.Time{}
	for h, at := range b[site] {
		if !at.Before(since) {
			out[h] = at
		}
	}
	return out, nil
}

// SaveRecurring implements RecurringStore.
func (b lineBook) SaveRecurring(_ context.Context, site string, lines []int64, at time.Time, _ int) error {
	if b[site] == nil {
		b[site] = map[int64]time.Time{}
	}
	for _, h := range lines {
		b[site][h] = at
	}
	return nil
}

// stories are articles on different things: a title and two paragraphs each.
var stories = [][3]string{
	{"Bridge at Oskvale falls into river", "A road bridge at Oskvale fell into the river on Monday, police said.", "Three people were hurt."},
	{"Kestrin museum gives mask back", "The museum of Kestrin gave a bronze mask back to the village it came from.", "Six more pieces are to follow."},
	{"Teachers of Tollerby call off strike", "Teachers in Tollerby accepted an offer of 5.2 percent.", "Schools stay open on Thursday."},
	{"Lynx caught after three days", "Keepers of the zoo in Perlow caught a lynx that had been on the loose.", "It was asleep in a barn."},
	{"Drought halves brewery's output", "The largest brewery in Lisker will halve its output until the autumn.", "None of its workers is to go."},
	{"Comet seen before dawn", "A comet stands low in the east before dawn until Thursday.", "After that the moon is too bright."},
}

const (
	plea     = "The Daily Ledger has been independent since 1921. Help us to stay so with a gift of your choice."
	mostRead = "- Five recipes for the weekend that everybody is cooking"
	storyBy  = "From our reporters in the counties of the north"
)

func story(i int, host string, extra ...string) news.Article {
	s := stories[i%len(stories)]
	return news.Article{
		ID: news.ArticleID(i + 1), URL: fmt.Sprintf("https://%s/%d", host, i), Title: s[0],
		Body: strings.Join(append([]string{s[1], s[2]}, extra...), "\n\n"),
	}
}

var seenAt = time.Date(2031, 5, 3, 12, 0, 0, 0, time.UTC)

// feed strips a row of articles and returns the last one's text.
func (b lineBook) feed(t *testing.T, r *Recurring, list ...news.Article) string {
	t.Helper()
	var last string
	for i, a := range list {
		got, err := r.Strip(t.Context(), a, seenAt.Add(time.Duration(i)*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		again, err := r.Strip(t.Context(), a, seenAt.Add(time.Duration(i)*time.Hour))
		if err != nil || again.Body != got.Body {
			t.Fatalf("the same article, read again, is\n%s\nand was\n%s\n%v", again.Body, got.Body, err)
		}
		last = got.Body
	}
	return last
}

func TestRecurring(t *testing.T) {
	t.Parallel()
	with := func(n int, extra ...string) (list []news.Article) {
		for i := range n {
			list = append(list, story(i, "www.ledger.test", extra...))
		}
		return list
	}
	quake := func(i int, title string) news.Article {
		return news.Article{
			ID: news.ArticleID(100 + i), URL: fmt.Sprintf("https://ledger.test/q%d", i), Title: title,
			Body: fmt.Sprintf("Report %d on what happened in the port of Velmora on Saturday.\n\nThe earthquake of magnitude 6.1 struck Velmora at four in the morning, when most people slept.", i),
		}
	}
	lead := func(i int) news.Article {
		a := story(i, "ledger.test")
		a.Body = "The council met on Monday behind closed doors for seven hours.\n\n" + a.Body
		return a
	}
	for _, c := range []struct {
		name        string
		list        []news.Article
		has, hasNot []string
	}{
		{"three articles with it are left as they are", with(3, plea), []string{plea}, nil},
		{"the fourth is told without it", with(4, plea), []string{stories[3][1], stories[3][2]}, []string{plea}},
		{"lines of lists too", with(4, storyBy+"\n"+mostRead), []string{stories[3][2]}, []string{mostRead, storyBy}},
		{"not from one outlet to another", append(with(5, plea), story(5, "post.test", plea)), []string{plea}, nil},
		{
			"an agency's text at several outlets is news",
			[]news.Article{story(0, "a.test"), story(0, "b.test"), story(0, "c.test"), story(0, "d.test"), story(0, "e.test")},
			[]string{stories[0][1], stories[0][2]},
			nil,
		},
		{
			"what one running story repeats is no boilerplate",
			[]news.Article{quake(1, "Quake hits Velmora"), quake(2, "Velmora port shut"), quake(3, "Velmora counts its dead"), quake(4, "Aid reaches Velmora"), quake(5, "Velmora asks for tents")},
			[]string{"magnitude 6.1"},
			nil,
		},
		{"one article at five addresses", []news.Article{
			story(0, "x.test/1"),
			{ID: 41, URL: "https://x.test/2", Title: stories[0][0], Body: stories[0][1] + "\n\n" + stories[0][2]},
			{ID: 42, URL: "https://x.test/3", Title: stories[0][0], Body: stories[0][1] + "\n\n" + stories[0][2]},
			{ID: 43, URL: "https://x.test/4", Title: stories[0][0], Body: stories[0][1] + "\n\n" + stories[0][2]},
		}, []string{stories[0][2]}, nil},
		{"what ever was a first line stays", []news.Article{lead(0), lead(1), lead(2), lead(3), lead(4)}, []string{"The council met on Monday behind closed doors"}, nil},
		{
			"what speaks of the title stays", append(with(4, plea), news.Article{ID: 50, URL: "https://ledger.test/own", Title: "Daily Ledger, independent since 1921, is sold", Body: "The paper has a new owner.\n\n" + plea + "\n\nThe price was not told."}),
			[]string{plea},
			nil,
		},
		{"an article that is nearly all of it stays whole", append(with(4, plea), news.Article{ID: 51, URL: "https://ledger.test/only", Title: "A word to readers", Body: "A word.\n\n" + plea}), []string{plea}, nil},
		{"nothing to read", []news.Article{{ID: 1, URL: "https://ledger.test/"}}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := lineBook{}
			got := b.feed(t, NewRecurring(b), c.list...)
			for _, w := range c.has {
				if !strings.Contains(got, w) {
					t.Errorf("lacks %q:\n%s", w, got)
				}
			}
			for _, w := range c.hasNot {
				if strings.Contains(got, w) {
					t.Errorf("still has %q:\n%s", w, got)
				}
			}
		})
	}
}

// What was learnt outlives a restart, and what was about to be learnt as well;
// what was not seen for two months is forgotten.
func TestRecurring_Restart(t *testing.T) {
	t.Parallel()
	b := lineBook{}
	var list []news.Article
	for i := range 4 {
		list = append(list, story(i, "ledger.test", plea))
	}
	b.feed(t, NewRecurring(b), list...)
	if got := b.feed(t, NewRecurring(b), story(4, "ledger.test", plea)); strings.Contains(got, plea) {
		t.Errorf("forgotten by a restart:\n%s", got)
	}
	late, err := NewRecurring(b).Strip(t.Context(), story(5, "ledger.test", plea), seenAt.Add(KeepRecurring+24*time.Hour))
	if err != nil || !strings.Contains(late.Body, plea) {
		t.Errorf("remembered for too long: %v\n%s", err, late.Body)
	}
	half := NewRecurring(lineBook{})
	if err := half.Remember(t.Context(), list[:3], seenAt); err != nil {
		t.Fatal(err)
	}
	if got := (lineBook{}).feed(t, half, list[3]); strings.Contains(got, plea) {
		t.Errorf("what stored articles hold was not learnt from:\n%s", got)
	}
}

// Of a stream, as many articles of each site are looked back at as are
// remembered: the latest, the oldest of them first.
func TestLatest(t *testing.T) {
	t.Parallel()
	l := NewLatest()
	for i := range recentPerSite + 5 {
		l.Add(story(i, "ledger.test"))
		if i < 2 {
			l.Add(story(100+i, "post.test"))
		}
	}
	var got []news.ArticleID
	for _, a := range l.All() {
		got = append(got, a.ID)
	}
	var want []news.ArticleID
	for i := 5; i < recentPerSite+5; i++ {
		want = append(want, story(i, "ledger.test").ID)
	}
	want = append(want, story(100, "post.test").ID, story(101, "post.test").ID)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}

// However many sites and lines there are, what is kept in memory is bounded.
func TestRecurring_Bounded(t *testing.T) {
	t.Parallel()
	b := lineBook{}
	r := NewRecurring(b)
	for n := range knownPerSite/10 + 5 { // each round brings ten lines that recur
		var lines []string
		for i := range 10 {
			lines = append(lines, fmt.Sprintf("A line that stands on every page of round %d, number %d", n, i))
		}
		for i := range 4 {
			a := story(i, "ledger.test", lines...)
			a.ID += news.ArticleID(10 * n)
			a.Body = strings.Repeat(fmt.Sprintf("News %d of round %d. ", i, n), 100) + "\n\n" + a.Body
			if _, err := r.Strip(t.Context(), a, seenAt.Add(time.Duration(n)*time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
	}
	s, _ := r.sites.Get("ledger.test")
	if len(s.known) > knownPerSite || len(s.recent) > recentPerSite || len(s.known) < knownPerSite/2 {
		t.Errorf("%d lines and %d articles are kept", len(s.known), len(s.recent))
	}
	for i := range sitesKept + 10 {
		if _, err := r.Strip(t.Context(), story(i, fmt.Sprintf("s%d.test", i)), seenAt); err != nil {
			t.Fatal(err)
		}
	}
	if r.sites.Len() > sitesKept {
		t.Errorf("%d sites are kept", r.sites.Len())
	}
}

func BenchmarkRecurring(b *testing.B) {
	r := NewRecurring(lineBook{})
	body := strings.Repeat(strings.Join(paragraphs, "\n\n")+"\n\n", 6)
	b.ReportAllocs()
	for i := range b.N {
		a := story(i, "ledger.test", plea)
		a.Body = body + a.Body
		if _, err := r.Strip(b.Context(), a, seenAt); err != nil {
			b.Fatal(err)
		}
	}
}
