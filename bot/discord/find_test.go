package discord_test

import (
	"fmt"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
)

// M17: a message whose answer was lost is found once its nonce is forgotten,
// also behind much that others wrote; what was never stored is not.
func TestFind(t *testing.T) {
	t.Parallel()
	bot, fake, ch := sender(t, discordtest.Options{NoRateLimits: true})
	start := time.Now()
	line := message.Message{Content: "🔄 <t:1773487800:t> It opens on Friday"}
	find := func(what string, m message.Message, since time.Time, want string) {
		t.Helper()
		if got, err := bot.Find(t.Context(), ch.ID, m, since); got != want || err != nil {
			t.Errorf("%s: found %q, %v; want %q", what, got, err, want)
		}
	}
	find("an empty channel", alert(), start, "")
	for i := range 101 {
		ch.Say("7777", fmt.Sprint("talk ", i))
	}
	ch.Say("7777", alert().Content) // by somebody else
	find("never stored", alert(), start, "")

	fake.FailNext("POST", "/channels/*/messages", discordtest.FaultCutAfter())
	if _, err := bot.Create(t.Context(), ch.ID, alert(), "n1"); err == nil {
		t.Fatal("the answer was not lost")
	}
	stored := ch.Messages()[102].ID
	if _, err := bot.Create(t.Context(), ch.ID, line, "n2"); err != nil {
		t.Fatal(err)
	}
	find("stored", alert(), start, stored)
	other := alert()
	other.Components[0].Buttons[0].ID = "sources:2"
	find("the same words of another event", other, start, "")
	find("older than the try", alert(), start.Add(time.Hour), "")
	later := line
	later.Content = "🔄 <t:1773499999:t> It opens on Friday"
	find("a line with a later time of its own", later, start, ch.Messages()[103].ID)

	// M17: digests have no text and the same menu; another one is not this one.
	digest := message.Message{Embeds: []message.Embed{{Title: "World · Tuesday 3 June", Description: "9 stories.", Timestamp: start.Add(-time.Second)}}}
	if _, err := bot.Create(t.Context(), ch.ID, digest, "n3"); err != nil {
		t.Fatal(err)
	}
	find("a digest", digest, start, ch.Messages()[104].ID)
	next := digest
	next.Embeds = []message.Embed{digest.Embeds[0]}
	next.Embeds[0].Timestamp = start.Add(time.Minute)
	find("a digest of another time", next, start, "")
	next.Embeds[0] = digest.Embeds[0]
	next.Embeds[0].Title = "Catch-up · World · Tuesday 3 June"
	find("another digest of the same time", next, start, "")

	// Discord shows the history to none who may not read it.
	const history = 1 << 16
	ch.SetPermissions(fake.BotID(), 0, history)
	find("without Read Message History", alert(), start, "")
}
