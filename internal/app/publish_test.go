package app

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/events"
	"newsdesk/feeds"
	"newsdesk/news"
	"newsdesk/outbox"
	"newsdesk/trail"
)

// announcing is an outbox with an announcement channel that publishes.
type announcing struct {
	*sending
	ch   *discordtest.Channel
	feed news.FeedID
	made map[news.EventID]news.Event
}

func newAnnouncing(t *testing.T) *announcing {
	t.Helper()
	x := &announcing{sending: newSending(t), made: map[news.EventID]news.Event{}}
	x.ch = x.guild.AddAnnouncementChannel("press")
	x.must(x.db.SyncFeeds(t.Context(), []news.Feed{{URL: "https://ledger.example/feed", Name: "Ledger", Topic: "world"}}, x.now()))
	list, err := x.db.Feeds(t.Context())
	x.must(err)
	x.feed = list[0].ID
	return x
}

// apply stores what an article does to an event, 0 for a new one, and what
// follows from it in the channel.
func (x *announcing) apply(id news.EventID, class news.Class) news.EventID {
	x.t.Helper()
	ctx := x.t.Context()
	x.events++
	ids, err := x.db.SaveFetch(ctx, x.feed, feeds.Result{Status: 200, FetchedAt: x.now(), NextPoll: x.now().Add(time.Hour), Items: []news.Item{
		{GUID: strconv.Itoa(x.events), URL: fmt.Sprint("https://ledger.example/", x.events), Title: "Bridge closes"},
	}})
	x.must(err)
	_, a, err := x.db.Pending(ctx, ids[0])
	x.must(err)
	ch := events.Change{Article: a.ID, Base: x.made[id], Event: x.event(), Visible: true, Reason: events.ReasonNew}
	ch.Event.ID, ch.Event.Revision, ch.Event.Class = id, ch.Base.Revision+1, class
	ch.Event.Headline = fmt.Sprint("Bridge report ", ch.Event.Revision)
	place := events.Place{Topics: []string{"world"}, Alerted: id != 0}
	place.ID, place.Publish = news.ChannelID(x.ch.ID), news.ClassMajor
	id, _, err = x.db.Apply(ctx, a, news.Summary{Article: a.ID, Headline: "Bridge closes"}, ch, events.Route(ch, []events.Place{place}, x.now()))
	x.must(err)
	stored, err := x.db.Event(ctx, id)
	x.must(err)
	stored.Class = class
	x.made[id] = stored
	return id
}

// run delivers and publishes what is due, after a restart.
func (x *announcing) run() {
	x.t.Helper()
	x.restart()
	x.deliver()
	x.must(outbox.NewPublisher(x.db, discordSurface{x.client()}, x.relay, x.log, x.now).Flush(x.t.Context()))
}

// published counts the channel's published messages.
func (x *announcing) published() (n int) {
	for _, m := range x.ch.Messages() {
		if m.Flags&discordtest.FlagCrossposted != 0 {
			n++
		}
	}
	return n
}

// refused fails if Discord ever had to say that it was too much.
func (x *announcing) refused() {
	x.t.Helper()
	for _, r := range x.fake.Requests() {
		if r.Status == 429 {
			x.t.Errorf("refused: %s %s", r.Method, r.Path)
		}
	}
}

// B14: of many events at once ten are published an hour, also over restarts,
// and only those that pass the bar; the messages themselves are not held back.
func TestPublish_TenAnHour(t *testing.T) {
	t.Parallel()
	x := newAnnouncing(t)
	for range 13 {
		x.apply(0, news.ClassMajor)
		x.apply(0, news.ClassNormal)
	}
	x.run()
	if n, all := x.published(), len(x.ch.Messages()); n != 10 || all != 26 {
		t.Fatalf("%d of %d messages published at once, want 10 of 26", n, all)
	}
	waiting := 0
	for id := range x.made {
		list, err := x.db.TrailChannels(t.Context(), id, trail.Scope{Channel: news.ChannelID(x.ch.ID)})
		x.must(err)
		if list[0].Publication.State == trail.StatePending {
			waiting++
		}
	}
	if waiting != 3 {
		t.Errorf("the trail says of %d messages that they wait to be published, want 3", waiting)
	}
	x.pass(59 * time.Minute)
	x.run()
	if n := x.published(); n != 10 {
		t.Errorf("%d published within the hour", n)
	}
	x.pass(2 * time.Minute)
	x.run()
	x.run()
	if n := x.published(); n != 13 {
		t.Errorf("%d published after an hour, want the 13 that pass the bar", n)
	}
	x.refused()
}

