package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/outbox"
)

// Two refusals that a Messenger reports so that a post can take another way.
// It wraps them in its own errors.
var (
	// ErrTooOldToEdit says that the message takes no more edits for now (Discord:
	// error 30046, edits of messages older than an hour).
	ErrTooOldToEdit = errors.New("the message takes no more edits for now")
	// ErrMessageGone says that the message was deleted (Discord: error 10008).
	ErrMessageGone = errors.New("the message was deleted")
)

// ErrChannelGone says that the channel or thread does not exist any more
// (Discord: error 10003).
var ErrChannelGone = errors.New("the channel does not exist any more")

// Messenger writes to channels. Its errors are sorted for the outbox: those
// that no repetition heals are marked by outbox.Permanent, those that concern
// the channel and not the post by outbox.Blocked, those that must wait by
// outbox.After.
type Messenger interface {
	// Create posts a message and returns its id. A repetition with the same
	// nonce within minutes posts nothing and returns the first one's id.
	Create(ctx context.Context, channel string, m message.Message, nonce string) (id string, err error)
	Edit(ctx context.Context, channel, id string, m message.Message) error
	// Find looks for a message of the bot's own that shows what m shows and was
	// posted at since or later, and returns its id, "" where there is none.
	Find(ctx context.Context, channel string, m message.Message, since time.Time) (id string, err error)
	// About says what a channel is.
	About(ctx context.Context, channel string) (message.Channel, error)
	// CreatePost opens a post in a forum, which begins with m, and returns its id:
	// that of its thread, and of its first message there. A repetition makes a
	// second post; FindPost looks for one that was opened at since or later.
	CreatePost(ctx context.Context, forum, title string, tags []string, m message.Message) (id string, err error)
	FindPost(ctx context.Context, forum, title string, m message.Message, since time.Time) (id string, err error)
	// StartThread opens the thread of a message and returns its id, also where
	// it is open already.
	StartThread(ctx context.Context, channel, id, name string) (thread string, err error)
}

// PosterOptions say how posts look.
type PosterOptions struct {
	Topics Topics // nil: DefaultTopics
	// Followed says which tags were chosen in forums; nil: those named like the
	// topics are taken.
	Followed Followed
	// Names knows what feeds are called that are followed by themselves; nil: they
	// have no names.
	Names FeedNames
	Now   func() time.Time // the time of a thread line whose event has none; nil: such lines bear no time
}

// nonceLife is how long a nonce is trusted to make a repetition harmless.
// Discord keeps it for "the past few minutes".
const nonceLife = time.Minute

// Poster renders the posts of the outbox and sends them. It keeps no state:
// repeating a post is safe because its nonce is made of its key, and because
// the channel is looked at first where an earlier try may have arrived longer
// ago than nonces live.
type Poster struct {
	to       Messenger
	topics   Topics
	followed Followed
	names    FeedNames
	now      func() time.Time
}

var _ outbox.Sender = (*Poster)(nil)

// NewPoster returns a poster that writes through m.
func NewPoster(m Messenger, o PosterOptions) *Poster {
	if o.Topics == nil {
		o.Topics = DefaultTopics()
	}
	if o.Now == nil {
		o.Now = func() time.Time { return time.Time{} }
	}
	return &Poster{to: m, topics: o.Topics, followed: o.Followed, names: o.Names, now: o.Now}
}

// Nonce is what makes Discord recognise a repeated post: the first 25
// characters of the SHA-256 of its key, in hexadecimal.
func Nonce(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])[:message.MaxNonce]
}

// Send makes the post appear in its channel. An alert is a new message, or a new
// post of a forum, and so is a digest. An edit brings the event's message up to date; where the
// alert never arrived it is posted now. The message of a rise is edited with it where
// that names the event by what is told of it no more. Where the event turned out to be another
// one, the edit says so and a line ends its thread; without message or thread nothing is done. A line goes into the message's thread,
// and opens it if there is none; in a channel that is itself a thread it is a
// message that names its story. A rise is a message of its own that links to the
// event's, in a forum a message in the event's post. What can't be shown any
// more is refused with an error marked by outbox.Permanent, the edit of an old
// message that takes none for now with one marked by outbox.Rationed.
func (p *Poster) Send(ctx context.Context, post news.Post) (outbox.Receipt, error) {
	p, err := p.named(ctx, post.Digest.Topics, post.Event.Topic)
	if err != nil {
		return outbox.Receipt{}, fmt.Errorf("post %s: %w", post.Key, err)
	}
	about, err := p.to.About(ctx, string(post.Channel))
	if err != nil {
		return outbox.Receipt{}, fmt.Errorf("post %s: %w", post.Key, err)
	}
	if about.Kind == message.ForumChannel && post.Kind != news.PostAlert && post.Message != "" && post.Thread == "" {
		return outbox.Receipt{}, outbox.Permanent(fmt.Errorf("%s %s: the event's message is not in the forum", post.Kind, post.Key))
	}
	switch post.Kind {
	case news.PostAlert:
		return p.alert(ctx, post, about)
	case news.PostEdit:
		switch {
		case post.Message == "" && post.Event.Into != 0:
			return outbox.Receipt{}, nil
		case post.Message == "":
			return p.alert(ctx, post, about)
		}
		return p.edit(ctx, post, about)
	case news.PostLine:
		return p.line(ctx, post, about)
	case news.PostRise:
		return p.rise(ctx, post, about)
	case news.PostDigest:
		return p.alert(ctx, post, about)
	}
	return outbox.Receipt{}, outbox.Permanent(fmt.Errorf("post %s: kind %q is unknown", post.Key, post.Kind))
}

