package events

import (
	"fmt"
	"testing"
	"time"
)

// A headline that comes again is no second story, though the event has grown by
// articles in other words; days later it is, and with another number.
func TestGrouper_HeadlineComesAgain(t *testing.T) {
	t.Parallel()
	const headline = "Bank's Orlund says upbeat mood carries Oskvale economy"
	others := []string{
		"Central bank of Oskvale keeps rates and its upbeat view on outlook", "Oskvale bank seen upbeat despite slowdown and calls for lower rates",
		"Yield over Oskvale doubles as bank holds policy", "Bank of Oskvale: no need to ease rates now", "Oskvale bank stands pat, as analysts had expected",
	}
	for _, tt := range []struct {
		name, title string
		after       time.Duration
		want        int64
	}{
		{"the next morning", "UPDATE 2-" + headline, 9 * time.Hour, 1},
		{"a day later, on another matter", "Bank's Orlund buys upbeat Tollerby newspaper", 9 * time.Hour, 0},
		{"days later", "UPDATE 2-" + headline, 80 * time.Hour, 0},
	} {
		g := New(Default())
		for i, title := range others {
			g.Add(Doc{ID: int64(i + 2), Title: title, Source: fmt.Sprint("Outlet ", i), Published: noon.Add(time.Duration(5*i-38) * time.Hour)}, 1, 0)
		}
		g.Add(Doc{ID: 1, Title: headline, Source: "Wire", Published: noon}, 1, 0)
		d := g.Decide(Doc{ID: 20, Title: tt.title, Source: "Wire", Published: noon.Add(tt.after)})
		if d.Event != tt.want {
			t.Errorf("%s: joins %d with %.3f, want %d", tt.name, d.Event, d.Score, tt.want)
		}
	}
}
