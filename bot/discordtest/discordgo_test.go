package discordtest_test

import (
	"errors"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/discordtest"
)

func TestDiscordgo_OpensAndSeesTheGuilds(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	g := d.AddGuild("Newsroom")
	c := g.AddTextChannel("world")
	s := newClient(t, d)
	guilds := make(chan *discordgo.GuildCreate, 2)
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildCreate) { guilds <- e })
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if got := (<-guilds).Channels[0].ID; got != c.ID {
		t.Errorf("channel %s, want %s", got, c.ID)
	}
	late := d.AddGuild("Second")
	if got := (<-guilds).ID; got != late.ID {
		t.Errorf("guild %s, want %s", got, late.ID)
	}
	want := []discordtest.Connection{{Port: "gateway", Version: "9", Identified: true, Intents: 1, Shard: [2]int{0, 1}, Open: true}}
	if err := d.WaitFor(deadline(t), func() bool { return d.Connections()[0].Heartbeats > 0 }); err != nil {
		t.Fatal(err)
	}
	got := d.Connections()
	got[0].Heartbeats = 0
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if d.Identifies() != 1 {
		t.Errorf("%d identifies, want 1", d.Identifies())
	}
}

func TestDiscordgo_SendsEditsAndThreads(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	s := open(t, d)
	sent, err := s.ChannelMessageSendComplex(c.ID, &discordgo.MessageSend{
		Content: "Quake off Chile",
		Embeds:  []*discordgo.MessageEmbed{{Title: "Quake off Chile", URL: "https://example.org/a", Fields: []*discordgo.MessageEmbedField{{Name: "Sources", Value: "1 Example"}}}},
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.Button{Label: "Sources", CustomID: "sources:1", Style: discordgo.SecondaryButton},
			discordgo.Button{Label: "Open", URL: "https://example.org/a", Style: discordgo.LinkButton},
		}}},
		AllowedMentions: &discordgo.MessageAllowedMentions{},
	})
	if err != nil {
		t.Fatal(err)
	}
	text := "Quake off Chile, stronger"
	edit := discordgo.NewMessageEdit(c.ID, sent.ID).SetContent(text)
	if _, err := s.ChannelMessageEditComplex(edit); err != nil {
		t.Fatal(err)
	}
	thread, err := s.MessageThreadStart(c.ID, sent.ID, "Updates", 1440)
	if err != nil {
		t.Fatal(err)
	}
	if thread.ID != sent.ID {
		t.Errorf("thread %s, want the message's id %s", thread.ID, sent.ID)
	}
	if _, err := s.ChannelMessageSend(thread.ID, "Now 7.1"); err != nil {
		t.Fatal(err)
	}
	all, err := s.ChannelMessages(c.ID, 10, "", "", "")
	if err != nil || len(all) != 1 {
		t.Fatalf("%d messages, %v, want 1", len(all), err)
	}
	got := c.Messages()[0]
	if got.Content != text || !got.Edited || got.ThreadID != thread.ID || len(got.Buttons) != 2 || got.Embeds[0].Fields[0].Value != "1 Example" {
		t.Errorf("message is %+v", got)
	}
	if lines := d.Thread(got).Messages(); len(lines) != 1 || lines[0].Content != "Now 7.1" {
		t.Errorf("thread holds %+v", lines)
	}
	if _, err := s.MessageThreadStart(c.ID, sent.ID, "Again", 1440); !hasCode(err, 160004) {
		t.Errorf("second thread: %v, want 160004", err)
	}
}

// hasCode tells whether an error of discordgo's carries a code of Discord's.
func hasCode(err error, code int) bool {
	rest, isREST := errors.AsType[*discordgo.RESTError](err)
	return isREST && rest.Message != nil && rest.Message.Code == code
}

func TestDiscordgo_AnswersInteractions(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	s := newClient(t, d)
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		switch i.Type {
		case discordgo.InteractionApplicationCommandAutocomplete:
			_ = s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
				Type: discordgo.InteractionApplicationCommandAutocompleteResult,
				Data: &discordgo.InteractionResponseData{Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "World", Value: "world"}}},
			})
		case discordgo.InteractionMessageComponent:
			_ = s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
				Type: discordgo.InteractionResponseUpdateMessage,
				Data: &discordgo.InteractionResponseData{Content: "page 2", Components: []discordgo.MessageComponent{}},
			})
		default:
			options := i.ApplicationCommandData().Options
			_ = s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
				Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
				Data: &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral},
			})
			text := options[0].StringValue() + " page 1"
			_, _ = s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{
				Content: &text,
				Components: &[]discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
					discordgo.Button{Label: "Next", CustomID: "next", Style: discordgo.PrimaryButton},
				}}},
			})
			_, _ = s.FollowupMessageCreate(i.Interaction, true, &discordgo.WebhookParams{Content: "more"})
		}
	})
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if _, err := s.ApplicationCommandBulkOverwrite(d.ApplicationID(), "", []*discordgo.ApplicationCommand{{
		Name: "latest", Description: "The latest events",
		Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: "topic", Description: "A topic", Required: true, Autocomplete: true}},
	}}); err != nil {
		t.Fatal(err)
	}
	ctx := deadline(t)
	in := discordtest.Interaction{Channel: c, Command: "latest", Options: map[string]any{"topic": "wo"}, Focused: "topic"}
	r, err := d.Interact(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]discordtest.Choice{{Name: "World", Value: "world"}}, r.Choices); diff != "" {
		t.Error(diff)
	}
	in.Focused = ""
	if r, err = d.Interact(ctx, in); err != nil {
		t.Fatal(err)
	}
	if !r.Deferred || !r.Ephemeral {
		t.Errorf("answer %+v, want deferred and ephemeral", r)
	}
	m, err := r.Wait(ctx)
	if err != nil || m.Content != "wo page 1" {
		t.Fatalf("answer became %q, %v", m.Content, err)
	}
	if err := d.WaitFor(ctx, func() bool { return len(r.Followups()) == 1 }); err != nil {
		t.Fatal(err)
	}
	r, err = d.Interact(ctx, discordtest.Interaction{Channel: c, Custom: "next"})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Update || r.Message.Content != "page 2" || len(r.Message.Buttons) != 0 {
		t.Errorf("after the button: %+v", r.Message)
	}
	if n := len(c.Messages()); n != 1 { // the follow-up; the ephemeral answer is in no history
		t.Errorf("%d messages in the channel, want 1", n)
	}
}
