package discord_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
	"newsdesk/outbox"
)

// sender makes a client that only sends, with a channel to send to.
func sender(t *testing.T, fo discordtest.Options) (*discord.Client, *discordtest.Server, *discordtest.Channel) {
	t.Helper()
	fake := discordtest.New(t, fo)
	ch := fake.AddGuild("Newsroom").AddTextChannel("world")
	bot, err := discord.New(options(fake), nil)
	if err != nil {
		t.Fatal(err)
	}
	return bot, fake, ch
}

func alert() message.Message {
	return message.Message{
		Content: "Bridge closes for repairs @everyone",
		Embeds: []message.Embed{{
			Title: "Bridge closes for repairs", Description: "• It closes on Monday [1]", Color: 0x336699, Footer: "#E1",
			URL: "https://example.org/a", Timestamp: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
		}},
		Components: []message.Row{{Buttons: []message.Button{{Style: message.Secondary, Label: "Sources", ID: "sources:1"}}}},
		Silent:     true,
	}
}

// M12, M13, M19: posted silently, notifying nobody, edited, and continued in a
// thread.
func TestSend_PostEditThread(t *testing.T) {
	t.Parallel()
	bot, fake, ch := sender(t, discordtest.Options{})
	id, err := bot.Create(t.Context(), ch.ID, alert(), "n1")
	if err != nil {
		t.Fatal(err)
	}
	m := ch.Messages()
	if len(m) != 1 || m[0].ID != id || len(m[0].Embeds) != 1 || len(m[0].Notified) != 0 || m[0].Flags&(1<<12) == 0 {
		t.Fatalf("%+v", m)
	}
	changed := alert()
	changed.Content, changed.Components = "Bridge stays closed", nil
	if err := bot.Edit(t.Context(), ch.ID, id, changed); err != nil {
		t.Fatal(err)
	}
	if m := ch.Messages(); m[0].Content != "Bridge stays closed" || len(m[0].Buttons) != 0 {
		t.Errorf("%+v", m)
	}
	for range 2 { // the second time it is there
		thread, err := bot.StartThread(t.Context(), ch.ID, id, "Bridge")
		if err != nil || thread != id {
			t.Fatalf("%q, %v", thread, err)
		}
	}
	if _, err := bot.Create(t.Context(), id, message.Message{Content: "It opens on Friday"}, "n2"); err != nil {
		t.Fatal(err)
	}
	if lines := fake.Channel(id).Messages(); len(lines) != 1 {
		t.Errorf("%+v", lines)
	}
}

// M17: whatever happens to the answer, one post makes one message.
func TestSend_ExactlyOnce(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]discordtest.Fault{
		"cut before":     discordtest.FaultCutBefore(),
		"cut after":      discordtest.FaultCutAfter(),
		"500":            discordtest.FaultStatus(500),
		"502 after":      discordtest.FaultStatusAfter(502),
		"truncated JSON": discordtest.FaultTruncatedJSON(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bot, fake, ch := sender(t, discordtest.Options{})
			fake.FailNext("POST", "/channels/*/messages", f)
			_, err := bot.Create(t.Context(), ch.ID, alert(), "n1")
			if err == nil || outbox.IsPermanent(err) {
				t.Fatalf("first: %v", err)
			}
			id, err := bot.Create(t.Context(), ch.ID, alert(), "n1")
			if err != nil {
				t.Fatal(err)
			}
			if m := ch.Messages(); len(m) != 1 || m[0].ID != id {
				t.Errorf("%d messages: %+v", len(m), m)
			}
		})
	}
}

