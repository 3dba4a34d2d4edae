package articles

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsdesk/news"
)

// Own paragraphs for pages made in tests.
var paragraphs = []string{
	"The harbour board of Saltby agreed on Thursday to close the eastern basin for dredging, the first time in forty years that no ship will be able to enter it.",
	"Dredgers will take out six hundred thousand tonnes of mud, said the harbour master, Ines Calder, who expects the work to last from May until the end of August.",
	"Fishermen fear for their season. Their union asked for payments of nine hundred pounds a week for each boat, and the board promised an answer before Easter.",
	"The mud will be taken to a pit north of the town, where it is to dry for two years. People who live close to the pit have asked the county to test it for metals.",
}

const headline = "Saltby closes harbour basin for dredging"

func pageOf(head, body string) []byte {
	return []byte("<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>" + headline + "</title>" + head + "</head><body>" + body + "</body></html>")
}

func article() string {
	return "<article><h1>" + headline + "</h1><p>" + strings.Join(paragraphs, "</p><p>") + "</p></article>"
}

func TestExtract_RefusesWhatIsNoArticle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body, contentType, title string
		want                           error
		reason                         string
	}{
		{"pdf", "%PDF-1.7\n%âãÏÓ", "text/html", "", ErrNotHTML, "a PDF"},
		{"pdf by header", "whatever", "application/pdf", "", ErrNotHTML, "a PDF"},
		{"json", `{"title": "no page"}`, "application/json", "", ErrNotHTML, "JSON"},
		{"json called html", `{"title": "no page"}`, "text/html", "", ErrNotHTML, "JSON"},
		{"json that holds markup", `{"html": "<p>no page</p>"}`, "application/json; charset=utf-8", "", ErrNotHTML, "JSON"},
		{"image", "\x89PNG\r\n\x1a\n", "", "", ErrNotHTML, "an image"},
		{"feed", `<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>`, "text/html", "", ErrNotHTML, "a feed"},
		{"other xml", `<?xml version="1.0"?><list/>`, "application/xml", "", ErrNotHTML, "XML"},
		{"text without a type", "just some words", "", "", ErrNotHTML, "plain text"},
		{"empty", "", "text/html", "", ErrNoArticle, "the page is empty"},
		{"blank", " \r\n ", "text/html", "", ErrNoArticle, "the page is empty"},
		{"no text", string(pageOf("", "<div id=app></div><script>start()</script>")), "text/html", "", ErrNoArticle, "the page holds no article"},
		{"short", string(pageOf("", "<article><p>"+paragraphs[0]+"</p></article>")), "text/html", "", ErrNoArticle, "words"},
		{"another story", string(pageOf("", article())), "text/html", "Quarterly earnings disappoint analysts", ErrNoArticle, "shares no words with the title"},
		{"bot check", string(pageOf("", "<div><p>Checking your browser before you enter. Please enable JavaScript and cookies to continue.</p></div>")), "text/html", "", ErrNoArticle, ""},
		{"paywall", string(pageOf("", "<article><h1>"+headline+"</h1><p>"+paragraphs[0]+"</p><p>"+paragraphs[1]+"</p><p>This article is for subscribers only. Subscribe now to continue, or log in if you are already a subscriber. Forgot your password?</p></article>")), "text/html", "", ErrNoArticle, "consent, login or bot check"},
		{"nested beyond reason", strings.Repeat("<div>", 5000) + "x", "text/html", "", ErrNoArticle, "could not be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Extract([]byte(c.body), c.contentType, news.Item{Title: c.title}, "https://example.org/a")
			if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.reason) || p.Text != "" {
				t.Errorf("got %q, %v; want %v with %q", p.Text, err, c.want, c.reason)
			}
		})
	}
}

