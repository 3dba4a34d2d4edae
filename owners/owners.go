// Package owners says who stands behind an outlet: its owner, its country and
// what kind of outlet it is, from a table of our own with a public source for
// each line. By it two outlets of one house count as one voice.
package owners

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"newsdesk/internal/wordset"
	"newsdesk/news"
)

//go:embed outlets.tsv
var outletsTSV string

// Kinds of outlet, as they stand in the table and are shown.
var kinds = wordset.Phrases(`agency, public broadcaster, state media, broadcaster, newspaper, magazine, journal, website, specialist, government, organization`)

// Outlet is a line of the table.
type Outlet struct {
	Name    string
	Aliases []string // other names that feeds give it
	Domains []string // its own; subdomains belong to it as well
	news.Publisher
	Source string // public address that tells of it
}

// Table finds outlets by address and by name. It never changes, and is safe
// for concurrent use.
type Table struct {
	outlets  []Outlet
	byDomain map[string]int
	byName   map[string]int
}

// New reads the table that comes with the program.
func New() (*Table, error) { return parse(outletsTSV) }

func parse(text string) (*Table, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.Comment, r.FieldsPerRecord, r.LazyQuotes = '\t', '#', 6, true
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the table of outlets: %w", err)
	}
	t := &Table{byDomain: map[string]int{}, byName: map[string]int{}}
	for _, row := range rows {
		names := strings.Split(row[0], ";")
		o := Outlet{
			Name: names[0], Aliases: names[1:], Domains: strings.Fields(row[1]),
			Publisher: news.Publisher{Country: row[2], Owner: row[3], Kind: row[4]}, Source: row[5],
		}
		if err := t.add(o); err != nil {
			return nil, fmt.Errorf("table of outlets, %q: %w", row[0], err)
		}
	}
	return t, nil
}

func (t *Table) add(o Outlet) error {
	source, err := url.Parse(o.Source)
	switch {
	case o.Name == "" || o.Owner == "":
		return errors.New("the name or the owner is missing")
	case len(o.Domains) == 0:
		return errors.New("there is no domain")
	case len(o.Country) != 2 || strings.ToUpper(o.Country) != o.Country:
		return fmt.Errorf("%q is no country code of two letters", o.Country)
	case !kinds.Has(o.Kind):
		return fmt.Errorf("%q is no kind of outlet", o.Kind)
	case err != nil || source.Scheme != "https" || source.Host == "":
		return fmt.Errorf("the source %q is no address", o.Source)
	}
	n := len(t.outlets)
	for _, d := range o.Domains {
		if _, taken := t.byDomain[d]; taken {
			return fmt.Errorf("the domain %s is taken", d)
		}
		t.byDomain[d] = n
	}
	for _, name := range append([]string{o.Name}, o.Aliases...) {
		key := plain(name)
		if _, taken := t.byName[key]; taken || key == "" {
			return fmt.Errorf("the name %q is taken", name)
		}
		t.byName[key] = n
	}
	t.outlets = append(t.outlets, o)
	return nil
}

// Outlets lists the table in its order.
func (t *Table) Outlets() []Outlet { return append([]Outlet(nil), t.outlets...) }

// Find returns the outlet of an article: by the host of its address, else by
// the name that its feed gives the outlet, of which a section behind a dash
// ("BBC News – World") is left out. A name that is a domain counts as one.
func (t *Table) Find(address, name string) (Outlet, bool) {
	host := hostOf(address)
	if o, ok := t.domain(host); ok {
		return o, true
	}
	if host != "" && registrable(host) != "" && !carrier(host) {
		return Outlet{}, false // a site of its own, whatever it calls itself
	}
	if i, ok := t.byName[plain(name)]; ok {
		return t.outlets[i], true
	}
	for _, dash := range []string{" – ", " — ", " - ", " | ", ": "} {
		if head, _, cut := strings.Cut(name, dash); cut {
			if i, ok := t.byName[plain(head)]; ok {
				return t.outlets[i], true
			}
		}
	}
	return t.domain(strings.ToLower(strings.TrimSpace(name)))
}

// domain finds the outlet of the longest domain that a host belongs to.
func (t *Table) domain(host string) (Outlet, bool) {
	for host != "" {
		if i, ok := t.byDomain[host]; ok {
			return t.outlets[i], true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return Outlet{}, false
}

// Behind returns who publishes an article, by its address and the name of its
// outlet. An outlet that is not in the table counts as owned by the site it
// stands on; where the address tells of no site, by itself.
func (t *Table) Behind(address, name string) news.Publisher {
	if o, ok := t.Find(address, name); ok {
		return o.Publisher
	}
	host := hostOf(address)
	if carrier(host) {
		host = ""
	}
	return news.Publisher{Owner: cmp.Or(registrable(host), strings.TrimSpace(name))}
}

// hostOf returns the host of an address in lower case, "" where it has none
// that names a site.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return ""
	}
	return host
}

// registrable returns the part of a host that somebody registered:
// "news.example.co.uk" is of "example.co.uk".
func registrable(host string) string {
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	return site
}

// carriers hand on the articles of others under addresses of their own.
var carriers = []string{"feedburner.com", "feedproxy.google.com", "news.google.com", "news.yahoo.com", "msn.com", "t.co"}

func carrier(host string) bool {
	for _, c := range carriers {
		if host == c || strings.HasSuffix(host, "."+c) {
			return true
		}
	}
	return false
}

// plain makes names comparable: letters and digits in lower case, without a
// leading article.
func plain(name string) string {
	name = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(name)), "the ")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}
