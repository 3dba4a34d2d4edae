package articles

import "newsdesk/news"

// Latest keeps, of a stream of stored articles, the oldest first, those that a
// [Recurring] looks back at.
type Latest struct {
	sites map[string]int // by site: where its articles stand
	kept  []latestOf
}

// latestOf are the latest articles of a site; once there are enough, the oldest
// stands at next.
type latestOf struct {
	list []news.Article
	next int
}

// NewLatest returns a Latest that keeps nothing yet.
func NewLatest() *Latest { return &Latest{sites: map[string]int{}} }

// Add takes in the next article.
func (l *Latest) Add(a news.Article) {
	site := siteOf(a)
	at, known := l.sites[site]
	if !known {
		at = len(l.kept)
		l.sites[site] = at
		l.kept = append(l.kept, latestOf{})
	}
	switch s := &l.kept[at]; {
	case len(s.list) < recentPerSite:
		s.list = append(s.list, a)
	default:
		s.list[s.next] = a
		s.next = (s.next + 1) % recentPerSite
	}
}

// All returns the articles that are kept, of each site the oldest first. Sites
// stand in the order of their first articles.
func (l *Latest) All() []news.Article {
	var out []news.Article
	for _, s := range l.kept {
		out = append(append(out, s.list[s.next:]...), s.list[:s.next]...)
	}
	return out
}
