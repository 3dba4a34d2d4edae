package events

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/news"
)

// torvik are reports on two happenings around one man, three on the first and two
// on the second, in the order in which they came.
var torvik = [5]Doc{
	{
		Title: "Prosecutor in Torvik convenes grand jury in inquiry into mayor Lund", Source: "Courier",
		Text: "The prosecutor of Torvik, Ilse Harkort, convened a grand jury on Tuesday to hear evidence against mayor Tomas Lund, two people who know of it said.\n\n" +
			"The inquiry concerns the mayor's company and its loans. Lund called it a witch hunt.",
	},
	{
		Title: "Torvik: grand jury to weigh evidence in inquiry into mayor Lund", Source: "Radio",
		Text: "A grand jury was convened in Torvik on Tuesday by prosecutor Ilse Harkort to weigh evidence against mayor Tomas Lund over loans to his company.\n\nThe mayor spoke of a witch hunt.",
	},
	{
		Title: "Charges against former Lund adviser Bremer are dismissed", Source: "Gull",
		Text: "A judge dismissed the charges against Kurt Bremer, a former adviser of mayor Tomas Lund, on Tuesday. Bremer had been pardoned in January.\n\n" +
			"He had been accused of taking money from donors of a fund for a sea wall.",
	},
	{
		Title: "Two savings banks lent 14 million to company of Torvik's mayor, grand jury to hear", Source: "Archipelago",
		Text: "Two savings banks lent 14 million crowns to the company of Torvik's mayor, Tomas Lund, which a grand jury convened by prosecutor Ilse Harkort is to hear of.\n\nIt may sit for six months.",
	},
	{
		Title: "Judge formally dismisses Bremer indictment after pardon", Source: "Courier",
		Text: "The indictment against Kurt Bremer, who was pardoned in January, was formally dismissed by a judge on Tuesday.\n\nBremer had been accused of taking money from donors of a fund for a sea wall.",
	},
}

// oneEvent is a grouper in which all documents are of event 1, but for those on
// other happenings. It gives them ids from 1, and times where they have none.
func oneEvent(docs []Doc) (*Grouper, []Doc) {
	at := time.Date(2026, time.March, 3, 6, 0, 0, 0, time.UTC)
	g := New(Default())
	for i, d := range elsewhereDocs {
		d.ID, d.Published, d.Lang, d.Source = int64(101+i), at.Add(-time.Hour), "en", "Gull"
		g.Add(d, d.ID, 0)
	}
	docs = slices.Clone(docs)
	for i := range docs {
		d := &docs[i]
		d.ID = int64(i + 1)
		if d.Published.IsZero() {
			d.Published = at.Add(time.Duration(i) * 40 * time.Minute)
		}
		if d.Lang == "" {
			d.Lang = "en"
		}
		g.Add(*d, 1, g.Decide(*d).DuplicateOf)
	}
	return g, docs
}

func TestSplit(t *testing.T) { // B1
	t.Parallel()
	two := [2][]int64{{1, 2, 4}, {3, 5}}
	insert := func(at int, d Doc) func([]Doc) []Doc {
		return func(docs []Doc) []Doc { return slices.Insert(docs, at, d) }
	}
	of := func(i int, change func(*Doc)) Doc {
		d := torvik[i]
		change(&d)
		return d
	}
	both := Doc{
		Title: "Grand jury weighs evidence against mayor Lund as judge dismisses Bremer indictment", Source: "Post",
		Text: torvik[0].Text + "\n\n" + torvik[4].Text,
	}
	tests := []struct {
		name   string
		change func([]Doc) []Doc
		want   [2][]int64
	}{
		{"three articles on the one and two on the other", func(d []Doc) []Doc { return d }, two},
		{"shown by one on the first", func(d []Doc) []Doc { return []Doc{d[0], d[1], d[2], d[4], d[3]} }, [2][]int64{{1, 2, 5}, {3, 4}}},
		{"one only on the second", func(d []Doc) []Doc { return d[:4] }, [2][]int64{}},
		{"one only on the first", func(d []Doc) []Doc { return []Doc{d[0], d[2], d[4]} }, [2][]int64{}},
		{"one that tells of both", insert(4, both), [2][]int64{}},
		{"the last one tells of both", insert(5, both), [2][]int64{}},
		{"the last one is a copy", insert(5, of(4, func(d *Doc) { d.Source = "Post" })), [2][]int64{}},
		{"the last one is a running account", insert(5, of(4, func(d *Doc) { d.Kind, d.Title = news.KindLive, "Live: Bremer indictment dismissed" })), [2][]int64{}},
		{"a copy goes with what it repeats", insert(3, of(2, func(d *Doc) { d.Source = "Post" })), [2][]int64{{1, 2, 5}, {3, 4, 6}}},
		{"a comment goes with what it is on", insert(3, Doc{
			Title: "Opinion: A pardon for Bremer and a dismissed indictment leave the sea wall unbuilt", Source: "Post",
			Text: "Kurt Bremer was pardoned in January, and a judge has dismissed the indictment over the sea wall fund.",
		}), [2][]int64{{1, 2, 5}, {3, 4, 6}}},
		{"another language among them", func(d []Doc) []Doc { d[1].Lang = "de"; return d }, [2][]int64{}},
		{"prices of the day among them", func(d []Doc) []Doc { d[1].Title = "Stocks close higher as Dow gains 100 points"; return d }, [2][]int64{}},
		{"an event that began too long ago", func(d []Doc) []Doc {
			d[0].Published = time.Date(2026, time.February, 27, 6, 0, 0, 0, time.UTC)
			return d
		}, [2][]int64{}},
		{"an event of very many articles", func(d []Doc) []Doc {
			var many []Doc
			for i := range splitMost {
				many = append(many, of(i%2, func(d *Doc) {
					words := strings.Fields(d.Text)
					d.Text, d.Source = strings.Join(append(words[i:], words[:i]...), " ")+fmt.Sprintf(" %d of %d.", i, i*i), fmt.Sprint("Outlet ", i)
				}))
			}
			return append(many, d[2], d[4])
		}, [2][]int64{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			docs := torvik
			g, all := oneEvent(tt.change(docs[:]))
			s := g.Split(all[len(all)-1])
			if diff := cmp.Diff(tt.want, s.Parts); diff != "" {
				t.Fatalf("parts (-want +got):\n%s", diff)
			}
			if s.Parts[0] == nil {
				return
			}
			if s.Across <= 0 || s.Across >= splitMean {
				t.Errorf("likelihood across: %.2f", s.Across)
			}
			if early := g.Split(all[0]); early.Parts[0] != nil {
				t.Error("asked of a document that is not the last one")
			}
			g.Part(s.Parts[1], 1, 2)
			if again := g.Split(all[len(all)-1]); again.Parts[0] != nil {
				t.Errorf("parted once more: %v", again.Parts)
			}
			more := Doc{
				ID: 50, Title: "Donors of sea wall fund want their money back from Bremer", Source: "Radio", Lang: "en", Published: all[len(all)-1].Published.Add(time.Hour),
				Text: "Forty donors of a fund for a sea wall want their money back from Kurt Bremer, whose indictment a judge dismissed on Tuesday after he was pardoned in January, their lawyer said.",
			}
			if d := g.Decide(more); d.Event != 2 {
				t.Errorf("what comes later on the second happening goes to event %d", d.Event)
			}
		})
	}
}