// M18: a burst to one channel keeps to the limits that the headers tell.
func TestSend_BurstEarnsNo429(t *testing.T) {
	t.Parallel()
	bot, fake, ch := sender(t, discordtest.Options{})
	for i := range 6 { // the sixth waits for the next window
		if _, err := bot.Create(t.Context(), ch.ID, message.Message{Content: "x"}, "n"+string(rune('a'+i))); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range fake.Requests() {
		if r.Status == 429 {
			t.Errorf("%s %s earned a 429", r.Method, r.Path)
		}
	}
}

func TestSend_HonoursLimits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault discordtest.Fault
		after time.Duration // 0: waited for and done
	}{
		{"short", discordtest.FaultRateLimited(50 * time.Millisecond), 0},
		{"short, shared", discordtest.FaultRateLimitedShared(50 * time.Millisecond), 0},
		{"short, global", discordtest.FaultRateLimitedGlobal(50 * time.Millisecond), 0},
		{"long", discordtest.FaultRateLimited(90 * time.Second), 90 * time.Second},
		{"edge", discordtest.FaultRateLimitedHTML(20 * time.Minute), 20 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			bot, fake, ch := sender(t, discordtest.Options{})
			fake.FailNext("POST", "/channels/*/messages", tt.fault)
			_, err := bot.Create(t.Context(), ch.ID, alert(), "n1")
			after, _ := outbox.Wait(err)
			if (err == nil) != (tt.after == 0) || after != tt.after {
				t.Errorf("asks for %s: %v", after, err)
			}
		})
	}
}

// M20: what is missing is named, and found without posting.
func TestMissing(t *testing.T) {
	t.Parallel()
	bot, fake, ch := sender(t, discordtest.Options{})
	const view, send, embed = 1 << 10, 1 << 11, 1 << 14
	check := func(want []string) {
		t.Helper()
		got, err := bot.Missing(t.Context(), ch.ID, true)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(err, diff)
		}
		_, err = bot.Create(t.Context(), ch.ID, alert(), "n")
		if posts := err == nil; posts != (len(want) == 0) || (err != nil && !outbox.IsPermanent(err)) {
			t.Errorf("missing %v, but posting: %v", want, err)
		}
	}
	check(nil)
	ch.SetPermissions(fake.BotID(), 0, embed)
	check([]string{"Embed Links"})
	ch.SetPermissions(fake.BotID(), 0, embed|send)
	check([]string{"Send Messages", "Embed Links"})
	ch.SetPermissions(fake.BotID(), 0, view)
	check([]string{"View Channel"})
	fake.RemoveChannel(ch)
	if _, err := bot.Missing(t.Context(), ch.ID, true); !errors.Is(err, discord.ErrChannelGone) {
		t.Errorf("deleted: %v", err)
	}
}

// B13: whether a role is notified follows from the role, and from what the bot may
// do in the channel; the fake agrees.
func TestNotifies(t *testing.T) {
	t.Parallel()
	bot, fake, ch := sender(t, discordtest.Options{})
	g := ch.Guild()
	role, looks := g.AddRole("alarm", 0), 0
	look := func(where *discordtest.Channel, id string, exists, notified bool) {
		t.Helper()
		looks++
		e, n, err := bot.Notifies(t.Context(), where.ID, id)
		if err != nil || e != exists || n != notified {
			t.Errorf("exists %v, notified %v (%v), want %v and %v", e, n, err, exists, notified)
		}
		made, err := bot.Create(t.Context(), where.ID, message.Message{Content: "<@&" + id + ">", PingRoles: []string{id}}, "n"+strconv.Itoa(looks))
		if m, _ := where.Message(made); err != nil || len(m.Notified) > 0 != notified {
			t.Errorf("notified are %v (%v), want %v", m.Notified, err, notified)
		}
	}
	look(ch, role.ID, true, true)
	role.SetMentionable(false)
	look(ch, role.ID, true, false)
	ch.SetPermissions(fake.BotID(), discordtest.PermMentionEveryone, 0)
	look(ch, role.ID, true, true)
	look(ch.AddThread("talk"), role.ID, true, true)
	look(g.AddTextChannel("other"), role.ID, true, false)
	look(ch, "300000000000000009", false, false)
	fake.RemoveChannel(ch)
	if _, _, err := bot.Notifies(t.Context(), ch.ID, role.ID); !errors.Is(err, discord.ErrChannelGone) {
		t.Errorf("deleted: %v", err)
	}
}

