package events

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func decide(g *Grouper, d Doc) Decision {
	dec := g.Decide(d)
	event := dec.Event
	if event == 0 {
		event = d.ID
	}
	g.Add(d, event, dec.DuplicateOf)
	return dec
}

// The same stream gives the same decisions, asking changes nothing, and a copy
// is of an original in its own event.
func TestGrouper_Properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := strings.Fields("quake Chile Japan Iquique bridge collapses Oskvale mayor resigns budget passes 7.1 5.9 dead police strike trains Opinion: Live: 5 things to know for May")
		var docs []Doc
		for i := range rapid.IntRange(1, 40).Draw(t, "docs") {
			text := rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(t, "text")
			docs = append(docs, Doc{
				ID: int64(i + 1), Title: strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 9).Draw(t, "title"), " "),
				Text: strings.Join(text, " "), Source: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "source"),
				Published: noon.Add(time.Duration(rapid.IntRange(-200, 200).Draw(t, "hours")) * time.Hour),
			})
		}
		cut := rapid.IntRange(0, len(docs)).Draw(t, "prune")
		run := func() (out []Decision) {
			g := New(Default())
			event := map[int64]int64{}
			for i, d := range docs {
				if i == cut {
					g.Prune(noon.Add(-48 * time.Hour))
				}
				if a, b := g.Decide(d), g.Decide(d); a != b {
					t.Fatalf("asked twice: %v and %v", a, b)
				}
				dec := decide(g, d)
				if dec.DuplicateOf != 0 && event[dec.DuplicateOf] != dec.Event {
					t.Fatalf("copy of %d in event %d, which is in %d", dec.DuplicateOf, dec.Event, event[dec.DuplicateOf])
				}
				event[d.ID] = dec.Event
				if dec.Event == 0 {
					event[d.ID] = d.ID
				}
				out = append(out, dec)
			}
			return out
		}
		if diff := cmp.Diff(run(), run()); diff != "" {
			t.Fatalf("the same stream, decided otherwise:\n%s", diff)
		}
	})
}

func TestGrouper_Prune(t *testing.T) {
	t.Parallel()
	g := New(Options{})
	for i := range 20 {
		d := Doc{ID: int64(i + 1), Title: fmt.Sprintf("Lighthouse keeper number%d retires on Fenmark island", i), Published: noon.Add(time.Duration(i) * time.Hour)}
		g.Add(d, d.ID, 0)
	}
	g.Prune(noon.Add(10 * time.Hour))
	if g.Len() != 10 {
		t.Fatalf("%d in view after pruning, want 10", g.Len())
	}
	again := Doc{ID: 30, Title: "Lighthouse keeper number15 retires on Fenmark island", Published: noon.Add(20 * time.Hour)}
	if d := g.Decide(again); d.Event != 16 {
		t.Errorf("joins %d, want 16: %+v", d.Event, d)
	}
	g.Prune(noon.Add(100 * time.Hour))
	if g.vocab.docs != 0 || len(g.vocab.stems) != 0 {
		t.Errorf("forgotten words remain: %v documents, %d stems", g.vocab.docs, len(g.vocab.stems))
	}
	if d := g.Decide(again); g.Len() != 0 || d.Event != 0 {
		t.Errorf("with nothing in view: %+v", d)
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]kind{
		"5 things to know for Sept. 16: Harbour, budget, heat": kindRoundup,
		"Five things to know today":                            kindRoundup,
		"Your Friday briefing":                                 kindRoundup,
		"Morning briefing: rail strike goes on":                kindRoundup,
		"Budget, rail strike, long heat, chess final":          kindRoundup,
		"Horoscope for Tuesday":                                kindRoundup,
		"The week in pictures":                                 kindRoundup,
		"5 things to know about the new harbour bridge":        kindNews,
		"Briefing room floods in palace":                       kindNews,
		"Chess final: time, channel, prize, how to watch":      kindNews,
		"Brandt, Renn and Holm win seats":                      kindNews,
		"Opinion: The harbour deal stinks":                     kindOpinion,
		"The harbour deal stinks | Editorial":                  kindOpinion,
		"Public opinion turns against harbour deal":            kindNews,
		"Live updates: Storm nears the coast":                  kindLive,
		"Storm nears the coast: live updates":                  kindLive,
		"Whales live longer than thought":                      kindNews,
		"Mayor resigns over harbour contract":                  kindNews,
		"Minister says a letter was never sent":                kindNews,
		"Column of tanks seen near border":                     kindNews,
		"":                                                     kindNews,
	} {
		if got := titleKind(title); got != want {
			t.Errorf("%q is %d, want %d", title, got, want)
		}
	}
}

