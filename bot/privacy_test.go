package bot_test

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// archive holds the records of servers.
type archive map[news.GuildID]news.Records

func (a archive) GuildRecords(_ context.Context, g news.GuildID) (news.Records, error) {
	r := a[g]
	r.Guild = g
	return r, nil
}

func (a archive) ForgetGuild(_ context.Context, g news.GuildID) error {
	delete(a, g)
	return nil
}

func filed() archive {
	return archive{"1": {Channels: []news.ChannelRecord{
		{Channel: "701", Topics: []string{"world", "us"}, Settings: news.Settings{Least: news.ClassMajor}, Messages: 31, Posts: 64, Decisions: 211},
		{Channel: "702", Paused: noon, Cause: "missing: Embed Links", Posts: 2, Held: 1},
	}}, "2": {Channels: []news.ChannelRecord{{Channel: "900"}}}}
}

func withRecords(a archive) *bot.Commands {
	s := stock()
	return bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Console: bot.Console{Records: a}, Now: clock})
}

func managed(in message.Interaction) message.Interaction {
	in.Manage = true
	return in
}

func TestPrivacy_Golden(t *testing.T) { // M29
	t.Parallel()
	c := withRecords(filed())
	golden(t, "privacy_member", handle(t, c, run("privacy show")))
	golden(t, "privacy_show", handle(t, c, managed(run("privacy show"))))
	golden(t, "privacy_delete", handle(t, c, managed(run("privacy delete"))))
	added := filed()
	r := added["1"]
	r.Feeds = []news.FeedRecord{{URL: "https://harbour.example/feed", Name: "Harbour Post"}, {URL: "https://old.example/", Paused: noon}}
	added["1"] = r
	golden(t, "privacy_feeds", handle(t, withRecords(added), managed(run("privacy show"))))
	golden(t, "privacy_delete_feeds", handle(t, withRecords(added), managed(run("privacy delete"))))
	golden(t, "privacy_nothing", handle(t, withRecords(archive{}), managed(run("privacy show"))))
}

// Nothing is deleted without the button, by a member, or by another server's
// button.
func TestPrivacy_Delete(t *testing.T) { // M26, M29
	t.Parallel()
	a := filed()
	c := withRecords(a)
	elsewhere := managed(press("forget:2"))
	direct := managed(run("privacy delete"))
	direct.Guild = ""
	for _, in := range []message.Interaction{run("privacy delete"), managed(run("privacy delete")), press("forget:1"), elsewhere, managed(press("forget:")), direct} {
		if handle(t, c, in); len(a) != 2 {
			t.Fatalf("%+v deleted records", in)
		}
	}
	button := buttons(handle(t, c, managed(run("privacy delete"))).Message)["Delete all of it"]
	r := handle(t, c, managed(press(button)))
	if _, kept := a["1"]; kept || len(a) != 1 || !r.Update || !strings.Contains(r.Message.Content, "Deleted") || len(r.Message.Components) != 0 {
		t.Errorf("records %v, reply %+v", a, r)
	}
	if r := handle(t, c, managed(press(button))); !strings.Contains(r.Message.Content, "Deleted") {
		t.Errorf("pressed twice: %+v", r)
	}
}

// However much is stored, all of it can be read: every page is JSON.
func TestPrivacy_ShowsAllOfIt(t *testing.T) { // M29
	t.Parallel()
	a := archive{}
	var r news.Records
	for i := range 120 {
		r.Channels = append(r.Channels, news.ChannelRecord{Channel: news.ChannelID(strconv.Itoa(1000 + i)), Topics: []string{"world", "``` @everyone"}, Cause: strings.Repeat("x", i)})
	}
	a["1"] = r
	c := withRecords(a)
	in := managed(press("privacy:0"))
	var got []news.ChannelRecord
	for {
		reply := handle(t, c, in)
		_, text, _ := strings.Cut(reply.Message.Embeds[0].Description, "```json\n")
		text, _, ok := strings.Cut(text, "\n```")
		var page news.Records
		if err := json.Unmarshal([]byte(text), &page); err != nil || !ok {
			t.Fatalf("%v in\n%s", err, text)
		}
		got = append(got, page.Channels...)
		next := buttons(reply.Message)["▶"]
		if next == "" {
			break
		}
		in.Custom = next
	}
	if len(got) != 120 || got[119].Cause != strings.Repeat("x", 119) {
		t.Errorf("%d of 120 channels shown", len(got))
	}
}
