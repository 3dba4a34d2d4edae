package bot_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
	"newsdesk/outbox"
)

// wall is a messenger in memory that keeps Discord's promise on nonces.
type wall struct {
	byNonce map[string]string
	posted  []string // "channel: content"
	edits   []message.Message
	edited  string   // the channel of the last edit
	threads []string // "message: name"
	create  error
	edit    error
	refuse  map[string]error // edits, by message
	thread  error
	found   string // by Find
	find    error
	looks   int
	about   message.Channel
	opened  []string // "forum: title tags"
	last    message.Message
}

func (w *wall) About(context.Context, string) (message.Channel, error) { return w.about, nil }

func (w *wall) CreatePost(_ context.Context, forum, title string, tags []string, m message.Message) (string, error) {
	if w.create != nil {
		return "", w.create
	}
	w.opened, w.last = append(w.opened, fmt.Sprint(forum, ": ", title, " ", tags)), m
	return fmt.Sprintf("p%d", len(w.opened)), message.Validate(m)
}

func (w *wall) FindPost(ctx context.Context, forum, _ string, m message.Message, since time.Time) (string, error) {
	return w.Find(ctx, forum, m, since)
}

func (w *wall) Create(_ context.Context, channel string, m message.Message, nonce string) (string, error) {
	if w.create != nil {
		return "", w.create
	}
	if id, ok := w.byNonce[nonce]; ok {
		return id, nil
	}
	if w.byNonce == nil {
		w.byNonce = map[string]string{}
	}
	w.posted, w.last = append(w.posted, channel+": "+m.Content), m
	id := fmt.Sprintf("m%d", len(w.posted))
	w.byNonce[nonce] = id
	return id, message.Validate(m)
}

func (w *wall) Edit(_ context.Context, channel, id string, m message.Message) error {
	if err := w.refuse[id]; err != nil {
		return err
	}
	if w.edit == nil {
		w.edits, w.edited = append(w.edits, m), channel
	}
	return w.edit
}

func (w *wall) Find(context.Context, string, message.Message, time.Time) (string, error) {
	w.looks++
	return w.found, w.find
}

func (w *wall) StartThread(_ context.Context, _, id, name string) (string, error) {
	if w.thread != nil {
		return "", w.thread
	}
	w.threads = append(w.threads, id+": "+name)
	return "t-" + id, nil
}

func post(kind news.PostKind, message, thread string) news.Post {
	return news.Post{Key: "555:5726:3:" + string(kind), Channel: "555", Kind: kind, Event: quake(), Message: message, Thread: thread}
}

func poster(w *wall) *bot.Poster { return bot.NewPoster(w, bot.PosterOptions{Now: clock}) }

const quakeLine = "🔄 <t:1773487800:t> The tsunami warning for four regions was lifted after 90 minutes. [[5]](https://sur.example/w) · 5 sources in all"

