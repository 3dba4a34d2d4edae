package app_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/internal/config"
	"newsdesk/news"
)

const manageGuild = 1 << 5

// The main job: subscribe a channel, an article becomes an alert, silently; a
// second outlet edits it and makes it breaking, which a second message says
// aloud; look-ups and questions are answered, and a restart repeats nothing.
func TestSystem_AlertUpdateAnswer(t *testing.T) { // B1, B5, M9, M12, M13, M19, M21, M22, B8
	t.Parallel()
	s := newSystem(t)
	wire, courier := s.outlet("Wire"), s.outlet("Courier")
	role := s.guild.AddRole("On duty", 0)
	s.set(func(c *news.Settings) { c.Roles = map[news.Class]string{news.ClassBreaking: role.ID} })
	s.start()
	s.shows(s.do(discordtest.Interaction{Command: "subscribe", Options: map[string]any{"topic": "world"}, Permissions: manageGuild}), "World")

	s.publish(wire, "Wire", "quake-1", "Magnitude 6.4 earthquake hits port city of Velmora, killing two",
		"VELMORA (Wire) — A magnitude 6.4 earthquake struck the port city of Velmora early on Tuesday, killing two people and injuring 31, the civil defence agency said.",
		"The quake hit at 4:12 a.m. at a depth of 14 kilometres, with its centre 20 kilometres off the Kestrel coast, according to the national seismic institute.",
		"About 18,000 homes in the city were without electricity by sunrise. Harbour authorities closed both container terminals while engineers checked the cranes.",
		"The coast guard issued a tsunami watch for the Kestrel coast and told residents of low-lying streets to move uphill.")
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 1 })
	alert := s.channel.Messages()[0]
	s.shows(alert, "Velmora", "Wire", "6.4", "killing two people", "[1]")
	if alert.Nonce == "" || len(alert.Notified) > 0 {
		t.Errorf("nonce %q, notified %v; want a nonce, and nobody notified", alert.Nonce, alert.Notified)
	}
	if alert.Flags&discordtest.FlagSuppressNotifications == 0 || strings.Contains(alert.Content, "🔴") {
		t.Errorf("one source: flags %d, %q; want it silent, and not red", alert.Flags, alert.Content)
	}

	s.at = s.at.Add(30 * time.Second)
	s.publish(courier, "Courier", "quake-2", "Velmora earthquake: death toll rises to five as rescuers search old harbour",
		"Five people are now known to have died in the magnitude 6.4 earthquake that struck Velmora on Tuesday, and 64 were injured, the city's hospitals told the Courier.",
		"Rescuers pulled three bodies from a collapsed apartment house on Cooper Street, fire chief Emil Hart said. His crews were still searching for four people who lived there.",
		"The coast guard lifted its tsunami watch at 7:30 a.m. after gauges along the Kestrel coast showed no unusual waves.",
		"Schools in the city of Velmora will stay closed for the rest of the week after the earthquake, Mayor Anneke Voss said.")
	s.wait("the update", func() bool {
		m := s.channel.Messages()[0]
		return m.Edited && m.ThreadID != ""
	})
	s.wait("rest after reading", func() bool { return s.reads.Load() >= 2 && s.reads.Load() == s.rests.Load() })
	updated := s.channel.Messages()[0]
	s.shows(updated, "2 sources", "Five people", "[2]")
	s.wait("the line in the thread", func() bool {
		return len(s.discord.Thread(updated).Messages()) > 0
	})
	s.wait("the word that it is breaking", func() bool { return len(s.channel.Messages()) == 2 })
	rise := s.channel.Messages()[1]
	s.shows(rise, "🔴 Now breaking: Velmora earthquake", "2 sources", fmt.Sprintf("/%s/%s/%s)", s.guild.ID, s.channel.ID, alert.ID))
	if rise.Flags&discordtest.FlagSuppressNotifications != 0 || !slices.Equal(rise.Notified, []string{role.ID}) {
		t.Errorf("breaking: flags %d, notified %v; want it aloud, and the role pinged", rise.Flags, rise.Notified)
	}
	if m := s.channel.Messages()[0]; !strings.HasPrefix(m.Content, "🔴") || m.Embeds[0].Color != 0xD7263D {
		t.Errorf("the first message is not red: %q, %06x", m.Content, m.Embeds[0].Color)
	}

	s.shows(s.do(discordtest.Interaction{Command: "latest", Options: map[string]any{"topic": "world"}}), "Velmora")
	s.shows(s.do(discordtest.Interaction{Command: "search", Options: map[string]any{"words": "tsunami"}}), "Velmora")
	s.shows(s.do(discordtest.Interaction{Command: "ask", Options: map[string]any{"question": "How many people died in the Velmora earthquake?"}}), "ive", "[1]")
	s.shows(s.do(discordtest.Interaction{Command: "ask", Options: map[string]any{"question": "Who won the Ulmar chess championship?"}}), "I found nothing")
	s.shows(s.do(discordtest.Interaction{Command: "help"}), "latest")

	suggestions, err := s.discord.Interact(t.Context(), discordtest.Interaction{Channel: s.channel, Command: "story", Focused: "event", Options: map[string]any{"event": "velm"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(suggestions.Choices) != 1 {
		t.Fatalf("suggestions %+v, want the one event", suggestions.Choices)
	}
	s.shows(s.do(discordtest.Interaction{Command: "story", Options: map[string]any{"event": suggestions.Choices[0].Value}}), "Cooper Street", "Courier")

	// A restart posts nothing again; buttons of before it still work.
	s.stop()
	s.start()
	i := slices.IndexFunc(updated.Buttons, func(c discordtest.Component) bool { return c.CustomID != "" })
	if i < 0 {
		t.Fatal("the alert has no buttons")
	}
	s.shows(s.do(discordtest.Interaction{Custom: updated.Buttons[i].CustomID, MessageID: updated.ID}), "Velmora")
	i = slices.IndexFunc(updated.Buttons, func(c discordtest.Component) bool { return strings.HasPrefix(c.CustomID, "timeline:") })
	if i < 0 {
		t.Fatal("the updated alert has no timeline")
	}
	s.shows(s.do(discordtest.Interaction{Custom: updated.Buttons[i].CustomID, MessageID: updated.ID}), "Timeline", "killing two people", "Five people", "[1]", "[2]")
	s.shows(s.do(discordtest.Interaction{Command: "ask", Options: map[string]any{"question": "What has changed in the Velmora earthquake since yesterday?"}}), "Since", "Five people", "[2]")
	polled := wire.Requests()
	s.wait("another poll", func() bool { return wire.Requests() > polled+1 })
	if n := len(s.channel.Messages()); n != 2 {
		t.Errorf("%d messages after a restart, want 2", n)
	}

	s.shows(s.do(discordtest.Interaction{Command: "unsubscribe", Options: map[string]any{"topic": "world"}, Permissions: manageGuild}), "World")
}

// Two happenings that look alike stay two; a page that is no article falls back
// to the feed's own text; hostile text comes out inert.
func TestSystem_LookAlikesAndHostileText(t *testing.T) { // M6, M7, M19
	t.Parallel()
	s := newSystem(t)
	wire, courier := s.outlet("Wire"), s.outlet("Courier")
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	s.start()
	s.publish(wire, "Wire", "tram-1", "Tram drivers in Arden vote to strike over pay",
		"Tram drivers in Arden have voted to walk out for three days from Monday in a dispute over pay, the Transport Workers' League said on Tuesday.",
		"The union said 87 percent of its 1,150 members at the city's tram company backed the strike. It wants a rise of 9 percent; the company has offered 4.5 percent.",
		"Arden Trams, which carries 260,000 passengers on a working day, said it would run buses on the two busiest lines.")
	s.publish(courier, "Courier", "tram-2", "Tram drivers in Brackwater end strike after pay deal @everyone",
		"Tram drivers in Brackwater returned to work on Tuesday after accepting a pay rise of 6 percent, ending a strike that had lasted 12 days. @everyone [free money](https://evil.example)",
		"The Drivers' Union said 71 percent of its 640 members at Brackwater Transit voted for the deal, which also adds two days of leave a year.",
		"The company said a full timetable would run from noon. Season-ticket holders will get half a month's fare back.")
	s.wait("two alerts", func() bool { return len(s.channel.Messages()) == 2 })
	for _, m := range s.channel.Messages() {
		if len(m.Notified) > 0 || strings.Contains(text(m), "](https://evil.example)") {
			t.Errorf("hostile text had an effect: notified %v\n%s", m.Notified, text(m))
		}
	}
}

// Look-ups that find nothing lately show what there is from earlier, and say so.
func TestSystem_OldNewsIsFound(t *testing.T) { // M21, M22
	t.Parallel()
	s := newSystem(t)
	desk := s.outlet("Desk")
	s.at = time.Now().AddDate(-2, 0, 0)
	s.publish(desk, "Desk", "bridge", "Council closes Mill Bridge after engineers find cracks",
		"The city council closed Mill Bridge to all traffic on Tuesday after engineers found cracks in two of its main girders, the head of the roads office said.",
		"Mill Bridge was built in 1963 and carries about 41,000 vehicles a day. Buses will be sent over the northern ring road until further notice, the council said.",
		"Repairs will take four months and cost 62 million crowns, the head of the roads office, Ida Lund, told reporters on Tuesday evening.")
	s.start()
	s.shows(s.do(discordtest.Interaction{Command: "subscribe", Options: map[string]any{"topic": "world"}, Permissions: manageGuild}), "World")
	s.wait("the sample of the new subscription", func() bool { return len(s.channel.Messages()) == 1 })
	s.shows(s.do(discordtest.Interaction{Command: "latest"}), "all that is stored", "Mill Bridge")
	s.shows(s.do(discordtest.Interaction{Command: "search", Options: map[string]any{"words": "girders"}}), "Mill Bridge")
	s.shows(s.do(discordtest.Interaction{Command: "ask", Options: map[string]any{"question": "When was Mill Bridge built?"}}), "1963", "[1]")
}

// What stood in a feed before is not posted, but a channel that has had nothing
// yet gets the newest of it, once.
func TestSystem_BaselineAndSample(t *testing.T) { // M16
	t.Parallel()
	s := newSystem(t)
	s.config.Poll.InitialPosts = 0
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	wire, courier := s.outlet("Wire"), s.outlet("Courier")
	s.at = time.Now().AddDate(0, 0, -2)
	s.publish(courier, "Courier", "frost", "Frost destroys a third of the apricot harvest in the Sarn valley",
		"Frost destroyed a third of the apricot harvest in the Sarn valley on Sunday night, the growers' union said. The loss is put at nine million crowns.",
		"Temperatures fell to six degrees below zero while the trees were in bloom. Growers had lit fires in the orchards, but the cold lasted for eleven hours, and the fires went out before dawn.")
	s.at = time.Now().AddDate(0, 0, -1)
	s.publish(wire, "Wire", "bridge", "Council closes Mill Bridge after engineers find cracks",
		"The city council closed Mill Bridge to all traffic on Tuesday after engineers found cracks in two of its main girders, the head of the roads office said.",
		"Mill Bridge was built in 1963 and carries about 41,000 vehicles a day. Buses will be sent over the northern ring road until further notice, the council said.")
	// The newest of all is no story.
	ledger := s.outlet("Ledger")
	s.at = time.Now().Add(-time.Hour)
	s.publish(ledger, "Ledger", "brief", "Morning news briefing: harbour, roads and schools",
		"The harbour of Tallin opens a day early this year, the port said. Ice had kept it shut since the middle of December.",
		"Road works on the northern ring begin on Monday and last for three weeks. Schools in Ulmar get 40 new teachers in autumn, the county said.")
	// Which is the newest is not known before every feed has answered.
	answers := make(chan struct{})
	late := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-answers:
		case <-r.Context().Done():
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(late.Close)
	s.config.Feeds = append(s.config.Feeds, config.Feed{URL: late.URL + "/feed.xml", Name: "Late", Topic: "world"})
	s.config.HTTP.Timeout = config.Duration(5 * time.Minute) // it is never given up
	s.start()
	s.wait("the pages of the others", func() bool {
		return s.news.Requests("/frost") > 0 && s.news.Requests("/bridge") > 0 && s.news.Requests("/brief") > 0
	})
	s.wait("their stories", func() bool {
		m := s.do(discordtest.Interaction{Command: "latest", Options: map[string]any{"hours": 72}})
		return strings.Contains(text(m), "Mill Bridge") && strings.Contains(text(m), "apricot")
	})
	if n := len(s.channel.Messages()); n > 0 {
		t.Errorf("%d messages before every feed was read", n)
	}
	close(answers)
	s.wait("the sample", func() bool { return len(s.channel.Messages()) == 1 })
	s.shows(s.channel.Messages()[0], "Mill Bridge")
	s.at = time.Now()
	s.publish(courier, "Courier", "library", "Town library of Ulmar to open on Sundays from May",
		"The town library of Ulmar will open on Sundays from May, the council decided on Monday by 21 votes to nine. It will be the first in the county to do so.",
		"Four people will be hired for it at a cost of 130,000 crowns a year, said the head of the library, Petra Holm. The opening hours are from noon to six in the evening.")
	s.wait("what is new", func() bool { return len(s.channel.Messages()) > 1 })
	messages := s.channel.Messages()
	if len(messages) != 2 {
		t.Errorf("%d messages, want the sample and what is new", len(messages))
	}
	s.shows(messages[len(messages)-1], "Ulmar")
}

// A monitor can see how the program does.
func TestSystem_Metrics(t *testing.T) { // M28
	t.Parallel()
	s := newSystem(t)
	wire := s.outlet("Wire")
	s.config.Metrics.Listen = "127.0.0.1:0"
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	s.publish(wire, "Wire", "bridge", "Council closes Mill Bridge after engineers find cracks",
		"The city council closed Mill Bridge to all traffic on Tuesday after engineers found cracks in two of its main girders, the head of the roads office said.",
		"Mill Bridge was built in 1963 and carries about 41,000 vehicles a day. Buses will be sent over the northern ring road until further notice, the council said.")
	s.start()
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 1 })
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	get := func(path string) string {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.log.find(`"metrics served" address=`)+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := (&http.Client{Transport: transport}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	s.wait("the counters", func() bool {
		text := get("/metrics")
		for _, want := range []string{`newsdesk_posts_total{kind="alert",outcome="sent"} 1`, `,reason="new"} 1`, `newsdesk_stored{kind="events"} 1`} {
			if !strings.Contains(text, want) {
				return false
			}
		}
		return true
	})
	if got := get("/healthz"); got != "ok\n" {
		t.Errorf("/healthz says %q, want ok", got)
	}
}

// A channel that refuses is asked once more at most, what comes in is kept, and
// it goes on by itself, in order, when the permission is back; an outage is no
// refusal; a server that removed the bot gets nothing more.
func TestSystem_RefusingChannel(t *testing.T) { // M20
	t.Parallel()
	s := newSystem(t)
	wire := s.outlet("Wire")
	s.start()
	s.shows(s.do(discordtest.Interaction{Command: "subscribe", Options: map[string]any{"topic": "world"}, Permissions: manageGuild}), "World")
	posts := func() (n int) {
		for _, r := range s.discord.Requests() {
			if r.Method == "POST" && r.Path == "/channels/"+s.channel.ID+"/messages" {
				n++
			}
		}
		return n
	}
	const sendMessages = 1 << 11
	s.channel.SetPermissions(s.discord.BotID(), 0, sendMessages)
	s.publish(wire, "Wire", "ferry", "Ferry runs aground off Lorhaven with 40 people aboard",
		"A ferry with 40 people aboard ran aground on a sandbank off Lorhaven on Tuesday, the coast guard said.",
		"Nobody was hurt. Two lifeboats reached the ship within half an hour, the harbour office of Lorhaven said.")
	polled := wire.Requests()
	s.wait("the first story to be read", func() bool { return wire.Requests() > polled+1 })
	owner := s.discord.DM(s.guild.OwnerID())
	s.wait("the owner to be told", func() bool { return len(owner.Messages()) == 1 })
	s.shows(owner.Messages()[0], "**Send Messages** is missing", "Server settings > Roles")
	s.at = s.at.Add(time.Second)
	s.publish(wire, "Wire", "tunnel", "Rail tunnel under Mount Garda opens after nine years of work",
		"The rail tunnel under Mount Garda opened to trains on Tuesday after nine years of work, the national railway said.",
		"It is 14 kilometres long and cuts the journey between the two coasts by 50 minutes, railway chief Ines Bolt said.")
	polled = wire.Requests()
	s.wait("two more polls", func() bool { return wire.Requests() > polled+2 })
	if n := posts(); n > 1 { // none where Discord's word of the change was quicker than the story
		t.Errorf("%d messages were sent into a channel that refuses, want 1 at most", n)
	}
	s.channel.SetPermissions(s.discord.BotID(), 0, 0)
	s.wait("both stories", func() bool { return len(s.channel.Messages()) == 2 })
	s.shows(s.channel.Messages()[0], "Lorhaven")
	s.shows(s.channel.Messages()[1], "Garda")

	s.discord.FailNext("POST", "/channels/*/messages", discordtest.FaultStatus(503))
	s.at = s.at.Add(time.Second)
	s.publish(wire, "Wire", "vote", "Parliament of Ostmark passes budget by two votes",
		"The parliament of Ostmark passed next year's budget on Tuesday by 101 votes to 99 after a debate of 14 hours.",
		"It raises spending on schools by 6 percent. Finance minister Karl Ohm called it the least bad of all compromises.")
	s.wait("the story after the outage", func() bool { return len(s.channel.Messages()) == 3 })

	s.discord.Kick(s.guild)
	s.at = s.at.Add(time.Second)
	before := posts()
	s.publish(wire, "Wire", "comet", "Comet Havel to be visible with the naked eye in March",
		"Comet Havel will be visible with the naked eye for about two weeks in March, astronomers at the Brenn observatory said on Tuesday.",
		"It was discovered by a schoolteacher, Marta Havel, and passes the Earth at a distance of 61 million kilometres.")
	polled = wire.Requests()
	s.wait("two more polls", func() bool { return wire.Requests() > polled+2 })
	if n := posts() - before; n != 0 {
		t.Errorf("%d messages were sent to a server that the bot was removed from", n)
	}
}

// What Discord refuses for good stops with a sentence that says what to do.
func TestSystem_WrongTokenSaysWhatToDo(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.outlet("Wire")
	s.config.Discord.Token = "wrong-token-value"
	err := s.runToEnd()
	if err == nil || !strings.Contains(err.Error(), "developer portal") || strings.Contains(err.Error(), "wrong-token-value") {
		t.Errorf("Run: %v; want a sentence that names the developer portal and not the token", err)
	}
}

// The article that the product was asked for with. It is not part of this
// repository.
func TestSystem_SeedArticle(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "seed", "article.txt"))
	if err != nil {
		t.Skipf("SKIPPED, the seed article is not there: %v", err)
	}
	paragraphs := strings.Split(strings.TrimSpace(string(b)), "\n\n")
	title, body := paragraphs[0], paragraphs[2:]
	s := newSystem(t)
	desk := s.outlet("Desk")
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	s.at = time.Date(2023, 11, 22, 21, 37, 0, 0, time.UTC)
	s.publish(desk, "Desk", "seed", title, body...)
	s.start()
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 1 })
	m := s.channel.Messages()[0]
	s.shows(m, "Iraqi Government Condemns U.S. Airstrikes", "condemned", "second series", "eight", "Jurf al-Sakhar", "Iraq", "[1]")
	for _, junk := range []string{"views expressed", "Related", "21h37", "ICARO"} {
		if strings.Contains(text(m), junk) {
			t.Errorf("the alert holds %q:\n%s", junk, text(m))
		}
	}
	t.Logf("the alert:\n%s", text(m))
	answer := s.do(discordtest.Interaction{Command: "ask", Options: map[string]any{"question": "How many U.S. troops are in Iraq?"}})
	s.shows(answer, "**2,500**", "[1]")
	s.shows(s.do(discordtest.Interaction{Command: "latest"}), "Iraqi Government")
	t.Logf("the answer:\n%s", text(answer))
}