// B14: a published message is edited three times an hour; later edits become
// one. One that is not published is edited as often as it changes.
func TestPublish_ThreeEditsAnHour(t *testing.T) {
	t.Parallel()
	x := newAnnouncing(t)
	loud, quiet := x.apply(0, news.ClassMajor), x.apply(0, news.ClassNormal)
	x.run()
	for range 6 {
		x.pass(time.Minute)
		x.apply(loud, news.ClassMajor)
		x.apply(quiet, news.ClassNormal)
		x.run()
	}
	edits := func(want ...string) {
		t.Helper()
		for i, m := range x.ch.Messages() {
			if got := fmt.Sprint(m.Edits, " ", m.Content); got != want[i] {
				t.Errorf("message %d: %s, want %s", i, got, want[i])
			}
		}
	}
	edits("3 🌍 Bridge report 4", "6 🌍 Bridge report 7")
	x.pass(54 * time.Minute) // an hour after the first edit
	x.run()
	edits("3 🌍 Bridge report 4", "6 🌍 Bridge report 7")
	x.pass(2 * time.Minute)
	x.run()
	edits("4 🌍 Bridge report 7", "6 🌍 Bridge report 7")
	x.refused()
}

// B14: any message that is older than an hour is edited three times an hour,
// whatever its channel and over restarts: what comes meanwhile is shown once that
// is allowed, in one edit that says the newest; nothing else in the channel waits
// for it, and Discord is never asked in vain.
func TestPublish_ThreeEditsAnHourOfOldMessages(t *testing.T) {
	t.Parallel()
	x := newAnnouncing(t)
	plain := x.guild.AddTextChannel("plain")
	old, e := x.event(), news.Event{}
	change := func(revision int, kinds ...news.PostKind) {
		e = old
		e.Revision, e.Headline = revision, fmt.Sprint("Bridge report ", revision)
		x.queue(plain, e, kinds...)
	}
	change(1, news.PostAlert)
	x.run()
	x.pass(50 * time.Minute)
	for i := range 4 { // as often as it changes, while it is young
		change(2+i, news.PostEdit)
		x.run()
	}
	x.pass(11 * time.Minute)
	for i := range 6 {
		x.pass(time.Minute)
		change(6+i, news.PostEdit)
		x.run()
	}
	shows := func(edits int, headline string) {
		t.Helper()
		if m := plain.Messages()[0]; m.Edits != edits || !strings.Contains(m.Content, headline) {
			t.Errorf("%d edits, shows %s; want %d and %s", m.Edits, m.Content, edits, headline)
		}
	}
	shows(7, "Bridge report 8")
	next := x.event()
	x.queue(plain, next, news.PostAlert)
	x.run()
	if n := len(plain.Messages()); n != 2 {
		t.Errorf("%d messages: the next one waits for an edit", n)
	}
	x.pass(54 * time.Minute) // an hour after the first of the three
	x.run()
	shows(7, "Bridge report 8")
	x.pass(time.Minute)
	x.run()
	x.run()
	shows(8, "Bridge report 11")
	x.refused()
}

