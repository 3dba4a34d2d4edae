package main

import (
	"strings"
	"testing"
	"time"

	"newsdesk/news"
)

// The operator is not told to add a feed that servers added: that would show it
// to everybody.
func TestWriteFeeds_OfServers(t *testing.T) {
	t.Parallel()
	list := []news.Feed{
		{ID: 1, URL: "https://harbour.example/feed", Name: "Harbour Post", Topic: "world", Disabled: time.Unix(0, 0), LastError: "Gone"},
		{ID: 7, URL: "https://club.example/feed", Name: "Rowing Club", Topic: "feed:7", Own: true, Disabled: time.Unix(0, 0), LastError: "Gone"},
	}
	var text, asJSON strings.Builder
	if err := writeFeeds(&text, list, false); err != nil {
		t.Fatal(err)
	}
	if err := writeFeeds(&asJSON, list, true); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "newsdesk feeds add https://harbour.example/feed") {
		t.Errorf("%q", lines)
	}
	if !strings.HasPrefix(lines[1], "(servers' own)") || strings.Contains(lines[1], "newsdesk feeds add") || !strings.Contains(lines[1], "/feed resume") {
		t.Errorf("%q", lines[1])
	}
	if strings.Count(asJSON.String(), `"own": true`) != 1 {
		t.Errorf("%s", asJSON.String())
	}
}

// M5: until a redirect for good is followed, the list says where it leads.
func TestWriteFeeds_OfThoseThatMove(t *testing.T) {
	t.Parallel()
	list := []news.Feed{
		{URL: "https://a.example/feed", NextReason: "an item a day on average", Moving: news.Moving{To: "https://b.example/feed", Left: 2}},
		{URL: "https://c.example/feed", NextReason: "an item a day on average", Moving: news.Moving{To: "https://d.example/feed", Left: 1}},
	}
	var text strings.Builder
	if err := writeFeeds(&text, list, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"an item a day on average; moved to https://b.example/feed, for good after 2 more polls of the old address\n",
		"; moved to https://d.example/feed, for good after 1 more poll of the old address\n",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
}