func TestPoster_Send(t *testing.T) {
	t.Parallel()
	gone := outbox.Permanent(fmt.Errorf("Discord error 10008: %w", bot.ErrMessageGone))
	tests := []struct {
		name      string
		wall      wall
		post      news.Post
		want      outbox.Receipt
		posted    []string
		threads   []string
		edits     int
		permanent string
	}{
		{
			name: "alert", post: post(news.PostAlert, "", ""), want: outbox.Receipt{Message: "m1"},
			posted: []string{"555: 🌍 Magnitude 7.1 quake strikes off northern Chile"},
		},
		{name: "edit", post: post(news.PostEdit, "m9", "t9"), want: outbox.Receipt{Message: "m9", Thread: "t9"}, edits: 1},
		{
			name: "edit of an alert that never arrived", post: post(news.PostEdit, "", ""), want: outbox.Receipt{Message: "m1"},
			posted: []string{"555: 🌍 Magnitude 7.1 quake strikes off northern Chile"},
		},
		{
			name: "first line opens the thread", post: post(news.PostLine, "m9", ""), want: outbox.Receipt{Message: "m9", Thread: "t-m9"},
			posted: []string{"t-m9: " + quakeLine}, threads: []string{"m9: Magnitude 7.1 quake strikes off northern Chile"},
		},
		{name: "later line", post: post(news.PostLine, "m9", "t9"), want: outbox.Receipt{Message: "m9", Thread: "t9"}, posted: []string{"t9: " + quakeLine}},
		{
			name: "rise", post: post(news.PostRise, "m9", "t9"), want: outbox.Receipt{Message: "m9", Thread: "t9", Rise: news.Rise{Message: "m1", Line: "🔴 Now breaking: Magnitude 7.1 quake strikes off northern Chile"}},
			posted: []string{"555: 🔴 Now breaking: Magnitude 7.1 quake strikes off northern Chile\n5 sources · first: El Faro · the story stands above"},
		},
		{name: "rise of an event without a message", post: post(news.PostRise, "", ""), permanent: "no message in the channel"},
		{name: "deleted", wall: wall{edit: gone}, post: post(news.PostEdit, "m9", ""), permanent: "the message was deleted"},
		{name: "line under a deleted message", wall: wall{thread: gone}, post: post(news.PostLine, "m9", ""), permanent: "the message was deleted"},
		{
			name: "line in a deleted thread", wall: wall{create: outbox.Blocked(fmt.Errorf("10003: %w", bot.ErrChannelGone))},
			post: post(news.PostLine, "m9", "t9"), permanent: "the thread was deleted",
		},
		{name: "line without a message", post: post(news.PostLine, "", ""), permanent: "has no message"},
		{name: "unknown kind", post: post("dance", "", ""), permanent: `kind "dance" is unknown`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := tt.wall
			got, err := poster(&w).Send(t.Context(), tt.post)
			if tt.permanent != "" {
				if !outbox.IsPermanent(err) || !strings.Contains(err.Error(), tt.permanent) || outbox.IsDeleted(err) != (tt.permanent == "the message was deleted") {
					t.Fatalf("error %v, want a permanent one with %q", err, tt.permanent)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("receipt %+v, want %+v", got, tt.want)
			}
			if d := cmp.Diff(tt.posted, w.posted) + cmp.Diff(tt.threads, w.threads); d != "" {
				t.Error(d)
			}
			if len(w.edits) != tt.edits {
				t.Errorf("%d edits, want %d", len(w.edits), tt.edits)
			}
		})
	}
}

// M17: a repeated post is one message.
func TestPoster_RepeatsPostNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range []news.PostKind{news.PostAlert, news.PostLine} {
		w := &wall{}
		for range 3 {
			if _, err := poster(w).Send(t.Context(), post(kind, "m9", "t9")); err != nil {
				t.Fatal(err)
			}
		}
		if len(w.posted) != 1 {
			t.Errorf("%s: %d messages", kind, len(w.posted))
		}
	}
}

// M17: where an earlier try may have arrived longer ago than nonces live, the
// channel is looked at before anything is sent.
func TestPoster_LooksBeforeItRepeats(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		kind        news.PostKind
		tried       time.Duration // ago; 0: never
		found       string
		looks, sent int
	}{
		"first try":                {news.PostAlert, 0, "m7", 0, 1},
		"nonce alive":              {news.PostAlert, 30 * time.Second, "m7", 0, 1},
		"it had arrived":           {news.PostAlert, 10 * time.Minute, "m7", 1, 0},
		"it had not arrived":       {news.PostAlert, 10 * time.Minute, "", 1, 1},
		"the line had arrived":     {news.PostLine, 10 * time.Minute, "m7", 1, 0},
		"an edit may be made over": {news.PostEdit, 10 * time.Minute, "m7", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &wall{found: tt.found}
			p := post(tt.kind, "m9", "t9")
			if tt.tried > 0 {
				p.Tried = clock().Add(-tt.tried)
			}
			r, err := poster(w).Send(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			if w.looks != tt.looks || len(w.posted) != tt.sent {
				t.Errorf("looked %d times, sent %d; want %d and %d", w.looks, len(w.posted), tt.looks, tt.sent)
			}
			if tt.kind == news.PostAlert && tt.sent == 0 && r.Message != tt.found {
				t.Errorf("receipt %+v, want message %s", r, tt.found)
			}
		})
	}
	w := &wall{find: errors.New("503")}
	p := post(news.PostAlert, "", "")
	p.Tried = clock().Add(-time.Hour)
	if _, err := poster(w).Send(t.Context(), p); !errors.Is(err, w.find) || len(w.posted) != 0 {
		t.Errorf("%v, sent %d; want nothing sent where the channel can't be read", err, len(w.posted))
	}
}

