package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

func attach(data string, args ...string) message.Interaction {
	in := run("feed import", args...)
	in.Files = map[string]message.File{"file": {Name: "my *list*.opml", Data: []byte(data)}}
	return in
}

// M4: lists of feeds come in and go out, with their folders, within the server's
// bound; what is there already is recognised, and what is refused has its reason.
func TestFeedImport_Golden(t *testing.T) {
	t.Parallel()
	c, k, s := kept()
	k.listed = []bot.ListedFeed{
		{URL: "https://wire.example/rss", Name: "Wire again", Folder: "World"},
		{URL: "http://10.0.0.1/feed", Name: "Router", Problem: "the address leads into a private network"},
		{URL: "https://new.example/feed?key=abc", Name: "New *Voice*", Folder: "Ünder the sea"},
		{URL: "https://new.example/feed?key=abc", Name: "Twice"},
		{URL: "https://a.example/feed"},
		{URL: "https://harbour.example/feed?key=s3cret"},
		{URL: "https://b.example/feed"},
	}
	golden(t, "feed_import", handle(t, c, attach("a list", "channel", "777")))
	var followed []string
	for _, x := range s.subs {
		followed = append(followed, string(x.Channel)+" "+x.Topic)
	}
	if want := []string{"777 feed:2", "777 feed:5", "777 feed:5", "777 feed:1"}; !slices.Equal(followed, want) {
		t.Errorf("followed %q, want %q", followed, want)
	}
	golden(t, "feed_list_folders", handle(t, c, run("feed list")))
	again := said(handle(t, c, attach("a list")))
	if !strings.Contains(again, "lists 7 feeds: 0 added, 4 followed already, 3 refused.") || strings.Contains(again, "No channel") || len(k.feeds["1"]) != 5 {
		t.Errorf("the second time: %s", again)
	}
	reply := handle(t, c, run("feed export"))
	golden(t, "feed_export", reply)
	want := " | Harbour Post | https://harbour.example/feed?key=s3cret\n" +
		"middle-east | The **Wire** <@&1> | https://wire.example/rss\n" +
		" |  | https://old.example/feed\n | World | https://slow.example/feed\n" +
		"Ünder the sea | New *Voice* | https://new.example/feed?key=abc\n"
	if diff := cmp.Diff(want, string(reply.Files[0].Data)); diff != "" {
		t.Errorf("the file (-want +got):\n%s", diff)
	}
}

func TestFeedImport_Says(t *testing.T) {
	t.Parallel()
	many := func(problem string) (list []bot.ListedFeed) {
		for i := range 20 {
			list = append(list, bot.ListedFeed{URL: fmt.Sprintf("https://f%d.example/", i), Problem: problem})
		}
		return list
	}
	for name, tt := range map[string]struct {
		in     message.Interaction
		listed []bot.ListedFeed
		want   []string
	}{
		"no file":         {run("feed import"), nil, []string{"Attach the OPML file"}},
		"another file":    {attach("<html>"), nil, []string{"I can't use that file: this is not an OPML file."}},
		"no channel":      {attach("a list"), many("")[:1], []string{"lists 1 feed: 1 added.", "No channel gets their news yet"}},
		"a great many":    {attach("a list"), many(""), []string{"1 added, 19 refused", "19 feeds: this server has its 5 already"}},
		"all of them bad": {attach("a list"), many("the address is not valid"), []string{"0 added, 20 refused", "and 12 more like these"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, k, _ := kept()
			k.feeds["1"] = k.feeds["1"][:4]
			k.listed = tt.listed
			reply := handle(t, c, tt.in)
			for _, w := range tt.want {
				if !strings.Contains(said(reply), w) || !reply.Ephemeral {
					t.Errorf("%q is not in %q (ephemeral %v)", w, said(reply), reply.Ephemeral)
				}
			}
		})
	}
}

func TestFeedImport_SwitchedOff(t *testing.T) {
	t.Parallel()
	_, k, s := kept()
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Channels: s, Now: clock, Feeds: k, Finder: k, Files: k})
	if got := said(handle(t, c, attach("a list"))); !strings.Contains(got, "switched off") || len(k.feeds["1"]) != 4 {
		t.Errorf("%d feeds, said %q", len(k.feeds["1"]), got)
	}
	k.feeds = map[news.GuildID][]news.GuildFeed{}
	if got := handle(t, c, run("feed export")); len(got.Files) > 0 || !strings.Contains(said(got), "no feeds of its own") {
		t.Errorf("nothing to export: %+v", got)
	}
}
