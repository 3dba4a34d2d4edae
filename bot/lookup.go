package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
)

// number reads an integer option within its bounds; the sentence says what is
// wrong with it, "" where nothing is.
func number(in message.Interaction, name string, fallback, most int) (n int, sentence string) {
	s := strings.TrimSpace(in.Options[name])
	if s == "" {
		return fallback, ""
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > most {
		return 0, fmt.Sprintf("`%s` must be a whole number from 1 to %d. Run the command again with one.", name, most)
	}
	return n, ""
}

// topicOf reads an optional topic; "" is every topic.
func (c *Commands) topicOf(in message.Interaction) (slug, sentence string) {
	s := strings.TrimSpace(in.Options["topic"])
	if s == "" || strings.EqualFold(s, AllTopics) {
		return "", ""
	}
	if t, ok := c.topics.Find(s); ok {
		return t.Slug, ""
	}
	return "", c.unknownTopic(s)
}

func (c *Commands) unknownTopic(s string) string {
	return "There is no topic “" + message.EscapeTo(s, 40) + "”. Choose one of: " + c.topics.names() + "."
}

func (c *Commands) latest(ctx context.Context, in message.Interaction) (message.Reply, error) {
	topic, sentence := c.topicOf(in)
	if sentence != "" {
		return say(sentence), nil
	}
	hours, sentence := number(in, "hours", latestHours, latestHoursMax)
	if sentence != "" {
		return say(sentence), nil
	}
	return c.show(ctx, view{verb: verbLatest, span: hours, topic: topic}, false)
}

func (c *Commands) search(ctx context.Context, in message.Interaction) (message.Reply, error) {
	topic, sentence := c.topicOf(in)
	if sentence != "" {
		return say(sentence), nil
	}
	days, sentence := number(in, "days", searchDays, searchDaysMax)
	if sentence != "" {
		return say(sentence), nil
	}
	words := strings.TrimSuffix(message.Cut(message.Plain(in.Options["words"]), searchWords), "…")
	if words == "" {
		return say("Type the words to look for: `/search words:earthquake chile`."), nil
	}
	if sentence := c.costly(in); sentence != "" {
		return say(sentence), nil
	}
	return c.show(ctx, view{verb: verbSearch, span: days, topic: topic, words: words}, false)
}

// story takes an id, as autocompletion sends it or as readers see it, or
// words: then the newest story whose headline has them, else the one that tells
// most of them.
func (c *Commands) story(ctx context.Context, in message.Interaction) (message.Reply, error) {
	s := message.Cut(message.Plain(in.Options["event"]), askQuestion)
	if s == "" {
		return say("Type words of the headline and pick the story: `/story event:earthquake`."), nil
	}
	if id, ok := ParseEventID(s); ok {
		reply, found, err := c.showEvent(ctx, view{verb: verbStory, event: id}, false)
		if found || err != nil {
			return reply, err
		}
	}
	events, err := c.events.SuggestEvents(ctx, s, 1)
	if err == nil && len(events) == 0 {
		events, _, err = c.events.SearchEvents(ctx, s, "", time.Time{}, 1, 0)
	}
	if err != nil {
		return message.Reply{}, err
	}
	if len(events) == 0 {
		return say("I have no story “" + message.EscapeTo(s, 80) + "”. Type a few words of its headline and pick one from the list, or try `/search`."), nil
	}
	return c.show(ctx, view{verb: verbStory, event: events[0].ID}, false)
}

// show renders a view, for its asker or for everybody.
func (c *Commands) show(ctx context.Context, v view, shared bool) (message.Reply, error) {
	switch v.verb {
	case verbLatest, verbSearch:
		return c.showList(ctx, v, shared)
	case verbAsk:
		return c.showAnswer(ctx, v, shared)
	}
	one := c.showEvent
	if v.verb == verbTimeline {
		one = c.showTimeline
	}
	reply, found, err := one(ctx, v, shared)
	if err == nil && !found {
		return say("I no longer have that story. `/latest` shows the newest ones, `/search` finds others."), nil
	}
	return reply, err
}

func (c *Commands) showList(ctx context.Context, v view, shared bool) (message.Reply, error) {
	fetch := func() (events []news.Event, total int, err error) {
		since := c.since(v)
		if v.verb == verbLatest {
			return c.events.Latest(ctx, v.topic, since, pageSize, v.page*pageSize)
		}
		return c.events.SearchEvents(ctx, v.words, v.topic, since, pageSize, v.page*pageSize)
	}
	events, total, err := fetch()
	if err == nil && len(events) == 0 && total > 0 { // the list has become shorter since the button was made
		v.page = (total - 1) / pageSize
		events, total, err = fetch()
	}
	asked, why := v, ""
	if err == nil && total == 0 && v.verb == verbLatest {
		why, err = c.quiet(ctx, v.topic)
	}
	if err == nil && total == 0 && v.usual() { // nothing lately: show what there is, and say so
		v.span = everything
		events, total, err = fetch()
	}
	if err != nil {
		return message.Reply{}, err
	}
	topic := c.topics.Named(v.topic)
	if len(events) == 0 {
		return say(strings.TrimSpace(c.empty(asked, topic) + "\n" + why)), nil
	}
	title := topic.Name + " · " + v.reach()
	if v.verb == verbSearch {
		title = "Search: " + v.words + " · " + title
	}
	l := list{view: v, title: title, events: events, total: total, topics: c.topics, mixed: v.topic == "", shared: shared}
	if v.span != asked.span && why != "" {
		l.note = "Nothing in the last " + period(lookBack(asked)) + ". " + why
	}
	return message.Reply{Message: l.render(), Ephemeral: !shared}, nil
}

// quiet says why a topic, "" for all, has no stories lately.
func (c *Commands) quiet(ctx context.Context, topic string) (string, error) {
	if c.console.Overview == nil {
		return "", nil
	}
	feeds, err := c.console.Overview.Feeds(ctx)
	return quietTopic(feeds, topic, c.topics, c.now()), err
}

// empty says that a list has nothing, and what to try.
func (c *Commands) empty(v view, topic Topic) string {
	in := ""
	if v.topic != "" {
		in = " in " + message.EscapeTo(topic.Name, 60)
	}
	span := period(lookBack(v))
	if v.verb == verbLatest {
		if v.span < latestHoursMax {
			return fmt.Sprintf("No stories%s in the last %s. Look further back: `/latest hours:%d`.", in, span, min(latestHoursMax, max(72, 2*v.span)))
		}
		return fmt.Sprintf("No stories%s in the last %s. `/search` looks further back.", in, span)
	}
	return fmt.Sprintf("Nothing%s in the last %s has the words “%s”. Try fewer or other words.", in, span, message.Escape(v.words))
}

// showEvent renders a story or its sources; found is false where the event is
// not stored.
func (c *Commands) showEvent(ctx context.Context, v view, shared bool) (reply message.Reply, found bool, err error) {
	e, err := c.events.Event(ctx, v.event)
	if errors.Is(err, news.ErrNotFound) {
		return message.Reply{}, false, nil
	}
	if err != nil {
		return message.Reply{}, false, err
	}
	topic := c.topics.Named(e.Topic)
	var m message.Message
	var buttons []message.Button
	if v.verb == verbSources {
		m = Sources(e, topic)
	} else {
		m = story(e, topic, c.now())
	}
	if c.timelines != nil {
		buttons = append(buttons, message.Button{Style: message.Secondary, Label: "Timeline", ID: eventCustom(verbTimeline, e.ID)})
	}
	if !shared {
		buttons = append(buttons, shareButton(v)...)
	}
	if len(buttons) > 0 {
		m.Components = []message.Row{{Buttons: buttons}}
	}
	return message.Reply{Message: m, Ephemeral: !shared}, true, nil
}

func (c *Commands) ask(ctx context.Context, in message.Interaction) (message.Reply, error) {
	question := message.Plain(in.Options["question"])
	switch n := message.Len(question); {
	case question == "":
		return say("Type a question: `/ask question:When was the tsunami warning lifted?`"), nil
	case n > askQuestion:
		return say(fmt.Sprintf("Your question has %d characters; I take up to %d. Ask a shorter one.", n, askQuestion)), nil
	}
	if sentence := c.costly(in); sentence != "" {
		return say(sentence), nil
	}
	return c.showAnswer(ctx, view{verb: verbAsk, words: question}, false)
}

func (c *Commands) showAnswer(ctx context.Context, v view, shared bool) (message.Reply, error) {
	if reply, answered, err := c.showChanges(ctx, v, shared); answered || err != nil {
		return reply, err
	}
	now := c.now()
	since := now.Add(-askLookBack)
	answer, err := c.answers.Answer(ctx, v.words, now, since)
	if err == nil && !answer.Found { // not in the news of the week: perhaps in older ones, where closeness to today says nothing
		var older Answer
		if older, err = c.answers.Answer(ctx, v.words, time.Time{}, time.Time{}); err == nil && older.Found {
			answer, since = older, time.Time{}
		}
	}
	if err != nil {
		return message.Reply{}, err
	}
	n, newest, err := c.events.CountArticles(ctx, since)
	if err != nil {
		return message.Reply{}, err
	}
	answer.Question = v.words
	m := asked(answer, coverage{articles: n, newest: newest, since: since, now: now})
	var buttons []message.Button
	if id := askedEvent(answer); id != 0 {
		buttons = append(buttons, message.Button{Style: message.Secondary, Label: "Open story", ID: eventCustom(verbStory, id)})
	}
	if !shared {
		buttons = append(buttons, shareButton(v)...)
	}
	if len(buttons) > 0 {
		m.Components = []message.Row{{Buttons: buttons}}
	}
	return message.Reply{Message: m, Ephemeral: !shared}, nil
}

// component answers a button or menu. Turning a page replaces the message that
// holds the button; everything else is a new answer.
func (c *Commands) component(ctx context.Context, in message.Interaction) (message.Reply, error) {
	const old = "That button is from an older version of mine and no longer works. Run the command again; `/help` lists them."
	if reply, ours, err := c.consoleButton(ctx, in); ours {
		return reply, err
	}
	if reply, ours, err := c.feedButton(ctx, in); ours {
		return reply, err
	}
	custom, shared := strings.CutPrefix(in.Custom, verbShare+":")
	if custom == verbOpen && !shared {
		if len(in.Values) != 1 {
			return say("Choose one story from the menu."), nil
		}
		custom = verbStory + ":" + in.Values[0]
	}
	if reply, ok, err := c.setupStep(ctx, in); ok {
		return reply, err
	}
	if t, ok := parseTrial(custom); ok && !shared {
		reply, err := c.showTrial(ctx, in, t)
		reply.Update = err == nil && reply.Message.Embeds != nil
		return reply, err
	}
	v, ok := parseView(custom)
	if !ok {
		return say(old), nil
	}
	if v.verb == verbDigest {
		return c.showDigest(ctx, in, v, shared)
	}
	if v.verb == verbAsk || v.verb == verbSearch {
		if sentence := c.costly(in); sentence != "" {
			return say(sentence), nil
		}
	}
	reply, err := c.show(ctx, v, shared)
	if err == nil && !shared && reply.Message.Embeds != nil {
		reply.Update = v.verb == verbLatest || v.verb == verbSearch
	}
	return reply, err
}
