package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// Forums say what a channel is: of a forum, which tags it has.
type Forums interface {
	About(ctx context.Context, channel string) (message.Channel, error)
}

// Followed is what is set for channels, and what they follow.
type Followed interface {
	Channel(ctx context.Context, ch news.ChannelID) (news.Channel, error)
	ChannelTopics(ctx context.Context, ch news.ChannelID) ([]string, error)
}

// ErrTagNeeded says that a forum wants a tag on every post, and that none fits.
var ErrTagNeeded = errors.New("the forum wants a tag on every post")

// noTag begins the recorded reason of a pause, before the names of topics.
const noTag = "no tag for: "

// topicTag returns the id of the tag that a topic's posts get in a forum, "" for
// none: the one that was chosen for the topic; where none was, or it is gone,
// the one that is named like the topic; else the one that was chosen for all
// topics.
func (t Topics) topicTag(s news.Settings, about message.Channel, slug string) string {
	chosen := s.Tags[slug]
	if chosen == news.NoTag {
		return ""
	}
	has := func(match func(message.Tag) bool) string {
		if i := slices.IndexFunc(about.Tags, match); i >= 0 {
			return about.Tags[i].ID
		}
		return ""
	}
	byID := func(id string) string { return has(func(x message.Tag) bool { return id != "" && x.ID == id }) }
	if id := byID(chosen); id != "" {
		return id
	}
	named := has(func(x message.Tag) bool {
		return slug != "" && strings.EqualFold(x.Name, slug) || strings.EqualFold(x.Name, t.Named(slug).Name)
	})
	if named != "" {
		return named
	}
	return byID(s.Tags[AllTopics])
}

// tags returns the ids of the tags of a post: those of its topics, in front of
// them that of its importance, which is known by its name.
func (t Topics) tags(s news.Settings, about message.Channel, post news.Post) []string {
	var out []string
	add := func(id string) {
		if id != "" && !slices.Contains(out, id) && len(out) < message.MaxPostTags {
			out = append(out, id)
		}
	}
	if class := post.Event.Class; class.Rank() > 0 {
		for _, tag := range about.Tags {
			if strings.EqualFold(tag.Name, string(class)) || strings.EqualFold(tag.Name, string(class)+" news") {
				add(tag.ID)
			}
		}
	}
	topics := []string{post.Event.Topic}
	if post.Kind == news.PostDigest {
		topics = post.Digest.Topics
	}
	for _, slug := range topics {
		add(t.topicTag(s, about, slug))
	}
	return out
}

// untagged returns the names of the topics whose posts a forum would refuse: it
// wants a tag, and none fits. One without any tag that the bot may give refuses
// all.
func (t Topics) untagged(s news.Settings, about message.Channel, followed []string) []string {
	if about.Kind != message.ForumChannel || !about.TagRequired {
		return nil
	}
	if slices.Contains(followed, AllTopics) {
		followed = nil
		for _, x := range t {
			followed = append(followed, x.Slug)
		}
	}
	var names []string
	for _, slug := range followed {
		if t.topicTag(s, about, slug) == "" {
			names = append(names, t.Named(slug).Name)
		}
	}
	if len(about.Tags) == 0 && len(names) == 0 {
		names = []string{t.Named(AllTopics).Name}
	}
	return names
}

// Untagged returns the names of the topics of a channel whose posts it would
// refuse, because it is a forum that wants a tag and none fits.
func (p *Poster) Untagged(ctx context.Context, ch news.ChannelID) ([]string, error) {
	about, err := p.to.About(ctx, string(ch))
	if err != nil {
		return nil, fmt.Errorf("look at channel %s: %w", ch, err)
	}
	return p.untagged(ctx, ch, about)
}

func (p *Poster) untagged(ctx context.Context, ch news.ChannelID, about message.Channel) ([]string, error) {
	var set news.Channel
	var followed []string
	if p.followed != nil {
		var err error
		if set, err = p.followed.Channel(ctx, ch); err != nil {
			return nil, err
		}
		if followed, err = p.followed.ChannelTopics(ctx, ch); err != nil {
			return nil, err
		}
	}
	p, err := p.named(ctx, followed)
	if err != nil {
		return nil, err
	}
	return p.topics.untagged(set.Settings, about, followed), nil
}

// tagsOf returns the tags of a post in a forum. One that must have a tag, and
// for whose topic there is none, blocks the channel until somebody has said
// which to take; where its topic is not followed any more, so that nobody will,
// it takes the first.
func (p *Poster) tagsOf(ctx context.Context, post news.Post, about message.Channel) ([]string, error) {
	var set news.Channel
	if p.followed != nil {
		var err error
		if set, err = p.followed.Channel(ctx, post.Channel); err != nil {
			return nil, err
		}
	}
	tags := p.topics.tags(set.Settings, about, post)
	if len(tags) > 0 || !about.TagRequired {
		return tags, nil
	}
	names, err := p.untagged(ctx, post.Channel, about)
	if err != nil {
		return nil, err
	}
	if len(names) > 0 {
		return nil, fmt.Errorf("%w: %s%s", ErrTagNeeded, noTag, strings.Join(names, ", "))
	}
	return []string{about.Tags[0].ID}, nil
}

// Untagged is the recorded reason why a forum is paused: topics, by their names,
// have no tag there.
func Untagged(topics []string) string { return noTag + strings.Join(topics, ", ") }

// untaggedHow says what a forum lacks and how to mend it; the end of a sentence.
func untaggedHow(topics []string) string {
	const most = 5
	names := make([]string, 0, most)
	for _, name := range topics[:min(len(topics), most)] {
		names = append(names, "**"+message.EscapeTo(name, 60)+"**")
	}
	list := strings.Join(names, ", ")
	if left := len(topics) - most; left > 0 {
		list += fmt.Sprintf(" and %d more", left)
	}
	return "the forum wants a tag on every post, and none fits " + list + ". Choose one with `/channel tag`, add a tag that is named like the topic and not for moderators only, " +
		"or turn off **Require people to select tags when posting** in the forum's settings"
}
