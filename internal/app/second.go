package app

import (
	"slices"
	"strings"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/summarize"
)

// mostAsked is how many articles are made ready for one article's sake to be asked
// whether they say what the facts of others say. It takes a millisecond each. Those
// that are too many are asked for the sake of later ones.
const mostAsked = 6

// witnesses are the articles of an event at hand, to be asked whether they say
// what a fact of another says.
type witnesses struct {
	arts     []news.Article
	dossier  *summarize.Dossier
	verdicts verdicts // read and added to
	checkers checkers // the same
	most     int      // checkers that may be made
	alike    map[claimed][]news.Place
}

// Second returns the facts of articles that were just merged with the places
// where others of them say the same, as the events of the bot have them: each
// was looked for there by verify.
func Second(sources []news.Source, arts []news.Article, dossier *summarize.Dossier, facts []news.Fact) []news.Fact {
	w := &witnesses{arts: arts, dossier: dossier, verdicts: verdicts{}, checkers: checkers{}, most: len(arts)}
	return events.Second(sources, nil, facts, 0, w.read)
}

// seconded returns an event's facts with the places where other sources say the
// same. base is the event before, x what is kept of it in memory, and newcomer the
// article that was just read, 0 where all are to be asked.
func seconded(base, ev news.Event, x *gathered, cs checkers, newcomer news.ArticleID) []news.Fact {
	w := &witnesses{}
	if x != nil {
		w = &witnesses{arts: x.arts, dossier: x.dossier, verdicts: x.verdicts, checkers: cs, most: len(cs) + mostAsked}
	}
	return events.Second(ev.Sources, base.Facts, ev.Facts, newcomer, w.read)
}

// read says where an article states a fact of another.
func (w *witnesses) read(f news.Fact, id news.ArticleID) (at news.Place, states, read bool) {
	if !slices.ContainsFunc(w.arts, func(a news.Article) bool { return a.ID == id }) {
		return news.Place{}, false, false
	}
	places, known := w.alike[claimOf(f)]
	if !known {
		if w.alike == nil {
			w.alike = map[claimed][]news.Place{}
		}
		places = w.dossier.Alike(f)
		w.alike[claimOf(f)] = places
	}
	i := slices.IndexFunc(places, func(p news.Place) bool { return p.Article == id })
	if i < 0 {
		return news.Place{}, false, true
	}
	at = places[i]
	for _, text := range w.wordings(f) {
		states, asked := w.ask(news.Fact{Text: text, Article: id, Span: at.Span, Model: f.Model})
		if states || !asked {
			return at, states, asked
		}
	}
	return at, false, true
}

// ask lets the second path say whether an article says a fact in a sentence.
func (w *witnesses) ask(f news.Fact) (states, asked bool) {
	if states, asked = w.verdicts[claimOf(f)]; asked {
		return states, true
	}
	if w.checkers[f.Article] == nil && len(w.checkers) >= w.most {
		return false, false
	}
	states = w.checkers.of(f.Article, w.arts).Check(f).Supported()
	w.verdicts[claimOf(f)] = states
	return states, true
}

// wordings are what may be found of a fact in other articles: all that it says,
// and that without who says so. A word that begins it and that its own article
// has in small letters is no name.
func (w *witnesses) wordings(f news.Fact) []string {
	out := []string{f.Text}
	if bare := summarize.Bare(f.Text); bare != f.Text {
		out = append(out, bare)
	}
	own := slices.IndexFunc(w.arts, func(a news.Article) bool { return a.ID == f.Article })
	if own < 0 {
		return out
	}
	first, _, _ := strings.Cut(f.Text, " ")
	if small := strings.ToLower(first); small != first && strings.Contains(w.arts[own].Body, " "+small+" ") {
		for i := range out {
			out[i] = small + strings.TrimPrefix(out[i], first)
		}
	}
	return out
}
