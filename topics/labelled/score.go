package labelled

import (
	"slices"

	"newsdesk/news"
	"newsdesk/topics"
)

// Score is how well one topic is told.
type Score struct {
	Topic     string
	Articles  int     // that are of it
	Precision float64 // of those told to be of it
	Recall    float64
}

// leastArticles is how many articles of a topic must be kept out for its figures
// to say anything.
const leastArticles = 8

// Measure returns how well words alone tell the topics of the articles that were
// kept out of the fitting, in the order of the catalogue. Where several topics
// may be meant each of them is right, and for an article that was filed under the
// world so is its region.
func Measure(c *topics.Classifier, list []Article) []Score {
	of, told, right := map[string]int{}, map[string]int{}, map[string]int{}
	for _, a := range list {
		if !a.Held {
			continue
		}
		got, _ := c.Words(a.Title, a.Text)
		want := a.Topics[0]
		switch {
		case slices.Contains(a.Topics, got):
			want = got
		case want == topics.World && topics.InWorld(got):
			got = want
		}
		of[want]++
		told[got]++
		if got == want {
			right[want]++
		}
	}
	var out []Score
	for _, t := range topics.All() {
		if of[t] >= leastArticles {
			out = append(out, Score{t, of[t], float64(right[t]) / float64(max(told[t], 1)), float64(right[t]) / float64(of[t])})
		}
	}
	return slices.Clip(out)
}

// Moves is what becomes of held-back articles that come from a feed: their own
// topic's, or one of the whole world.
type Moves struct {
	Kept  float64 // share of those of their own topic's feeds that stay there
	Moved float64 // share of those of a subject that are taken out of a feed of the world
	Right float64 // of those moved, those that are put where they belong
}

// Follow measures what the classifier does with articles as they come from
// feeds, without their addresses.
func Follow(c *topics.Classifier, list []Article) Moves {
	kept, all, others, moved, right := 0, 0, 0, 0, 0
	for _, a := range list {
		if !a.Held || len(a.Topics) != 1 {
			continue
		}
		art := news.Article{Title: a.Title, Body: a.Text}
		all++
		if c.Of(art, a.Topics[0], topics.All()).Topic == a.Topics[0] {
			kept++
		}
		if topics.InWorld(a.Topics[0]) || a.Topics[0] == topics.US || a.Topics[0] == topics.Politics {
			continue
		}
		others++
		if got := c.Of(art, topics.World, topics.All()).Topic; got != topics.World {
			moved++
			if got == a.Topics[0] {
				right++
			}
		}
	}
	return Moves{float64(kept) / float64(max(all, 1)), float64(moved) / float64(max(others, 1)), float64(right) / float64(max(moved, 1))}
}
