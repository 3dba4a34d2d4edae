package topics

import (
	"math"
	"slices"

	"newsdesk/news"
)

// By says what decided on a topic. The words are stable.
type By string

// What decides on a topic.
const (
	ByFeed    By = "feed"    // the feed's own topic: nothing spoke against it
	BySection By = "section" // the section in the article's address
	ByWords   By = "words"   // the words of title and lead
)

// Found is the topic of an article.
type Found struct {
	Topic string
	By    By
	Sure  float64 // how likely it is, 0 to 1
}

// What speaks for a topic beside the words, in the logarithm of the odds. The
// feed's and the section's are not fitted: no labelled feeds are at hand.
const (
	feedSays    = 2.5
	sectionSays = 4.0
)

// moveFrom is how likely another topic than the feed's must be.
const moveFrom = 0.5

// fewWords is how many words an article must have to be weighed by them.
const fewWords = 4

// Classifier tells topics. It is safe for concurrent use.
type Classifier struct{ model *Model }

// New returns a classifier with the model that comes with the program.
func New() (*Classifier, error) {
	m, err := ParseModel(modelFile)
	if err != nil {
		return nil, err
	}
	return With(m), nil
}

// With returns a classifier with a model.
func With(m *Model) *Classifier { return &Classifier{m} }

// Of returns the topic of an article from a feed of a topic, "" for none: the
// feed's own, or one of those in use.
func (c *Classifier) Of(a news.Article, feed string, inUse []string) Found {
	if feed != "" && !slices.Contains(All(), feed) {
		return Found{Topic: feed, By: ByFeed, Sure: 1}
	}
	score := c.words(a.Title, a.Body, a.Lang)
	section := Section(a.URL)
	spoken := math.Inf(-1)
	best := feed
	for _, t := range All() {
		s := math.Log(score[t])
		if t != feed && !slices.Contains(inUse, t) {
			delete(score, t)
			continue
		}
		if t == feed {
			s += feedSays
		}
		if t == section {
			s += sectionSays
		}
		if s > spoken {
			best, spoken = t, s
		}
		score[t] = s
	}
	sum := 0.0
	for _, s := range score {
		sum += math.Exp(s - spoken)
	}
	if ofPlace(feed) && ofPlace(best) || feed != "" && 1/sum < moveFrom {
		best = feed
	}
	f := Found{Topic: best, By: ByWords, Sure: math.Exp(score[best]-spoken) / sum}
	switch best {
	case feed:
		f.By = ByFeed
	case section:
		f.By = BySection
	}
	return f
}

// Words returns the topic that the words alone tell, and how likely it is.
func (c *Classifier) Words(title, text string) (topic string, sure float64) {
	score := c.words(title, text, "")
	for _, t := range All() {
		if score[t] > sure {
			topic, sure = t, score[t]
		}
	}
	return topic, sure
}

// words returns how likely each topic is by the words. The shares of the world's
// regions follow the places that are named.
func (c *Classifier) words(title, text, lang string) map[string]float64 {
	out := make(map[string]float64, len(All()))
	r := read(title, text)
	if lang != "" && lang != "en" || r.words < fewWords {
		for _, t := range All() {
			out[t] = 1 / float64(len(All()))
		}
		return out
	}
	p := c.model.likely(r)
	for cl, t := range classTopic {
		out[t] = max(p[cl], 1e-6)
	}
	at := [...]float64{r.places[regionElsewhere] + 0.5, r.places[regionEurope], r.places[regionAsia], r.places[regionMiddleEast]}
	sum := at[0] + at[1] + at[2] + at[3]
	whole := out[World]
	for i, t := range [...]string{World, Europe, Asia, MiddleEast} {
		out[t] = max(whole*at[i]/sum, 1e-6)
	}
	return out
}
