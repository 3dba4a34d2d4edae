package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/trail"
)

// torvik is a recording: two happenings around one man, of which the first report
// on the second is much like those on the first.
var torvik = struct{ jury, weighs, dismissed, banks, formal, donors []string }{
	jury: []string{
		"Prosecutor in Torvik convenes grand jury in inquiry into mayor Lund",
		"The prosecutor of Torvik, Ilse Harkort, convened a grand jury on Tuesday to hear evidence against mayor Tomas Lund, two people who know of it said.",
		"The inquiry concerns the mayor's company and its loans. Lund called it a witch hunt.",
	},
	weighs: []string{
		"Torvik: grand jury to weigh evidence in inquiry into mayor Lund",
		"A grand jury was convened in Torvik on Tuesday by prosecutor Ilse Harkort to weigh evidence against mayor Tomas Lund over loans to his company.",
		"The mayor spoke of a witch hunt.",
	},
	dismissed: []string{
		"Charges against former Lund adviser Bremer are dismissed",
		"A judge dismissed the charges against Kurt Bremer, a former adviser of mayor Tomas Lund, on Tuesday. Bremer had been pardoned in January.",
		"He had been accused of taking money from donors of a fund for a sea wall.",
	},
	banks: []string{
		"Two savings banks lent 14 million to company of Torvik's mayor, grand jury to hear",
		"Two savings banks lent 14 million crowns to the company of Torvik's mayor, Tomas Lund, which a grand jury convened by prosecutor Ilse Harkort is to hear of.",
		"It may sit for six months.",
	},
	formal: []string{
		"Judge formally dismisses Bremer indictment after pardon",
		"The indictment against Kurt Bremer, a former adviser of mayor Tomas Lund who was pardoned in January, was formally dismissed by a judge on Tuesday.",
		"Bremer had been accused of taking money from donors of a fund for a sea wall.",
	},
	donors: []string{
		"Donors of sea wall fund want their money back from Bremer",
		"Forty donors of a fund for a sea wall want their money back from Kurt Bremer, whose indictment a judge dismissed on Tuesday after he was pardoned in January, their lawyer said.",
	},
}