func TestDuplicate(t *testing.T) {
	t.Parallel()
	body := "A ferry carrying 240 passengers ran aground near Sundhavn on Tuesday in thick fog, the coast guard said. " +
		"All passengers were taken off by lifeboats within two hours. " +
		"The captain told investigators that the steering failed minutes before the ship struck the rocks. " +
		"Divers will look at the hull when the weather allows, and the port stays closed until Thursday."
	other := "Lifeboats brought everybody ashore after a ferry hit rocks off Sundhavn on Tuesday. The operator blamed thick fog, " +
		"while the captain spoke of a failure in the steering gear. The port authority closed the harbour and sent two tugs to hold the vessel in place overnight."
	frame := "Good morning and welcome to the Ledger briefing, the fastest way to learn what happened while you slept and what the day will bring. "
	edited := "A ferry carrying 240 passengers ran aground near Sundhavn on Tuesday in thick fog, the coast guard said. " +
		"All passengers were taken off by lifeboats within two hours. " +
		"Everybody was brought ashore by five boats of the rescue service before dusk, some of them with bruises and one with a broken arm. " +
		"An inquiry opened on Wednesday; its head, a retired pilot, promised a first report by the end of the month and asked for pictures taken on board. " +
		"The shipping line said that it would refund every ticket and pay for a night in a hotel."
	consent := "We will use the details you have shared to manage your subscription. You agree to the storage of your data as described in our privacy policy. " +
		"Would you like to receive the harbour newsletter? This includes The Ledger and all other papers of the house."
	tests := []struct {
		name string
		a, b Doc
		want bool
	}{
		{"the same text", Doc{Text: body}, Doc{Text: body}, true},
		{"with another dateline and end", Doc{Text: body}, Doc{Text: "SUNDHAVN (Wire) - " + body + " This story was updated."}, true},
		{"the start of it", Doc{Text: body + " " + other}, Doc{Text: body}, true},
		{"the same event in other words", Doc{Text: body}, Doc{Text: other}, false},
		{"titles only, equal but for case", Doc{Title: "Ferry runs aground near Sundhavn"}, Doc{Title: "Ferry Runs Aground Near Sundhavn"}, true},
		{"titles only", Doc{Title: "Ferry runs aground near Sundhavn"}, Doc{Title: "Ferry hits rocks near Sundhavn"}, false},
		{"nothing", Doc{}, Doc{}, false},
		{
			"edited at its address", Doc{Text: body, URL: "https://l.test/a/"}, Doc{Text: edited, URL: "http://www.l.test/a/index.html?utm_source=x"}, true,
		},
		{"as much in common at other addresses", Doc{Text: body, URL: "https://l.test/a?id=1"}, Doc{Text: edited, URL: "https://l.test/a?id=2"}, false},
		{
			"one frame and no text", Doc{Title: "Ferry aground near Sundhavn at noon", Text: consent}, Doc{Title: "Port reopens after two days of fog", Text: consent}, false,
		},
		{
			"two editions",
			Doc{Title: "5 things to know for May 3: Ferry, budget", Text: frame + frame + body, URL: "https://l.test/2031/05/03/five"},
			Doc{Title: "5 things to know for May 4: Port, strike", Text: frame + frame + body, URL: "https://l.test/2031/05/04/five"},
			false,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Duplicate(tt.a, tt.b); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if Duplicate(tt.b, tt.a) != Duplicate(tt.a, tt.b) {
				t.Error("depends on the order")
			}
		})
	}
}

