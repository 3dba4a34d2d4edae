package bot

import (
	"context"
	"fmt"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Drills post a made-up breaking story at once, and say what came of it. role is
// the one that is pinged, "" for none. Errors are those of a [Messenger].
type Drills interface {
	Drill(ctx context.Context, ch news.ChannelID, topic, role string) error
}

// drilled is the story of every drill. Nothing in it can be taken for news: the
// town is none, and the addresses lead to pages that are reserved for examples
// (RFC 2606).
func drilled(topic string, at time.Time) news.Event {
	source := func(id news.ArticleID, outlet, address string, minutes int) news.Source {
		return news.Source{Article: id, Outlet: outlet, Title: "Drill", URL: address, Published: at.Add(-time.Duration(minutes) * time.Minute)}
	}
	return news.Event{
		Version: 1, Revision: 1, Topic: topic, Class: news.ClassBreaking, First: at, Last: at, When: at.Add(-time.Hour),
		Headline: "Drill: river floods Exampletown, nothing happened",
		Where:    []string{"Exampletown"},
		Sources: []news.Source{
			source(1, "Example Gazette", "https://example.com/", 20),
			source(2, "Sample Post", "https://example.org/", 12),
			source(3, "Radio Placeholder", "https://example.net/", 5),
		},
		Facts: []news.Fact{
			{Text: "This is a drill: the town of Exampletown does not exist, and no river has flooded it.", Article: 1},
			{Text: "A real alert has three to five key facts here, the most important one first.", Article: 2},
			{Text: "The number behind each fact leads to the article that says it.", Article: 3},
		},
	}
}

// Drill renders a made-up breaking story as the alert that it would be, and says
// that it is a drill where readers look: in the line that a phone shows, in the
// title and in the footer. Where a role is pinged it notifies, else it is silent.
// There is nothing behind it that a button could show.
func Drill(topic Topic, role string, at time.Time) message.Message {
	m := Alert(drilled(topic.Slug, at), AlertOptions{Topic: topic, Loud: role != "", Role: role})
	for i := range m.Embeds {
		m.Embeds[i].Footer = "Drill: posted from /setup to test this channel, nothing happened"
	}
	return message.Fit(m)
}

// Drill posts a drill as an alert is posted: as a message, or as a post of a forum. It
// goes past the outbox, since who pressed the button waits for what comes of it,
// and is stored nowhere.
func (p *Poster) Drill(ctx context.Context, ch news.ChannelID, topic, role string) error {
	at := p.now()
	post := news.Post{Key: fmt.Sprintf("drill:%s:%d:%s", ch, at.UnixNano(), role), Channel: ch, Kind: news.PostAlert, Event: drilled(topic, at)}
	about, err := p.to.About(ctx, string(ch))
	if err != nil {
		return fmt.Errorf("post %s: %w", post.Key, err)
	}
	if p, err = p.named(ctx, nil, topic); err != nil {
		return fmt.Errorf("post %s: %w", post.Key, err)
	}
	_, err = p.put(ctx, post, Drill(p.topics.Named(topic), role, at), about)
	return err
}
