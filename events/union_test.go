package events

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"newsdesk/news"
)

// wreck are reports on one happening: the first two have little in common, the
// third tells of both sides of it.
var wreck = [3]Doc{
	{
		Title: "Ferry Meltemi runs aground on reef near Nisyra in fog", Source: "Courier",
		Text: "The ferry Meltemi ran aground on a reef near the island of Nisyra early on Tuesday in thick fog, the harbour office of Nisyra said.\n\n" +
			"The ship had left Port Larissos at four in the morning. Its captain, Stavros Leneas, reported a list of ten degrees and asked for tugs.",
	},
	{
		Title: "Coast guard takes 140 passengers off stricken ship in the Larissos strait", Source: "Radio",
		Text: "Coast guard boats took 140 passengers off a stricken ship in the Larissos strait on Tuesday morning, and fishing boats helped.\n\n" +
			"Nobody was missing, Commander Eleni Karda said. The rescue took fifty minutes.",
	},
	{
		Title: "Meltemi aground off Nisyra: coast guard takes all 140 passengers off ferry", Source: "Archipelago",
		Text: "The ferry Meltemi, aground on a reef near Nisyra since early Tuesday, was emptied by the coast guard, which took all 140 passengers off the ship in the Larissos strait within fifty minutes.\n\n" +
			"Captain Stavros Leneas stayed aboard with nine of his crew, said Commander Eleni Karda.",
	},
}

// elsewhereDocs are reports on other happenings.
var elsewhereDocs = []Doc{
	{Title: "Olive growers of Brannet ask for a later tax day", Text: "Olive growers around Brannet asked the provincial council on Monday for a later tax day after a poor harvest."},
	{Title: "Choir festival of Odlund moves indoors", Text: "The choir festival of Odlund moves into the theatre, as the market square is being paved, the mayor said."},
	{Title: "Glass works in Terrach cuts a third of its jobs", Text: "The glass works in Terrach cuts 210 of its 640 jobs as orders from car makers fall, the company said."},
	{Title: "Museum of Wexholm gets back a stolen portrait", Text: "The museum of Wexholm got back a portrait that thieves took in 1994; a dealer in Marvejols had found it."},
}

// desk is a grouper that keeps what it decided, as the database does.
type desk struct {
	*Grouper
	docs   []Doc
	in     map[int64]int64 // event by document
	copies map[int64]int64
}

func newDesk() *desk {
	return &desk{Grouper: New(Default()), in: map[int64]int64{}, copies: map[int64]int64{}}
}

// take places a document, and puts events together where it shows that they are
// one.
func (d *desk) take(doc Doc) Union {
	doc.ID = int64(len(d.docs) + 1)
	dec := d.Decide(doc)
	event := dec.Event
	if event == 0 {
		event = doc.ID
	}
	d.Add(doc, event, dec.DuplicateOf)
	d.docs, d.in[doc.ID], d.copies[doc.ID] = append(d.docs, doc), event, dec.DuplicateOf
	u := d.Union(doc)
	if u.Bond == BondOne {
		into, from := min(event, u.Event), max(event, u.Event)
		d.Unite(from, into)
		for id, e := range d.in {
			if e == from {
				d.in[id] = into
			}
		}
	}
	return u
}

func TestUnion(t *testing.T) { // B1
	t.Parallel()
	at := time.Date(2026, time.March, 3, 6, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		change func(docs *[3]Doc)
		want   Bond
	}{
		{"an article that tells of both", func(*[3]Doc) {}, BondOne},
		{"one that tells of the first alone", func(d *[3]Doc) {
			d[2].Title = "Captain Leneas of the ferry Meltemi asked for tugs off Nisyra"
			d[2].Text = "The captain of the ferry Meltemi, Stavros Leneas, asked the harbour office of Nisyra for tugs after it ran aground on a reef in fog."
		}, BondNone},
		{"a copy of one of them", func(d *[3]Doc) { d[2] = d[1]; d[2].Source = "Archipelago" }, BondNone},
		{"a running account of both", func(d *[3]Doc) { d[2].Kind = news.KindLive }, BondKind},
		{"in another language", func(d *[3]Doc) { d[1].Lang = "de" }, BondNone},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			docs := wreck
			for i := range docs {
				docs[i].Published, docs[i].Lang = at.Add(time.Duration(i)*30*time.Minute), "en"
			}
			tt.change(&docs)
			d := newDesk()
			for _, doc := range elsewhereDocs {
				doc.Published, doc.Lang, doc.Source = at.Add(-time.Hour), "en", "Gull"
				d.take(doc)
			}
			var u Union
			for _, doc := range docs {
				u = d.take(doc)
			}
			if u.Bond != tt.want {
				t.Fatalf("%+v, want %q; events %v", u, tt.want, d.in)
			}
			if u.Bond != BondOne {
				return
			}
			if g := u.Grouping; g.Score < unionLinked || u.Alike < unionAlike || g.Nearest == 0 || len(g.Shared) == 0 || g.Gap > time.Hour {
				t.Errorf("evidence %+v", u)
			}
			if again := d.take(Doc{Title: "Prosecutor has the log of ferry Meltemi", Lang: "en", Published: at.Add(3 * time.Hour), Source: "Gull", Text: "The prosecutor of Port Larissos had the log of the ferry Meltemi seized, which ran aground near Nisyra; its captain is Stavros Leneas."}); again.Bond == BondOne {
				t.Errorf("united again: %+v", again)
			}
		})
	}
}

