package topics_test

import (
	"testing"

	"newsdesk/news"
	"newsdesk/topics"
)

func classifier(t *testing.T) *topics.Classifier {
	t.Helper()
	c, err := topics.New()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What a feed is of, what an address says and what the words say, together. // M11
func TestOf(t *testing.T) {
	t.Parallel()
	c := classifier(t)
	match := news.Article{
		Title: "Harvell United beat Corrin Town 3-1 in cup final",
		Body:  "Two goals in the second half gave the team its first championship title. The coach praised his players after the match. The striker scored twice before half-time of the league season's last game.",
	}
	results := news.Article{
		Title: "Brandt Foods shares fall after profit warning",
		Body:  "The company cut its forecast for quarterly earnings and revenue. Shares fell 12 percent in early trading, and analysts lowered their price targets. Investors had expected higher sales.",
	}
	at := func(a news.Article, url string) news.Article { a.URL = url; return a }
	in := func(a news.Article, lang string) news.Article { a.Lang = lang; return a }
	for _, tt := range []struct {
		name, feed string
		a          news.Article
		want       topics.Found
	}{
		{"a match in a feed of the world", "world", match, topics.Found{Topic: "sports", By: topics.ByWords}},
		{"a match in a feed of sports", "sports", match, topics.Found{Topic: "sports", By: topics.ByFeed}},
		{"results in a feed of the US", "us", results, topics.Found{Topic: "business", By: topics.ByWords}},
		{"a feed of a topic of its own", "harbour", match, topics.Found{Topic: "harbour", By: topics.ByFeed}},
		{"words that the model does not speak", "world", in(match, "fr"), topics.Found{Topic: "world", By: topics.ByFeed}},
		{"an address in another language", "world", in(at(match, "https://example.com/deportes/final"), "es"), topics.Found{Topic: "sports", By: topics.BySection}},
		{"two words and a feed", "science", news.Article{Title: "It works"}, topics.Found{Topic: "science", By: topics.ByFeed}},
		{"two words and no feed", "", news.Article{Title: "It works"}, topics.Found{Topic: "world", By: topics.ByWords}},
		{"a section against few words", "world", news.Article{Title: "It works", URL: "https://www.example.com/news/technology/it-works"}, topics.Found{Topic: "technology", By: topics.BySection}},
		{"one place is not moved to another", "asia", news.Article{Title: "Senate passes gun bill after Republican lawmakers join Democrats in Washington", Body: "The Senate voted for the bill. Republican senators and Democrats of Congress spoke in Washington of the president's election promise."}, topics.Found{Topic: "asia", By: topics.ByFeed}},
		{"a budget vote is hardly business", "asia", news.Article{Title: "Parliament in London votes on the budget", Body: "Members of the British parliament voted on the budget of the government."}, topics.Found{Topic: "asia", By: topics.ByFeed}},
	} {
		got := c.Of(tt.a, tt.feed, topics.All())
		if got.Topic != tt.want.Topic || got.By != tt.want.By {
			t.Errorf("%s: got %s by %s, %.2f sure; want %s by %s", tt.name, got.Topic, got.By, got.Sure, tt.want.Topic, tt.want.By)
		}
		if only := c.Of(tt.a, tt.feed, []string{"asia"}); only.Topic != tt.feed && only.Topic != "asia" {
			t.Errorf("%s: got %s, which no feed is of", tt.name, only.Topic)
		}
		if got.Sure <= 0 || got.Sure > 1 {
			t.Errorf("%s: %.2f sure", tt.name, got.Sure)
		}
	}
}

// The world's regions are told by the places that are named.
func TestWords_Regions(t *testing.T) {
	t.Parallel()
	c := classifier(t)
	const what = "The foreign minister met rebels and soldiers after the attack near the border, where refugees fled the war and peace talks collapsed. "
	for where, want := range map[string]string{
		"Officials in Poland and Germany spoke of Europe.": topics.Europe,
		"Officials in Iran and Syria spoke of Israel.":     topics.MiddleEast,
		"Officials in India and Pakistan spoke of Delhi.":  topics.Asia,
		"Officials in Kenya and Sudan spoke of Nairobi.":   topics.World,
	} {
		if got, sure := c.Words("Foreign minister meets rebels after attack", what+where); got != want {
			t.Errorf("%q: got %s, %.2f sure, want %s", where, got, sure, want)
		}
	}
}

func TestSection(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://www.example.com/news/world/asia/a-quake":       topics.Asia,
		"https://www.example.com/us/politics/a-bill":            topics.Politics,
		"https://example.com/2031/05/02/sport/rugby/final.html": topics.Sports,
		"https://money.example.com/rates-rise":                  topics.Business,
		"https://example.com/sport":                             "", // the article's own name
		"https://example.com/a/b/c/d/sport/x":                   "",
		"https://example.com/":                                  "",
		"%zz":                                                   "",
		"":                                                      "",
	} {
		if got := topics.Section(address); got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
}

func TestParseModel_Refuses(t *testing.T) {
	t.Parallel()
	for name, b := range map[string][]byte{"nothing": nil, "another file": make([]byte, 1<<17)} {
		if _, err := topics.ParseModel(b); err == nil {
			t.Errorf("%s is taken for a model", name)
		}
	}
}

// The same examples give the same model, and it tells them apart.
func TestFit(t *testing.T) {
	t.Parallel()
	examples := []topics.Example{
		{Title: "Team wins the cup match", Text: "The players scored late.", Topics: []string{topics.Sports}},
		{Title: "Bank lifts its profit forecast", Text: "Shares rose in early trading.", Topics: []string{topics.Business}},
		{Title: "Coach praises players after match", Text: "The team scored twice.", Topics: []string{topics.Sports, topics.Entertainment}},
	}
	fit := func() *topics.Model {
		m, err := topics.Fit(examples, 6, 0.2, 1e-3)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	a, b := fit().Encode(), fit().Encode()
	if string(a) != string(b) {
		t.Error("a second fit gives another model")
	}
	m, err := topics.ParseModel(a)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := topics.With(m).Words("Players of the team lose the match", ""); got != topics.Sports {
		t.Errorf("got %s", got)
	}
	if _, err := topics.Fit(nil, 1, 1, 1); err == nil {
		t.Error("nothing was learned from, without an error")
	}
}

func FuzzOf(f *testing.F) {
	c, err := topics.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Élections in U.S. states", "Les É’s\x00\xff don't 日本", "https://a.example/sport/x", "world")
	f.Fuzz(func(t *testing.T, title, body, address, feed string) {
		got := c.Of(news.Article{Title: title, Body: body, URL: address}, feed, topics.All())
		if got.Topic == "" || got.Sure < 0 || got.Sure > 1.0001 {
			t.Errorf("got %+v", got)
		}
	})
}
