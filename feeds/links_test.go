package feeds

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/news"
)

func TestAbsolute(t *testing.T) {
	t.Parallel()
	base, err := url.Parse("https://harbour.example/feeds/all.xml")
	if err != nil {
		t.Fatal(err)
	}
	for link, want := range map[string]string{
		"":                            "",
		"https://a.example/x?y=%20#z": "https://a.example/x?y=%20#z",
		"HTTP://A.example":            "HTTP://A.example",
		" \nhttp://a.example/ b\n":    "http://a.example/%20b",
		"/n/1":                        "https://harbour.example/n/1",
		"n/1":                         "https://harbour.example/feeds/n/1",
		"?page=2":                     "https://harbour.example/feeds/all.xml?page=2",
		"//cdn.example/x":             "https://cdn.example/x",
		"mailto:ann@a.example":        "",
		"javascript:alert(1)":         "",
		"data:text/html,x":            "",
		"http://":                     "",
		"http://[::1":                 "",
		"http://a.example/" + strings.Repeat("x", maxURL): "",
	} {
		if got := absolute(base, link); got != want {
			t.Errorf("%q = %q, want %q", link, got, want)
		}
	}
	if got := absolute(nil, "/n/1"); got != "" {
		t.Errorf("without a base: %q", got)
	}
	if got := absolute(nil, "//cdn.example/x"); got != "https://cdn.example/x" {
		t.Errorf("without a scheme: %q", got)
	}
}

func TestUntracked(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://ann:pw@News.example/Feed?UTM_source=ann&token=5&utm_medium=y#top": "https://ann:pw@News.example/Feed?token=5#top",
		"https://news.example/feed?utm_source=ann":                                 "https://news.example/feed",
		"https://News.example:443/feed?b=2&a=1":                                    "https://News.example:443/feed?b=2&a=1",
		"https://news.example/feed":                                                "https://news.example/feed",
		"http://[::1":                                                              "http://[::1",
	} {
		if got := Untracked(address); got != want {
			t.Errorf("%q = %q, want %q", address, got, want)
		}
	}
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"HTTPS://News.Example:443/A?utm_source=x&id=5&UTM_medium=y#top": "https://news.example/A?id=5",
		"http://news.example":                "http://news.example/",
		"http://news.example:8080/?fbclid=1": "http://news.example:8080/",
		"http://news.example/#!/story/1":     "http://news.example/#!/story/1",
		"http://ann:pw@news.example/x":       "http://news.example/x",
		"http://news.example/?b=2&a=1":       "http://news.example/?b=2&a=1",
		"not a link":                         "not a link",
	} {
		if got := canonical(link); got != want {
			t.Errorf("%q = %q, want %q", link, got, want)
		}
	}
}

// Made identifiers are never empty, never twice in a document, and the same
// for the same document.
func TestIdentify(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"", "a", "b", "http://x.example/1", "http://x.example/1?utm_source=y"})
		items := make([]news.Item, rapid.IntRange(0, 12).Draw(t, "items"))
		for i := range items {
			items[i] = news.Item{GUID: word.Draw(t, "guid"), Title: word.Draw(t, "title")}
			if u := word.Draw(t, "url"); web(u) {
				items[i].URL = u
			}
		}
		again := slices.Clone(items)
		given := map[string]bool{}
		for _, it := range items {
			given[it.GUID] = it.GUID != ""
		}
		made := make([]bool, len(items))
		for i, it := range items {
			made[i] = it.GUID == ""
		}
		identify(items)
		identify(again)
		if diff := cmp.Diff(items, again); diff != "" {
			t.Fatal(diff)
		}
		seen := map[string]bool{}
		for i, it := range items {
			if it.GUID == "" {
				t.Fatal("an item without an identifier")
			}
			if made[i] && (seen[it.GUID] || given[it.GUID]) {
				t.Fatalf("%q was made twice", it.GUID)
			}
			seen[it.GUID] = true
		}
	})
}

func TestDistinct(t *testing.T) {
	t.Parallel()
	one := news.Item{GUID: "g", URL: "http://x.example/1", Title: "One"}
	two := news.Item{GUID: "g", URL: "http://x.example/2", Title: "Two"}
	tracked := news.Item{GUID: "g", URL: "http://x.example/1?utm_source=z", Title: "One"}
	ids := func(items []news.Item) (out []string) {
		for _, it := range distinct(items) {
			out = append(out, it.GUID)
		}
		return out
	}
	alone := ids([]news.Item{one})
	if diff := cmp.Diff([]string{"g"}, alone); diff != "" {
		t.Error(diff)
	}
	if got := ids([]news.Item{one, tracked}); len(got) != 1 || got[0] != "g" {
		t.Errorf("copies: %v", got)
	}
	both, turned := ids([]news.Item{one, two}), ids([]news.Item{two, one})
	if len(both) != 2 || both[0] == both[1] || both[0] != turned[1] || both[1] != turned[0] {
		t.Errorf("one GUID for two articles: %v, %v", both, turned)
	}
	var many []news.Item
	for i := range 20 {
		many = append(many, news.Item{GUID: strconv.Itoa(i), Title: "A"})
	}
	if got := distinct(many); len(got) != 20 {
		t.Errorf("%d of 20 different items", len(got))
	}
}
