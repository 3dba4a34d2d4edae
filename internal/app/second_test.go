package app_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/news"
)

// A fact that other outlets state is cited with all of them, a copy is not, and
// that one more says the same is no reason to edit.
func TestReplay_CitesAllWhoSayAFact(t *testing.T) {
	t.Parallel()
	first := "The storm left 32,000 homes without power in Tarvek on Saturday, the grid operator said. Trees fell across the coast road and two schools lost their roofs."
	day := articlesOf(
		[]string{"0m", "Ledger", "Storm leaves 32,000 homes without power in Tarvek", first},
		[]string{"20m", "Post", "Tarvek storm shuts harbour", "The harbour of Tarvek was shut on Saturday after 40 boats sank in the storm. It left 32,000 homes without power in Tarvek, the grid operator said."},
		[]string{"40m", "Echo", "Storm leaves 32,000 homes in Tarvek without power", "On Saturday the storm left 32,000 homes in Tarvek without power, the grid operator said. In the storm 40 boats sank."},
		[]string{"50m", "Mirror", "Storm leaves 32,000 homes without power in Tarvek", first},
	)
	stats, posts, shown := day.play(t, 0)
	if stats.Messages != 1 {
		t.Fatalf("%d messages, want 1:\n%s", stats.Messages, shown)
	}
	cited := map[string][]string{} // outlets beside its own, by the fact's last words
	for _, p := range posts {
		for _, f := range p.Event.Facts {
			for _, key := range []string{"the grid operator said.", "two schools lost their roofs."} {
				if strings.HasSuffix(f.Text, key) {
					cited[key] = nil
					for _, at := range f.Also {
						cited[key] = append(cited[key], p.Event.Sources[p.Event.Citation(at.Article)-1].Outlet)
					}
				}
			}
		}
	}
	want := map[string][]string{"the grid operator said.": {"Post", "Echo"}, "two schools lost their roofs.": nil}
	if diff := cmp.Diff(want, cited); diff != "" {
		t.Errorf("cited beside the fact's own source (-want +got):\n%s\n%s", diff, shown)
	}
	if !strings.Contains(shown, `\[2\]`) || strings.Contains(shown, `\[4\]`) {
		t.Errorf("the message cites the copy, or not the second source:\n%s", shown)
	}
	var class news.Class
	for _, p := range posts {
		if len(p.Event.Sources) > 2 && p.Event.Class == class { // else the story rose, which three outlets may make it do
			t.Errorf("an outlet that says the same caused a post, %s at revision %d: %s", p.Kind, p.Event.Revision, shown)
		}
		class = p.Event.Class
	}
}
