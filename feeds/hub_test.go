package feeds

import (
	"net/http"
	"strings"
	"testing"

	"newsdesk/news"
)

func TestParse_Hub(t *testing.T) {
	t.Parallel()
	const item = `<item><title>a</title><link>https://x.example/a</link></item>`
	for name, c := range map[string]struct{ kind, doc, hub, topic string }{
		"RSS with Atom's links": {
			"application/rss+xml",
			`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>t</title><atom:link rel="self" href="https://x.example/feed"/><atom:link rel="hub" href="https://hub.example/"/>` + item + `</channel></rss>`,
			"https://hub.example/", "https://x.example/feed",
		},
		"Atom, relative": {
			"application/atom+xml",
			`<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><link rel="self" href="/atom"/><link rel="hub" href="//hub.example/p?a=1&amp;b=2"/><entry><id>1</id><title>a</title></entry></feed>`,
			"https://hub.example/p?a=1&b=2", "https://x.example/atom",
		},
		"no item yet":           {"text/xml", `<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>t</title><a:link rel="hub" href="https://hub.example/"/></channel></rss>`, "https://hub.example/", ""},
		"an item's link":        {"text/xml", `<rss version="2.0"><channel><title>t</title>` + strings.Replace(item, "<title>", `<link rel="hub" href="https://evil.example/"/><title>`, 1) + `</channel></rss>`, "", ""},
		"no address of the web": {"text/xml", `<rss version="2.0"><channel><title>t</title><link rel="hub" href="file:///etc/passwd"/>` + item + `</channel></rss>`, "", ""},
		"JSON": {
			"application/feed+json",
			`{"version":"https://jsonfeed.org/version/1.1","title":"t","feed_url":"https://x.example/feed.json","hubs":[{"type":"rssCloud","url":"https://no.example/"},{"type":"WebSub","url":"https://hub.example/"}],"items":[{"id":"1","content_text":"a"}]}`,
			"https://hub.example/", "https://x.example/feed.json",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := Parse([]byte(c.doc), c.kind, "https://x.example/feed")
			if err != nil {
				t.Fatal(err)
			}
			if d.Hub.URL != c.hub || d.Hub.Topic != c.topic {
				t.Errorf("got hub %q for %q, want %q for %q", d.Hub.URL, d.Hub.Topic, c.hub, c.topic)
			}
		})
	}
}

func TestLinkedHub(t *testing.T) {
	t.Parallel()
	base := baseOf("", "https://x.example/feed", "")
	for line, want := range map[string]news.Hub{
		`<https://hub.example/>; rel="hub", <https://x.example/feed>; rel="self"`: {URL: "https://hub.example/", Topic: "https://x.example/feed"},
		`</f>;rel=self;type="a,b;c" , <https://hub.example/>;title=x ; rel=hub`:   {URL: "https://hub.example/", Topic: "https://x.example/f"},
		`<https://hub.example/>; rel="self hub"`:                                  {URL: "https://hub.example/", Topic: "https://hub.example/"},
		`<https://x.example/next>; rel=next; rel=hub`:                             {},
		`<javascript:alert(1)>; rel=hub, <>; rel=hub, <https://hub.example/`:      {},
		`; rel=hub, <`: {},
		`<https://a.example/>; rel, <https://b.example/>; rel="hub`:         {URL: "https://b.example/"},
		`<https://a.example/>; REL="HUB"; x, <https://b.example/>; rel=hub`: {URL: "https://a.example/"},
	} {
		if got := linkedHub(http.Header{"Link": {line}}, base); got != want {
			t.Errorf("%s: got %+v, want %+v", line, got, want)
		}
	}
}

func FuzzHeaderLinks(f *testing.F) {
	f.Add(`<https://hub.example/>; rel="hub", <https://x.example/feed>; rel="self"`)
	f.Add(`<a>;rel=x;y="`)
	f.Fuzz(func(t *testing.T, line string) {
		n := 0
		for l := range headerLinks(line) {
			if n++; n > len(line) || !strings.Contains(line, l.target) || !strings.Contains(line, l.rel) {
				t.Fatalf("%q: %d links, %+v", line, n, l)
			}
		}
	})
}