// However likely it is, what lasts for days stays a thread of events, and prices
// of the day, and what is hardly alike, stay apart.
func TestUnion_Bounds(t *testing.T) { // B1
	t.Parallel()
	at := time.Date(2026, time.March, 3, 6, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name   string
		sure   float64 // logarithm of the odds of everything that has words in common
		change func(docs *[3]Doc)
		want   Bond
	}{
		{"as it is", 5, func(*[3]Doc) {}, BondOne},
		{"not as likely", 2, func(*[3]Doc) {}, BondNone},
		{"for four days", 5, func(d *[3]Doc) { d[0].Published = at.Add(-unionSpan + 2*time.Hour) }, BondOne},
		{"for longer", 5, func(d *[3]Doc) { d[0].Published = at.Add(-unionSpan) }, BondLong},
		{"prices of the day", 5, func(d *[3]Doc) { d[0].Title = "Stocks close higher as Dow gains 100 points" }, BondKind},
		{"other places", 5, func(d *[3]Doc) {
			d[0].Title, d[1].Title = "Ferry Meltemi aground off Nisyra, Canada", "Coast guard of Australia takes 140 passengers off ship"
		}, BondApart},
		{"two happenings that one article tells of", 5, func(d *[3]Doc) {
			d[0].Title, d[0].Text = "Mirabel Toke wins her third chess title", "Mirabel Toke won the chess title on Sunday, her third, after a draw of five hours against Ludo Ferrant."
			d[1].Title, d[1].Text = "Harbour crane topples onto two berths", "A harbour crane toppled on Sunday and blocked two berths, the port said. Jonas Wick was driving it."
			d[2].Title, d[2].Text = "Toke wins chess title, harbour crane topples", "Mirabel Toke won the chess title. A harbour crane toppled while Jonas Wick was driving it, the port said."
		}, BondUnlike},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			docs := wreck
			for i := range docs {
				docs[i].ID, docs[i].Published, docs[i].Lang = int64(i+1), at.Add(time.Duration(i)*30*time.Minute), "en"
			}
			tt.change(&docs)
			g := New(Options{Model: &Model{Bias: tt.sure, Trees: []Tree{{Feature: []int{featFull1}, Split: []float64{0.05}, Leaf: []float64{-15, 0}}}}})
			g.Add(docs[0], 1, 0)
			g.Add(docs[1], 2, 0)
			into := g.Decide(docs[2]).Event
			g.Add(docs[2], into, 0)
			if u := g.Union(docs[2]); u.Bond != tt.want {
				t.Errorf("%+v, want %q", u, tt.want)
			}
		})
	}
}

// Whatever comes: each document is in one event; uniting twice changes nothing;
// and a grouper that is filled anew from what was stored decides as the one that
// lived through it, within what its memory of words keeps.
func TestUnion_KeepsEveryDocument(t *testing.T) { // B1
	t.Parallel()
	pool := append(append([]Doc{}, wreck[:]...), elsewhereDocs...)
	united := 0
	rapid.Check(t, func(t *rapid.T) {
		d := newDesk()
		at := time.Date(2026, time.March, 3, 6, 0, 0, 0, time.UTC)
		for i := range rapid.IntRange(3, 14).Draw(t, "documents") {
			doc := rapid.SampledFrom(pool).Draw(t, "document")
			at = at.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "minutes")) * time.Minute)
			doc.Published, doc.Lang = at, "en"
			if rapid.Bool().Draw(t, "reworded") {
				words := strings.Fields(doc.Text)
				k := rapid.IntRange(0, len(words)-1).Draw(t, "cut")
				doc.Text = strings.Join(append(words[k:], words[:k]...), " ")
			}
			doc.Source = fmt.Sprint("Outlet ", i%4)
			if d.take(doc).Bond == BondOne {
				united++
			}
		}
		for event, gr := range d.groups {
			n := 0
			for _, e := range d.Grouper.docs {
				if e.event == event && e.draws() {
					n++
				}
			}
			if gr.size != n || len(gr.slots) != min(n, splitMost) {
				t.Fatalf("event %d has %d documents that draw and counts %d, with %d kept", event, n, gr.size, len(gr.slots))
			}
		}
		for i, e := range d.Grouper.docs {
			if e.event != d.in[int64(i+1)] {
				t.Fatalf("document %d is in event %d of the index and in %d as stored", i+1, e.event, d.in[int64(i+1)])
			}
		}
		before := fmt.Sprint(d.groups[d.in[1]])
		d.Unite(999, d.in[1])
		d.Unite(d.in[1], d.in[1])
		if after := fmt.Sprint(d.groups[d.in[1]]); after != before {
			t.Fatalf("united with nothing: %s, was %s", after, before)
		}
		anew := New(Default())
		for _, doc := range d.docs {
			anew.Add(doc, d.in[doc.ID], d.copies[doc.ID])
		}
		for event, gr := range d.groups {
			if got := anew.groups[event]; got == nil || fmt.Sprint(got.size, got.slots, got.first) != fmt.Sprint(gr.size, gr.slots, gr.first) {
				t.Fatalf("after a restart event %d is %+v, was %+v", event, got, gr)
			}
		}
		if len(anew.groups) != len(d.groups) {
			t.Fatalf("after a restart there are %d events, before %d", len(anew.groups), len(d.groups))
		}
	})
	if united == 0 {
		t.Error("no two events were ever put together")
	}
}
