package articles

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"newsdesk/news"
)

// When a line counts as an outlet's boilerplate, and what is remembered.
const (
	recurringIn   = 3    // articles on different things that must have had it before
	recentPerSite = 24   // articles of a site that are looked back at
	linesPerPiece = 60   // of one of them: the last ones
	knownPerSite  = 200  // lines of a site that are known to recur
	sitesKept     = 1024 // in memory
	shortestLine  = 16   // characters; a shorter line may stand anywhere
	refreshAfter  = 7 * 24 * time.Hour
)

// KeepRecurring is how long a line that recurred is remembered without being
// seen again.
const KeepRecurring = 60 * 24 * time.Hour

// RecurringStore remembers what recurs on the pages of sites.
type RecurringStore interface {
	// RecurringLines returns the lines of a site with the time each was last
	// seen, but for those not seen since.
	RecurringLines(ctx context.Context, site string, since time.Time) (map[int64]time.Time, error)
	// SaveRecurring notes that lines of a site were seen, and keeps at most so
	// many of the site: those seen last.
	SaveRecurring(ctx context.Context, site string, lines []int64, at time.Time, most int) error
}

// Recurring learns what an outlet prints on its pages whatever they tell of, and
// takes it out of its articles: calls to subscribe, notes on the outlet, lists of
// what is most read. A line is taken out once it stood in three articles on
// different things. Nothing is learnt from one outlet for another: an agency's
// text at several outlets is news. An article's first line is never taken out,
// nor one that speaks of what the title does, nor one that ever was a first line.
// It is safe for concurrent use.
type Recurring struct {
	store RecurringStore

	mu    sync.Mutex
	sites *simplelru.LRU[string, *siteLines]
}

// siteLines is what is remembered of a site.
type siteLines struct {
	known  map[int64]time.Time // lines that recur, and when each was last noted
	recent []pieceLines        // the newest last
}

// pieceLines are the lines of one article.
type pieceLines struct {
	id    news.ArticleID
	lead  int64
	lines []int64 // sorted
	title []uint32
}

// NewRecurring returns a Recurring that keeps what it learns in a store.
func NewRecurring(s RecurringStore) *Recurring {
	sites, _ := simplelru.NewLRU[string, *siteLines](sitesKept, nil) // fails for sizes below 1 only
	return &Recurring{store: s, sites: sites}
}

// Remember learns from articles that were stored before, the oldest first, so
// that a restart forgets nothing.
func (r *Recurring) Remember(ctx context.Context, list []news.Article, at time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range list {
		s, err := r.site(ctx, siteOf(a), at)
		if err != nil {
			return err
		}
		s.learn(readLines(a))
	}
	return nil
}

