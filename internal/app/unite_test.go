package app

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/trail"
)

// meltemi is a recording: two outlets tell of one happening in words that have
// little in common, and a third of both sides of it.
var meltemi = struct {
	others                          [][]string // on other happenings, before
	aground, rescue, cold, all, log []string
}{
	others: [][]string{
		{"Olive growers of Brannet ask for a later tax day", "Olive growers around Brannet asked the provincial council on Monday for a later tax day after a poor harvest.", "The council meets on Friday."},
		{"Choir festival of Odlund moves indoors", "The choir festival of Odlund moves into the theatre, as the market square is being paved, the mayor said.", "Forty choirs sing on three days."},
		{"Glass works in Terrach cuts a third of its jobs", "The glass works in Terrach cuts 210 of its 640 jobs as orders from car makers fall, the company said.", "The union called a strike for Thursday."},
		{"Museum of Wexholm gets back a stolen portrait", "The museum of Wexholm got back a portrait that thieves took in 1994; a dealer in Marvejols had found it in an attic.", "It hangs again from Sunday."},
	},
	aground: []string{
		"Ferry Meltemi runs aground on reef near Nisyra in fog",
		"The ferry Meltemi ran aground on a reef near the island of Nisyra early on Tuesday in thick fog, the harbour office of Nisyra said.",
		"The ship had left Port Larissos at four in the morning on its usual run. Its captain, Stavros Leneas, reported a list of ten degrees and asked for tugs.",
		"The harbour office closed the strait to shipping.",
	},
	rescue: []string{
		"Coast guard takes 140 passengers off stricken ship in the Larissos strait",
		"Coast guard boats took 140 passengers off a stricken ship in the Larissos strait on Tuesday morning, and fishing boats helped.",
		"Nobody was missing, Commander Eleni Karda said. The rescue took fifty minutes.",
	},
	cold: []string{
		"Twelve passengers of stricken ship in Larissos strait treated in hospital",
		"Twelve of the 140 passengers whom the coast guard took off a stricken ship in the Larissos strait were treated for cold in hospital, Commander Eleni Karda said.",
		"The rescue had taken fifty minutes.",
	},
	all: []string{
		"Meltemi aground off Nisyra: coast guard takes all 140 passengers off ferry",
		"The ferry Meltemi, aground on a reef near Nisyra since early Tuesday, was emptied by the coast guard, which took all 140 passengers off the ship in the Larissos strait within fifty minutes.",
		"Commander Eleni Karda of the coast guard said that nobody was missing.",
		"Captain Stavros Leneas stayed aboard with nine of his crew.",
	},
	log: []string{
		"Captain of grounded ferry Meltemi tested for alcohol, prosecutor says",
		"The captain of the ferry Meltemi, Stavros Leneas, was tested for alcohol after the ship ran aground near Nisyra, the prosecutor of Port Larissos said on Tuesday.",
		"The test was negative. The ship's log was seized.",
	},
}

// followed is a newsroom with a channel that follows everything, after other
// happenings.
func followed(t *testing.T) (*newsroom, *discordtest.Channel) {
	t.Helper()
	r := newNewsroom(t, &produced{}, "2026-03-03T04:40:00Z", "Courier", "Radio", "Archipelago", "Gull")
	ch := r.channel("news", func(*news.Settings) {})
	r.pass(10 * time.Minute)
	r.reportOthers()
	return r, ch
}

// reportOthers has the other happenings reported.
func (r *newsroom) reportOthers() {
	r.Helper()
	for i, other := range meltemi.others {
		r.report("Gull", "other-"+string(rune('a'+i)), other)
	}
}

// report has an outlet publish an article, and lets it be posted.
func (r *newsroom) report(outlet, slug string, paragraphs []string) {
	r.Helper()
	r.tell(outlet, slug, paragraphs[0], paragraphs[1:]...)
	r.pass(10 * time.Minute)
}

// holding returns the messages of a channel that have some words.
func holding(ch *discordtest.Channel, words string) (out []discordtest.Message) {
	for _, m := range ch.Messages() {
		if strings.Contains(m.Content+"\n"+says(m), words) {
			out = append(out, m)
		}
	}
	return out
}

// message returns a message of a channel as it is now.
func (r *newsroom) message(ch *discordtest.Channel, id string) discordtest.Message {
	r.Helper()
	m, ok := ch.Message(id)
	if !ok {
		r.Fatalf("#%s has no message %s", ch.Name, id)
	}
	return m
}

// press returns what a member is shown who presses a message's first button.
func (r *newsroom) press(m discordtest.Message) string {
	r.Helper()
	reply, err := r.app.commands.Handle(r.Context(), message.Interaction{
		Kind: message.KindComponent, Custom: m.Buttons[0].CustomID, Guild: r.guild.ID, Channel: m.ChannelID, User: "1",
	})
	r.must(err)
	if len(reply.Message.Embeds) == 0 {
		return reply.Message.Content
	}
	return reply.Message.Embeds[0].Title + "\n" + reply.Message.Embeds[0].Description
}

