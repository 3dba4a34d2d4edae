package summarize_test

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/news"
	"newsdesk/summarize"
)

// pair is two sentences of two outlets on one happening.
type pair struct {
	set, label, kind string
	gap              time.Duration
	a, b             string
}

func pairs(t *testing.T) []pair {
	t.Helper()
	f, err := os.Open("testdata/disputes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	var out []pair
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		c := strings.Split(lines.Text(), "\t")
		if len(c) != 6 {
			t.Fatalf("bad line %q", lines.Text())
		}
		minutes, err := strconv.Atoi(c[3])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, pair{c[0], c[1], c[2], time.Duration(minutes) * time.Minute, c[4], c[5]})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

var morning = time.Date(2031, 5, 3, 8, 0, 0, 0, time.UTC)

// disputed says whether the fact of the second article carries another value.
func (p pair) disputed() bool {
	arts := []news.Article{
		{ID: 1, Outlet: "Ledger", Lang: "en", Body: p.a, Published: morning},
		{ID: 2, Outlet: "Post", Lang: "en", Body: p.b, Published: morning.Add(p.gap)},
	}
	facts := []news.Fact{{Text: p.b, Article: 2, Span: news.Span{End: len(p.b)}}, {Text: p.a, Article: 1, Span: news.Span{End: len(p.a)}}}
	got := summarize.NewLedger(arts).Compare(facts)
	return len(got[0].Differs) > 0 || len(got[1].Differs) > 0
}

// Of the labelled pairs, at least 80 % of the conflicts are shown as such, and
// at most 5 % of the others. // B3
func TestLedger_LabelledPairs(t *testing.T) {
	t.Parallel()
	for _, set := range []string{"dev", "held", "fresh", "last", "later", "kept", "final"} {
		var conflicts, found, others, alarms int
		for _, p := range pairs(t) {
			if p.set != set {
				continue
			}
			got := p.disputed()
			switch p.label {
			case "conflict":
				conflicts++
				if got {
					found++
				} else if testing.Verbose() {
					t.Logf("not seen: %s\n\t%s\n\t%s", p.kind, p.a, p.b)
				}
			default:
				others++
				if got {
					alarms++
					if testing.Verbose() {
						t.Logf("false alarm, %s: %s\n\t%s\n\t%s", p.label, p.kind, p.a, p.b)
					}
				}
			}
		}
		t.Logf("%s: %d of %d conflicts shown, %d of %d others shown as one", set, found, conflicts, alarms, others)
		if conflicts == 0 || others == 0 || float64(found) < 0.8*float64(conflicts) || float64(alarms) > 0.05*float64(others) {
			t.Errorf("%s: want at least 80 %% of the conflicts and at most 5 %% of the others", set)
		}
	}
}

func BenchmarkLedger(b *testing.B) {
	var arts []news.Article
	var facts []news.Fact
	for i, a := range slices.Concat(fire(), fire(), fire(), fire(), fire()) {
		a.ID, a.Outlet, a.Body = news.ArticleID(i+1), "Outlet "+strconv.Itoa(i), strings.Repeat(a.Body+"\n\n", 5)
		arts = append(arts, a)
		facts = append(facts, news.Fact{Text: strings.SplitAfter(a.Body, ".")[0], Article: a.ID})
	}
	b.ReportAllocs()
	for b.Loop() {
		summarize.NewLedger(arts).Compare(facts[:5])
	}
}

// A text that says itself which value was wrong takes back no other one.
func TestLedger_WhatTheTextDenies(t *testing.T) { // B4
	t.Parallel()
	arts := []news.Article{
		{ID: 1, Lang: "en", Outlet: "Wire", Title: "Dam breaks above Delvin", Body: "At least 15 people were killed when a dam broke above Delvin, the civil protection office said.", Published: morning},
		{ID: 2, Lang: "en", Outlet: "Herald", Title: "Delvin dam had cracks", Body: "At least seven people were killed when a dam broke above Delvin, the interior ministry said.", Published: morning.Add(time.Hour)},
		{ID: 3, Lang: "en", Outlet: "Wire", Title: "Correction: 13 killed in Delvin dam break", Published: morning.Add(2 * time.Hour)},
	}
	for text, want := range map[string]string{
		"Thirteen people were killed when a dam broke above Delvin, not 15 as reported, the office said.":   "15",
		"Thirteen people were killed when a dam broke above Delvin, not 17 as reported, the office said.":   "",
		"Thirteen people were killed when a dam broke above Delvin, the office said, correcting its count.": "seven",
	} {
		arts[2].Body = text
		got := summarize.NewLedger(arts).Compare([]news.Fact{{Text: text, Article: 3}})
		if got[0].Was.Value != want {
			t.Errorf("%q takes back %q, want %q", text, got[0].Was.Value, want)
		}
	}
}