// Strip returns an article without the lines that recur in its outlet's
// articles, and learns from it. Stripping an article again counts it once. The
// error is the store's.
func (r *Recurring) Strip(ctx context.Context, a news.Article, at time.Time) (news.Article, error) {
	if a.Body == "" {
		return a, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	site := siteOf(a)
	s, err := r.site(ctx, site, at)
	if err != nil {
		return a, err
	}
	p := readLines(a)
	seen := s.recurs(a.Body, p, at)
	if len(seen) > 0 {
		if err := r.store.SaveRecurring(ctx, site, seen, at, knownPerSite); err != nil {
			return a, fmt.Errorf("note what recurs on %s: %w", site, err)
		}
		for _, h := range seen {
			s.known[h] = at
		}
		s.bound()
	}
	s.learn(p)
	a.Body = s.without(a.Body, p)
	return a, nil
}

// site returns what is remembered of a site.
func (r *Recurring) site(ctx context.Context, name string, at time.Time) (*siteLines, error) {
	if s, ok := r.sites.Get(name); ok {
		return s, nil
	}
	known, err := r.store.RecurringLines(ctx, name, at.Add(-KeepRecurring))
	if err != nil {
		return nil, fmt.Errorf("load what recurs on %s: %w", name, err)
	}
	if known == nil {
		known = map[int64]time.Time{}
	}
	s := &siteLines{known: known}
	r.sites.Add(name, s)
	return s, nil
}

// recurs returns the lines of an article that recur and are to be noted: those
// that are found out now, and those whose note is old.
func (s *siteLines) recurs(body string, p pieceLines, at time.Time) []int64 {
	worth := slices.ContainsFunc(p.lines, func(h int64) bool {
		noted, ok := s.known[h]
		return ok && at.Sub(noted) > refreshAfter || !ok && s.count(h) >= recurringIn
	})
	if !worth || s.again(p) {
		return nil // as of nearly all articles
	}
	var out []int64
	for line := range strings.SplitSeq(body, "\n") {
		h := lineKey(line)
		switch noted, ok := s.known[h]; {
		case h == 0 || h == p.lead:
		case ok && at.Sub(noted) > refreshAfter, !ok && s.recurring(line, h, p):
			out = append(out, h)
		}
	}
	return out
}

// count counts the recent articles that had a line.
func (s *siteLines) count(h int64) int {
	n := 0
	for _, o := range s.recent {
		if _, has := slices.BinarySearch(o.lines, h); has {
			n++
		}
	}
	return n
}

// recurring tells whether a line stood in enough articles on different things,
// going by their titles, whose titles do not speak of what the line does; and was
// the first line of none.
func (s *siteLines) recurring(line string, h int64, p pieceLines) bool {
	var in []pieceLines
	for _, o := range s.recent {
		if o.lead == h {
			return false
		}
		if _, has := slices.BinarySearch(o.lines, h); has && o.id != p.id {
			in = append(in, o)
		}
	}
	if len(in) < recurringIn {
		return false
	}
	subject := telling(line)
	told := [][]uint32{p.title}
	for _, o := range in {
		if !share(subject, o.title) && !slices.ContainsFunc(told, func(t []uint32) bool { return share(t, o.title) }) {
			told = append(told, o.title)
		}
	}
	return len(told) > recurringIn && !share(subject, p.title)
}

// again tells whether an article is one that was seen before, in another form or
// at another address: two of title, first line and most other lines are that
// one's.
func (s *siteLines) again(p pieceLines) bool {
	return slices.ContainsFunc(s.recent, func(o pieceLines) bool {
		n := 0
		for _, h := range p.lines {
			if _, has := slices.BinarySearch(o.lines, h); has {
				n++
			}
		}
		lead, most, title := o.lead == p.lead && p.lead != 0, 10*n > 6*len(p.lines), share(o.title, p.title)
		return o.id != p.id && (lead && most || lead && title || most && title)
	})
}

// learn remembers an article, once.
func (s *siteLines) learn(p pieceLines) {
	if slices.ContainsFunc(s.recent, func(o pieceLines) bool { return o.id == p.id }) || s.again(p) {
		return
	}
	if len(s.recent) == recentPerSite {
		s.recent = slices.Delete(s.recent, 0, 1)
	}
	s.recent = append(s.recent, p)
}

// bound forgets the lines that were not seen for longest.
func (s *siteLines) bound() {
	for len(s.known) > knownPerSite {
		oldest, when := int64(0), time.Time{}
		for h, at := range s.known {
			if when.IsZero() || at.Before(when) || at.Equal(when) && h < oldest {
				oldest, when = h, at
			}
		}
		delete(s.known, oldest)
	}
}

// without returns a text without the lines that recur; whole where little would
// be left.
func (s *siteLines) without(body string, p pieceLines) string {
	if !slices.ContainsFunc(p.lines, func(h int64) bool { _, ok := s.known[h]; return ok }) {
		return body
	}
	var out []string
	for i, para := range strings.Split(body, "\n\n") {
		var kept []string
		for j, line := range strings.Split(para, "\n") {
			_, known := s.known[lineKey(line)]
			if known && i+j > 0 && lineKey(line) != p.lead && shared(telling(line), p.title) < 2 {
				continue
			}
			kept = append(kept, line)
		}
		if len(kept) > 0 {
			out = append(out, strings.Join(kept, "\n"))
		}
	}
	if text := strings.Join(out, "\n\n"); 5*len(text) >= 2*len(body) {
		return text
	}
	return body
}

// readLines reads what is compared of an article.
func readLines(a news.Article) pieceLines {
	p := pieceLines{id: a.ID, title: telling(a.Title)}
	first := true
	for line := range strings.SplitSeq(a.Body, "\n") {
		if line == "" {
			continue
		}
		h := lineKey(line)
		if first {
			p.lead, first = h, false
			continue
		}
		if h != 0 {
			p.lines = append(p.lines, h)
		}
	}
	p.lines = slices.Clone(p.lines[max(0, len(p.lines)-linesPerPiece):])
	slices.Sort(p.lines)
	p.lines = slices.Compact(p.lines)
	return p
}

// lineKey is a line's hash, without case, blanks and signs; 0 for one that is
// too short to be told from others.
func lineKey(line string) int64 {
	h := uint64(14695981039346656037) // FNV-1a, by characters
	n := 0
	for _, r := range line {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
			if unspaced(r) {
				n += 2
			}
			h = (h ^ uint64(unicode.ToLower(r))) * 1099511628211
		}
	}
	if n < shortestLine {
		return 0
	}
	return int64(h)
}

// telling returns the words of a line that may name its subject, by their first
// letters, sorted.
func telling(line string) []uint32 {
	var out []uint32
	for w := range wordsIn(line) {
		if n := utf8.RuneCountInString(w); n >= 5 || n >= 2 && digits(w) {
			h := uint32(2166136261)
			for _, r := range strings.ToLower(stem(w)) {
				h = (h ^ uint32(r)) * 16777619
			}
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func share(a, b []uint32) bool { return shared(a, b) > 0 }

// shared counts what two sorted lists have in common.
func shared(a, b []uint32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// siteOf names the site that an article is from.
func siteOf(a news.Article) string {
	if u, err := url.Parse(a.URL); err == nil && u.Hostname() != "" {
		host := strings.ToLower(u.Hostname())
		for _, p := range []string{"www.", "m.", "amp."} {
			host = strings.TrimPrefix(host, p)
		}
		return host
	}
	return strings.ToLower(a.Outlet)
}