// part plays the recording to a channel that is told of both, to one that a filter
// lets only the second into, to one that it keeps from that, and to one that gets
// its digest only.
func part(t *testing.T, p *produced) {
	t.Helper()
	r := newNewsroom(t, p, "2026-03-03T04:40:00Z", "Courier", "Radio", "Archipelago", "Gull")
	words := func(text string) func(*news.Settings) {
		return func(s *news.Settings) { s.Filters = []news.Filter{{Kind: news.FilterWords, Text: text}} }
	}
	both, second, first := r.channel("both", func(*news.Settings) {}), r.channel("second", words("Bremer")), r.channel("first", words("jury"))
	only := r.channel("only", func(s *news.Settings) {
		s.Digest, s.DigestOnly = news.DigestPlan{Every: news.Daily, Minute: 10 * 60}, true
	})
	r.reportOthers()
	for i, a := range [][]string{torvik.jury, torvik.weighs, torvik.dismissed, torvik.banks} {
		r.report([]string{"Courier", "Radio", "Gull", "Archipelago"}[i], fmt.Sprint("torvik-", i+1), a)
		r.pass(30 * time.Minute)
	}
	message := func(ch *discordtest.Channel, words string) discordtest.Message {
		t.Helper()
		found := holding(ch, words)
		if len(found) != 1 {
			t.Fatalf("#%s has %d messages with %q", ch.Name, len(found), words)
		}
		return found[0]
	}
	before := map[*discordtest.Channel]discordtest.Message{}
	for _, ch := range []*discordtest.Channel{both, second, first} {
		if before[ch] = message(ch, "Lund"); !strings.Contains(says(before[ch]), "14 million") || !strings.Contains(says(before[ch]), "pardoned in January") {
			t.Fatalf("#%s: the recording does not tell what it should:\n%s", ch.Name, says(before[ch]))
		}
	}
	number := len(both.Messages())
	r.report("Courier", "torvik-5", torvik.formal)

	for ch, want := range map[*discordtest.Channel]struct{ is, lacks []string }{
		both:   {[]string{"14 million", "↪️ No longer part of this story: **" + torvik.dismissed[0] + "** (#"}, []string{"pardoned in", "indictment against"}},
		first:  {[]string{"14 million", "↪️ No longer part of this story: **" + torvik.dismissed[0] + "** (#"}, []string{"pardoned in", "indictment against"}},
		second: {[]string{"indictment against", "↪️ No longer part of this story: **" + torvik.jury[0] + "** (#"}, []string{"14 million"}},
	} {
		m := r.message(ch, before[ch].ID)
		for _, s := range want.is {
			if !strings.Contains(says(m), s) {
				t.Errorf("#%s: the message lacks %q:\n%s", ch.Name, s, says(m))
			}
		}
		for _, s := range want.lacks {
			if strings.Contains(says(m), s) {
				t.Errorf("#%s: the message still has %q:\n%s", ch.Name, s, says(m))
			}
		}
		for _, line := range r.discord.Thread(m).Messages() {
			if strings.Contains(line.Content, "indictment against") {
				t.Errorf("#%s: the thread tells of what is no longer part of it: %s", ch.Name, line.Content)
			}
		}
		if len(m.Notified) > 0 {
			t.Errorf("#%s: somebody was pinged", ch.Name)
		}
	}
	if n := len(both.Messages()); n != number {
		t.Errorf("%d messages, before %d: nothing may be told twice", n, number)
	}
	if shown := r.press(before[second]); !strings.HasPrefix(shown, torvik.jury[0]) { // as somebody may still see it
		t.Errorf("a button of the message as it was shows\n%s", shown)
	}
	if shown := r.press(r.message(second, before[second].ID)); !strings.HasPrefix(shown, torvik.dismissed[0]) {
		t.Errorf("a button of the message as it is shows\n%s", shown)
	}
	r.explain(answer{"torvik-3", placed, "parted", both, trail.StageKeptOut, "with_other", []string{
		"It stood with another story, until it turned out to tell of this one", "Parted from", "“" + torvik.jury[0] + "” (#",
		"its news was told in the message of the story that it was parted from",
	}})
	r.explain(answer{"torvik-4", placed, "new_facts", both, trail.StageSent, "updated", []string{"Parted from", "“" + torvik.dismissed[0] + "” (#"}})

	// What comes later goes to the story that it tells of, also after a restart.
	r.open()
	r.report("Radio", "torvik-6", torvik.donors)
	link := "https://discord.com/channels/" + r.guild.ID + "/" + both.ID + "/" + before[both].ID
	if m := message(both, "Forty donors"); !strings.Contains(says(m), "↪️ First told as part of another story: ["+torvik.jury[0]+"]("+link+")") || !strings.Contains(says(m), "indictment") {
		t.Errorf("the other story's own message:\n%s", says(m))
	}
	donors := "https://discord.com/channels/" + r.guild.ID + "/" + both.ID + "/" + message(both, "Forty donors").ID
	if m := r.message(both, before[both].ID); !strings.Contains(says(m), "↪️ No longer part of this story: ["+torvik.dismissed[0]+"]("+donors+")") {
		t.Errorf("the message that stays does not lead to the other one that has come:\n%s", says(m))
	}
	if m := message(second, "Forty donors"); m.ID != before[second].ID {
		t.Errorf("where the message is the other story's, it got a second one:\n%s", says(m))
	}
	// Whatever speaks for it, they are not put together again.
	stays, err := r.app.db.SuggestEvents(t.Context(), "prosecutor in torvik", 1)
	r.must(err)
	leaves, err := r.app.db.SuggestEvents(t.Context(), "charges against", 1)
	r.must(err)
	made, err := r.app.pipeline.unite(t.Context(), news.Article{ID: 1, Topic: "world"}, stays[0].ID, events.Union{Bond: events.BondOne, Event: int64(leaves[0].ID)})
	if again, _ := r.app.db.Event(t.Context(), leaves[0].ID); err != nil || made != 0 || again.ID != leaves[0].ID {
		t.Errorf("put together: %d posts, event %d, %v", made, again.ID, err)
	}
	r.until(at(t, "2026-03-03T10:00:00Z"), 10*time.Minute)
	if got := digests(only); len(got) != 1 || strings.Count(strings.Join(names(got[0]), "\n"), "jury") != 1 || strings.Count(strings.Join(names(got[0]), "\n"), "Bremer") != 1 {
		t.Errorf("the digest: %+v", got)
	}
}
