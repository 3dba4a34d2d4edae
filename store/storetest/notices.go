package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/feeds"
	"newsdesk/news"
)

// giveUp ends the polling of a feed.
func (d *desk) giveUp(feed news.FeedID, at time.Time) {
	d.t.Helper()
	d.must(d.SavePolls(d.t.Context(), []feeds.Polled{{Feed: feed, Failure: &feeds.Failure{
		Reason: "The server answered 410 Gone", Next: at.Add(time.Hour), Disable: at, Why: "not polled any more",
	}}})[0].Err)
}

// notices compares what is still to be told, as server and address.
func (d *desk) notices(want ...string) {
	d.t.Helper()
	found, err := d.FeedNotices(d.t.Context())
	d.must(err)
	var got []string
	for _, n := range found {
		if n.Feed.LastError != "The server answered 410 Gone" || n.Feed.Disabled.IsZero() {
			d.t.Errorf("the notice does not say what is wrong: %+v", n)
		}
		got = append(got, string(n.Guild)+" "+n.Feed.URL)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Errorf("notices (-want +got):\n%s", diff)
	}
}

var noticeTests = map[string]func(*testing.T, *desk){
	"WhoFollowsADeadFeedIsToldOnce": func(t *testing.T, d *desk) { // M5
		a, b := d.feed("https://a.example/feed", "world"), d.feed("https://b.example/feed", "world")
		other := d.feed("https://c.example/feed", "sport")
		d.follow("g", "c1")
		d.follow("g", "c2") // two channels are one server
		d.follow("h", "c3")
		d.follow("", "configured") // nobody is known to tell
		d.notices()
		d.giveUp(a, noon)
		d.giveUp(other, noon)
		d.notices("g https://a.example/feed", "h https://a.example/feed")
		d.follow("late", "c4") // never had the feed
		d.notices("g https://a.example/feed", "h https://a.example/feed")
		d.giveUp(b, noon.Add(time.Hour))
		found, err := d.FeedNotices(t.Context())
		d.must(err)
		d.must(d.FeedsNoticed(t.Context(), found[:2]))
		d.notices("h https://a.example/feed", "h https://b.example/feed", "late https://b.example/feed")
		d.must(d.FeedsNoticed(t.Context(), found[:4]))
		d.notices("late https://b.example/feed")
	},
	"AFeedThatCameBackIsNoNews": func(t *testing.T, d *desk) { // M5
		a := d.feed("https://a.example/feed", "world")
		d.follow("g", "c")
		d.giveUp(a, noon)
		_, err := d.AddFeeds(t.Context(), []news.Feed{{URL: "https://a.example/feed", Topic: "world"}}, noon)
		d.must(err)
		d.notices()
		d.giveUp(a, noon.Add(time.Hour)) // a second death is told again
		d.notices("g https://a.example/feed")
		_, err = d.Unsubscribe(t.Context(), news.Subscription{Guild: "g", Channel: "c", Topic: "world"})
		d.must(err)
		d.notices()
	},
	"AServerThatIsForgottenIsToldNothing": func(t *testing.T, d *desk) { // M5
		ctx := t.Context()
		a := d.feed("https://a.example/feed", "world")
		d.follow("g", "c")
		d.giveUp(a, noon)
		d.must(d.LoseGuild(ctx, "g", "removed", noon))
		d.must(d.ForgetGuilds(ctx, noon.Add(time.Hour)))
		d.follow("g", "c") // invited again
		d.notices()
	},
}
