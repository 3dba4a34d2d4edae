package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"newsdesk/events"
	"newsdesk/news"
)

// ownStory is why a line is sent no more that tells of another story by now.
const ownStory = "turned out to be of another story"

// partedPlace is added to the places of the moments of an event that is parted
// from another one, so that they meet none that it will get, by itself or from
// events that are put into it.
const partedPlace = 50 * mergedPlace

// Part commits, in one transaction, that an event turned out to be two: d.Moved
// are the new event's articles from then on, with their places in the timeline and
// what was decided on them. In each channel events.Separate says what becomes of
// the event's message: it stays or is the new event's, and none is taken away. Of
// the posts that the plans hold, those are added that this leaves, the new event's
// before the others, so that a message can link to its. It returns the id of the
// new event and those of the posts it made.
//
// The event must have the version that it was decided on, else nothing is written
// and the error is news.ErrConflict.
func (db *DB) Part(ctx context.Context, d events.Division) (news.EventID, []news.PostID, error) {
	base := d.Stays.Base
	leaves := tameEvent(d.Leaves.Event)
	var id news.EventID
	var made []news.PostID
	err := db.write(ctx, func(tx *transaction) error {
		made = nil
		var err error
		if id, err = saveEvent(ctx, tx, leaves, 0); err != nil {
			return err
		}
		if err := savePartings(ctx, tx, id, namesParted(leaves, id)); err != nil {
			return err
		}
		stays := tameEvent(namesParted(d.Stays.Event, id))
		if _, err := saveEvent(ctx, tx, stays, base.Version); err != nil {
			return err
		}
		if err := moveArticles(ctx, tx, base.ID, id, d.Moved); err != nil {
			return err
		}
		if d.Told(d.Known) { // what a digest told of both it told of each
			if _, err := tx.ExecContext(ctx, `INSERT INTO told (channel, event, class, at, post, named)
				SELECT channel, CAST($1 AS BIGINT), CAST($3 AS TEXT), at, post, named FROM told WHERE event = $2 AND at >= $4`,
				id, base.ID, string(leaves.Class), max(0, milli(d.Since).Int64)); err != nil {
				return err
			}
		}
		apart, err := separate(ctx, tx, d, id)
		if err != nil {
			return err
		}
		for _, p := range separatePosts(d, id, apart) {
			post, err := enqueue(ctx, tx, p)
			if err != nil {
				return err
			}
			if post != 0 {
				made = append(made, post)
			}
		}
		for _, ch := range d.Other.Publish {
			if s := apart[ch]; s == events.SeparateSay || s == events.SeparateHand {
				continue
			}
			if err := askPublish(ctx, tx, ch, id, leaves.Last); err != nil {
				return err
			}
		}
		if err := saveMoments(ctx, tx, id, d.Leaves); err != nil {
			return err
		}
		return saveVerdicts(ctx, tx, id, separateVerdicts(d, apart))
	})
	if err != nil {
		return 0, nil, fmt.Errorf("part event %d: %w", base.ID, err)
	}
	return id, made, nil
}

