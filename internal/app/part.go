package app

import (
	"context"
	"fmt"
	"slices"

	"newsdesk/events"
	"newsdesk/news"
)

// part makes an event two where the article that was just placed shows that it is;
// before is the event as the article found it.
// It returns the number of posts that this causes. Where it fails, or the program
// ends before it, the event stays one: the next article that tells of one side
// only shows it again. What was put together stays so.
func (p *Pipeline) part(ctx context.Context, a news.Article, before news.Event, s events.Split) (int, error) {
	base, err := p.db.Event(ctx, before.ID)
	if err != nil {
		return 0, err
	}
	if base = p.scale.known(base); len(base.Absorbed) > 0 {
		p.log.DebugContext(ctx, "an event stays one", "event", int64(base.ID), "reason", "merged", "across", s.Across)
		return 0, nil
	}
	p.gathered.take(base.ID)
	var sides [2]events.Side
	var kept [2]*gathered
	for i, docs := range s.Parts {
		if sides[i], kept[i], err = p.side(ctx, base, docs); err != nil {
			return 0, err
		}
	}
	moved, of := s.Parts[1], kept
	stays, leaves := events.Keeper(before, sides[0], sides[1])
	if !slices.Equal(stays.Articles, sides[0].Articles) {
		moved, of = s.Parts[0], [2]*gathered{kept[1], kept[0]}
	}
	now := p.now()
	d, ok := events.Divide(base, before, stays, leaves, a.ID, s.Across, now)
	if !ok {
		return 0, nil
	}
	d.Stays.Event.Facts = seconded(base, d.Stays.Event, of[0], checkers{}, 0)
	d.Leaves.Event.Facts = seconded(news.Event{}, d.Leaves.Event, of[1], checkers{}, 0)
	if d.Stays, err = p.scale.rank(ctx, d.Stays, now); err != nil {
		return 0, err
	}
	if d.Stays.Event.Class.Rank() > base.Class.Rank() { // to lose articles makes nothing important
		d.Stays.Event.Class = base.Class
	}
	if d.Leaves, err = p.scale.rank(ctx, d.Leaves, now); err != nil {
		return 0, err
	}
	if d.Leaves.Late, err = p.late(ctx, a); err != nil {
		return 0, err
	}
	places, err := p.placesOfBoth(ctx, d)
	if err != nil {
		return 0, err
	}
	other, made, err := p.db.Part(ctx, d.Routed(places, now))
	if err != nil {
		return 0, err
	}
	p.circles.of(a).Part(moved, int64(base.ID), int64(other))
	p.gathered.keep(base.ID, of[0])
	p.gathered.keep(other, of[1])
	p.metrics.Parted()
	p.log.InfoContext(ctx, "an event is two", "event", int64(base.ID), "other", int64(other), "article", int64(a.ID),
		"moved", len(moved), "across", s.Across, "posts", len(made))
	return len(made), nil
}

// side makes a side of an event of some of its articles, and returns what is to be
// kept of it.
func (p *Pipeline) side(ctx context.Context, base news.Event, docs []int64) (events.Side, *gathered, error) {
	side := events.Side{Articles: make([]news.ArticleID, len(docs))}
	for i, id := range docs {
		side.Articles[i] = news.ArticleID(id)
	}
	of := base
	of.Sources, of.Facts = nil, nil
	for _, s := range base.Sources {
		if slices.Contains(side.Articles, s.Article) {
			of.Sources = append(of.Sources, s)
		}
	}
	for _, f := range base.Facts {
		if slices.Contains(side.Articles, f.Article) {
			of.Facts = append(of.Facts, f)
		}
	}
	sum, x, err := p.mergeAll(ctx, of, p.newGathered())
	if err != nil {
		return side, nil, err
	}
	side.Read, side.Sums, side.Summary = x.arts, x.sums, sum
	return side, x, nil
}

// placesOfBoth returns the channels that either event of a division may concern.
func (p *Pipeline) placesOfBoth(ctx context.Context, d events.Division) ([]events.Place, error) {
	topics := slices.Concat(d.Stays.Event.Topics(), events.FiledUnder(d.Stays.Event), d.Leaves.Event.Topics())
	places, err := p.db.Places(ctx, topics, d.Stays.Base.ID)
	if err != nil {
		return nil, fmt.Errorf("load the channels of %s: %w", d.Stays.Event.Topic, err)
	}
	places = slices.DeleteFunc(places, func(c events.Place) bool { return !p.owns(c.ID) })
	return places, p.measure(ctx, places, d.Stays.Base.ID)
}
