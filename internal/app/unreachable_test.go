package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/news"
)

// M16, M20: what comes in for six hours in which a channel cannot be posted to,
// since a permission is missing or Discord is down, is not poured into it
// afterwards: a few messages that had been on their way, and one digest with the
// rest. Nothing is lost, and nothing is told twice.
func TestUnreachable_ComesBackWithADigest(t *testing.T) {
	t.Parallel()
	const sendMessages = 1 << 11
	for name, trouble := range map[string]struct {
		begin, end func(*night, *discordtest.Channel)
	}{
		"no permission": {
			func(n *night, ch *discordtest.Channel) { ch.SetPermissions(n.discord.BotID(), 0, sendMessages) },
			func(n *night, ch *discordtest.Channel) {
				ch.SetPermissions(n.discord.BotID(), 0, 0)
				n.must(n.app.keeper.handle(n.Context(), discord.ServerEvent{Kind: discord.PermissionsChanged, Guild: n.guild.ID}))
			},
		},
		"Discord is down": {
			func(n *night, _ *discordtest.Channel) {
				n.discord.FailNext("POST", "/channels/*/messages", slices.Repeat([]discordtest.Fault{discordtest.FaultStatus(503)}, 500)...)
			},
			func(n *night, _ *discordtest.Channel) { n.discord.ClearFaults() },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNight(t, at(t, "2026-06-02T05:50:00Z"))
			n.open()
			ch := n.channel("world", func(*news.Settings) {})
			n.until(n.now().Add(10*time.Minute), 10*time.Minute)
			trouble.begin(n, ch)
			var told []string
			for range 12 {
				told = append(told, n.publish(n.now()))
				n.until(n.now().Add(30*time.Minute), 10*time.Minute)
			}
			if got := ch.Messages(); len(got) != 0 {
				t.Fatalf("%d messages came through", len(got))
			}
			trouble.end(n, ch)
			n.until(n.now().Add(time.Hour), 5*time.Minute)
			got := digests(ch)
			if len(got) != 1 || len(alerts(ch)) > lateMost {
				t.Fatalf("%d messages and %d digests", len(alerts(ch)), len(got))
			}
			if text := got[0].Embeds[0].Description; !strings.Contains(text, "stories came while I could not post here.") {
				t.Errorf("the digest says %s", text)
			}
			seen := slices.Sorted(slices.Values(append(names(got[0]), alerts(ch)...)))
			if want := slices.Sorted(slices.Values(told)); !slices.Equal(seen, want) {
				t.Errorf("told of %q, want %q", seen, want)
			}
			next := n.publish(n.now())
			n.until(n.now().Add(10*time.Minute), 10*time.Minute)
			if got := alerts(ch); got[len(got)-1] != next {
				t.Errorf("afterwards: %q, want %q at the end", got, next)
			}
		})
	}
}
