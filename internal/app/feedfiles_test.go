package app_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds"
	"newsdesk/feeds/feedstest"
	"newsdesk/news"
)

// M4: a list of feeds comes in from a reader and goes out the same, its folders
// too; it is fetched from Discord alone, and within bounds.
func TestApp_FeedFiles(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	herald := s.outlet("Herald")
	club, dark := s.news.Feed("/club.xml"), s.news.URL("/dark.xml")
	s.club(club, s.piece("old", "Boathouse gets a new roof of slate", "Carpenters put slate on the old boathouse for 80,000 crowns."))
	s.start()

	list := []news.Feed{
		{URL: club.URL(), Name: "Rowing Club", Topic: "Unser Fluß"},
		{URL: dark, Name: "Gone dark", Topic: "Unser Fluß"},
		{URL: herald.URL(), Name: "Herald", Topic: "world"},
	}
	var b bytes.Buffer
	if err := feeds.WriteOPML(&b, "mine", append(list, news.Feed{URL: "http://192.168.0.1/feed", Name: "Router"})); err != nil {
		t.Fatal(err)
	}
	file := discordtest.File{Name: "mine.opml", Type: "text/x-opml", Data: b.Bytes()}
	give := func(f discordtest.File) discordtest.Message {
		t.Helper()
		return s.in(s.channel, "feed import", map[string]any{"file": f, "channel": s.channel})
	}
	s.shows(give(file), "lists 4 feeds: 3 added, 1 refused.", "`192.168.0.1/feed`: the address leads into a private network", "<#"+s.channel.ID+"> gets their news from now on")
	s.shows(give(file), "0 added, 3 followed already, 1 refused")
	s.wait("the first look at each", func() bool {
		m := text(s.in(s.channel, "feed list", nil))
		return strings.Contains(m, "🟢 **Rowing Club**") && strings.Contains(m, "🟠 **Gone dark**") && strings.Contains(m, "**Unser Fluß**")
	})
	s.club(club, s.piece("fees", "Members pay 12 crowns more from January",
		"Members pay 12 crowns more a year from January, the treasurer Ana Ruiz told the general meeting on Friday evening.",
		"Heating the changing rooms has become dearer by a third since last winter, Ruiz said, and the insurance of the boats costs 4,300 crowns a year."))
	s.wait("what comes next", func() bool { return len(s.channel.Messages()) > 0 })
	s.shows(s.channel.Messages()[0], "Members pay 12 crowns more")

	m := s.in(s.channel, "feed export", nil)
	if len(m.Files) != 1 || !m.Ephemeral {
		t.Fatalf("ephemeral %v, files: %+v", m.Ephemeral, m.Files)
	}
	got, err := feeds.ReadFolders(bytes.NewReader(m.Files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(list, got); diff != "" {
		t.Errorf("what went out again (-want +got):\n%s", diff)
	}

	huge := bytes.Repeat([]byte(" "), 600<<10)
	for _, tt := range []struct {
		want string
		file discordtest.File
	}{
		{"it is too large: 512 KB are the most", discordtest.File{Data: huge}},
		{"it is too large: 512 KB are the most", discordtest.File{Data: huge, Size: 9}}, // as its sender says
		{"it does not lie where Discord keeps files", discordtest.File{URL: s.news.URL("/list.opml"), Data: file.Data}},
		{"it could not be fetched from Discord", discordtest.File{URL: strings.TrimSuffix(s.discord.APIURL(), "/api") + "/ephemeral-attachments/1/2/gone", Data: file.Data}},
		{"this is not an OPML file", discordtest.File{Data: []byte("<html></html>")}},
		{"this is not a whole OPML file", discordtest.File{Data: file.Data[:200]}},
		{"this OPML file lists no feed", discordtest.File{Data: []byte("<opml/>")}},
	} {
		s.skew.Add(int64(time.Minute)) // what may be asked in a minute is used up
		tt.file.Name = "list.opml"
		s.shows(give(tt.file), "I can't use that file: "+tt.want)
	}
	var many strings.Builder
	for i := range 100 {
		fmt.Fprintf(&many, `<outline xmlUrl="https://f%d.example/"/>`, i)
	}
	s.shows(give(discordtest.File{Name: "many.opml", Data: []byte("<opml><body>" + many.String() + "</body></opml>")}),
		"lists 100 feeds: 47 added, 53 refused.", "53 feeds: this server has its 50 already")
}

// The address that a server added may hold a key: another server that names where
// it is about to move to is not given it.
func TestApp_AnothersAddressIsNotGivenAway(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.outlet("Herald")
	club := s.news.Feed("/club.xml")
	s.club(club, s.piece("old", "Boathouse gets a new roof of slate", "Carpenters put slate on the old boathouse for 80,000 crowns."))
	club.SetFault(feedstest.MovedForGood)
	s.start()
	give := func(ch *discordtest.Channel, address string) discordtest.Message {
		t.Helper()
		var b bytes.Buffer
		if err := feeds.WriteOPML(&b, "mine", []news.Feed{{URL: address}}); err != nil {
			t.Fatal(err)
		}
		return s.in(ch, "feed import", map[string]any{"file": discordtest.File{Name: "a.opml", Data: b.Bytes()}})
	}
	s.shows(give(s.channel, club.URL()+"?token=s3cret"), "1 added")
	s.wait("a redirect", func() bool { return strings.Contains(text(s.in(s.channel, "feed list", nil)), "moved to") })
	other := s.discord.AddGuild("Strangers").AddTextChannel("strange")
	s.shows(give(other, club.URL()+"/moved"), "1 added")
	m := s.in(other, "feed export", nil)
	if len(m.Files) != 1 || strings.Contains(string(m.Files[0].Data), "s3cret") || !strings.Contains(string(m.Files[0].Data), "/club.xml/moved") {
		t.Errorf("the other server gets %+v", m.Files)
	}
}

// Two servers follow one feed; what the address of the first says of where it was
// found does not reach the second.
func TestApp_ExportsNoTracking(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.outlet("Herald")
	club := s.news.Feed("/club.xml")
	s.club(club, s.piece("old", "Boathouse gets a new roof of slate", "Carpenters put slate on the old boathouse for 80,000 crowns."))
	s.start()
	m := s.in(s.channel, "feed add", map[string]any{"address": club.URL() + "?utm_source=letter", "channel": s.channel})
	s.shows(s.press(s.channel, m, "feed:add:"), "now follows **Rowing Club**")
	other := s.discord.AddGuild("Strangers").AddTextChannel("strange")
	m = s.in(other, "feed add", map[string]any{"address": club.URL(), "channel": other})
	s.shows(s.press(other, m, "feed:add:"), "now follows **Rowing Club**")
	m = s.in(other, "feed export", nil)
	if len(m.Files) != 1 || strings.Contains(string(m.Files[0].Data), "utm_") || !strings.Contains(string(m.Files[0].Data), "/club.xml") {
		t.Errorf("the other server gets %+v", m.Files)
	}
}
