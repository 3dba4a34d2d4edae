package app

import (
	"context"
	"fmt"

	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/summarize/llm"
)

// reconsider puts two events together or parts one where the article that was
// just placed shows it; before is its event as it found that, zero where it began
// one. It returns the number of posts that this causes.
func (p *Pipeline) reconsider(ctx context.Context, a news.Article, id news.EventID, before news.Event, doc events.Doc) (int, error) {
	if u := p.circles.union(a, doc); u.Bond == events.BondOne {
		return p.unite(ctx, a, id, u)
	} else if u.Bond != events.BondNone {
		p.log.DebugContext(ctx, "events stay apart", "event", int64(id), "other", u.Event, "reason", string(u.Bond), "alike", u.Alike)
	}
	if s := p.circles.split(a, doc); s.Parts[1] != nil && before.ID != 0 {
		return p.part(ctx, a, before, s)
	}
	return 0, nil
}

// unite puts two events together where the article that was just placed shows
// that they are one happening. It returns the number of posts that this causes.
// Where it fails, or the program ends before it, the events stay two: the next
// article that tells of both shows it again.
func (p *Pipeline) unite(ctx context.Context, a news.Article, joined news.EventID, u events.Union) (int, error) {
	kept, gone, places, err := p.pair(ctx, joined, news.EventID(u.Event))
	if err != nil {
		return 0, err
	}
	if events.PartedFrom(kept, gone) {
		p.log.DebugContext(ctx, "events stay apart", "event", int64(joined), "other", u.Event, "reason", "parted")
		return 0, nil
	}
	merged, x, err := p.mergeBoth(ctx, kept, gone)
	if err != nil {
		return 0, err
	}
	now := p.now()
	change := events.Absorb(kept, gone, merged, a.ID, u.Grouping, now)
	change.Event.Facts = seconded(kept, change.Event, x, checkers{}, 0)
	change, err = p.scale.rank(ctx, change, now)
	if err != nil {
		return 0, err
	}
	if change.Late, err = p.late(ctx, a); err != nil {
		return 0, err
	}
	plan, err := p.routeBoth(ctx, change, places)
	if err != nil {
		return 0, err
	}
	made, err := p.db.Merge(ctx, change, plan)
	if err != nil {
		return 0, err
	}
	p.circles.of(a).Unite(int64(gone.ID), int64(kept.ID))
	p.gathered.keep(kept.ID, x)
	p.metrics.Merged()
	p.log.InfoContext(ctx, "two events are one", "event", int64(kept.ID), "gone", int64(gone.ID), "article", int64(a.ID),
		"score", u.Grouping.Score, "alike", u.Alike, "posts", len(made))
	return len(made), nil
}

// reach are the channels that have a message of an event that is kept, and of one
// that is gone.
type reach struct{ kept, gone map[news.ChannelID]bool }

// pair loads two events, and says which of them is kept.
func (p *Pipeline) pair(ctx context.Context, a, b news.EventID) (kept, gone news.Event, of reach, err error) {
	var pair [2]news.Event
	var alerted [2]map[news.ChannelID]bool
	for i, id := range [2]news.EventID{a, b} {
		if pair[i], err = p.db.Event(ctx, id); err != nil {
			return kept, gone, of, err
		}
		pair[i] = p.scale.known(pair[i])
		if alerted[i], err = p.db.Alerted(ctx, id); err != nil {
			return kept, gone, of, err
		}
	}
	kept, gone = events.Survivor(pair[0], pair[1], len(alerted[0]), len(alerted[1]))
	of = reach{alerted[0], alerted[1]}
	if kept.ID != pair[0].ID {
		of = reach{alerted[1], alerted[0]}
	}
	return kept, gone, of, nil
}

// mergeBoth makes one summary of the articles of two events, and returns what is
// to be kept of the event that they become.
func (p *Pipeline) mergeBoth(ctx context.Context, kept, gone news.Event) (news.Summary, *gathered, error) {
	both := kept
	n := len(kept.Sources)
	both.Sources = append(kept.Sources[:n:n], gone.Sources...)
	m := len(kept.Facts)
	both.Facts = append(kept.Facts[:m:m], gone.Facts...)
	x := p.newGathered()
	for _, id := range [...]news.EventID{kept.ID, gone.ID} {
		if known := p.gathered.take(id); known != nil {
			x.join(known)
		}
	}
	return p.mergeAll(ctx, both, x)
}

// mergeAll makes one summary of the articles that an event has as its sources, of
// which x has some, and returns what is to be kept of it.
func (p *Pipeline) mergeAll(ctx context.Context, of news.Event, x *gathered) (news.Summary, *gathered, error) {
	if err := p.gather(ctx, x, of, 0, events.Language(of.Sources)); err != nil {
		return news.Summary{}, nil, err
	}
	merged := llm.Prefer(llm.Guard(x.dossier.Merge(x.arts, x.sums), x.arts...), x.sums)
	merged = p.checked(ctx, merged, x.verdicts, checkers{}, x.arts...)
	merged.Facts = x.dossier.Ledger(x.arts).Compare(merged.Facts)
	return merged, x, nil
}

// routeBoth decides what the channels get of two events that are one.
func (p *Pipeline) routeBoth(ctx context.Context, change events.Change, of reach) (events.Plan, error) {
	places, err := p.places(ctx, change)
	if err != nil {
		return events.Plan{}, err
	}
	earlier, err := p.db.Volumes(ctx, change.Absorbed.ID, p.now())
	if err != nil {
		return events.Plan{}, fmt.Errorf("find out what digests told of event %d: %w", change.Absorbed.ID, err)
	}
	for i := range places {
		c := &places[i]
		c.Other = of.gone[c.ID]
		c.Alerted = c.Alerted || c.Other
		if v := earlier[c.ID]; v.Told && (!c.Told || v.ToldAs.Rank() > c.ToldAs.Rank()) {
			c.Told, c.ToldAs = true, v.ToldAs
		}
	}
	plan := events.Route(change, places, p.now())
	// What became of the article when it was placed is not forgotten for this.
	plan.Verdicts = withoutUpdates(plan.Verdicts)
	if !change.Visible {
		plan.Verdicts = nil
	}
	return plan, nil
}
