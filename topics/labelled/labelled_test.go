package labelled_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsdesk/topics"
	"newsdesk/topics/labelled"
)

// The topic of an article comes from its category or its section, and one week
// in five is kept out.
func TestRead(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for _, dir := range []string{"events", "qa", "summarize"} {
		if err := os.MkdirAll(filepath.Join(root, "data", dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"events/week", "events/allsides", "events/basil", "qa/rtqa_corpus", "qa/multihop_corpus", "summarize/bbc", "events/uci"} {
		text := ""
		if file == "events/uci" {
			text = strings.Join([]string{
				`{"id": "1", "title": "Grain prices rise", "category": "b", "published": "1970-01-02T00:00:00Z"}`,
				`{"id": "2", "title": "A probe lands", "category": "t", "published": "1970-01-10"}`,
				`{"id": "3", "title": "A match", "url": "https://example.com/sport/a-match", "published": "1970-01-10"}`,
				`{"id": "4", "title": "A moon", "url": "https://example.com/world/a-moon-scn/index.html", "published": "1970-01-10"}`,
				`{"id": "5", "title": "Nobody knows", "url": "https://example.com/a/b", "published": "1970-01-10"}`,
				`{"id": "6", "title": "A bill", "extra": {"category": "politics"}}`,
			}, "\n")
		}
		if err := os.WriteFile(filepath.Join(root, "data", file+".jsonl"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := labelled.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range list {
		got = append(got, strings.Join(a.Topics, " or "))
	}
	if want := []string{"business", "technology or science", "sports", "science"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if !list[0].Held || list[1].Held {
		t.Errorf("kept out: %v and %v, want the first week only", list[0].Held, list[1].Held)
	}
	c, err := topics.New()
	if err != nil {
		t.Fatal(err)
	}
	if got := labelled.Measure(c, list[:1]); len(got) != 0 {
		t.Errorf("one article says something of a topic: %+v", got)
	}
	if got := labelled.Follow(c, list[:1]); got.Kept != 1 {
		t.Errorf("an article of its own topic's feed does not stay there: %+v", got)
	}
	if _, err := labelled.Read(filepath.Join(root, "none")); err == nil {
		t.Error("a folder that is not there is read")
	}
}