func TestPoster_KeepsHowErrorsAreSorted(t *testing.T) {
	t.Parallel()
	forbidden := outbox.Permanent(errors.New("missing permission"))
	for _, kind := range []news.PostKind{news.PostAlert, news.PostEdit, news.PostLine} {
		for _, want := range []error{forbidden, outbox.After(7e9, errors.New("slow down")), errors.New("HTTP 502")} {
			w := &wall{create: want, edit: want, thread: want}
			_, err := poster(w).Send(t.Context(), post(kind, "m9", ""))
			wait, asked := outbox.Wait(err)
			wantWait, wantAsked := outbox.Wait(want)
			if !errors.Is(err, want) || outbox.IsPermanent(err) != outbox.IsPermanent(want) || wait != wantWait || asked != wantAsked {
				t.Errorf("%s: %v became %v", kind, want, err)
			}
		}
	}
}

func TestPoster_EditMarksChanges(t *testing.T) {
	t.Parallel()
	w := &wall{}
	if _, err := poster(w).Send(t.Context(), post(news.PostEdit, "m9", "")); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(w.edits[0].Embeds[0].Description, "▲"); n != 1 {
		t.Errorf("%d marks in %q", n, w.edits[0].Embeds[0].Description)
	}
}

func TestNonce(t *testing.T) {
	t.Parallel()
	a, b := bot.Nonce("555:1:1:alert"), bot.Nonce("555:1:1:edit")
	if len(a) != 25 || a == b || a != bot.Nonce("555:1:1:alert") {
		t.Errorf("nonces %q and %q", a, b)
	}
}

