package ask_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/ask"
	"newsdesk/news"
)

// today is when the tests' questions are asked.
var today = time.Date(2026, time.March, 5, 18, 0, 0, 0, time.UTC)

func ago(hours int) time.Time { return today.Add(-time.Duration(hours) * time.Hour) }

// shelf is an index in memory. It finds every article that has a word in
// common with the question, the one with most of them first.
type shelf []ask.Hit

func (s shelf) Search(_ context.Context, query string, since time.Time, limit int) ([]ask.Hit, error) {
	fields := func(text string) []string {
		return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" .,;:?!\"'()—-", r) })
	}
	words := map[string]bool{}
	for _, w := range fields(query) {
		words[w] = len(w) > 3
	}
	var out []ask.Hit
	for _, h := range s {
		h.Score = 0
		for _, w := range fields(h.Title + " " + h.Body) {
			if words[w] {
				h.Score++
			}
		}
		if h.Score > 0 && !h.Published.Before(since) {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b ask.Hit) int { return cmp.Compare(b.Score, a.Score) })
	return out[:min(len(out), limit)], nil
}

// article makes a hit; its place in the shelf is its id.
func article(published time.Time, outlet, title, body string) ask.Hit {
	return ask.Hit{Title: title, Outlet: outlet, Body: body, Published: published}
}

func newShelf(hits ...ask.Hit) shelf {
	for i := range hits {
		hits[i].Article = news.ArticleID(i + 1)
		hits[i].Event = news.EventID(i + 1)
		hits[i].URL = "https://" + strings.ToLower(strings.ReplaceAll(hits[i].Outlet, " ", "-")) + ".example/" + string(rune('a'+i))
	}
	return hits
}

// week is a week of invented news.
var week = newShelf(
	article(ago(60), "Delta Wire", "Strong earthquake shakes Velmora, two killed",
		"VELMORA (Wire) — A magnitude 6.4 earthquake struck the port city of Velmora early on Tuesday, killing two people and injuring 31, the civil defence agency said. "+
			"Windows broke across the old harbour. Schools in the city of Velmora will stay closed until Friday."),
	article(ago(40), "Northlight", "Velmora earthquake: five people died, hospitals say",
		"Five people died in the earthquake that struck Velmora on Tuesday, hospitals said on Wednesday. "+
			"Another 64 were injured. The harbour master, Ilse Brandt, said that ferries would run again from Thursday."),
	article(ago(6), "Courier", "Velmora earthquake death toll rises to eleven",
		"The death toll of the earthquake in Velmora has risen to 11, the interior ministry said on Thursday. "+
			"Eleven people died, six of them in one block of flats on Mill Street. Rescue dogs from Ostrava are searching the ruins."),
	article(ago(30), "Courier", "Tarn Rail buys ferry operator Copperline for 840 million crowns",
		"Tarn Rail has agreed to buy the ferry operator Copperline for 840 million crowns, the companies said on Wednesday. "+
			"The deal must be approved by the competition office in Ostrava. Chief executive Jonas Weller will leave Copperline in June."),
	article(ago(20), "Northlight", "Ulmar council votes to close the Mill Bridge",
		"The city council of Ulmar voted on Wednesday to close the Mill Bridge to cars from 1 April. "+
			"Mayor Petra Lindqvist said the bridge, built in 1963, could no longer carry the load. Cyclists may still use it."),
	article(ago(15), "Delta Wire", "Kestrel satellite reaches orbit",
		"The weather satellite Kestrel 2 reached its orbit on Thursday morning, the space agency Orbita said. "+
			"It was launched from the Sandholm range on a Boreas rocket. Kestrel 2 will watch storms over the northern sea for seven years."),
	article(ago(50), "Radio Sur", "How many troops are where",
		"The ministry of defence of Aldova said that it keeps 900 troops in Karst and 2,500 in Brennen. "+
			"A further 120 instructors are based in Tolm."),
	article(ago(12), "Radio Sur", "River prize for the novelist Ana Ruiz",
		"The novelist Ana Ruiz won the River Prize on Thursday for \"The Salt Road\", a book on a family of ferrymen. "+
			"The jury praised its quiet voice. The prize is worth 30,000 crowns."),
)

func answer(t *testing.T, ix ask.Index, question string) ask.Answer {
	t.Helper()
	a, err := ask.New(ix, ask.Options{}).Answer(t.Context(), question, today, today.AddDate(0, 0, -7))
	if err != nil {
		t.Fatalf("Answer(%q): %v", question, err)
	}
	return a
}

func texts(a ask.Answer) string {
	var out []string
	for _, q := range a.Quotes {
		out = append(out, q.Text)
	}
	return strings.Join(out, " ")
}

// all is an index that finds everything.
type all shelf

// Search returns the articles in their order.
func (s all) Search(_ context.Context, _ string, _ time.Time, limit int) ([]ask.Hit, error) {
	return s[:min(len(s), limit)], nil
}
