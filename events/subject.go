package events

import (
	"net/url"
	"strings"

	"newsdesk/news"
)

// maxSubject bounds the text of an event that filters look at, in bytes.
const maxSubject = 4000

// subject is an event as filters see it. Its texts are made when they are first
// asked for.
type subject struct {
	event       news.Event
	whole, bare string
}

// text is the headline, the facts, who and where, and the titles of the
// sources, a line each.
func (s *subject) text() string {
	if s.whole != "" {
		return s.whole
	}
	var b strings.Builder
	add := func(line string) {
		if b.Len() < maxSubject {
			b.WriteString(strings.ReplaceAll(line, "\n", " ") + "\n")
		}
	}
	e := s.event
	add(e.Headline)
	for _, f := range e.Facts {
		add(f.Text)
	}
	for _, names := range [][]string{e.Who, e.Where} {
		for _, n := range names {
			add(n)
		}
	}
	for _, src := range e.Sources {
		add(src.Title)
	}
	s.whole = b.String()
	if len(s.whole) > maxSubject {
		s.whole = strings.ToValidUTF8(s.whole[:maxSubject], "")
	}
	return s.whole
}

// words is the text as plain words. Lines are kept apart, so that no phrase
// reaches from one into the next.
func (s *subject) words() string {
	if s.bare == "" {
		var b strings.Builder
		for line := range strings.Lines(s.text()) {
			b.WriteString(plainWords(line) + "\n")
		}
		s.bare = b.String()
	}
	return s.bare
}

// plainWords writes the words of a text in lower case and without accents, with
// a blank before and after each: " the daily ledger ".
func plainWords(text string) string {
	var b strings.Builder
	sc := scanner{s: text}
	for w, ok := sc.next(); ok; w, ok = sc.next() {
		if b.Len() == 0 {
			b.WriteByte(' ')
		}
		b.Write(w.text)
		b.WriteByte(' ')
	}
	return b.String()
}

// within reports whether an address is of a site: of its host, or of one below.
func within(address, site string) bool {
	if !strings.Contains(site, ".") {
		return false
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return host == site || strings.HasSuffix(host, "."+site)
}