// M11: a forum gets a post for each event, with the tag of its topic; a thread
// gets messages without threads of their own.
func TestPoster_ForumsAndThreads(t *testing.T) {
	t.Parallel()
	forum := message.Channel{Kind: message.ForumChannel, Tags: []message.Tag{{ID: "1", Name: "Asia"}, {ID: "2", Name: "WORLD"}, {ID: "3", Name: "Worldly"}}}
	thread := message.Channel{Kind: message.ThreadChannel}
	gone := outbox.Blocked(fmt.Errorf("10003: %w", bot.ErrChannelGone))
	tried := func(p news.Post) news.Post { p.Tried = clock().Add(-time.Second); return p }
	onward := func(p news.Post) news.Post { p.Event.Into, p.Line = 9, "Quake"; return p }
	tests := []struct {
		name      string
		wall      wall
		post      news.Post
		want      outbox.Receipt
		opened    []string
		posted    []string
		edited    string
		permanent bool
		blocked   bool
	}{
		{
			name: "an alert opens a post", wall: wall{about: forum}, post: post(news.PostAlert, "", ""), want: outbox.Receipt{Message: "p1", Thread: "p1"},
			opened: []string{"555: Magnitude 7.1 quake strikes off northern Chile [2]"},
		},
		{
			name: "no tag of that name", wall: wall{about: message.Channel{Kind: message.ForumChannel}}, post: post(news.PostAlert, "", ""), want: outbox.Receipt{Message: "p1", Thread: "p1"},
			opened: []string{"555: Magnitude 7.1 quake strikes off northern Chile []"},
		},
		{name: "tried and arrived", wall: wall{about: forum, found: "p7"}, post: tried(post(news.PostAlert, "", "")), want: outbox.Receipt{Message: "p7", Thread: "p7"}},
		{
			name: "tried and lost", wall: wall{about: forum}, post: tried(post(news.PostAlert, "", "")), want: outbox.Receipt{Message: "p1", Thread: "p1"},
			opened: []string{"555: Magnitude 7.1 quake strikes off northern Chile [2]"},
		},
		{name: "edits go into the post", wall: wall{about: forum}, post: post(news.PostEdit, "p1", "p1"), want: outbox.Receipt{Message: "p1", Thread: "p1"}, edited: "p1"},
		{name: "lines too", wall: wall{about: forum}, post: post(news.PostLine, "p1", "p1"), want: outbox.Receipt{Message: "p1", Thread: "p1"}, posted: []string{"p1: " + quakeLine}},
		{name: "where a story went", wall: wall{about: forum}, post: onward(post(news.PostEdit, "p1", "p1")), want: outbox.Receipt{Message: "p1", Thread: "p1"}, edited: "p1"},
		{
			name: "the last line of a story that went", wall: wall{about: forum}, post: onward(post(news.PostLine, "p1", "p1")), want: outbox.Receipt{Message: "p1", Thread: "p1"},
			posted: []string{"p1: ➡️ The story goes on in **Quake**."},
		},
		{name: "it opens no thread", wall: wall{}, post: onward(post(news.PostLine, "m1", ""))},
		{name: "in a thread it is not said twice", wall: wall{about: thread}, post: onward(post(news.PostLine, "m1", ""))},
		{name: "nor where it never had a message", wall: wall{}, post: onward(post(news.PostEdit, "", ""))},
		{name: "edit of a deleted post", wall: wall{about: forum, edit: gone}, post: post(news.PostEdit, "p1", "p1"), permanent: true},
		{name: "line in a deleted post", wall: wall{about: forum, create: gone}, post: post(news.PostLine, "p1", "p1"), permanent: true},
		{name: "deleted forum", wall: wall{about: forum, create: gone}, post: post(news.PostAlert, "", ""), blocked: true},
		{
			name: "an alert in a thread", wall: wall{about: thread}, post: post(news.PostAlert, "", ""), want: outbox.Receipt{Message: "m1"},
			posted: []string{"555: 🌍 Magnitude 7.1 quake strikes off northern Chile"},
		},
		{name: "an edit in a thread", wall: wall{about: thread}, post: post(news.PostEdit, "m1", ""), want: outbox.Receipt{Message: "m1"}, edited: "555"},
		{
			name: "a line in a thread names its story", wall: wall{about: thread}, post: post(news.PostLine, "m1", ""), want: outbox.Receipt{Message: "m1"},
			posted: []string{"555: **Magnitude 7.1 quake strikes off northern Chile**\n" + quakeLine},
		},
		{name: "deleted thread", wall: wall{about: thread, create: gone}, post: post(news.PostLine, "m1", ""), blocked: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := tt.wall
			got, err := poster(&w).Send(t.Context(), tt.post)
			if outbox.IsPermanent(err) != tt.permanent || outbox.IsBlocked(err) != tt.blocked {
				t.Fatalf("error %v", err)
			}
			if d := cmp.Diff(tt.want, got) + cmp.Diff(tt.opened, w.opened) + cmp.Diff(tt.posted, w.posted) + cmp.Diff(tt.edited, w.edited) + cmp.Diff([]string(nil), w.threads); d != "" {
				t.Error(d)
			}
		})
	}
}

// B14: an edit that an old message does not take is neither lost nor held
// against the channel; Discord's wait is kept.
func TestPoster_EditOfAnOldMessageIsRationed(t *testing.T) {
	t.Parallel()
	w := &wall{edit: outbox.After(time.Minute, fmt.Errorf("Discord error 30046: %w", bot.ErrTooOldToEdit))}
	_, err := poster(w).Send(t.Context(), post(news.PostEdit, "m9", ""))
	if wait, _ := outbox.Wait(err); !outbox.IsRationed(err) || outbox.IsPermanent(err) || outbox.IsBlocked(err) || wait != time.Minute {
		t.Errorf("%v, to wait %s", err, wait)
	}
}
