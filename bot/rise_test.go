package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/outbox"
)

// What said that a story became breaking is edited with the story's message once
// its headline is another one, or was taken back, and only then; and no edit
// notifies. // B1, B4, M12
func TestPoster_RiseFollowsTheStory(t *testing.T) {
	t.Parallel()
	const (
		was      = "Magnitude 7.1 quake strikes off northern Chile"
		now      = "No quake off northern Chile: sensor fault, the centre says"
		breaking = "🔴 Now breaking: "
	)
	gone := outbox.Permanent(fmt.Errorf("Discord error 10008: %w", bot.ErrMessageGone))
	old := fmt.Errorf("Discord error 30046: %w", bot.ErrTooOldToEdit)
	value := news.Version{Value: "6.9", Article: 11, Instead: "7.1"}
	for _, tt := range []struct {
		name     string
		line     string // that the rise shows, "" where there is none
		headline string
		fact     news.Version // what the first fact takes back
		class    news.Class
		into     news.EventID
		refused  error
		want     string // its line after the edit, "" where it is not edited
		rationed bool
	}{
		{name: "no rise", headline: now},
		{name: "the same headline", line: breaking + was, headline: was},
		{name: "another headline", line: breaking + was, headline: now, want: breaking + now},
		{name: "another headline by a correction", line: breaking + was, headline: now, fact: value, want: "✏️ Corrected: " + now},
		{name: "a headline that denies it", line: breaking + was, headline: "Chile quake was a false alarm", want: "✏️ Corrected: Chile quake was a false alarm"},
		{name: "not breaking any more", line: breaking + was, headline: now, class: news.ClassMajor, want: "🔄 Updated: " + now},
		{name: "a value is corrected under the same headline", line: breaking + was, headline: was, fact: value},
		{name: "its own report is taken back", line: breaking + was, headline: was, fact: news.Version{Article: 12}, want: "✏️ Since corrected: " + was},
		{name: "it says so", line: "✏️ Since corrected: " + was, headline: was},
		{name: "another headline after that", line: "✏️ Since corrected: " + was, headline: now, want: breaking + now},
		{name: "a report that the headline is not of is taken back", line: breaking + now, headline: now, fact: news.Version{Article: 12}},
		{name: "part of another story", line: breaking + was, headline: was, into: 99, want: "➡️ This turned out to be one story with **Ferry runs aground**."},
		{name: "deleted by somebody", line: breaking + was, headline: now, refused: gone, want: breaking + now},
		{name: "too old to be edited for now", line: breaking + was, headline: now, refused: old, rationed: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := &wall{refuse: map[string]error{"r7": tt.refused}}
			p := post(news.PostEdit, "m9", "t9")
			p.Role, p.Event.Class, p.Event.Headline, p.Event.Into = role, news.ClassBreaking, tt.headline, tt.into
			if tt.class != "" {
				p.Event.Class, p.Role = tt.class, ""
			}
			if tt.into != 0 {
				p.Line, p.Role = "Ferry runs aground", ""
			}
			p.Event.Facts[0].New, p.Event.Facts[0].Article, p.Event.Facts[0].Was = true, 15, tt.fact
			p.Event.Sources[1].Outlet, p.Event.Sources[1].Title = "Radio Sur", was+", towns evacuated" // as that of article 15
			if tt.line != "" {
				p.Rise = news.Rise{Message: "r7", Line: tt.line}
			}
			got, err := poster(w).Send(t.Context(), p)
			if tt.rationed {
				if !outbox.IsRationed(err) {
					t.Errorf("got %v, want it to wait", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := outbox.Receipt{Message: "m9", Thread: "t9"}
			if tt.want != "" {
				want.Rise = news.Rise{Message: "r7", Line: tt.want}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("receipt (-want +got):\n%s", d)
			}
			if len(w.posted) > 0 {
				t.Errorf("posted %q", w.posted)
			}
			switch {
			case tt.want == "" && len(w.edits) != 1:
				t.Errorf("%d edits, want that of the story's message", len(w.edits))
			case tt.want != "" && tt.refused == nil:
				m := w.edits[len(w.edits)-1]
				lawful(t, m)
				line, _, _ := strings.Cut(m.Content, "\n")
				if line = strings.TrimSuffix(line, "  <@&"+role+">"); line != tt.want || len(w.edits) != 2 || !m.Silent {
					t.Errorf("edited to %q in %d edits, silent %t", line, len(w.edits), m.Silent)
				}
			}
			if again := got.Rise; tt.want != "" { // the step is run again
				p.Rise, w.edits = again, nil
				if got, err := poster(w).Send(t.Context(), p); err != nil || got.Rise != (news.Rise{}) || len(w.edits) != 1 {
					t.Errorf("run again: %+v, %v, %d edits", got, err, len(w.edits))
				}
			}
		})
	}
}

// A rise in a forum stands in the story's post, and is edited there.
func TestPoster_RiseInAForum(t *testing.T) {
	t.Parallel()
	w := &wall{about: message.Channel{Kind: message.ForumChannel}}
	p := post(news.PostEdit, "t9", "t9")
	p.Rise = news.Rise{Message: "r7", Line: "🔴 Now breaking: Ferry runs aground"}
	if _, err := poster(w).Send(t.Context(), p); err != nil || w.edited != "t9" || len(w.edits) != 2 {
		t.Errorf("%d edits, the last in %s: %v", len(w.edits), w.edited, err)
	}
}

// A surface that shows earlier posts again shows a rise as it was edited since.
func TestPoster_MessageOfARise(t *testing.T) {
	t.Parallel()
	p := post(news.PostRise, "m9", "")
	for _, line := range []string{"", "✏️ Corrected: No quake off northern Chile"} {
		p.Rise = news.Rise{Message: "r7", Line: line}
		want := line
		if line == "" {
			want = "🔴 Now breaking: Magnitude 7.1 quake strikes off northern Chile"
		}
		if got, _, _ := strings.Cut(poster(&wall{}).Message(p).Content, "\n"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
