package app_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
	"newsdesk/news"
	"newsdesk/store"
)

// why asks as somebody who manages the server.
func (s *system) why(about string) string {
	s.Helper()
	return text(s.do(discordtest.Interaction{Command: "why", Options: map[string]any{"about": about}, Permissions: manageGuild}))
}

// says waits until all of it is told: what Discord shows is booked a moment
// later.
func (s *system) says(about string, wants ...string) {
	s.Helper()
	s.wait("/why "+about+" to say "+strings.Join(wants, " … "), func() bool {
		got := s.why(about)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				return false
			}
		}
		return true
	})
}

// Whatever came in, /why tells how far it came and the named reason, from the
// feed to each channel.
func TestSystem_WhyTellsEveryReason(t *testing.T) { // B6, M23
	t.Parallel()
	s := newSystem(t)
	s.config.Poll.InitialPosts = 0
	wire, courier, echo := s.outlet("Wire"), s.outlet("Courier"), s.outlet("Echo")
	s.outlet("Field")
	s.config.Feeds[3].Topic = "sports"
	strict, sports := s.guild.AddTextChannel("strict"), s.guild.AddTextChannel("sports")
	hidden := s.discord.AddGuild("Others").AddTextChannel("hidden")
	s.publish(courier, "Courier", "frost", "Frost destroys a third of the apricot harvest in the Sarn valley",
		"Frost destroyed a third of the apricot harvest in the Sarn valley on Sunday night, the growers' union said. The loss is put at nine million crowns.",
		"Temperatures fell to six degrees below zero while the trees were in bloom. Growers had lit fires in the orchards, but the cold lasted for eleven hours, and the fires went out before dawn.")
	s.start()
	for ch, topic := range map[*discordtest.Channel]string{s.channel: "world", strict: "world", hidden: "world", sports: "sports"} {
		s.shows(s.do(discordtest.Interaction{Channel: ch, Command: "subscribe", Options: map[string]any{"topic": topic}, Permissions: manageGuild}), "now follows")
	}
	db, err := store.Open(t.Context(), s.config.Database.Path, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.EditChannel(t.Context(), news.GuildID(s.guild.ID), news.ChannelID(strict.ID), func(c *news.Settings) error {
		c.Least = news.ClassBreaking
		c.Filters = []news.Filter{{Exclude: true, Kind: news.FilterWords, Text: "sandbank"}}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.wait("the samples", func() bool { return len(s.channel.Messages()) == 1 && len(strict.Messages()) == 1 })
	here, there, field2 := "<#"+s.channel.ID+">: ", "<#"+strict.ID+">: ", "<#"+sports.ID+">: "
	s.says(s.news.URL("/frost"), "It stood in its feed before that feed was followed", here+"[posted](https://discord.com/channels/"+s.guild.ID+"/")

	// New, posted; kept out of one channel, not followed by another.
	s.publish(wire, "Wire", "library", "Town library of Ulmar to open on Sundays from May",
		"The town library of Ulmar will open on Sundays from May, the council decided on Monday by 21 votes to nine. It will be the first in the county to do so.",
		"Four people will be hired for it at a cost of 130,000 crowns a year, said the head of the library, Petra Holm. The opening hours are from noon to six in the evening.")
	s.wait("the story", func() bool { return len(s.channel.Messages()) == 2 })
	s.says(s.news.URL("/library?utm_source=x"), "It began this story", here+"[posted]",
		there+"not posted: it is less important than the channel asks for, which is breaking and above", field2+"it does not follow **World**")
	s.says("ulmar", here+"[posted]")
	if got := s.why("ulmar"); strings.Contains(got, hidden.ID) || !strings.Contains(got, here) {
		t.Errorf("/why by words tells of another server's channel, or of none:\n%s", got)
	}
	member := text(s.do(discordtest.Interaction{Command: "why", Options: map[string]any{"about": "ulmar"}}))
	if !strings.Contains(member, here+"[posted]") || strings.Contains(member, strict.ID) {
		t.Errorf("a member learns of more than the channel they are in:\n%s", member)
	}

	// Joined, because of what; the message edited, a line in its thread.
	quake := []string{
		"VELMORA (Wire) — A magnitude 6.4 earthquake struck the port city of Velmora early on Tuesday, killing two people and injuring 31, the civil defence agency said.",
		"The quake hit at 4:12 a.m. at a depth of 14 kilometres, with its centre 20 kilometres off the Kestrel coast, according to the national seismic institute.",
		"About 18,000 homes in the city were without electricity by sunrise. Harbour authorities closed both container terminals while engineers checked the cranes.",
	}
	s.at = s.at.Add(time.Second)
	s.publish(wire, "Wire", "quake-1", "Magnitude 6.4 earthquake hits port city of Velmora, killing two", quake...)
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 3 })
	s.at = s.at.Add(10 * time.Second)
	s.publish(courier, "Courier", "quake-2", "Velmora earthquake: death toll rises to five as rescuers search old harbour",
		"Five people are now known to have died in the magnitude 6.4 earthquake that struck Velmora on Tuesday, and 64 were injured, the city's hospitals told the Courier.",
		"Rescuers pulled three bodies from a collapsed apartment house on Cooper Street, fire chief Emil Hart said. His crews were still searching for four people who lived there.")
	s.wait("the line in the thread", func() bool {
		m := s.channel.Messages()[2]
		return m.Edited && m.ThreadID != "" && len(s.discord.Thread(m).Messages()) > 0
	})
	s.wait("the line to be booked", func() bool { return strings.Contains(s.why(s.news.URL("/quake-2")), "1 line in its thread") })
	s.says(s.news.URL("/quake-2"), "brought up to date", "Grouped because it is", "Magnitude 6.4 earthquake hits port city", "(Wire)", "both speak of ", "Velmora",
		here+"[posted]", "brought up to date once, 1 line in its thread")
	s.publish(echo, "Echo", "quake-3", "Magnitude 6.4 earthquake hits port city of Velmora, killing two", quake...)
	s.wait("the copy", func() bool { return strings.Contains(s.why(s.news.URL("/quake-3")), "word for word") })
	s.at = s.at.Add(time.Second)
	s.publish(echo, "Echo", "quake-4", "Earthquake of magnitude 6.4 in Velmora kills at least five people",
		"At least five people have died in Tuesday's earthquake of magnitude 6.4 in the port city of Velmora, hospitals said. They put the number of the injured at 64.",
		"Three bodies were pulled from a collapsed apartment house on Cooper Street in Velmora, said the fire chief, Emil Hart.")
	s.wait("the repetition", func() bool { return strings.Contains(s.why(s.news.URL("/quake-4")), "says only what was known") })

	// A page that cannot be had for the moment.
	busy := s.news.Feed("/busy-page")
	busy.SetFault(feedstest.ServerError)
	wire.SetRSS("Wire", feedstest.Item{Title: "Minister of Ostmark resigns", Link: busy.URL(), GUID: "busy", Published: s.at, Summary: "The minister resigned."})
	s.wait("the page to fail", func() bool { return strings.Contains(s.why(busy.URL()), "could not be read yet") })
	s.says("minister of ostmark", "could not be read yet, after ")

	// Given up, held up by a missing permission, never shown by a feed.
	s.discord.FailNext("POST", "/channels/"+s.channel.ID+"/messages", discordtest.FaultError(400, 50035, "Invalid Form Body"))
	s.at = s.at.Add(time.Second)
	s.publish(wire, "Wire", "tunnel", "Rail tunnel under Mount Garda opens after nine years of work",
		"The rail tunnel under Mount Garda opened to trains on Tuesday after nine years of work, the national railway said.",
		"It is 14 kilometres long and cuts the journey between the two coasts by 50 minutes, railway chief Ines Bolt said.")
	s.wait("the post to be given up", func() bool { return strings.Contains(s.why(s.news.URL("/tunnel")), here+"given up after 1 try") })
	const sendMessages = 1 << 11
	s.channel.SetPermissions(s.discord.BotID(), 0, sendMessages)
	s.at = s.at.Add(time.Second)
	s.publish(wire, "Wire", "ferry", "Ferry runs aground off Lorhaven with 40 people aboard",
		"A ferry with 40 people aboard ran aground on a sandbank off Lorhaven on Tuesday, the coast guard said.",
		"Nobody was hurt. Two lifeboats reached the ship within half an hour, the harbour office of Lorhaven said.")
	s.wait("the channel to be paused", func() bool {
		return strings.Contains(s.why(s.news.URL("/ferry")), here+"waits, as I have not been able to post there since")
	})
	s.wait("the permission to be named", func() bool { return strings.Contains(s.why(s.news.URL("/ferry")), "**Send Messages** is missing") })
	s.says(s.news.URL("/ferry"), there+"not posted: a filter of the channel keeps it out (exclude: sandbank)")
	s.says(s.news.URL("/never"), "No feed that I follow has shown this link. Of 127", "I follow 4 feeds", "Wire: read without trouble")
	s.says("https://elsewhere.example/1", "I follow no feed of elsewhere.example")
	s.says("nothing has these words", "I know of no story or article")

	// The same as numbers, and all that is stored of the server, deleted by a
	// button; another server's stays. M25 M29
	manager := func(in discordtest.Interaction) discordtest.Message {
		in.Permissions = manageGuild
		return s.do(in)
	}
	s.shows(manager(discordtest.Interaction{Command: "status"}), "<#"+strict.ID+">: World · breaking", "kept out in the last 24 hours: ", "× less important than the channel asks for",
		"⚠️ paused", "**Send Messages** is missing", "1 post given up", "4 of 4 read without trouble", "None: I write the key facts by myself", "Newsdesk test · up ")
	shown := text(manager(discordtest.Interaction{Command: "privacy show"}))
	if !strings.Contains(shown, `"channel": "`+strict.ID+`"`) || strings.Contains(shown, hidden.ID) {
		t.Errorf("what is stored of this server:\n%s", shown)
	}
	question := manager(discordtest.Interaction{Command: "privacy delete"})
	if len(question.Buttons) != 1 {
		t.Fatalf("no button to delete with: %+v", question)
	}
	s.shows(manager(discordtest.Interaction{Custom: question.Buttons[0].CustomID, MessageID: question.ID}), "Deleted")
	if r, err := db.GuildRecords(t.Context(), news.GuildID(s.guild.ID)); err != nil || len(r.Channels) != 0 {
		t.Errorf("left behind: %+v, %v", r, err)
	}
	if subs, err := db.Subscriptions(t.Context()); err != nil || len(subs) != 1 || string(subs[0].Channel) != hidden.ID {
		t.Errorf("subscriptions left: %+v, %v; want the other server's", subs, err)
	}
}
