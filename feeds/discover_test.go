package feeds_test

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/feeds"
	"newsdesk/news"
)

// site is a web of pages that no server is behind; other addresses are 404.
type site map[string]string

func (s site) Do(req *http.Request) (*http.Response, error) {
	body, ok := s[req.URL.String()]
	resp := feedAnswer(body, "")
	resp.Request = req
	if _, plain := s["http"+strings.TrimPrefix(req.URL.String(), "https")]; req.URL.Scheme == "https" && plain && !ok {
		return nil, errors.New(req.URL.Host + " does not speak https")
	}
	switch {
	case strings.HasPrefix(body, "403"):
		resp.StatusCode = http.StatusForbidden
	case strings.HasPrefix(body, "~> "): // moved for now
		next, err := http.NewRequestWithContext(req.Context(), http.MethodGet, body[3:], nil)
		if err != nil {
			return nil, err
		}
		next.Response = &http.Response{StatusCode: http.StatusFound, Request: req}
		resp = feedAnswer(s[body[3:]], "")
		resp.Request = next
	case strings.HasPrefix(body, "> "): // moved for good
		next, err := http.NewRequestWithContext(req.Context(), http.MethodGet, body[2:], nil)
		if err != nil {
			return nil, err
		}
		next.Response = &http.Response{StatusCode: http.StatusMovedPermanently, Request: req}
		resp = feedAnswer(s[body[2:]], "")
		resp.Request = next
	case !ok:
		resp.StatusCode = http.StatusNotFound
	case strings.HasPrefix(body, "<html"):
		resp.Header.Set("Content-Type", "text/html")
	}
	return resp, nil
}

func rssOf(title string, items int) string {
	return `<rss version="2.0"><channel><title>` + title + `</title>` + strings.Repeat(`<item><title>x</title></item>`, items) + `</channel></rss>`
}

func page(head string) string { return `<html><head>` + head + `</head><body></body></html>` }

