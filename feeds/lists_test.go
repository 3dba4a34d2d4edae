package feeds_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/feeds"
	"newsdesk/internal/config"
	"newsdesk/news"
)

// M4: at least 90 feeds in 12 topics, none twice.
func TestCatalogue_IsWhole(t *testing.T) {
	t.Parallel()
	all, err := feeds.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	topics, urls := map[string]int{}, map[string]bool{}
	for _, f := range all {
		topics[f.Topic]++
		if urls[f.URL] || f.Name == "" {
			t.Errorf("%q (%s): twice, or without a name", f.Name, f.URL)
		}
		urls[f.URL] = true
	}
	if len(all) < 90 || len(topics) != 12 {
		t.Errorf("%d feeds in %d topics, want at least 90 in 12", len(all), len(topics))
	}
	some, err := feeds.Catalogue("middle-east", "world")
	if err != nil || len(some) != topics["middle-east"]+topics["world"] || some[0].Topic != "middle-east" {
		t.Errorf("two topics: %d feeds, error %v", len(some), err)
	}
	if _, err := feeds.Catalogue("gardening"); err == nil || !strings.Contains(err.Error(), "middle-east") {
		t.Errorf("an unknown topic: %v, want the list of those it has", err)
	}
}

func TestReadOPML(t *testing.T) {
	t.Parallel()
	got, err := feeds.ReadOPML(strings.NewReader(`<?xml version="1.0"?>
<opml version="2.0"><head><title>mine</title></head><body>
 <outline text="Middle East"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/rss"/>
  <outline text=""><outline title="Deep" text="x" xmlUrl="http://d.example/feed"/></outline></outline>
 <outline text="Plain" xmlUrl="https://p.example/"/>
 <outline text="again" xmlUrl="https://a.example/rss"/>
 <outline text="bad" xmlUrl="file:///etc/passwd"/>
 <outline text="Old" xmlUrl="feed://o.example/rss"/><outline text="Older" xmlUrl="feed:https://p.example/rss"/>
 <outline text="All"><outline text="E" xmlUrl="https://e.example/"/></outline>
 <outline text="Économie &amp; Großstadt"><outline text="F" xmlUrl="https://f.example/"/></outline>
</body></opml>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Feed{
		{URL: "https://a.example/rss", Name: "A & B", Topic: "middle-east"},
		{URL: "http://d.example/feed", Name: "Deep", Topic: "middle-east"},
		{URL: "https://p.example/", Name: "Plain", Topic: "news"},
		{URL: "http://o.example/rss", Name: "Old", Topic: "news"},
		{URL: "https://p.example/rss", Name: "Older", Topic: "news"},
		{URL: "https://e.example/", Name: "E", Topic: "news"},
		{URL: "https://f.example/", Name: "F", Topic: "economie-grossstadt"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("feeds (-want +got):\n%s", diff)
	}
}

// M4: what is written is read back the same, folders and odd names included.
func TestOPML_RoundTrip(t *testing.T) {
	t.Parallel()
	list := []news.Feed{
		{URL: "https://a.example/rss?x=1&y=\"2\"", Name: "A <b> & \"c\"", Topic: "Middle East"},
		{URL: "https://p.example/", Name: "Outside"},
		{URL: "https://n.example/"},
		{URL: "https://r.example/", Name: "Газета", Topic: "Политика"},
		{URL: "https://b.example/", Topic: "Middle East"},
	}
	var b strings.Builder
	if err := feeds.WriteOPML(&b, "mine", list); err != nil {
		t.Fatal(err)
	}
	got, err := feeds.ReadFolders(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Feed{list[0], list[4], list[1], list[2], list[3]} // a folder is in one piece
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("feeds (-want +got):\n%s\n%s", diff, b.String())
	}
}

// A folder of any script is a topic of its own, and the topic's folder is the same
// topic. Names without a letter are none.
func TestReadOPML_FoldersOfAllScripts(t *testing.T) {
	t.Parallel()
	for folder, want := range map[string]string{
		"Внешняя Политика": "внешняя-политика", "Йод": "йод", "中东 新聞": "中东-新聞", "ニュース（ガザ）": "ニュース-ガザ", "한국 경제": "한국-경제",
		"राजनीति": "राजनीति", "การเมือง": "การเมือง", "اقتصاد": "اقتصاد", "Ελλάδα / Κόσμος": "ελλάδα-κόσμος", "ＷＯＲＬＤ　２": "world-2",
		"Économie & Straße": "economie-strasse", "Việt Nam": "viet-nam", "İstanbul": "istanbul", "🔥 — !": "news", "All": "news",
		strings.Repeat("новости ", 9): strings.TrimSuffix(strings.Repeat("новости-", 5), "-"),
	} {
		doc := folder
		for range 2 {
			got, err := feeds.ReadOPML(strings.NewReader("<opml><body><outline text='" + strings.ReplaceAll(doc, "&", "&amp;") + "'><outline xmlUrl='https://a.example/'/></outline></body></opml>"))
			if err != nil || got[0].Topic != want {
				t.Fatalf("folder %q is topic %q, want %q (%v)", doc, got[0].Topic, want, err)
			}
			doc = got[0].Topic
		}
	}
}

func TestReadOPML_Encodings(t *testing.T) {
	t.Parallel()
	got, err := feeds.ReadFolders(strings.NewReader("<?xml version='1.0' encoding='ISO-8859-1'?><opml><body><outline text='Stra\xdfe'><outline text='K\xf6ln' xmlUrl='https://a.example/'/></outline></body></opml>"))
	if want := []news.Feed{{URL: "https://a.example/", Name: "Köln", Topic: "Straße"}}; err != nil || !cmp.Equal(want, got) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestReadOPML_Refuses(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]string{
		"":                                "not an OPML file",
		"<html><body>hello</body></html>": "not an OPML file",
		"<opml><body></body></opml>":      "lists no feed",
		"<opml><body><outline":            "not a whole OPML file",
	} {
		if _, err := feeds.ReadOPML(strings.NewReader(doc)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ReadOPML(%q) = %v, want %q", doc, err, want)
		}
	}
}

func FuzzReadOPML(f *testing.F) {
	f.Add(`<opml><body><outline text="a" xmlUrl="http://a.example"/></body></opml>`)
	f.Add(`<opml></outline><outline></opml>`)
	f.Add(`<opml><body><outline text="é 日本ー 1́"><outline xmlUrl="http://a.example"/></outline></body></opml>`)
	f.Fuzz(func(t *testing.T, doc string) {
		list, err := feeds.ReadOPML(strings.NewReader(doc))
		if (err == nil) != (len(list) > 0) {
			t.Errorf("%d feeds with error %v", len(list), err)
		}
		for _, one := range list {
			if !config.Slug(one.Topic) || one.Topic == "all" {
				t.Errorf("%q is no topic", one.Topic)
			}
			var again strings.Builder
			if err := feeds.WriteOPML(&again, "", []news.Feed{one}); err != nil {
				t.Fatal(err)
			}
			got, err := feeds.ReadOPML(strings.NewReader(again.String()))
			if err != nil || got[0].Topic != one.Topic {
				t.Errorf("topic %q came back as %+v, %v", one.Topic, got, err)
			}
		}
	})
}
