package app

import (
	"strings"
	"testing"
	"time"
)

// What an outlet adds to an article shows that two stories are one, as a new
// article does: their messages become one, and nothing is told twice. // B1, B4
func TestReread_PutsTogether(t *testing.T) {
	t.Parallel()
	r, ch := followed(t)
	captain := "Captain Stavros Leneas stayed aboard with nine of his crew."
	r.report("Courier", "aground", meltemi.aground)
	r.report("Archipelago", "later", []string{"Captain of ferry Meltemi stays aboard off Nisyra", "The ferry Meltemi is aground on a reef near Nisyra since early Tuesday, in fog, the harbour office said.", captain})
	r.report("Radio", "rescue", meltemi.rescue)
	r.report("Gull", "cold", meltemi.cold)
	before := len(ch.Messages())
	first, other := holding(ch, "runs aground"), holding(ch, "stricken ship")
	if len(first) != 1 || len(other) != 1 {
		t.Fatalf("before, %d messages tell of the one story and %d of the other", len(first), len(other))
	}
	r.rewrite("Archipelago", "later", meltemi.all[0], append(meltemi.all[1:len(meltemi.all)-1:len(meltemi.all)-1], captain)...)
	r.pass(20 * time.Minute)

	if n := len(ch.Messages()); n != before {
		t.Errorf("%d messages, before %d: nothing may be told twice", n, before)
	}
	if gone := r.message(ch, other[0].ID); !strings.HasPrefix(gone.Content, "➡️ This turned out to be one story with ") {
		t.Errorf("the other message says %q", gone.Content)
	}
	if kept := says(r.message(ch, first[0].ID)); !strings.Contains(kept, "140 passengers") {
		t.Errorf("the message that stays shows\n%s", kept)
	}
}

// What an outlet changes in an article shows that a story is two, as a new article
// does. // B1, B4
func TestReread_Parts(t *testing.T) {
	t.Parallel()
	r, ch := followed(t)
	early := []string{
		"Torvik: loans to mayor Lund's company go to grand jury",
		"Prosecutor Ilse Harkort takes the loans to the company of Torvik's mayor, Tomas Lund, to a grand jury, which was convened on Tuesday. " + torvik.formal[1],
	}
	for i, a := range [][]string{torvik.jury, torvik.weighs, torvik.dismissed, torvik.banks, early} {
		r.report([]string{"Courier", "Radio", "Gull", "Archipelago", "Courier"}[i], "torvik-"+string(rune('1'+i)), a)
	}
	if got := holding(ch, "Lund"); len(got) != 1 || !strings.Contains(says(got[0]), "pardoned in January") {
		t.Fatalf("before, %d messages tell of the story", len(got))
	}
	r.rewrite("Courier", "torvik-5", torvik.formal[0], torvik.formal[1:]...)
	r.pass(20 * time.Minute)
	got := holding(ch, "convenes grand jury")
	if len(got) != 1 {
		t.Fatalf("%d messages tell of the story", len(got))
	}
	if text := says(got[0]); !strings.Contains(text, "↪️ No longer part of this story: **"+torvik.dismissed[0]+"** (#") || strings.Contains(text, "pardoned in January") {
		t.Errorf("its message:\n%s", text)
	}
}