// Whatever stands together: a split has each document of the event once, and two
// reports at least on either side; and once it is done each document is in one
// event, and a grouper that is filled anew has the same events.
func TestSplit_KeepsEveryDocument(t *testing.T) { // B1
	t.Parallel()
	pool := append(append([]Doc{}, torvik[:]...), wreck[:]...)
	parted := 0
	rapid.Check(t, func(t *rapid.T) {
		var docs []Doc
		at := time.Date(2026, time.March, 3, 6, 0, 0, 0, time.UTC)
		for i := range rapid.IntRange(3, 20).Draw(t, "documents") {
			doc := rapid.SampledFrom(pool).Draw(t, "document")
			at = at.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes")) * time.Minute)
			doc.Published, doc.Source = at, fmt.Sprint("Outlet ", i%5)
			if rapid.Bool().Draw(t, "reworded") {
				words := strings.Fields(doc.Text)
				k := rapid.IntRange(0, len(words)-1).Draw(t, "cut")
				doc.Text = strings.Join(append(words[k:], words[:k]...), " ")
			}
			docs = append(docs, doc)
		}
		g, docs := oneEvent(docs)
		s := g.Split(docs[len(docs)-1])
		if s.Parts[0] == nil {
			return
		}
		parted++
		in := map[int64]int64{}
		for i, part := range s.Parts {
			draw := 0
			for _, id := range part {
				if in[id] != 0 {
					t.Fatalf("document %d is in both parts", id)
				}
				in[id] = int64(i + 1)
				if g.docs[len(elsewhereDocs)+int(id)-1].draws() {
					draw++
				}
			}
			if draw < splitLeast || !slices.IsSorted(part) {
				t.Fatalf("part %d is %v, of which %d draw others", i, part, draw)
			}
		}
		if len(in) != len(docs) || in[1] != 1 {
			t.Fatalf("%d documents, of which the parts %v have %d", len(docs), s.Parts, len(in))
		}
		g.Part(s.Parts[1], 1, 2)
		g.Part(s.Parts[1], 2, 2)
		anew := New(Default())
		for _, e := range g.docs[:len(elsewhereDocs)] {
			d := elsewhereDocs[e.doc-101]
			d.ID, d.Published, d.Lang, d.Source = e.doc, docs[0].Published.Add(-time.Hour), "en", "Gull"
			anew.Add(d, e.event, 0)
		}
		for i, d := range docs {
			e := g.docs[len(elsewhereDocs)+i]
			if e.event != in[d.ID] {
				t.Fatalf("document %d is in event %d, want %d", d.ID, e.event, in[d.ID])
			}
			anew.Add(d, e.event, e.copyOf)
		}
		for _, id := range []int64{1, 2} {
			if got, want := g.groups[id], anew.groups[id]; fmt.Sprint(*got) != fmt.Sprint(*want) {
				t.Fatalf("event %d is %+v, and filled anew %+v", id, *got, *want)
			}
		}
	})
	if parted == 0 {
		t.Error("no event was ever parted")
	}
}
