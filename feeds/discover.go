package feeds

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsdesk/internal/charset"
	"newsdesk/internal/pattern"
	"newsdesk/news"
)

// Candidate is a feed that was found at an address, and was read.
type Candidate struct {
	URL    string // where it is to be polled
	Title  string
	Items  int
	Newest time.Time // zero where its items have no dates
}

// maxRequests bounds what a search for feeds asks of a site.
const maxRequests = 8

// knownPaths are where sites keep feeds that they do not announce.
var knownPaths = []string{"/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"}

// ErrNoFeed says that no feed was found at an address.
var ErrNoFeed = errors.New("no feed was found there")

// Discover finds the feeds of an address: a feed's own, a site's, a page's, or
// one of YouTube, Reddit, Mastodon, GitHub and Google News, whose feeds have
// addresses of their own. A page's announcements come first, then its links
// that look like feeds, then the usual paths of its site; comment feeds are
// last. Every candidate was read. At most eight requests are sent. An address
// without a scheme is asked by http where its host cannot be reached by https.
// Without a candidate the error is the address's own, or wraps ErrNoFeed.
func (f *Fetcher) Discover(ctx context.Context, address string) ([]Candidate, error) {
	address, guessed, err := completed(address)
	if err != nil {
		return nil, err
	}
	d := discovery{fetcher: f, left: maxRequests, seen: map[string]bool{}}
	for _, u := range rewritten(address) {
		if d.try(ctx, u); len(d.found) > 0 {
			return d.found, nil
		}
	}
	page, err := d.visit(ctx, address)
	if err != nil && guessed && d.unreached && ctx.Err() == nil {
		address = "http" + strings.TrimPrefix(address, "https")
		if plain, err2 := d.visit(ctx, address); err2 == nil {
			page, err = plain, nil
		}
	}
	if len(d.found) > 0 {
		return d.found, nil
	}
	if _, answered := errors.AsType[*HTTPError](err); err != nil && !answered {
		return nil, err
	}
	if err != nil { // the page is refused or gone; the feeds of its site may not be
		if page.base, _ = url.Parse(address); page.base == nil {
			return nil, err
		}
	}
	for _, u := range links(page.body, page.base) {
		d.try(ctx, u)
	}
	if len(d.found) == 0 {
		for _, path := range knownPaths {
			if d.try(ctx, page.base.Scheme+"://"+page.base.Host+path); len(d.found) > 0 {
				break
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("look for feeds: %w", err)
	}
	if len(d.found) == 0 && err != nil {
		return nil, err
	}
	if len(d.found) == 0 {
		return nil, refuse(ErrNoFeed, "no feed was found at %s: give the address of the feed itself", page.base.Host)
	}
	return d.found, nil
}

// completed makes an address of what a person typed, and says whether its scheme is
// a guess.
func completed(s string) (address string, guessed bool, err error) {
	s = unfed(strings.TrimSpace(s))
	if guessed = s != "" && !strings.Contains(s, "://"); guessed {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", false, refuse(ErrNoFeed, "this is no address: write one such as https://example.org/news")
	}
	u.Fragment = ""
	return u.String(), guessed, nil
}

// unfed returns an address without the scheme by which browsers handed feeds on:
// feed://host and feed:https://host.
func unfed(address string) string {
	if !hasPrefixFold(address, "feed:") {
		return address
	}
	return strings.TrimPrefix(address[len("feed:"):], "//")
}

var (
	youtubeChannel = pattern.MustCompile(`^/channel/(UC[\w-]{22})(?:/|$)`)
	youtubeUser    = pattern.MustCompile(`^/user/([\w-]+)(?:/|$)`)
	subreddit      = pattern.MustCompile(`^/(?:r|user|u)/[\w-]+/?(?:new/|top/|hot/)?$`)
	mastodonUser   = pattern.MustCompile(`^/@[\w.]+/?$`)
	repository     = pattern.MustCompile(`^/([\w.-]+)/([\w.-]+)(?:/(?:releases|tags)(?:/.*)?)?/?$`)
)

// rewritten returns the feeds of addresses whose sites have a rule for them.
func rewritten(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	switch host {
	case "youtube.com", "m.youtube.com":
		const feed = "https://www.youtube.com/feeds/videos.xml?"
		if m := youtubeChannel.FindStringSubmatch(u.Path); m != nil {
			return []string{feed + "channel_id=" + m[1]}
		}
		if m := youtubeUser.FindStringSubmatch(u.Path); m != nil {
			return []string{feed + "user=" + m[1]}
		}
		if list := u.Query().Get("list"); list != "" {
			return []string{feed + "playlist_id=" + url.QueryEscape(list)}
		}
	case "reddit.com", "old.reddit.com", "new.reddit.com":
		if subreddit.MatchString(u.Path) {
			return []string{"https://www.reddit.com" + strings.TrimSuffix(u.Path, "/") + "/.rss"}
		}
	case "github.com":
		if m := repository.FindStringSubmatch(u.Path); m != nil {
			kind := "releases"
			if strings.Contains(u.Path, "/tags") {
				kind = "tags"
			}
			return []string{"https://github.com/" + m[1] + "/" + m[2] + "/" + kind + ".atom"}
		}
	case "news.google.com":
		if !strings.HasPrefix(u.Path, "/rss") {
			u.Path, u.RawPath = strings.TrimSuffix("/rss"+u.Path, "/"), ""
			return []string{u.String()}
		}
	case "medium.com":
	default:
		if mastodonUser.MatchString(u.Path) {
			return []string{u.Scheme + "://" + u.Host + strings.TrimSuffix(u.Path, "/") + ".rss"}
		}
	}
	return nil
}

// discovery is one search.
type discovery struct {
	fetcher *Fetcher
	left    int // requests
	seen    map[string]bool
	final   []string // where the feeds that were found answered

	unreached bool // the last request got no answer at all
	found     []Candidate
}

// htmlPage is a page that may announce feeds.
type htmlPage struct {
	body []byte // UTF-8
	base *url.URL
}

// try reads what may be a feed; a failure only means that it is none.
func (d *discovery) try(ctx context.Context, address string) { _, _ = d.visit(ctx, address) }

// visit reads an address: a feed is added to those found, a page is returned.
func (d *discovery) visit(ctx context.Context, address string) (htmlPage, error) {
	if d.seen[address] || d.left == 0 {
		return htmlPage{}, ErrNoFeed
	}
	d.seen[address] = true
	d.left--
	req, err := d.fetcher.request(ctx, news.Feed{URL: address})
	if err != nil {
		return htmlPage{}, err
	}
	resp, err := d.fetcher.client.Do(req)
	if d.unreached = err != nil; err != nil {
		return htmlPage{}, err
	}
	defer func() { _ = resp.Body.Close() }() // an error of Close tells nothing that reading has not told
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNonAuthoritativeInfo {
		return htmlPage{}, &HTTPError{Status: resp.StatusCode, RetryAfter: retryAfter(resp.Header)}
	}
	share := d.fetcher.o.Memory.Open()
	defer share.Close()
	body, err := d.fetcher.body(ctx, resp, share)
	if err != nil && int64(len(body)) < d.fetcher.o.MaxBody { // of a feed over the bound, what is below it is read
		return htmlPage{}, err
	}
	final := finalURL(resp, address)
	contentType := resp.Header.Get("Content-Type")
	doc, err := Parse(body, contentType, final)
	if err == nil {
		if moved := movedTo(resp); moved != "" {
			address = moved
		}
		d.add(address, final, doc)
		return htmlPage{}, nil
	}
	text, _ := charset.UTF8(body, contentType)
	base, err2 := url.Parse(final)
	if err2 != nil || !errors.Is(err, ErrNotFeed) {
		return htmlPage{}, err
	}
	return htmlPage{body: text, base: base}, nil
}

func (d *discovery) add(address, final string, doc Document) {
	for i, c := range d.found {
		if SameAddress(c.URL, address) || SameAddress(d.final[i], final) {
			return
		}
	}
	d.seen[final] = true
	d.final = append(d.final, final)
	c := Candidate{URL: address, Title: doc.Title, Items: len(doc.Items)}
	for _, it := range doc.Items {
		if it.Published.After(c.Newest) {
			c.Newest = it.Published
		}
	}
	d.found = append(d.found, c)
}

// SameAddress says whether two addresses are of one page or feed, whatever the
// scheme, "www." and the like.
func SameAddress(a, b string) bool { return pageKey(a) == pageKey(b) }

// feedTypes are the media types that a page announces feeds by.
var feedTypes = []string{
	"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
	"application/json", "application/xml", "text/xml",
}

// links returns the addresses on a page that may be feeds, the likeliest
// first.
func links(page []byte, base *url.URL) []string {
	var announced, comments, linked []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return slices.Concat(announced, comments, linked)
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		t := z.Token()
		switch t.DataAtom {
		case atom.Base:
			if u, err := base.Parse(tagAttr(t, "href")); err == nil && u.Host != "" {
				base = u
			}
		case atom.Link:
			href := tagAttr(t, "href")
			if old := unfed(href); old != href {
				if href = old; !web(href) {
					href = "//" + href
				}
			}
			to, _, _ := strings.Cut(absolute(base, href), "#")
			switch {
			case to == "" || !announces(t, to):
			case isComments(to, tagAttr(t, "title")):
				comments = appendNew(comments, to)
			default:
				announced = appendNew(announced, to)
			}
		case atom.A:
			if to := absolute(base, tagAttr(t, "href")); to != "" && feedLike(to, base) {
				linked = appendNew(linked, to)
			}
		}
	}
}

// announces says whether a link element announces a feed: no other document in
// JSON or XML, such as WordPress's API or oEmbed.
func announces(t html.Token, to string) bool {
	rel := strings.Fields(strings.ToLower(tagAttr(t, "rel")))
	kind, _, _ := strings.Cut(strings.ToLower(tagAttr(t, "type")), ";")
	if !slices.Contains(rel, "alternate") || !slices.Contains(feedTypes, strings.TrimSpace(kind)) {
		return slices.Contains(rel, "feed")
	}
	low := strings.ToLower(to)
	return !strings.Contains(low, "wp-json") && !strings.Contains(low, "oembed")
}

func isComments(to, title string) bool {
	return strings.Contains(strings.ToLower(to), "/comments/") || strings.Contains(strings.ToLower(title), "comments")
}

var feedWord = pattern.MustCompile(`(?i)(?:^|[/._=-])(?:rss|atom|feeds?|rdf)(?:$|[/._=&?-])|\.xml$`)

// feedLike says whether a link on a page looks like a feed of its own site.
func feedLike(to string, base *url.URL) bool {
	u, err := url.Parse(to)
	if err != nil {
		return false
	}
	own := strings.TrimPrefix(base.Hostname(), "www.")
	host := u.Hostname()
	return (host == own || strings.HasSuffix(host, "."+own)) && feedWord.MatchString(u.EscapedPath()+"?"+u.RawQuery) && !strings.Contains(u.Path, "sitemap")
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// tagAttr returns an attribute of a tag.
func tagAttr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