// FeedNames knows feeds.
type FeedNames interface {
	Feed(ctx context.Context, id news.FeedID) (news.Feed, error)
}

// named returns the poster with the topics of those feeds in its table that it
// is about to name.
func (p *Poster) named(ctx context.Context, topics []string, more ...string) (*Poster, error) {
	out := p
	for _, t := range append(more, topics...) {
		id, ok := news.TopicFeed(t)
		if !ok || p.names == nil {
			continue
		}
		f, err := p.names.Feed(ctx, id)
		if err != nil {
			return nil, err
		}
		if out == p {
			scoped := *p
			out = &scoped
		}
		out.topics = out.topics.with([]news.GuildFeed{{Feed: f}})
	}
	return out, nil
}

func (p *Poster) render(post news.Post, changed bool) message.Message {
	if post.Kind == news.PostDigest {
		return Digest(post.Digest, p.topics)
	}
	if post.Event.Into != 0 {
		return Onward(post)
	}
	return Alert(post.Event, AlertOptions{Topic: p.topics.Named(post.Event.Topic), Changed: changed, Loud: post.Loud, Role: post.Role, Other: otherOf(post)})
}

func (p *Poster) alert(ctx context.Context, post news.Post, about message.Channel) (outbox.Receipt, error) {
	return p.put(ctx, post, p.render(post, false), about)
}

// put makes a post's message appear in its channel.
func (p *Poster) put(ctx context.Context, post news.Post, m message.Message, about message.Channel) (outbox.Receipt, error) {
	if about.Kind == message.ForumChannel {
		return p.forumPost(ctx, post, m, about)
	}
	id, err := p.create(ctx, string(post.Channel), m, post)
	if err != nil {
		return outbox.Receipt{}, fmt.Errorf("post %s: %w", post.Key, err)
	}
	return outbox.Receipt{Message: id}, nil
}

// forumPost opens an event's or a digest's post in a forum, with its tags. Discord recognises no repetition here: wherever an earlier try may
// have arrived, the forum is looked at first.
func (p *Poster) forumPost(ctx context.Context, post news.Post, m message.Message, about message.Channel) (outbox.Receipt, error) {
	forum, title := string(post.Channel), p.title(post)
	id := ""
	var err error
	if !post.Tried.IsZero() {
		id, err = p.to.FindPost(ctx, forum, title, m, post.Tried)
	}
	if id == "" && err == nil {
		var tags []string
		if tags, err = p.tagsOf(ctx, post, about); errors.Is(err, ErrTagNeeded) {
			err = outbox.Blocked(err)
		}
		if err == nil {
			id, err = p.to.CreatePost(ctx, forum, title, tags, m)
		}
	}
	if err != nil {
		return outbox.Receipt{}, fmt.Errorf("post %s: %w", post.Key, err)
	}
	return outbox.Receipt{Message: id, Thread: id}, nil
}

// title is the name of a post's thread or forum post.
func (p *Poster) title(post news.Post) string {
	if post.Kind == news.PostDigest {
		return message.Cut(message.Plain(digestTitle(post.Digest, p.topics)), message.MaxThreadName)
	}
	return threadName(post.Event)
}

// create makes a message appear once. Within the life of its nonce Discord sees
// to that; later the channel is looked at first.
func (p *Poster) create(ctx context.Context, channel string, m message.Message, post news.Post) (string, error) {
	if !post.Tried.IsZero() && p.now().Sub(post.Tried) >= nonceLife {
		id, err := p.to.Find(ctx, channel, m, post.Tried)
		if id != "" || err != nil {
			return id, err
		}
	}
	return p.to.Create(ctx, channel, m, Nonce(post.Key))
}

