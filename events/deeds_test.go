package events

import (
	"math"
	"testing"
)

// What two documents share is told with and without their names, and without the
// terms that count most in it.
func TestDeeds(t *testing.T) {
	t.Parallel()
	g := New(Default())
	for i, text := range []string{ // they show what is a name
		"The mayor of Corrin, Ada Velm, spoke in Corrin on Monday about the budget of the town of Corrin and the plans that Velm has for it.",
		"In Corrin the police said that Ada Velm was not hurt when a tree fell on her car near the Corrin bridge on Monday, and that Velm went on.",
	} {
		g.Add(Doc{ID: int64(i + 1), Title: "Report", Text: text}, int64(i+1), 0)
	}
	analyse := func(title, text string) *entry {
		g.last = nil
		return g.analyse(Doc{ID: 9, Title: title, Text: text})
	}
	opens := analyse("Velm opens harbour museum in Corrin", "Mayor Ada Velm opened the harbour museum in Corrin on Tuesday, with sixty model ships and an anchor that divers found.")
	again := analyse("Museum of the harbour opened by Velm", "With sixty model ships the harbour museum was opened on Tuesday by mayor Ada Velm; divers had found its anchor.")
	quits := analyse("Velm resigns in Corrin", "Mayor Ada Velm resigned in Corrin on Tuesday because auditors found that contracts had been given to relatives.")
	compare := func(a, b *entry) pair {
		var inTitle, inAll [maxTitleTerms]float64
		return g.vocab.compare(a, b, &inTitle, &inAll)
	}
	same, other := compare(opens, again), compare(opens, quits)
	if same.deeds < 0.6 || other.deeds > 0.3 {
		t.Errorf("of the titles without names %.2f stand in a report on the same, %.2f in one on another matter", same.deeds, other.deeds)
	}
	if same.plain < 2*other.plain || same.rest < 2*other.rest {
		t.Errorf("without names %.2f on the same and %.2f on another matter; without the heaviest terms %.2f and %.2f", same.plain, other.plain, same.rest, other.rest)
	}
	if back := compare(quits, opens); math.Abs(back.deeds-other.deeds) > 1e-9 || math.Abs(back.plain-other.plain) > 1e-9 || math.Abs(back.rest-other.rest) > 1e-9 {
		t.Errorf("compared the other way: %+v, want %+v", back, other)
	}
	if want := cosine(opens.full, quits.full); math.Abs(other.full-want) > 1e-9 {
		t.Errorf("cosine %.3f, want %.3f", other.full, want)
	}
	bare := analyse("Velm", "")
	if got := deeds(bare, opens); bare.titleNames == 0 || got != noDeeds {
		t.Errorf("a title of names alone (%b): %.2f, want %.2f", bare.titleNames, got, noDeeds)
	}
}
