package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// history is the timeline of every event.
type history []news.Moment

func (h history) Timeline(_ context.Context, id news.EventID, since time.Time, limit int) ([]news.Moment, error) {
	var out []news.Moment
	for _, m := range h {
		if m.Event == id && !m.At.Before(since) {
			out = append(out, m)
		}
	}
	return out[max(0, len(out)-limit):], nil
}

// quakeDays is what readers learned of the quake over three days. noon is a
// Saturday.
func quakeDays() history {
	return history{
		{Event: 5726, Revision: 1, At: noon.Add(-50 * time.Hour), Reason: "new", Text: "A quake shook the coast.", Article: 11, Outlet: "Coastal Wire", URL: "https://wire.example/chile-quake"},
		{Event: 5726, Revision: 2, At: noon.Add(-26 * time.Hour), Day: noon.Add(-60 * time.Hour), Reason: "new_facts", Text: "The mayor had asked for repairs.", Article: 77, Outlet: "Old Post", URL: "https://old.example/a"},
		{Event: 5726, Revision: 3, At: noon.Add(-2 * time.Hour), Reason: "corrected", Text: "28,000 homes are without power.", Was: "32,000", Article: 14, Outlet: "North Post", URL: "https://north.example/power"},
	}
}

func withHistory(h history, e ...news.Event) (*bot.Commands, *oracle) {
	s := &shelf{events: e, count: 214}
	o := &oracle{answer: found()}
	return bot.NewCommands(bot.Options{Events: s, Timelines: h, Subscriptions: s, Answerer: o, Now: clock}), o
}

func text(t *testing.T, c *bot.Commands, in message.Interaction) string {
	t.Helper()
	reply, err := c.Handle(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, reply.Message)
	var b strings.Builder
	b.WriteString(reply.Message.Content)
	for _, e := range reply.Message.Embeds {
		b.WriteString(e.Title + "\n" + addresses.ReplaceAllString(e.Description, "$1") + "\n" + e.Footer + "\n")
	}
	for _, r := range reply.Message.Components {
		for _, button := range r.Buttons {
			b.WriteString("[" + button.Label + " " + button.ID + "]")
		}
	}
	return b.String()
}

// The timeline of a story is a press away, from its message and its page, and
// the button's id is all it needs: it works after a restart. // B8
func TestTimeline_Button(t *testing.T) {
	t.Parallel()
	c, _ := withHistory(quakeDays(), quake())
	if got := text(t, c, run("story", "event", "5726")); !strings.Contains(got, "[Timeline timeline:5726]") {
		t.Errorf("the story's page has no button:\n%s", got)
	}
	got := text(t, c, message.Interaction{Kind: message.KindComponent, Custom: "timeline:5726"})
	want := fmt.Sprintf(`Timeline: Magnitude 7.1 quake strikes off northern Chile
• <t:%d:f> A quake shook the coast. [1]
• <t:%d:f> The mayor had asked for repairs. ([Old Post](https://old.example/a)) · of <t:%d:D>
• <t:%d:f> ✏️ corrected: 28,000 homes are without power, not 32,000 [4]
World · #E4F2
[Details story:5726][Share here share:timeline:5726]`, noon.Add(-50*time.Hour).Unix(), noon.Add(-26*time.Hour).Unix(), noon.Add(-48*time.Hour).Unix(), noon.Add(-2*time.Hour).Unix())
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got := text(t, c, message.Interaction{Kind: message.KindComponent, Custom: "timeline:4"}); !strings.Contains(got, "no longer have that story") {
		t.Errorf("a story that is gone: %s", got)
	}
	for revision, want := range map[int]bool{1: false, 3: true} {
		e := quake()
		e.Revision = revision
		if got := strings.Contains(fmt.Sprint(bot.Alert(e, bot.AlertOptions{}).Components), "timeline:5726"); got != want {
			t.Errorf("a timeline on the message of revision %d: %t", revision, got)
		}
	}
}

// "What changed since Monday?" is answered with the dated changes of the story
// that is named, each with its source; other questions are left to the articles.
// Noon is a Saturday. // B8
func TestAsk_WhatChangedSince(t *testing.T) {
	t.Parallel()
	const all, second, last = "A quake shook the coast.", "The mayor had asked for repairs.", "28,000 homes are without power, not 32,000 [4]"
	for _, tt := range []struct {
		question string
		want     []string
		not      []string
	}{
		{"What changed in the magnitude 7.1 quake since Monday?", []string{all, second, last, "3 of the story's facts"}, nil},
		{"What's new in magnitude 7.1 quake since yesterday?", []string{second, last, "2 of the story's facts"}, []string{all}},
		{"What has happened in the magnitude 7.1 quake in the last 6 hours?", []string{last, "1 of the story's facts", "[Timeline timeline:5726]"}, []string{all, second}},
		{"Anything new on the magnitude 7.1 quake in the last hour?", []string{"Nothing new since", "The last change", last, "0 of the story's facts"}, []string{all, second}},
		{"What changed in the flood since Monday?", []string{"after 90 minutes"}, []string{"Since <t:"}},                   // a story that is not known
		{"When was the tsunami warning lifted?", []string{"after 90 minutes"}, []string{"Since <t:", "story's facts"}},     // no such question
		{"What changed since Monday?", []string{"after 90 minutes"}, []string{"Since <t:", "Magnitude 7.1 quake strikes"}}, // of no story
	} {
		c, _ := withHistory(quakeDays(), quake())
		got := text(t, c, run("ask", "question", tt.question))
		for _, w := range tt.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in:\n%s", tt.question, w, got)
			}
		}
		for _, w := range tt.not {
			if strings.Contains(got, w) {
				t.Errorf("%s: %q in:\n%s", tt.question, w, got)
			}
		}
	}
}

// A long timeline keeps its latest facts and Discord's limits, whatever the
// texts.
func TestTimeline_Long(t *testing.T) {
	t.Parallel()
	var h history
	for i := range 90 {
		h = append(h, news.Moment{
			Event: 5726, Revision: i, At: noon.Add(time.Duration(i-100) * time.Minute), Text: fmt.Sprintf("Fact %d @everyone [x](https://evil.example) %s", i, strings.Repeat("long ", 30)), Article: 14,
		})
	}
	c, _ := withHistory(h, quake())
	got := text(t, c, message.Interaction{Kind: message.KindComponent, Custom: "timeline:5726"})
	if !strings.Contains(got, "Fact 89") || strings.Contains(got, "Fact 0 ") || !strings.Contains(got, "earlier facts") || strings.Contains(got, "](https://evil") {
		t.Errorf("got\n%s", got)
	}
}

// A story without a report for two days is closed; a fresh one is not.
func TestStory_Closed(t *testing.T) {
	t.Parallel()
	for age, want := range map[time.Duration]bool{time.Hour: false, 47 * time.Hour: false, 48 * time.Hour: true} {
		e := quake()
		e.Last = noon.Add(-age)
		c, _ := withHistory(nil, e)
		if got := strings.Contains(text(t, c, run("story", "event", "5726")), "closed · updated"); got != want {
			t.Errorf("%s after the last report: closed %t", age, got)
		}
	}
}
