package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsdesk/digest"
	"newsdesk/events"
	"newsdesk/news"
	"newsdesk/store"
)

const (
	// gap is how long no feed must have been read for what was published in the
	// meantime to count as late: longer than any pause between two polls of many
	// feeds, shorter than what readers would call old.
	gap = 2 * time.Hour
	// gapDigest is how long after a gap what it brought is told together: by
	// then every feed that was due has been read.
	gapDigest = 30 * time.Minute
	// digestTries are the tries to make a digest while what it tells changes.
	digestTries = 3
)

// measure fills in what the channels got of late, and how their clocks go.
func (p *Pipeline) measure(ctx context.Context, places []events.Place, event news.EventID) error {
	if len(places) == 0 {
		return nil
	}
	volumes, err := p.db.Volumes(ctx, event, p.now().Add(-time.Hour))
	if err != nil {
		return err
	}
	unreachable, err := p.db.Unreachable(ctx, p.now())
	if err != nil {
		return err
	}
	for i := range places {
		c := &places[i]
		c.Volume = volumes[c.ID]
		c.Unreachable = unreachable[c.ID]
		c.Location = digest.ZoneOr(c.Zone)
		if c.PerHour == 0 {
			c.PerHour = p.perHour
		}
	}
	return nil
}

// late returns when what the last gap brought is told together, for an article
// that is of it: published before its end, or undated, and first seen in the
// polls that ended it. For any other it is zero.
// The caller holds the pipeline's lock.
func (p *Pipeline) late(ctx context.Context, a news.Article) (time.Time, error) {
	if !a.Seen.Before(p.gap.looked) {
		looked := p.now()
		_, end, err := p.db.Gap(ctx)
		if err != nil {
			return time.Time{}, err
		}
		p.gap = gapEnd{at: end, looked: looked}
	}
	end := p.gap.at
	told := end.Add(gapDigest)
	if end.IsZero() || a.Seen.Before(end) || !a.Seen.Before(told) || a.Published.After(end) {
		return time.Time{}, nil
	}
	return told, nil
}

// gapEnd is when the last gap ended, as it was stored when it was looked at. A gap
// ends when it is noted, before any feed is read: one that came since is after all
// articles that had been seen by then.
type gapEnd struct{ at, looked time.Time }

// settled returns when a digest that is due now can be made: not while feeds are
// read for the first time in hours, since it would say that nothing happened and
// what they bring would be told apart.
func (p *Pipeline) settled(ctx context.Context, now time.Time) (time.Time, error) {
	last, err := p.db.LastPoll(ctx)
	if err != nil || last.IsZero() {
		return now, err
	}
	_, end, err := p.db.Gap(ctx)
	if err != nil {
		return now, err
	}
	switch told := end.Add(gapDigest); {
	case now.Sub(last) > gap && now.Before(p.started.Add(gapDigest)): // none has been read yet
		return p.started.Add(gapDigest), nil
	case !end.IsZero() && !last.Before(end) && now.Before(told):
		return told, nil
	}
	return now, nil
}

// Digest makes a digest that is due and stores its post, together with what it
// ends. One that nobody would read, or that nothing waits for, is left out.
func (p *Pipeline) Digest(ctx context.Context, id news.DigestID) error {
	due, err := p.db.Digest(ctx, id)
	if errors.Is(err, news.ErrNotFound) {
		return nil // made already, or no longer wanted
	}
	if err != nil {
		return fmt.Errorf("make digest %d: %w", id, err)
	}
	made, err := p.digest(ctx, due)
	for try := 1; try < digestTries && errors.Is(err, news.ErrConflict); try++ {
		made, err = p.digest(ctx, due)
	}
	if err != nil {
		return fmt.Errorf("make the digest of channel %s: %w", due.Channel, err)
	}
	if made {
		p.wakeRelay()
	}
	return nil
}

func (p *Pipeline) digest(ctx context.Context, due news.DueDigest) (bool, error) {
	now := p.now()
	if !p.owns(due.Channel) { // what waits there is another surface's to tell
		return false, p.db.SetDigest(ctx, due, now.Add(time.Hour))
	}
	c, err := p.db.Channel(ctx, due.Channel)
	if err != nil {
		return false, err
	}
	later, err := p.settled(ctx, now)
	if err != nil {
		return false, err
	}
	if due.Kind == news.DigestCatchUp { // quiet hours may have begun, or been set, since it was planned
		later = digest.CatchUp(c.Settings, later)
	}
	if later.After(now) {
		return false, p.db.SetDigest(ctx, due, later)
	}
	topics, err := p.db.ActiveTopics(ctx, due.Channel)
	if err != nil {
		return false, err
	}
	held, err := p.db.Held(ctx, due.Channel)
	if err != nil {
		return false, err
	}
	var told store.Told
	for _, h := range held {
		told.Held = append(told.Held, h.Event)
	}
	if len(topics) > 0 {
		m, err := p.db.DigestMaterial(ctx, due, topics, now)
		if err != nil {
			return false, err
		}
		d := digest.Compose(due, c.Settings, topics, now, m)
		for _, c := range m.Candidates {
			if c.Held != "" && !slices.Contains(told.Held, c.Event.ID) { // one that came to wait a moment ago
				told.Held = append(told.Held, c.Event.ID)
			}
		}
		if due.Kind == news.DigestPlanned || len(d.Entries) > 0 {
			told.Events = append(append(told.Events, d.Entries...), d.More...)
			told.Posts = []news.Post{{
				Key: digest.Key(due), Channel: due.Channel, Kind: news.PostDigest, Digest: d, NotBefore: now,
			}}
		}
	}
	// What is being decided on one of its events would not know that it is told.
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.db.FinishDigest(ctx, due, told, now)
}