// unite plays the recording to a channel that was told of both stories, to one
// that a filter kept from the first, and to one that gets its digest only.
func unite(t *testing.T, p *produced) {
	t.Helper()
	r := newNewsroom(t, p, "2026-03-03T04:40:00Z", "Courier", "Radio", "Archipelago", "Gull")
	both := r.channel("both", func(*news.Settings) {})
	second := r.channel("second", func(s *news.Settings) {
		s.Filters = []news.Filter{{Kind: news.FilterWords, Text: "passengers"}}
	})
	only := r.channel("only", func(s *news.Settings) {
		s.Digest, s.DigestOnly = news.DigestPlan{Every: news.Daily, Minute: 8 * 60}, true
	})
	r.pass(10 * time.Minute)
	r.reportOthers()
	r.report("Courier", "aground", meltemi.aground)
	r.report("Radio", "rescue", meltemi.rescue)
	r.report("Gull", "cold", meltemi.cold)
	before := len(both.Messages())
	first, other := holding(both, "runs aground"), holding(both, "stricken ship")
	if len(first) != 1 || len(other) != 1 {
		t.Fatalf("before, %d messages tell of the one story and %d of the other", len(first), len(other))
	}
	r.report("Archipelago", "all", meltemi.all)

	if n := len(both.Messages()); n != before {
		t.Errorf("%d messages, before %d: nothing may be told twice", n, before)
	}
	link := "https://discord.com/channels/" + r.guild.ID + "/" + both.ID + "/" + first[0].ID
	gone, kept := r.message(both, other[0].ID), r.message(both, first[0].ID)
	if want := "➡️ This turned out to be one story with [" + meltemi.aground[0] + "](" + link + ")."; gone.Content != want || len(gone.Embeds) != 0 {
		t.Errorf("the other message says %q with %d embeds, want %q", gone.Content, len(gone.Embeds), want)
	}
	if text := says(kept); !strings.Contains(text, "140 passengers") || !strings.Contains(kept.Embeds[0].Author.Name, "first: Courier") || kept.Embeds[0].Author.Name[0] != '4' {
		t.Errorf("the message that stays shows\n%s\n%s", kept.Embeds[0].Author.Name, text)
	}
	thread := r.discord.Thread(gone)
	if thread == nil {
		t.Fatal("the other message has no thread: the recording does not tell what it should")
	}
	lines := thread.Messages()
	if last, want := lines[len(lines)-1].Content, "➡️ The story goes on in ["+meltemi.aground[0]+"]("+link+")."; last != want {
		t.Errorf("the thread of the other message ends with %q, want %q", last, want)
	}
	if got := holding(second, "passengers"); len(got) != 1 || !strings.Contains(says(got[0]), "Meltemi") {
		t.Errorf("where only the other story had a message, %d tell of it now: %+v", len(got), got)
	}
	for _, ch := range []*discordtest.Channel{both, second} {
		for _, m := range ch.Messages() {
			if len(m.Notified) > 0 {
				t.Errorf("#%s: somebody was pinged by %q", ch.Name, m.Content)
			}
		}
	}
	for _, m := range []discordtest.Message{other[0], gone} { // as somebody may still see it, and as it is
		if shown := r.press(m); !strings.HasPrefix(shown, meltemi.aground[0]) {
			t.Errorf("a button of the other message shows\n%s", shown)
		}
	}
	r.explain(answer{"rescue", placed, "merged", both, trail.StageSent, "updated", []string{
		"It began a story of its own, which turned out to be this one", "Put together with", "“Coast guard takes 140 passengers off stricken ship” (#", "Then an article came that tells of both",
	}})

	// What comes later goes into the message that stays, also after a restart.
	r.open()
	r.report("Gull", "log", meltemi.log)
	if n := len(both.Messages()); n != before {
		t.Errorf("after a restart %d messages, before %d", n, before)
	}
	if kept = r.message(both, first[0].ID); !strings.Contains(says(kept), "alcohol") {
		t.Errorf("the message that stays lacks what came later:\n%s", says(kept))
	}
	if got := holding(second, "alcohol"); len(got) != 1 {
		t.Errorf("where only the other story had a message, %d have what came later", len(got))
	}
	r.until(at(t, "2026-03-03T08:00:00Z"), 10*time.Minute)
	if got := digests(only); len(got) != 1 || strings.Count(strings.Join(names(got[0]), "\n"), "Meltemi")+strings.Count(strings.Join(names(got[0]), "\n"), "stricken") != 1 {
		t.Errorf("the digest: %+v", got)
	}
}

// M16: what an outage kept is told in one digest, also of two stories that turn
// out to be one.
func TestUnite_AfterAnOutage(t *testing.T) {
	t.Parallel()
	r, ch := followed(t)
	before := len(ch.Messages())
	ago := 5 * time.Hour
	r.clock.Store(r.now().Add(6 * time.Hour).UnixMilli())
	for _, a := range []struct {
		outlet, slug string
		text         []string
	}{
		{"Archipelago", "aground", meltemi.aground},
		{"Radio", "rescue", meltemi.rescue},
		{"Archipelago", "all", meltemi.all},
	} {
		r.reported(ago, a.outlet, a.slug, a.text...)
		ago -= time.Hour
	}
	r.open()
	r.until(r.now().Add(20*time.Minute), time.Minute)
	if all := ch.Messages(); len(all) != before {
		t.Errorf("posted though it came late: %s", says(all[before]))
	}
	r.pass(time.Hour)
	if got := digests(ch); len(got) != 1 || len(ch.Messages()) != before+1 {
		t.Fatalf("%d digests and %d messages, before %d", len(got), len(ch.Messages()), before)
	} else if text := strings.Join(names(got[0]), "\n"); strings.Count(text, "Meltemi")+strings.Count(text, "stricken") != 1 {
		t.Errorf("the digest tells of %s", text)
	}
	if _, total, err := r.app.db.Latest(t.Context(), "", at(t, "2026-03-03T04:40:00Z"), 9, 0); err != nil || total != len(meltemi.others)+1 {
		t.Errorf("%d stories: %v", total, err)
	}
}
