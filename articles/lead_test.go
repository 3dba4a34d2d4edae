package articles

import (
	"fmt"
	"strings"
	"testing"

	"newsdesk/news"
)

// The lead image is one that says something of the story, by what the page
// itself declares. M7
func TestExtract_LeadImage(t *testing.T) {
	t.Parallel()
	const site, og = "https://www.saltby.example", `<meta property="og:image" content="/i/1.jpg">`
	var many strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&many, `<meta property="og:image" content="/i/%d.svg">`, i)
	}
	for _, c := range []struct{ name, head, want string }{
		{"none", "", ""},
		{"Open Graph", og, "/i/1.jpg"},
		{"Open Graph's secure address alone", `<meta property="og:image:secure_url" content="` + site + `/i/1.jpg">`, "/i/1.jpg"},
		{"twitter", `<meta name="twitter:image" content="/i/1.jpg">`, "/i/1.jpg"},
		{"Open Graph before twitter", `<meta name="twitter:image" content="/i/2.jpg">` + og, "/i/1.jpg"},
		{"twitter's where Open Graph's is small", og + `<meta property="og:image:width" content="100"><meta property="og:image:height" content="100"><meta name="twitter:image" content="/i/2.jpg">`, "/i/2.jpg"},
		{"the second where the first is small", og + `<meta property="og:image:width" content="100px"><meta property="og:image" content="/i/2.jpg"><meta property="og:image:width" content="1200">`, "/i/2.jpg"},
		{"a size belongs to the picture before it", og + `<meta property="og:image:width" content="1200"><meta property="og:image" content="/i/2.jpg"><meta property="og:image:width" content="80">`, "/i/1.jpg"},
		{"small under another scheme", `<meta property="og:image" content="` + site + `/i/1.jpg"><meta property="og:image:width" content="60"><meta property="og:image:secure_url" content="` + site + `/i/1.jpg">`, ""},
		{"a pixel", og + `<meta property="og:image:width" content="1"><meta property="og:image:height" content="1">`, ""},
		{"a banner", og + `<meta property="og:image:width" content="970"><meta property="og:image:height" content="120">`, ""},
		{"a drawing", `<meta property="og:image" content="/i/1.svg">`, ""},
		{"the site's logo", `<meta property="og:image" content="/i/saltby-logo.png">`, ""},
		{"the site's icon", `<link rel="apple-touch-icon" href="/i/1.jpg">` + og, ""},
		{"the publisher's logo", `<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"@type":"Organization","name":"Saltby Echo","logo":{"@type":"ImageObject","url":"` + site + `/i/1.jpg"}}}</script>` + og, ""},
		{"the publisher's logo, referred to", `<script type="application/ld+json">{"@graph":[{"@id":"#o","@type":"Organization","name":"Saltby Echo","logo":"` + site + `/i/1.jpg"},{"@type":"NewsArticle","publisher":{"@id":"#o"}}]}</script>` + og, ""},
		{"a counter", `<meta property="og:image" content="https://sb.scorecardresearch.com/p?c1=2">`, ""},
		{"a router", `<meta property="og:image" content="http://192.168.1.1/reboot.jpg">`, ""},
		{"a file", `<meta property="og:image" content="file:///etc/passwd.jpg">`, ""},
		{"JSON-LD", `<script type="application/ld+json">{"@type":"NewsArticle","image":"/i/1.jpg"}</script>`, "/i/1.jpg"},
		{"JSON-LD's list", `<script type="application/ld+json">{"@type":"NewsArticle","image":[{"@type":"ImageObject","url":"/i/s.jpg","width":96,"height":"96"},{"@type":"ImageObject","url":"/i/1.jpg","width":{"value":1200}}]}</script>`, "/i/1.jpg"},
		{"JSON-LD's reference", `<script type="application/ld+json">{"@graph":[{"@id":"#i","@type":"ImageObject","url":"/i/1.jpg","width":1200},{"@type":"NewsArticle","image":{"@id":"#i"}}]}</script>`, "/i/1.jpg"},
		{"JSON-LD's reference to a small one", `<script type="application/ld+json">{"@graph":[{"@id":"#i","@type":"ImageObject","url":"/i/1.jpg","width":48},{"@type":"NewsArticle","image":{"@id":"#i"}}]}</script>`, ""},
		{"JSON-LD's reference to itself", `<script type="application/ld+json">{"@graph":[{"@id":"#i","name":"i","image":{"@id":"#i"}},{"@type":"NewsArticle","image":{"@id":"#i"}}]}</script>`, ""},
		{"JSON-LD's thumbnail", `<script type="application/ld+json">{"@type":"NewsArticle","thumbnailUrl":"/i/1.jpg"}</script>`, "/i/1.jpg"},
		{"a link", `<link rel="image_src" href="/i/1.jpg">`, "/i/1.jpg"},
		{"behind more than are looked at", many.String() + og, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Extract(pageOf(c.head, article()), "text/html", news.Item{}, site+"/news/1")
			if err != nil {
				t.Fatal(err)
			}
			want := c.want
			if want != "" {
				want = site + want
			}
			if p.Image != want {
				t.Errorf("got %q, want %q", p.Image, want)
			}
		})
	}
	p, err := Extract(pageOf(og, article()), "text/html", news.Item{}, "http://127.0.0.1:8080/news/1")
	if err != nil || p.Image != "http://127.0.0.1:8080/i/1.jpg" {
		t.Errorf("a page on the own network: %q, %v", p.Image, err)
	}
}