func (p *Poster) edit(ctx context.Context, post news.Post, about message.Channel) (outbox.Receipt, error) {
	channel := string(post.Channel)
	if about.Kind == message.ForumChannel {
		channel = post.Thread
	}
	receipt := outbox.Receipt{Message: post.Message, Thread: post.Thread}
	err := p.to.Edit(ctx, channel, post.Message, p.render(post, true))
	if err == nil {
		receipt.Rise, err = p.followUp(ctx, post, channel)
	}
	switch {
	case err == nil:
		return receipt, nil
	case about.Kind == message.ForumChannel && errors.Is(err, ErrChannelGone): // which is no fault of the forum
		return outbox.Receipt{}, outbox.Deleted(fmt.Errorf("edit %s: the post was deleted; whoever deleted it does not want it back", post.Key))
	case errors.Is(err, ErrMessageGone):
		return outbox.Receipt{}, outbox.Deleted(fmt.Errorf("edit %s: %w; whoever deleted it does not want it back", post.Key, err))
	case errors.Is(err, ErrTooOldToEdit):
		return outbox.Receipt{}, outbox.Rationed(fmt.Errorf("edit %s: %w", post.Key, err))
	}
	return outbox.Receipt{}, fmt.Errorf("edit %s: %w", post.Key, err)
}

// followUp edits the message of an event's rise where the event is told otherwise
// now, and returns it as it is then. One that was deleted stays so.
func (p *Poster) followUp(ctx context.Context, post news.Post, channel string) (news.Rise, error) {
	now := risen(post)
	if post.Rise.Message == "" || post.Rise.Line == now {
		return news.Rise{}, nil
	}
	m := Rise(post)
	if post.Event.Into != 0 {
		m = Onward(post)
	}
	if err := p.to.Edit(ctx, channel, post.Rise.Message, m); err != nil && !errors.Is(err, ErrMessageGone) {
		return news.Rise{}, err
	}
	return news.Rise{Message: post.Rise.Message, Line: now}, nil
}

func (p *Poster) line(ctx context.Context, post news.Post, about message.Channel) (outbox.Receipt, error) {
	if post.Message == "" {
		return outbox.Receipt{}, outbox.Permanent(fmt.Errorf("line %s: the event has no message in the channel", post.Key))
	}
	thread, text := post.Thread, Line(post, p.now())
	switch {
	case post.Event.Into != 0:
		if text = LastLine(post); thread == "" {
			return outbox.Receipt{}, nil
		}
	case about.Kind == message.ThreadChannel:
		thread, text = string(post.Channel), namedLine(post, p.now())
	}
	if thread == "" {
		var err error
		thread, err = p.to.StartThread(ctx, string(post.Channel), post.Message, threadName(post.Event))
		if errors.Is(err, ErrMessageGone) {
			return outbox.Receipt{}, outbox.Deleted(fmt.Errorf("open the thread of %s: %w", post.Key, err))
		}
		if err != nil {
			return outbox.Receipt{}, fmt.Errorf("open the thread of %s: %w", post.Key, err)
		}
	}
	m := message.Fit(message.Message{Content: text, Silent: true})
	_, err := p.create(ctx, thread, m, post)
	if errors.Is(err, ErrChannelGone) && about.Kind != message.ThreadChannel { // which is no fault of the channel that the thread was in
		return outbox.Receipt{}, outbox.Permanent(fmt.Errorf("line %s: the thread was deleted; whoever deleted it does not want it back", post.Key))
	}
	if err != nil {
		return outbox.Receipt{}, fmt.Errorf("line %s: %w", post.Key, err)
	}
	if about.Kind == message.ThreadChannel {
		thread = ""
	}
	return outbox.Receipt{Message: post.Message, Thread: thread}, nil
}

func (p *Poster) rise(ctx context.Context, post news.Post, about message.Channel) (outbox.Receipt, error) {
	if post.Message == "" {
		return outbox.Receipt{}, outbox.Permanent(fmt.Errorf("rise %s: the event has no message in the channel", post.Key))
	}
	in := post
	in.Rise = news.Rise{}
	if about.Kind == message.ForumChannel {
		in.Channel = news.ChannelID(post.Thread)
	}
	id, err := p.create(ctx, string(in.Channel), Rise(in), post)
	if about.Kind == message.ForumChannel && errors.Is(err, ErrChannelGone) { // which is no fault of the forum
		return outbox.Receipt{}, outbox.Deleted(fmt.Errorf("rise %s: the post was deleted; whoever deleted it does not want it back", post.Key))
	}
	if err != nil {
		return outbox.Receipt{}, fmt.Errorf("rise %s: %w", post.Key, err)
	}
	return outbox.Receipt{Message: post.Message, Thread: post.Thread, Rise: news.Rise{Message: id, Line: risen(in)}}, nil
}

func threadName(e news.Event) string {
	return message.Cut(message.Plain(headline(e)), message.MaxThreadName)
}