// M3
func TestDiscover(t *testing.T) {
	t.Parallel()
	const alternate = `<link rel="alternate" type="application/rss+xml" href="`
	for name, tc := range map[string]struct {
		web     site
		address string
		want    string // "address (items)", in order
	}{
		"a feed":           {site{"https://a.example/f": rssOf("A", 2)}, "https://a.example/f", "https://a.example/f (2)"},
		"without a scheme": {site{"https://a.example/f": rssOf("A", 2)}, " a.example/f ", "https://a.example/f (2)"},
		"by http alone":    {site{"http://a.example/f": rssOf("A", 2)}, "a.example/f", "http://a.example/f (2)"},
		"feed://":          {site{"http://a.example/f": rssOf("A", 2)}, "Feed://a.example/f", "http://a.example/f (2)"},
		"https was asked":  {site{"http://a.example/f": rssOf("A", 2)}, "https://a.example/f", ""},
		"feed:":            {site{"https://a.example/f": rssOf("A", 2)}, "feed:https://a.example/f", "https://a.example/f (2)"},
		"announced, relative to base": {
			site{"https://a.example/": page(`<base href="https://b.example/x/">` + alternate + `f">`), "https://b.example/x/f": rssOf("B", 1)},
			"a.example/", "https://b.example/x/f (1)",
		},
		"comments last, APIs left out": {
			site{
				"https://a.example/":               page(alternate + `/comments/feed/">` + alternate + `/feed/"><link rel="alternate" type="application/json" href="/wp-json/x"><link rel="alternate" type="text/xml+oembed" href="/oembed">`),
				"https://a.example/comments/feed/": rssOf("C", 1), "https://a.example/feed/": rssOf("A", 3), "https://a.example/wp-json/x": rssOf("X", 1),
			},
			"https://a.example/", "https://a.example/feed/ (3), https://a.example/comments/feed/ (1)",
		},
		"one feed under two addresses": {
			site{"https://a.example/": page(alternate + `/f">` + alternate + `http://www.a.example/f">`), "https://a.example/f": rssOf("A", 1), "http://www.a.example/f": rssOf("A", 1)},
			"https://a.example/", "https://a.example/f (1)",
		},
		"one feed that two addresses lead to": {
			site{"https://a.example/": page(alternate + `/f">` + alternate + `/old">`), "https://a.example/f": rssOf("A", 1), "https://a.example/old": "~> https://a.example/f"},
			"https://a.example/", "https://a.example/f (1)",
		},
		"announced by feed:": {
			site{"https://a.example/": page(alternate + `feed://a.example/f">` + alternate + `feed:https://a.example/g">`), "https://a.example/f": rssOf("A", 1), "https://a.example/g": rssOf("A", 2)},
			"https://a.example/", "https://a.example/f (1), https://a.example/g (2)",
		},
		"the page is refused": {
			site{"https://a.example/": "403", "https://a.example/rss": rssOf("A", 1)},
			"https://a.example/", "https://a.example/rss (1)",
		},
		"announced but gone": {
			site{"https://a.example/": page(alternate + `/old">`), "https://a.example/rss.xml": rssOf("A", 1)},
			"https://a.example/", "https://a.example/rss.xml (1)",
		},
		"linked": {
			site{"https://a.example/n": `<html><a href="https://other.example/feed">no</a><a href="/service/rss/">Feeds</a></html>`, "https://a.example/service/rss/": rssOf("A", 1), "https://other.example/feed": rssOf("O", 1)},
			"https://a.example/n", "https://a.example/service/rss/ (1)",
		},
		"moved for good": {
			site{"https://a.example/f": "> https://b.example/f", "https://b.example/f": rssOf("B", 1)},
			"https://a.example/f", "https://b.example/f (1)",
		},
		"a YouTube channel": {
			site{"https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv": rssOf("Y", 1)},
			"https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv (1)",
		},
		"a YouTube handle": {
			site{"https://www.youtube.com/@harbour": page(alternate + `https://www.youtube.com/feeds/videos.xml?channel_id=UC1">`), "https://www.youtube.com/feeds/videos.xml?channel_id=UC1": rssOf("Y", 1)},
			"https://www.youtube.com/@harbour", "https://www.youtube.com/feeds/videos.xml?channel_id=UC1 (1)",
		},
		"a subreddit": {
			site{"https://www.reddit.com/r/golang/.rss": rssOf("R", 1)},
			"reddit.com/r/golang/", "https://www.reddit.com/r/golang/.rss (1)",
		},
		"a Mastodon account": {
			site{"https://social.example/@ann.rss": rssOf("M", 1)},
			"https://social.example/@ann", "https://social.example/@ann.rss (1)",
		},
		"a GitHub repository": {
			site{"https://github.com/golang/go/releases.atom": rssOf("G", 1)},
			"https://github.com/golang/go", "https://github.com/golang/go/releases.atom (1)",
		},
		"a Google News search": {
			site{"https://news.google.com/rss/search?q=ferry&hl=en": rssOf("N", 1)},
			"https://news.google.com/search?q=ferry&hl=en", "https://news.google.com/rss/search?q=ferry&hl=en (1)",
		},
		"nothing":       {site{"https://a.example/": page("")}, "https://a.example/", ""},
		"not there":     {site{}, "https://a.example/", ""},
		"no address":    {site{}, "http://", ""},
		"not the web's": {site{}, "file:///etc/passwd", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := 0
			f := feeds.NewFetcher(counting{tc.web, &asked}, feeds.FetchOptions{})
			found, err := f.Discover(t.Context(), tc.address)
			var got []string
			for _, c := range found {
				got = append(got, c.URL+" ("+string(rune('0'+c.Items))+")")
			}
			if strings.Join(got, ", ") != tc.want {
				t.Errorf("found %v, %v; want %s", got, err, tc.want)
			}
			if tc.want == "" && err == nil || asked > 8 {
				t.Errorf("%v after %d requests", err, asked)
			}
		})
	}
}

type counting struct {
	site
	n *int
}

func (c counting) Do(req *http.Request) (*http.Response, error) {
	*c.n++
	return c.site.Do(req)
}

// M3
func TestOPML_RoundTripIsEqual(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var list []news.Feed
		for i, topic := range []string{"world", "middle-east", "news", "политика", "中东", "राजनीति", "ガザ-가자"} {
			for n := range rapid.IntRange(0, 3).Draw(t, topic) {
				list = append(list, news.Feed{
					URL:   "https://a.example/" + string(rune('a'+i)) + string(rune('a'+n)) + "?x=1&y=<2>",
					Name:  strings.TrimSpace(rapid.StringOf(rapid.RuneFrom([]rune(`aé<>&"' 漢—`))).Draw(t, "name")),
					Topic: topic,
				})
			}
		}
		if len(list) == 0 {
			return
		}
		var out bytes.Buffer
		if err := feeds.WriteOPML(&out, "Mine", list); err != nil {
			t.Fatal(err)
		}
		got, err := feeds.ReadOPML(&out)
		if diff := cmp.Diff(list, got); diff != "" || err != nil {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}