// Two short items under one long frame are not one text once the frame is known.
func TestBoilerplate(t *testing.T) {
	t.Parallel()
	frame := " Sign up here for the letter that brings all of the harbour's news to your desk each morning. " +
		"Our reporters are on the quay from the first ferry to the last and would like to hear from you. " +
		"Write to the editor with your name and address if you saw something that we ought to know about."
	item := func(i int) Doc {
		return Doc{ID: int64(i + 1), Source: "Post", Text: fmt.Sprintf("Pier %d was painted in colour number %d by crew %d on the day.", i, i*7, i*13) + frame}
	}
	if !Duplicate(item(1), item(2)) {
		t.Fatal("the frame does not hide the difference: the test shows nothing")
	}
	b := newBoilerplate()
	for i := range 5 {
		var p passage
		p.read(fmt.Sprintf("Story %d begins with words of its own. It goes on about subject %d. A third thing is %d. And so %d ends here.", i, i, i, i)+frame, "")
		b.learn("Post", p.hashes)
	}
	if b.duplicate(item(1), item(2)) {
		t.Error("two items are one because of their frame")
	}
	if !b.duplicate(item(1), item(1)) {
		t.Error("an item is not itself")
	}
}

// A document that was read before, into memory used again, is as one that the
// grouper reads.
func TestAddParsed(t *testing.T) {
	t.Parallel()
	s := newStream()
	frame := " Sign the harbour's letter to have the quay's news on your desk each morning of the week."
	read, direct := New(Default()), New(Default())
	var r Parsed
	for i := range 300 {
		d := s.next()
		if i%3 > 0 { // sentences that recur are found out
			d.Source, d.Text = "Outlet 1", d.Text+frame
		}
		event := d.ID/3 + 1
		r.Parse(d)
		read.AddParsed(&r, event, 0)
		direct.Add(d, event, 0)
	}
	for range 60 {
		d := s.next()
		if i := d.ID % 2; i == 0 {
			d.Text += frame
		}
		if diff := cmp.Diff(direct.Candidates(d), read.Candidates(d)); diff != "" {
			t.Fatalf("%q (-added +read):\n%s", d.Title, diff)
		}
		if a, b := direct.Decide(d), read.Decide(d); a != b {
			t.Fatalf("%q: %+v, want %+v", d.Title, b, a)
		}
		direct.Add(d, d.ID/3+1, 0)
		read.Add(d, d.ID/3+1, 0)
	}
}

func FuzzDecide(f *testing.F) {
	f.Add("Magnitude 7.1 quake hits Chile", "A quake struck.", "Quake in Chile: 7.1", "en", int64(1), "https://a.test/2031/05/03/x")
	f.Add("地震が発生", "東京で地震が発生した。", "東京で地震", "ja", int64(-1), "")
	f.Add("5 things to know for May 3:", "U.S. and U.K.’s '' ’s 1,2.3.4%", "\xff\xfe\u0301", "xx", int64(1<<62), "::")
	f.Fuzz(func(t *testing.T, title, text, title2, lang string, at int64, url string) {
		g := New(Default())
		docs := []Doc{
			{ID: 1, Title: title, Text: text, Lang: lang, Source: "a", Published: time.Unix(at%(1<<40), 0)},
			{ID: 2, Title: title2, Text: text + title, URL: url},
			{ID: 3, Title: title, Text: title2, Lang: lang, URL: url},
		}
		for _, d := range docs {
			dec := decide(g, d)
			if dec.Score < 0 || dec.Score > 1 || dec.Score != dec.Score {
				t.Fatalf("score %v", dec.Score)
			}
			if dec.DuplicateOf != 0 && dec.Event == 0 {
				t.Fatalf("a copy without an event: %+v", dec)
			}
		}
		if Duplicate(docs[0], docs[1]) != Duplicate(docs[1], docs[0]) {
			t.Fatal("depends on the order")
		}
		g.Prune(time.Unix(at%(1<<40), 1))
		newContents().of(text)
	})
}