func TestSend_KickedAndGone(t *testing.T) {
	t.Parallel()
	bot, fake, ch := sender(t, discordtest.Options{})
	id, err := bot.Create(t.Context(), ch.ID, alert(), "n1")
	if err != nil {
		t.Fatal(err)
	}
	ch.DeleteMessage(id)
	if err := bot.Edit(t.Context(), ch.ID, id, alert()); !errors.Is(err, discord.ErrMessageGone) {
		t.Errorf("deleted message: %v", err)
	}
	fake.Kick(ch.Guild())
	_, err = bot.Create(t.Context(), ch.ID, alert(), "n2")
	if !errors.Is(err, discord.ErrNoAccess) || !outbox.IsPermanent(err) || !strings.Contains(err.Error(), "channel "+ch.ID) {
		t.Errorf("kicked: %v", err)
	}
}

// A story that develops for hours: its message takes no more edits for a time,
// which Discord says.
func TestEdit_TooOld(t *testing.T) {
	t.Parallel()
	now := make(chan time.Time, 1)
	now <- time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { c := <-now; now <- c; return c }
	bot, _, ch := sender(t, discordtest.Options{Now: clock, OldEdits: 1})
	id, err := bot.Create(t.Context(), ch.ID, alert(), "n1")
	if err != nil {
		t.Fatal(err)
	}
	now <- (<-now).Add(2 * time.Hour)
	if err := bot.Edit(t.Context(), ch.ID, id, alert()); err != nil {
		t.Fatal(err)
	}
	now <- (<-now).Add(15 * time.Minute)
	err = bot.Edit(t.Context(), ch.ID, id, alert())
	if wait, _ := outbox.Wait(err); !errors.Is(err, discord.ErrTooOldToEdit) || outbox.IsPermanent(err) || wait != 45*time.Minute {
		t.Errorf("got %v, to wait %s", err, wait)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	_, fake, ch := sender(t, discordtest.Options{Lenient: true})
	rep, err := discord.Check(t.Context(), options(fake))
	if err != nil {
		t.Fatal(err)
	}
	if rep.AppID != fake.ApplicationID() || rep.BotID != fake.BotID() || rep.BotName == "" || !strings.Contains(rep.Invite, "client_id="+rep.AppID) {
		t.Errorf("%+v", rep)
	}
	if want := []discord.Guild{{ID: ch.Guild().ID, Name: "Newsroom"}}; !slices.Equal(rep.Guilds, want) {
		t.Errorf("%+v", rep.Guilds)
	}
	if fake.Identifies() != 0 {
		t.Error("a gateway session was used up")
	}
	o := options(fake)
	o.Token = "another.token"
	var fatal *discord.FatalError
	if _, err := discord.Check(t.Context(), o); !errors.As(err, &fatal) || strings.Contains(err.Error(), "another") {
		t.Errorf("wrong token: %v", err)
	}
}

// M2: what people do is answered, in each of Discord's ways.
func TestInteractions(t *testing.T) {
	t.Parallel()
	seen := make(chan message.Interaction, 10)
	h := desk{handle: func(_ context.Context, in message.Interaction) (message.Reply, error) {
		seen <- in
		buttons := []message.Row{{Buttons: []message.Button{{Style: message.Primary, Label: "More", ID: "more:2"}}}}
		switch {
		case in.Kind == message.KindAutocomplete:
			return message.Reply{Choices: []message.Choice{{Name: "You typed " + in.Options["word"], Value: "v"}}}, nil
		case in.Kind == message.KindComponent:
			return message.Reply{Message: message.Message{Content: "page " + in.Custom}, Update: true}, nil
		case in.Command == "manage":
			return message.Reply{}, errors.New("secret detail")
		}
		return message.Reply{Message: message.Message{Content: "for " + in.Command, Components: buttons}}, nil
	}}
	r := start(t, discordtest.Options{}, h, nil)
	r.up(t, 1)

	resp := r.ask(t, discordtest.Interaction{Command: "ping", Locale: "de", Options: map[string]any{"channel": r.channel, "hours": 24}})
	if resp.Message.Content != "for ping" || resp.Ephemeral || resp.Deferred {
		t.Errorf("command: %+v", resp)
	}
	in := <-seen
	if in.Options["channel"] != r.channel.ID || in.Options["hours"] != "24" || in.Guild != r.channel.Guild().ID ||
		in.Channel != r.channel.ID || in.User == "" || in.Locale != "de" || in.Manage || in.ChannelPermissions[r.channel.ID] == 0 {
		t.Errorf("the handler saw %+v", in)
	}
	if resp := r.ask(t, discordtest.Interaction{Custom: "more:2"}); !resp.Update || resp.Message.Content != "page more:2" {
		t.Errorf("button: %+v", resp)
	}
	if in := <-seen; in.Kind != message.KindComponent || in.Custom != "more:2" {
		t.Errorf("the handler saw %+v", in)
	}
	if resp := r.ask(t, discordtest.Interaction{Command: "ping", Focused: "word", Options: map[string]any{"word": "qu"}}); len(resp.Choices) != 1 || resp.Choices[0].Name != "You typed qu" {
		t.Errorf("completion: %+v", resp)
	}
	<-seen
	if resp := r.ask(t, discordtest.Interaction{Command: "plan day", Focused: "word", Options: map[string]any{"word": "to"}}); len(resp.Choices) != 1 || resp.Choices[0].Name != "You typed to" {
		t.Errorf("completion in a subcommand: %+v", resp)
	}
	<-seen
	if resp := r.ask(t, discordtest.Interaction{Command: "plan day"}); !resp.Deferred {
		t.Errorf("slow subcommand: %+v", resp)
	}
	if in := <-seen; in.Command != "plan day" {
		t.Errorf("the handler saw %+v", in)
	}
	if resp := r.ask(t, discordtest.Interaction{Command: "plan week"}); resp.Deferred || resp.Message.Content != "for plan week" {
		t.Errorf("subcommand: %+v", resp)
	}
	<-seen
	if resp := r.ask(t, discordtest.Interaction{Command: "think"}); !resp.Deferred || !resp.Ephemeral {
		t.Errorf("slow: %+v", resp)
	}
	<-seen
	if resp := r.ask(t, discordtest.Interaction{Command: "tell"}); !resp.Deferred || resp.Ephemeral {
		t.Errorf("slow and public: %+v", resp)
	}
	<-seen
	until(t, "the deferred answer", func() bool {
		return slices.ContainsFunc(r.channel.Messages(), func(m discordtest.Message) bool { return m.Content == "for tell" })
	})
	resp = r.ask(t, discordtest.Interaction{Command: "manage", Permissions: 1 << 5})
	if !resp.Ephemeral || !strings.HasPrefix(resp.Message.Content, "Something went wrong on our side") {
		t.Errorf("failed: %+v", resp)
	}
	if in := <-seen; !in.Manage {
		t.Errorf("the handler saw %+v", in)
	}
}

func TestInteractions_AnswerSurvivesFaults(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]discordtest.Fault{
		"cut before": discordtest.FaultCutBefore(),
		"cut after":  discordtest.FaultCutAfter(),
		"500":        discordtest.FaultStatus(500),
		"503 after":  discordtest.FaultStatusAfter(503),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, discordtest.Options{}, desk{}, nil)
			r.up(t, 1)
			r.fake.FailNext("POST", "/interactions/*/*/callback", f)
			r.pong(t)
			if n := r.fake.PendingFaults(); n != 0 {
				t.Error("the fault did not come about")
			}
		})
	}
}

// Both versions of the API that Discord serves will do, and addresses with or
// without one.
func TestCheck_APIVersions(t *testing.T) {
	t.Parallel()
	_, fake, _ := sender(t, discordtest.Options{})
	for suffix, version := range map[string]string{"": "10", "/": "10", "/v9": "9", "/v10": "10"} {
		o := options(fake)
		o.APIURL += suffix
		before := len(fake.Requests())
		if _, err := discord.Check(t.Context(), o); err != nil {
			t.Errorf("%q: %v", suffix, err)
		}
		for _, r := range fake.Requests()[before:] {
			if r.Version != version {
				t.Errorf("%q: %s went to version %q", suffix, r.Path, r.Version)
			}
		}
	}
}