// savePartings stores what a new event was parted from, which has its id.
func savePartings(ctx context.Context, tx *transaction, id news.EventID, e news.Event) error {
	parted, err := encode(e.Parted)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE events SET parted = $2 WHERE id = $1`, id, parted)
	}
	return err
}

// namesParted returns one of two events that were parted with the id of the new
// one.
func namesParted(e news.Event, id news.EventID) news.Event {
	e.Parted = slices.Clone(e.Parted)
	last := &e.Parted[len(e.Parted)-1]
	last.Of, last.Event = cmp.Or(last.Of, id), cmp.Or(last.Event, id)
	return e
}

// moveArticles makes articles of an event, and what is recorded of them, another
// one's. An article that was found to be like one of the other event is forgotten to
// be.
func moveArticles(ctx context.Context, tx *transaction, from, to news.EventID, moved []news.ArticleID) error {
	for _, a := range moved {
		res, err := tx.ExecContext(ctx, `UPDATE articles SET event = $1 WHERE id = $2 AND event = $3`, to, a, from)
		if err != nil {
			return err
		}
		if err := affected(res, news.ErrConflict); err != nil {
			return fmt.Errorf("article %d: %w", a, err)
		}
		for _, q := range []struct {
			query string
			args  []any
		}{
			{`UPDATE placements SET reason = $2 WHERE article = $1`, []any{a, string(events.ReasonParted)}},
			{`UPDATE verdicts SET event = $2 WHERE article = $1 AND event = $3`, []any{a, to, from}},
			{`UPDATE timeline SET event = $2, place = place + $4 WHERE article = $1 AND event = $3`, []any{a, to, from, partedPlace}},
		} {
			if _, err := tx.ExecContext(ctx, q.query, q.args...); err != nil {
				return err
			}
		}
	}
	return forgetNearest(ctx, tx, []news.EventID{from, to})
}

// forgetNearest drops what is recorded of articles of some events as grounds on
// which they belong there, where it is an article of another event.
func forgetNearest(ctx context.Context, tx *transaction, of []news.EventID) error {
	type ground struct {
		article  news.ArticleID
		evidence string
	}
	for _, event := range of {
		members, err := list(ctx, tx, one[news.ArticleID], `SELECT id FROM articles WHERE event = $1`, event)
		if err != nil {
			return err
		}
		grounds, err := list(ctx, tx, func(s scanner) (g ground, err error) { return g, s.Scan(&g.article, &g.evidence) },
			`SELECT article, evidence FROM placements WHERE evidence <> '' AND article IN (SELECT id FROM articles WHERE event = $1)`, event)
		if err != nil {
			return err
		}
		for _, at := range grounds {
			var g news.Grouping
			if err := decode("evidence", at.evidence, &g); err != nil {
				return err
			}
			if g.Nearest == 0 || slices.Contains(members, g.Nearest) {
				continue
			}
			if _, err := tx.ExecContext(ctx, `UPDATE placements SET evidence = '' WHERE article = $1`, at.article); err != nil {
				return err
			}
		}
	}
	return nil
}

// separate does in each channel what is to become of the message of an event of
// which the one with the id was parted, and returns it.
func separate(ctx context.Context, tx *transaction, d events.Division, id news.EventID) (map[news.ChannelID]events.Separation, error) {
	base := d.Stays.Base.ID
	channels, err := list(ctx, tx, one[news.ChannelID], `SELECT channel FROM messages WHERE event = $1
		UNION SELECT channel FROM posts WHERE event = $1 ORDER BY 1`, base)
	if err != nil {
		return nil, err
	}
	out := make(map[news.ChannelID]events.Separation, len(channels))
	for _, ch := range channels {
		has, err := stand(ctx, tx, base, ch)
		if err != nil {
			return nil, err
		}
		wants, edited := d.Wants[ch]
		if has != events.StandNone {
			if err := takeBack(ctx, tx, ch, d, edited, events.Separate(has, wants, false) == events.SeparateHand); err != nil {
				return nil, fmt.Errorf("channel %s: %w", ch, err)
			}
			if has, err = stand(ctx, tx, base, ch); err != nil {
				return nil, err
			}
		}
		shown, err := shownIn(ctx, tx, ch, base)
		if err != nil {
			return nil, fmt.Errorf("channel %s: %w", ch, err)
		}
		out[ch] = events.Separate(has, wants, d.Told(shown))
		if out[ch] == events.SeparateHand {
			if err := takeOver(ctx, tx, ch, id, base); err != nil {
				return nil, fmt.Errorf("channel %s: %w", ch, err)
			}
		}
	}
	return out, nil
}

// takeBack takes back, of what waits in a channel for an event: what the article
// caused that showed that it is two, where that leaves; where the message is
// edited, the edits before; and the lines that tell of the story that the message is
// not of any more. handed says that the message is the new event's from now on:
// then nothing is said of the other one's class either.
func takeBack(ctx context.Context, tx *transaction, ch news.ChannelID, d events.Division, edited, handed bool) error {
	waiting, err := list(ctx, tx, scanShown, `SELECT id, kind, line, snapshot FROM posts
		WHERE channel = $1 AND event = $2 AND state = 'pending' AND tried = 0`, ch, d.Stays.Base.ID)
	if err != nil {
		return err
	}
	for _, p := range waiting {
		var reason string
		fact := slices.IndexFunc(p.Event.Facts, func(f news.Fact) bool { return f.Text == p.Line })
		switch {
		case d.Undone && p.Event.Revision > d.Until:
			reason = ownStory
		case p.Kind == news.PostEdit && edited:
			reason = "told by a later edit"
		case p.Kind == news.PostRise && handed, p.Kind == news.PostLine && fact >= 0 && slices.Contains(d.Moved, p.Event.Facts[fact].Article) != handed:
			reason = ownStory
		default:
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE posts SET state = 'dead', reason = $2 WHERE id = $1`, p.ID, reason); err != nil {
			return err
		}
	}
	return nil
}