func TestExtract_Metadata(t *testing.T) {
	t.Parallel()
	fed := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, head string
		it         news.Item
		url        string
		check      func(Page) string
		want       string
	}{
		{"feed's date first", `<meta property="article:published_time" content="2020-01-01T00:00:00Z">`, news.Item{Published: fed}, "", published, "2026-03-05T09:00:00Z"},
		{"JSON-LD before meta", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-04"}</script><meta property="article:published_time" content="2020-01-01T00:00:00Z">`, news.Item{}, "", published, "2026-03-04T00:00:00Z"},
		{"date in full", `<meta name="article_date_original" content="Saturday, December 27, 2014, 12:06 PM">`, news.Item{}, "", published, "2014-12-27T12:06:00Z"},
		{"date of a journal", `<meta name="citation_publication_date" content="2023 Jan 7">`, news.Item{}, "", published, "2023-01-07T00:00:00Z"},
		{"date in the zone of its readers", `<meta property="article:published_time" content="2026-03-05T02:41:41+00:00"><time datetime="2026-03-04T21:46:01-05:00">March 4</time>`, news.Item{}, "", published, "2026-03-04T21:41:41-05:00"},
		{"date of another moment", `<meta property="article:published_time" content="2026-03-05T02:41:41+00:00"><time datetime="2026-03-04T20:46:01-05:00">March 4</time>`, news.Item{}, "", published, "2026-03-05T02:41:41Z"},
		{"date of no known form", `<meta name="date" content="3/4/2026">`, news.Item{}, "", published, ""},
		{"modified is not published", `<meta property="article:modified_time" content="2026-03-04T00:00:00Z">`, news.Item{}, "", published, ""},
		{"title without the site", `<meta property="og:title" content="Dredging to close basin | Saltby Echo"><meta property="og:site_name" content="Saltby Echo">`, news.Item{}, "", func(p Page) string { return p.Title }, headline},
		{"site", `<meta property="og:site_name" content="Saltby Echo">`, news.Item{}, "https://www.saltby.example/a", func(p Page) string { return p.Site }, "Saltby Echo"},
		{"site from host", ``, news.Item{}, "https://www.saltby.example/a", func(p Page) string { return p.Site }, "saltby.example"},
		{"byline is no site", `<meta property="og:site_name" content="Saltby Echo"><meta name=author content="Saltby Echo">`, news.Item{}, "", func(p Page) string { return p.Byline }, ""},
		{"byline", `<meta name=author content="By Mara Ellison, staff writer">`, news.Item{}, "", func(p Page) string { return p.Byline }, "Mara Ellison"},
		{"byline of a link", `<meta name=author content="View all posts by Mara Ellison">`, news.Item{}, "", func(p Page) string { return p.Byline }, "Mara Ellison"},
		{"byline with a post", `<meta name=author content="Mara Ellison Senior Content Editor">`, news.Item{}, "", func(p Page) string { return p.Byline }, "Mara Ellison"},
		{"byline of a site that bears its writer's name", `<meta property="og:site_name" content="Mara Ellison"><meta name=author content="Jul 11 Written by Mara Ellison">`, news.Item{}, "", func(p Page) string { return p.Byline }, "Mara Ellison"},
		{"byline is no account", `<meta name=author content="admin">`, news.Item{}, "", func(p Page) string { return p.Byline }, ""},
		{"canonical on the same site", `<link rel=canonical href="https://m.saltby.example/x">`, news.Item{}, "https://www.saltby.example/x?a=1", canonical, "https://m.saltby.example/x"},
		{"canonical elsewhere", `<link rel=canonical href="https://evil.example.net/x">`, news.Item{}, "https://www.saltby.example/x", canonical, ""},
		{"canonical under the same public suffix", `<link rel=canonical href="https://other.co.uk/x">`, news.Item{}, "https://saltby.co.uk/x", canonical, ""},
		{"canonical is the front page", `<link rel=canonical href="https://www.saltby.example/">`, news.Item{}, "https://www.saltby.example/x", canonical, ""},
		{"canonical is a script", `<link rel=canonical href="javascript:alert(1)">`, news.Item{}, "https://www.saltby.example/x", canonical, ""},
		{"canonical holds a password", `<link rel=canonical href="https://a:b@www.saltby.example/x">`, news.Item{}, "https://www.saltby.example/x", canonical, ""},
		{"image made absolute", `<meta property="og:image" content="/i/1.jpg">`, news.Item{}, "https://www.saltby.example/x", func(p Page) string { return p.Image }, "https://www.saltby.example/i/1.jpg"},
		{"image as data", `<meta property="og:image" content="data:image/png;base64,AAAA">`, news.Item{}, "https://www.saltby.example/x", func(p Page) string { return p.Image }, ""},
		{"language from the text", `<meta http-equiv="content-language" content="fr">`, news.Item{}, "", func(p Page) string { return p.Lang }, "en"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Extract(pageOf(c.head, article()), "text/html", c.it, c.url)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.check(p); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func published(p Page) string {
	if p.Published.IsZero() {
		return ""
	}
	return p.Published.Format(time.RFC3339)
}

func canonical(p Page) string { return p.Canonical }

// What is beyond the bounds is cut off, and said to be.
func TestExtract_SaysWhatItCut(t *testing.T) {
	t.Parallel()
	paras := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<p>Tide %d: %s</p>\n", i, paragraphs[i%len(paragraphs)])
		}
		return b.String()
	}
	for _, c := range []struct {
		name, body string
		want       news.Method
	}{
		{"3,000 paragraphs", paras(3000), news.MethodPage},
		{"12,000 paragraphs", paras(12_000), news.MethodPageCut},
		{"5 MB of one text", "<p>" + strings.Repeat("word after word ", 330_000) + "</p>", news.MethodPageCut},
		{"100,000 tags", article() + strings.Repeat("<i></i>", 50_000), news.MethodPageCut},
		{"100 bodies", article() + strings.Repeat("<body>", 100), news.MethodPageCut},
		{"a huge attribute", `<img src="data:` + strings.Repeat("A", 2_000_000) + `">` + article(), news.MethodPage},
	} {
		p, err := Extract(pageOf("", c.body), "text/html", news.Item{}, "https://example.org/a")
		if err != nil || p.Method != c.want {
			t.Errorf("%s: method %q, %v; want %q", c.name, p.Method, err, c.want)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(pageOf("", article()), "text/html", headline)
	f.Add([]byte("<table><tr><td><p>"+strings.Join(paragraphs, "<li><pre>\n<td>")), "", "")
	f.Add(pageOf(`<script type="application/ld+json">{"@type":"NewsArticle","author":[[{"name":["A B"]}]],"image":[["x"]]}</script>`, article()), "text/html; charset=utf-16", "x")
	f.Add([]byte("<svg><title><math><p>"+strings.Join(paragraphs, "<figure><h1>")), "application/xhtml+xml", "mud")
	f.Fuzz(func(t *testing.T, page []byte, contentType, title string) {
		p, err := Extract(page, contentType, news.Item{Title: title}, "https://example.org/a")
		if err != nil && !errors.Is(err, ErrNoArticle) && !errors.Is(err, ErrNotHTML) {
			t.Errorf("error of no known kind: %v", err)
		}
		if err != nil && strings.Contains(err.Error(), "runtime error") {
			t.Errorf("a panic was caught: %v", err)
		}
		if (err == nil) != (p.Text != "") {
			t.Errorf("text %q with error %v", p.Text, err)
		}
		if !utf8.ValidString(p.Text) || !utf8.ValidString(p.Title) || strings.Contains(p.Text, "\n\n\n") {
			t.Errorf("bad text %q", p.Text)
		}
		if p.Quality < 0 || p.Quality > 1 {
			t.Errorf("quality %v", p.Quality)
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	body, err := os.ReadFile("testdata/lists.html")
	if err != nil {
		b.Fatal(err)
	}
	// A typical page carries some 100 KB of markup around its article.
	noise := bytes.Repeat([]byte(`<div class="card"><a href="/other"><img src="/i.jpg"><span>Another headline of the day</span></a></div>`), 600)
	body = bytes.Replace(body, []byte("<footer>"), append(append([]byte("<aside>"), noise...), []byte("</aside><footer>")...), 1)
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := Extract(body, "text/html", news.Item{}, "https://example.org/a"); err != nil {
			b.Fatal(err)
		}
	}
}

// A date is the publication's only where the page says so of it.
func TestExtract_BelievesNoOtherDate(t *testing.T) {
	t.Parallel()
	body := "<p>" + strings.Join(paragraphs, "</p><p>") + "</p>"
	for name, tc := range map[string]struct{ head, below, want string }{
		"published below the headline":         {"", `<div class="date">Published <span>March 2, 2026</span></div>`, "2026-03-02"},
		"updated below the headline":           {"", `<div class="date">Updated <span>March 2, 2026</span></div>`, ""},
		"both":                                 {"", `<div>Published <span>March 1, 2026</span> Updated <span>March 2, 2026</span></div>`, "2026-03-01"},
		"a modified time":                      {"", `<time itemprop="dateModified" datetime="2026-03-02T08:00:00Z">March 2, 2026</time>`, ""},
		"JSON-LD of the article":               {`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-02T08:00:00Z"}</script>`, "", "2026-03-02"},
		"JSON-LD of the page, as all may have": {`<script type="application/ld+json">{"@type":"WebPage","datePublished":"2012-03-02T08:00:00Z"}</script>`, "", ""},
	} {
		page := "<html><head><title>" + headline + "</title>" + tc.head + "</head><body><article><h1>" + headline + "</h1>" + tc.below + body + "</article></body></html>"
		p, err := Extract([]byte(page), "text/html", news.Item{URL: "https://harbour.example/1"}, "https://harbour.example/1")
		got := ""
		if !p.Published.IsZero() {
			got = p.Published.Format(time.DateOnly)
		}
		if err != nil || got != tc.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, tc.want)
		}
	}
}

// A page's time of its last change is told in the zone it is given in, where it
// comes after the publication.
func TestExtract_Updated(t *testing.T) {
	t.Parallel()
	item := news.Item{Published: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC), Updated: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	for name, tt := range map[string]struct {
		head string
		item news.Item
		want string
	}{
		"json-ld first": {`<meta property="article:modified_time" content="2026-03-01T12:00:00Z"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-01T10:00:00+02:00","dateModified":"2026-03-01T13:30:00+02:00"}</script>`, item, "2026-03-01T13:30:00+02:00"},
		"meta":          {`<meta property="article:modified_time" content="2026-03-01T12:00:00-05:00">`, item, "2026-03-01T12:00:00-05:00"},
		"the feed's":    {``, item, "2026-03-01T09:00:00Z"},
		"a day alone":   {`<meta property="article:modified_time" content="2026-03-01">`, item, ""},
		"repeated":      {`<meta property="article:modified_time" content="2026-03-01T08:00:00Z">`, item, ""},
		"no date":       {`<meta property="article:modified_time" content="yesterday">`, news.Item{}, ""},
		"on its own":    {`<meta property="og:updated_time" content="2026-03-01T12:00:00+0100">`, news.Item{}, "2026-03-01T12:00:00+01:00"},
	} {
		p, err := Extract(pageOf(tt.head, article()), "text/html", tt.item, "https://a.example/bridge")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := ""
		if !p.Updated.IsZero() {
			got = p.Updated.Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%s: updated %q, want %q", name, got, tt.want)
		}
	}
}
