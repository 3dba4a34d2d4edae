package summarize

import (
	"slices"
	"testing"
	"time"

	"newsdesk/news"
)

// M9: who and where name somebody and somewhere whole, and nobody together with
// those beside him.
func TestProminent_WholeNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ body, want, not string }{
		{"Two boats were blown onto Ida’s Point on Monday, and no one was hurt. The road to Ida's Point was closed, the police said.", "Ida's Point", "Ida"},
		{"Donors gave a boat to St Olav's Hospital on Monday, and doctors were glad. St Olav's Hospital has 300 beds.", "St Olav's Hospital", "St Olav"},
		{"Norway's Hospital Act was changed on Monday. Norway's Hospital Act is old.", "", "Norway's Hospital Act"},
		{"Anna Moe Republicans lost three seats in Halden on Monday. Anna Moe Republicans had held them for ten years.", "Anna Moe", "Anna Moe Republicans"},
		{"Princes Olav and Haakon opened the bridge of Halden on Monday. The crowd cheered.", "Olav", "Princes Olav"},
		{"House Speaker Anna Moe closed the session in Halden on Monday. Moe said the law could wait.", "Anna Moe", "House Speaker Anna Moe"},
	} {
		who, where := article(c.body).prominent()
		all := append(who.best(9, 0, 0), where.best(9, 0, 0)...)
		if c.want != "" && !slices.Contains(all, c.want) || slices.Contains(all, c.not) {
			t.Errorf("%q: got %q, want %q and not %q", c.body, all, c.want, c.not)
		}
	}
}

// A day is no matter of a claim, as no number is.
func TestContent_WithoutDays(t *testing.T) {
	t.Parallel()
	d := article("")
	for in, day := range map[string]string{
		"Friday brought two storms to the coast.":     "friday",
		"March saw 40 fires in the northern forests.": "march",
	} {
		if got := d.content(in, pieces(in)); got.has(d.canon(day)) {
			t.Errorf("content(%q) has the day: %v", in, got)
		}
	}
	const walk = "The march through the old town ended."
	if got := d.content(walk, pieces(walk)); !got.has(d.canon("march")) {
		t.Errorf("a march on foot is left out: %v", got)
	}
}

// The number of a day counts nothing.
func TestFigures_WithoutDates(t *testing.T) {
	t.Parallel()
	d := article("")
	for in, want := range map[string]int{
		"The council met on March 10 about the bridge.": 0,
		"The council met on 10 March about the bridge.": 0,
		"The council bought 10 boats for the harbour.":  1,
	} {
		if got := d.figures(in); len(got) != want {
			t.Errorf("figures(%q): %d, want %d: %+v", in, len(got), want, got)
		}
	}
}

// Facts that count again what was counted before, or hang on a "then", and
// captions are told in no summary.
func TestStands_LeansOnCounts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"Since then, the port has sought closer ties with the mainland.": false,
		"Settlers from those three valleys alone numbered 5,300 in May.": false,
		"Settlers from these hills numbered 5,300 in May, it was said.":  true,
		"Since May, the port has sought closer ties with the mainland.":  true,
	} {
		if got := stands(in, "en", true, false); got != want {
			t.Errorf("stands(%q) = %t", in, got)
		}
	}
}

func TestCaption_Posed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"Mayor Ida Moe, a Liberal from Halden, speaks in September during a news conference at the town hall.": true,
		"Anna Lund waves on Sunday after her victory in the hills above Halden.":                               true,
		"Mayor Ida Moe speaks five languages and was elected in September during a storm.":                     false,
		"Mayor Ida Moe spoke on Monday during a session of the council.":                                       false,
	} {
		if got := article(in).caption(0); got != want {
			t.Errorf("caption(%q) = %t", in, got)
		}
	}
}

// M9: a title that was cut on its way is made whole or replaced by a fact, and
// what only names a picture goes.
func TestHeadline_OfTornTitles(t *testing.T) {
	t.Parallel()
	body := "Wolves were seen in the hills above Halden on Monday, the forest service said. Shepherds have asked for help since May."
	for title, want := range map[string]string{
		"Wolves seen again in the hills above Halden amid":       "Wolves seen again in the hills above Halden",
		"Ministers show a united front at Halden summit despite": "Ministers show a united front at Halden summit",
		"Shepherds ask for help, because":                        "Shepherds ask for help",
		"Wolves in the hills above Halden could threaten the":    "Wolves were seen in the hills above Halden on Monday, the forest service said",
		"Wolves seen again in the hills above Halden (PHOTOS)":   "Wolves seen again in the hills above Halden",
		"Mayor of Halden to sign the law he fought for":          "Mayor of Halden to sign the law he fought for",
	} {
		a := news.Article{ID: 1, Title: title, Body: body, Lang: "en", Published: time.Date(2025, 3, 4, 9, 0, 0, 0, time.UTC)}
		if got := New(Default).Article(a).Headline; got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}
