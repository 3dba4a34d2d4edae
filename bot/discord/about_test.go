package discord_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
	"newsdesk/outbox"
)

// M11
func TestAbout_AsksOnce(t *testing.T) {
	t.Parallel()
	bot, fake, text := sender(t, discordtest.Options{})
	g := text.Guild()
	forum := g.AddForum("stories")
	world := forum.AddTag("World", false)
	forum.AddTag("Picked by hand", true)
	for _, tt := range []struct {
		ch   *discordtest.Channel
		want message.Channel
	}{
		{text, message.Channel{Kind: message.TextChannel}},
		{g.AddAnnouncementChannel("press"), message.Channel{Kind: message.AnnouncementChannel}},
		{text.AddThread("talk"), message.Channel{Kind: message.ThreadChannel}},
		{forum, message.Channel{Kind: message.ForumChannel, Tags: []message.Tag{{ID: world, Name: "World"}}}},
	} {
		for range 2 {
			got, err := bot.About(t.Context(), tt.ch.ID)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("%s (-want +got):\n%s", tt.ch.Name, d)
			}
		}
	}
	if n := len(fake.Requests()); n != 4 {
		t.Errorf("%d requests about 4 channels", n)
	}
}

// M11: what is remembered of a forum is given up once Discord refuses a post for
// its tags, and brought up to date by a look at the permissions.
func TestCreatePost_ForgetsStaleTags(t *testing.T) {
	t.Parallel()
	bot, _, text := sender(t, discordtest.Options{})
	forum := text.Guild().AddForum("stories")
	world, sports := forum.AddTag("World", false), forum.AddTag("Sports", false)
	forum.AddTag("Picked by hand", true)
	about := func(required bool, tags ...string) {
		t.Helper()
		got, err := bot.About(t.Context(), forum.ID)
		if err != nil || got.TagRequired != required || len(got.Tags) != len(tags) {
			t.Errorf("got %+v (%v), want the tags %q, required %v", got, err, tags, required)
		}
	}
	about(false, world, sports)
	forum.RemoveTag(world)
	refused := func(what string, tags ...string) {
		t.Helper()
		if _, err := bot.CreatePost(t.Context(), forum.ID, "Ferry sinks", tags, alert()); !errors.Is(err, discord.ErrTags) || outbox.IsPermanent(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused("a deleted tag", world)
	about(false, sports)
	forum.RequireTag(true)
	about(false, sports)
	refused("no tag, though it must have one")
	about(true, sports)
	forum.RemoveTag(sports)
	refused("no tag, and there is none to give")
	about(true)
	if len(forum.Posts()) > 0 {
		t.Errorf("posted: %+v", forum.Posts())
	}
	forum.RequireTag(false)
	if missing, err := bot.Missing(t.Context(), forum.ID, true); len(missing) > 0 || err != nil {
		t.Errorf("missing %v (%v)", missing, err)
	}
	about(false)
}

// M11, M17: a post in a forum has its tags; one whose answer was lost is found.
func TestCreatePost(t *testing.T) {
	t.Parallel()
	bot, fake, text := sender(t, discordtest.Options{})
	forum := text.Guild().AddForum("stories")
	world := forum.AddTag("World", false)
	start := time.Now()
	const title = "Ferry sinks off Łeba"
	find := func(what, title string, m message.Message, since time.Time, want string) {
		t.Helper()
		if got, err := bot.FindPost(t.Context(), forum.ID, title, m, since); got != want || err != nil {
			t.Errorf("%s: found %q, %v; want %q", what, got, err, want)
		}
	}
	find("an empty forum", title, alert(), start, "")
	fake.FailNext("POST", "/channels/*/threads", discordtest.FaultCutAfter())
	if _, err := bot.CreatePost(t.Context(), forum.ID, title, []string{world}, alert()); err == nil {
		t.Fatal("the answer was not lost")
	}
	posts := forum.Posts()
	if len(posts) != 1 || posts[0].Name != title || strings.Join(posts[0].Tags(), ",") != "World" {
		t.Fatalf("the forum has %+v", posts)
	}
	find("stored", title, alert(), start, posts[0].ID)
	find("another title", "Ferry found", alert(), start, "")
	find("older than the try", title, alert(), start.Add(time.Hour), "")
	other := alert()
	other.Components[0].Buttons[0].ID = "sources:2"
	find("another event of that title", title, other, start, "")

	id, err := bot.CreatePost(t.Context(), forum.ID, strings.Repeat("é", 200), nil, alert())
	if err != nil {
		t.Fatal(err)
	}
	changed := alert()
	changed.Content = "changed"
	if err := bot.Edit(t.Context(), id, id, changed); err != nil {
		t.Errorf("edit in the post: %v", err)
	}
	if m := forum.Posts()[1].Messages(); len(m) != 1 || m[0].Content != "changed" {
		t.Errorf("the post has %+v", m)
	}
}