// shownDepth is how many posts of an event are looked at for what a channel was
// told of it.
const shownDepth = 50

// shownIn returns the facts that a channel was told of an event, or is about to
// be: in its message as that stood at any time, and in lines.
func shownIn(ctx context.Context, tx *transaction, ch news.ChannelID, event news.EventID) ([]news.Fact, error) {
	posts, err := list(ctx, tx, scanShown, `SELECT id, kind, line, snapshot FROM posts
		WHERE channel = $1 AND event = $2 AND state IN ('pending', 'sent') AND kind IN ('alert', 'edit', 'line') ORDER BY id DESC LIMIT $3`, ch, event, shownDepth)
	if err != nil {
		return nil, err
	}
	var out []news.Fact
	for _, p := range posts {
		if p.Kind == news.PostLine {
			out = append(out, news.Fact{Text: p.Line})
			continue
		}
		out = append(out, p.Event.Facts...)
	}
	return out, nil
}

func scanShown(s scanner) (p news.Post, err error) {
	var snapshot string
	if err := s.Scan(&p.ID, &p.Kind, &p.Line, &snapshot); err != nil {
		return p, err
	}
	return p, readSnapshot(snapshot, &p)
}

// separatePosts returns the posts that a division leaves in channels that are
// separated so.
func separatePosts(d events.Division, id news.EventID, apart map[news.ChannelID]events.Separation) []news.Post {
	in := func(ch news.ChannelID, which ...events.Separation) bool { return slices.Contains(which, apart[ch]) }
	var out []news.Post
	for _, p := range d.Other.Posts {
		if !in(p.Channel, events.SeparateSay, events.SeparateHand) {
			out = append(out, p)
		}
	}
	for _, p := range d.Other.Onward {
		if in(p.Channel, events.SeparateHand) {
			out = append(out, p)
		}
	}
	for i := range out {
		out[i].Event = namesParted(out[i].Event, id)
		out[i].Event.ID, out[i].Event.Version, out[i].Key = id, 1, ""
	}
	for _, p := range d.Plan.Posts {
		if in(p.Channel, events.SeparatePost, events.SeparateSay) {
			p.Event = namesParted(p.Event, id)
			out = append(out, p)
		}
	}
	return out
}

// separateVerdicts returns what was decided for channels that are separated so.
func separateVerdicts(d events.Division, apart map[news.ChannelID]events.Separation) []news.Verdict {
	var out []news.Verdict
	for _, v := range d.Other.Verdicts {
		switch apart[v.Channel] {
		case events.SeparateHand:
			v.Outcome, v.Detail = news.OutcomeUpdated, ""
		case events.SeparateSay:
			if v.Outcome == news.OutcomePosted || v.Outcome.Waits() {
				v.Outcome, v.Detail = news.OutcomeWithOther, ""
			}
		}
		if !v.Outcome.Waits() {
			v.Until = time.Time{}
		}
		out = append(out, v)
	}
	for _, v := range d.Plan.Verdicts {
		if apart[v.Channel] == events.SeparateHand {
			out = append(out, v)
		}
	}
	return out
}

// onward fills in where, in a post's channel, the story is told that the post's
// event was parted from last.
func (db *DB) onward(ctx context.Context, p *news.Post) error {
	from := p.Event.Partings()
	if len(from) == 0 || p.Onward != "" || p.Event.Into != 0 {
		return nil
	}
	found, err := list(ctx, db.r, one[string], `SELECT m.message FROM events e
		JOIN messages m ON m.event = CASE e.merged_into WHEN 0 THEN e.id ELSE e.merged_into END AND m.channel = $2
		WHERE e.id = $1 AND m.message <> '' AND m.edit_after <> $3`, from[len(from)-1].Event, p.Channel, deletedMessage)
	if err != nil {
		return fmt.Errorf("find what event %d was parted from: %w", p.Event.ID, err)
	}
	if len(found) > 0 {
		p.Onward = found[0]
	}
	return nil
}
