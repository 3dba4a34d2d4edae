package bot_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/message"
)

func TestQuota(t *testing.T) { // M26
	t.Parallel()
	ask := func(user, guild string) message.Interaction {
		in := run("ask", "question", "Was the tsunami warning lifted?")
		in.User, in.Guild = user, guild
		return in
	}
	search := func(user string) message.Interaction {
		in := run("search", "words", "quake")
		in.User = user
		return in
	}
	share := press("share:ask:Was it lifted?")
	share.User = "9"
	page := press("search:1:30::quake")
	page.User = "9"
	latest := run("latest")
	type step struct {
		in    message.Interaction
		times int
		wait  time.Duration // before it
		want  string        // in the last answer; "" where it is answered
	}
	for name, steps := range map[string][]step{
		"six a minute for a person": {{in: ask("9", "1"), times: 6}, {in: ask("9", "1"), times: 1, want: "I answer 6 questions and searches a minute for you, and they are used up. Ask again in 10 seconds."}},
		"searches count too":        {{in: ask("9", "1"), times: 3}, {in: search("9"), times: 3}, {in: search("9"), times: 1, want: "for you"}},
		"buttons count too":         {{in: share, times: 3}, {in: page, times: 3}, {in: page, times: 1, want: "for you"}},
		"in direct messages":        {{in: ask("9", ""), times: 6}, {in: ask("9", ""), times: 1, want: "for you"}},
		"one comes back in ten seconds": {
			{in: ask("9", "1"), times: 6},
			{in: ask("9", "1"), times: 1, wait: 4 * time.Second, want: "Ask again in 6 seconds."},
			{in: ask("9", "1"), times: 1, wait: 6 * time.Second},
			{in: ask("9", "1"), times: 1, want: "for you"},
		},
		"never more than six at once":    {{in: ask("9", "1"), times: 6}, {in: ask("9", "1"), times: 6, wait: time.Hour}, {in: ask("9", "1"), times: 1, want: "for you"}},
		"what is refused costs nothing":  {{in: ask("9", "1"), times: 6}, {in: ask("9", "1"), times: 50, want: "for you"}, {in: ask("9", "1"), times: 1, wait: 10 * time.Second}},
		"another person is not affected": {{in: ask("9", "1"), times: 7, want: "for you"}, {in: ask("8", "1"), times: 6}},
		"what costs little is free":      {{in: ask("9", "1"), times: 7, want: "for you"}, {in: latest, times: 50}},
		"thirty a minute for a server": {
			{in: ask("a", "1"), times: 6},
			{in: ask("b", "1"), times: 6},
			{in: ask("c", "1"), times: 6},
			{in: ask("d", "1"), times: 6},
			{in: ask("e", "1"), times: 6},
			{in: ask("f", "1"), times: 1, want: "I answer 30 questions and searches a minute for this server, and they are used up. Ask again in 2 seconds."},
			{in: ask("f", "2"), times: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := noon
			s := stock()
			c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{answer: found()}, Now: func() time.Time { return now }})
			for i, st := range steps {
				now = now.Add(st.wait)
				var got string
				for range st.times {
					got = handle(t, c, st.in).Message.Content
				}
				if refused := strings.Contains(got, "are used up"); refused != (st.want != "") || !strings.Contains(got, st.want) {
					t.Errorf("step %d: %q, want %q", i+1, got, st.want)
				}
			}
		})
	}
}

// Many askers do not fill the memory, and those who used up their quota are not
// forgotten with them.
func TestQuota_ManyAskers(t *testing.T) {
	t.Parallel()
	now := noon
	s := stock()
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{answer: found()}, Now: func() time.Time { return now }})
	greedy := run("ask", "question", "Was it lifted?")
	greedy.Guild, greedy.User = "", "greedy"
	for i := range 12_000 {
		in := greedy
		in.User = strconv.Itoa(i)
		now = now.Add(10 * time.Millisecond)
		if i >= 11_990 {
			in = greedy
		}
		r := handle(t, c, in)
		if refused := strings.Contains(r.Message.Content, "are used up"); refused != (i >= 11_996) {
			t.Fatalf("asker %d: %q", i, r.Message.Content)
		}
	}
}