// B14: should Discord refuse an edit of an old message all the same, it is kept
// and made when Discord says it may be, the newest state and once.
func TestPublish_EditsThatDiscordPutsOff(t *testing.T) {
	t.Parallel()
	x := newAnnouncing(t)
	plain := x.guild.AddTextChannel("plain")
	first, second := x.event(), news.Event{}
	change := func(revision int) {
		second = first
		second.Revision, second.Headline = revision, fmt.Sprint("Bridge report ", revision)
		x.queue(plain, second, news.PostEdit, news.PostLine)
	}
	x.queue(plain, first, news.PostAlert)
	loud := x.apply(0, news.ClassMajor)
	x.run()
	x.pass(2 * time.Hour)
	for _, m := range []discordtest.Message{plain.Messages()[0], x.ch.Messages()[0]} { // somebody else's edits count as well
		x.fake.SpendOldEdits(m.ID)
	}
	change(2)
	x.apply(loud, news.ClassMajor)
	x.run()
	change(3)
	x.apply(loud, news.ClassMajor)
	x.run()
	refusals := 0
	for _, r := range x.fake.Requests() {
		if r.Status == 429 {
			refusals++
		}
	}
	if refusals != 2 {
		t.Errorf("refused %d times, want once for each message", refusals)
	}
	if lines := x.fake.Thread(plain.Messages()[0]).Messages(); len(lines) != 2 {
		t.Errorf("%d lines in the thread while the edits wait", len(lines))
	}
	for _, ch := range []*discordtest.Channel{plain, x.ch} {
		event := first.ID
		if ch == x.ch {
			event = loud
		}
		list, err := x.db.TrailChannels(t.Context(), event, trail.Scope{Channel: news.ChannelID(ch.ID)})
		x.must(err)
		if s := trail.In(list[0], news.Event{Topic: "world"}); s.Stage != trail.StageRationed || s.Next.Sub(x.now()) < 50*time.Minute {
			t.Errorf("#%s: %+v at %s", ch.Name, s, x.now())
		}
		if m := ch.Messages()[0]; m.Edits != 0 {
			t.Errorf("#%s: edited %d times", ch.Name, m.Edits)
		}
	}
	x.pass(61 * time.Minute)
	x.run()
	x.run()
	for ch, want := range map[*discordtest.Channel]string{plain: "Bridge report 3", x.ch: "Bridge report 3"} {
		if m := ch.Messages()[0]; m.Edits != 1 || !strings.Contains(m.Content, want) {
			t.Errorf("#%s: %d edits, shows %s", ch.Name, m.Edits, m.Content)
		}
	}
	for _, ch := range []*discordtest.Channel{plain, x.ch} {
		event := first.ID
		if ch == x.ch {
			event = loud
		}
		list, err := x.db.TrailChannels(t.Context(), event, trail.Scope{Channel: news.ChannelID(ch.ID)})
		x.must(err)
		if s := trail.In(list[0], news.Event{Topic: "world"}); s.Stage != trail.StageSent {
			t.Errorf("#%s, in the end: %+v", ch.Name, s)
		}
	}
}

// B14: an event that comes to pass the bar is published then, once.
func TestPublish_WhenItRises(t *testing.T) {
	t.Parallel()
	x := newAnnouncing(t)
	id := x.apply(0, news.ClassNormal)
	x.run()
	if n := x.published(); n != 0 {
		t.Fatalf("%d published below the bar", n)
	}
	x.apply(id, news.ClassMajor)
	x.run()
	x.apply(id, news.ClassBreaking)
	x.run()
	if n := x.published(); n != 1 {
		t.Errorf("%d published, want 1", n)
	}
	x.refused()
}

// B14: an answer that is lost, and a channel that is no announcement channel
// any more.
func TestPublish_Failures(t *testing.T) {
	t.Parallel()
	x := newAnnouncing(t)
	x.apply(0, news.ClassMajor)
	x.fake.FailNext("POST", "/channels/*/messages/*/crosspost", discordtest.FaultCutAfter())
	x.run()
	x.pass(time.Minute)
	x.run()
	if due, err := x.db.DuePublications(t.Context(), x.now().Add(time.Hour), 10); err != nil || len(due) != 0 || x.published() != 1 {
		t.Errorf("after a lost answer: %v, %v, %d published", due, err, x.published())
	}
	x.ch = x.guild.AddTextChannel("plain")
	x.apply(0, news.ClassMajor)
	x.run()
	if due, err := x.db.DuePublications(t.Context(), x.now().Add(time.Hour), 10); err != nil || len(due) != 0 || x.published() != 0 {
		t.Errorf("in a text channel: %v, %v, %d published", due, err, x.published())
	}
}
