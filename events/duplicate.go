package events

import (
	"net/url"
	"slices"
	"strings"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// Duplicate says whether two articles are one text: the same article at
// another time or another address, or an agency's text at another outlet. Two
// reports on one event in different words are not. Editions of a roundup or of
// a newsletter are told apart by their dates, as they share their frame.
func Duplicate(a, b Doc) bool {
	return newBoilerplate().duplicate(a, b)
}

func duplicate(a, b Doc, p, q *passage) bool {
	x, y := p.shingles(nil), q.shingles(nil)
	if len(x) == 0 && len(y) == 0 {
		return sameTitle(a, b, shingleWords)
	}
	if editions(a, b) || (p.thin() || q.thin()) && !sameTitle(a, b, 0) {
		return false
	}
	at := address(a.URL)
	return sameText(len(x), len(y), overlap(x, y), at != "" && at == address(b.URL))
}

// sameTitle says whether two titles have the same words, at least so many.
func sameTitle(a, b Doc, least int) bool {
	var p, q passage
	p.read(a.Title, a.Lang)
	q.read(b.Title, b.Lang)
	return len(p.words) >= least && slices.Equal(p.words, q.words)
}

var urlDay = pattern.MustCompile(`/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)\b`)

// editions says whether two articles are issues of one series: a roundup, or
// one whose address names a series, of different days.
func editions(a, b Doc) bool {
	if kindOf(a.Kind, a.Title) != kindRoundup && kindOf(b.Kind, b.Title) != kindRoundup {
		return false
	}
	da, db := urlDay.FindStringSubmatch(a.URL), urlDay.FindStringSubmatch(b.URL)
	if da != nil && db != nil {
		return da[1] != db[1] || da[2] != db[2] || da[3] != db[3]
	}
	return !strings.EqualFold(strings.TrimSpace(a.Title), strings.TrimSpace(b.Title))
}

func sourceOf(d Doc) string {
	if d.Source != "" {
		return d.Source
	}
	if u, err := url.Parse(d.URL); err == nil {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return ""
}

// address is a page's address without what only says how the reader came
// there: scheme, "www.", a closing slash or index page, campaign parameters. It
// is "" for a site's front page and for what is no address.
func address(raw string) string {
	if raw == "" {
		return ""
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	path := strings.TrimSuffix(strings.TrimRight(u.EscapedPath(), "/"), "/index.html")
	query := u.Query()
	for k := range query {
		if strings.HasPrefix(k, "utm_") || campaign.Has(k) {
			delete(query, k)
		}
	}
	if path == "" && len(query) == 0 {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") + path + "?" + query.Encode()
}

var campaign = wordset.Of(`cid fbclid gclid mc_cid mc_eid amp ref smid srnd ns_mchannel ns_source ns_campaign at_medium at_campaign intcmp ito xtor cmpid rss`)
