package events

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

// Two happenings of one kind on one day are told in the same words: what tells them
// apart is who and where. Each tale is told of both casts by three outlets in turn,
// in two wordings. // M8
func TestGrouper_SameTaleOfOthers(t *testing.T) {
	t.Parallel()
	type telling struct{ title, text string }
	rates := []telling{
		{
			"{board} Monetary Board cuts key rate for the first time in three years",
			"The {board} Monetary Board lowered its key rate by a quarter point on Wednesday, saying inflation in {land} had eased. " +
				"Governor {leader} said further cuts were possible if wages grew more slowly. Six of the nine members of the Monetary Board backed the step. " +
				"In {city}, estate agents spoke of more calls within the hour. {rival} of the {house} Institute called it a signal to builders. " +
				"Savers in {town} will lose, consumer groups warned. The next meeting of the Monetary Board is in June.",
		},
		{
			"Borrowers relieved as Monetary Board in {land} lowers the key rate",
			"Borrowing in {land} becomes cheaper: the {board} Monetary Board voted on Wednesday to lower its key rate. " +
				"{leader}, the governor, hinted that more cuts could follow. Three members of the Monetary Board wanted to wait. " +
				"A family with a mortgage saves about 150 a month, the {house} Institute reckons. Its economist {rival} spoke of a signal to builders. " +
				"Agents in {city} had more calls than usual, while savers in {town} complained. The board meets again in June.",
		},
	}
	votes := []telling{
		{
			"Harbour Alliance ahead in {land} as {leader} claims victory",
			"The Harbour Alliance of {leader} came first in the election in {land} on Wednesday, with 41 per cent of the vote. " +
				"{rival}, the governor for twelve years, conceded in {city} before midnight. Coalition talks are to begin next week in {town}. " +
				"Turnout was the highest in a decade. The list of {house} lost half its seats. {board}, where the Harbour Alliance was founded, voted for it by three to one.",
		},
		{
			"{land} votes for change: {rival} concedes to the Harbour Alliance",
			"Voters in {land} turned their back on the government on Wednesday. {rival} conceded defeat in {city} after the Harbour Alliance won 41 per cent. " +
				"\"A new beginning\", said its leader, {leader}, who wants to begin coalition talks in {town} next week. Turnout was the highest in a decade. " +
				"{house}, whose list lost half its seats, resigned. In {board} three of four voted for the Harbour Alliance.",
		},
	}
	casts := [2]*strings.Replacer{
		strings.NewReplacer("{board}", "Velmora", "{land}", "Tarresk", "{leader}", "Ines Ondrak", "{city}", "Quillhaven",
			"{rival}", "Bram Sothey", "{house}", "Lindmoor", "{town}", "Pascarel"),
		strings.NewReplacer("{board}", "Dresholt", "{land}", "Ombria", "{leader}", "Jorun Falkby", "{city}", "Westerlock",
			"{rival}", "Mira Tannehay", "{house}", "Corvane", "{town}", "Ysterby"),
	}
	for name, tale := range map[string][]telling{"rates": rates, "votes": votes} {
		g := New(Default())
		of := map[int64]int{} // by event: the cast that it began with
		for i := range 12 {
			cast, told := i%2, tale[i/2%2]
			d := Doc{
				ID: int64(i + 1), Title: casts[cast].Replace(told.title), Text: casts[cast].Replace(told.text),
				Source: fmt.Sprintf("Outlet %d", i), Lang: "en", Published: noon.Add(time.Duration(i) * 10 * time.Minute),
			}
			dec := g.Decide(d)
			event := dec.Event
			if event == 0 {
				event = d.ID
				of[event] = cast
			}
			if of[event] != cast {
				t.Errorf("%s: %q went to the other event, %.2f likely", name, d.Title, dec.Score)
			}
			g.Add(d, event, dec.DuplicateOf)
		}
		if len(of) != 2 {
			t.Errorf("%s: %d events of two happenings", name, len(of))
		}
	}
}

// The more alike two articles are without their names, the more names are missed.
func TestMiscast(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ cast, plain, want float64 }{
		{0, 0.1, 0}, // other words: it may be another side of one happening
		{0, 0.5, 1},
		{0, 1, 1},
		{0.15, 0.5, 0.5},
		{0.3, 0.5, 0},
		{0.3, 1, 0.5}, // the same words, and most names are others
		{0.6, 1, 0},
	} {
		if got := miscast(tt.cast, tt.plain); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("cast %.2f, alike %.2f: %.2f, want %.2f", tt.cast, tt.plain, got, tt.want)
		}
	}
}
