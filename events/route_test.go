package events

import (
	"testing"

	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

func spot(id news.ChannelID, topic string, alerted bool) Place {
	return Place{Channel: news.Channel{ID: id}, Topics: []string{topic}, Alerted: alerted}
}

// keys lists what a plan posts, and what was decided for each channel.
func keys(p Plan) (posts, verdicts []string) {
	for _, x := range p.Posts {
		posts = append(posts, x.Key+" "+x.Line)
	}
	for _, v := range p.Verdicts {
		verdicts = append(verdicts, string(v.Channel)+" "+string(v.Outcome))
	}
	return posts, verdicts
}

func TestRoute(t *testing.T) {
	t.Parallel()
	ev := bridge()
	ch := Change{Base: ev, Event: ev, Visible: true, Reason: ReasonNewFacts, Novel: []news.Fact{{Text: "first"}, {Text: "second"}}}
	ch.Event.Revision = 2
	above := spot("e", "world", false)
	above.Least = news.ClassMajor
	standing := spot("f", "world", true)
	standing.Least = news.ClassBreaking
	flat := spot("g", "world", true)
	flat.NoThreads = true
	places := []Place{spot("b", "world", false), spot("a", "world", true), spot("s", "sport", false), spot("d", news.AllTopics, false), above, standing, flat}
	posts, verdicts := keys(Route(ch, places, noon))
	if diff := cmp.Diff([]string{"b:7:2:alert ", "a:7:2:edit ", "a:7:2:line first", "d:7:2:alert ", "f:7:2:edit ", "f:7:2:line first", "g:7:2:edit "}, posts); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"b posted", "a updated", "d posted", "e below", "f updated", "g updated"}, verdicts); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
	ch.Visible, ch.Reason = false, ReasonRepeats
	posts, verdicts = keys(Route(ch, places, noon))
	if len(posts) != 0 || !cmp.Equal(verdicts, []string{" repeats"}) {
		t.Errorf("a change that nobody should see: posts %q, verdicts %q", posts, verdicts)
	}
}

// B14: only what passes the channel's bar is published, and once: with its
// message, or when it comes to pass it.
func TestRoute_Publish(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		bar       news.Class
		was, is   news.Class
		alerted   bool
		published bool
	}{
		{name: "no bar", is: news.ClassBreaking},
		{name: "everything", bar: news.ClassNormal, published: true},
		{name: "below", bar: news.ClassMajor, is: news.ClassNormal},
		{name: "at the bar", bar: news.ClassMajor, is: news.ClassMajor, published: true},
		{name: "above", bar: news.ClassMajor, is: news.ClassBreaking, published: true},
		{name: "rises above", bar: news.ClassMajor, was: news.ClassNormal, is: news.ClassBreaking, alerted: true, published: true},
		{name: "was above", bar: news.ClassMajor, was: news.ClassMajor, is: news.ClassBreaking, alerted: true},
		{name: "falls", bar: news.ClassMajor, was: news.ClassMajor, is: news.ClassNormal, alerted: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := spot("c", "world", tt.alerted)
			p.Publish = tt.bar
			ch := Change{Base: bridge(), Event: bridge(), Visible: true}
			ch.Base.Class, ch.Event.Class = tt.was, tt.is
			if got := len(Route(ch, []Place{p}, noon).Publish) == 1; got != tt.published {
				t.Errorf("published %v, want %v", got, tt.published)
			}
		})
	}
}

// M12, B1: only what is breaking notifies and pings, and only by a new message.
func TestRoute_Loud(t *testing.T) {
	t.Parallel()
	role := spot("r", "world", false)
	role.Guild, role.Roles = "g", map[news.Class]string{news.ClassBreaking: "42", news.ClassMajor: "43"}
	there := role
	there.ID, there.Alerted = "there", true
	none := spot("n", "world", true)
	places := []Place{role, there, none}
	type sent struct {
		Channel news.ChannelID
		Kind    news.PostKind
		Loud    bool
		Role    string
	}
	route := func(was, is news.Class) []sent {
		base := bridge()
		base.Class = was
		ch := Change{Base: base, Event: base, Visible: true, Reason: ReasonNewFacts, Novel: []news.Fact{{Text: "new"}}}
		ch.Event.Revision, ch.Event.Class = 2, is
		var out []sent
		for _, p := range Route(ch, places, noon).Posts {
			if p.Channel != "n" && p.Guild != "g" {
				t.Errorf("%s has no guild", p.Key)
			}
			out = append(out, sent{p.Channel, p.Kind, p.Loud, p.Role})
		}
		return out
	}
	for _, tt := range []struct {
		name    string
		was, is news.Class
		want    []sent
	}{
		{"becomes breaking", news.ClassMajor, news.ClassBreaking, []sent{
			{"r", news.PostAlert, true, "42"},
			{"there", news.PostEdit, false, "42"},
			{"there", news.PostLine, false, ""},
			{"there", news.PostRise, true, "42"},
			{"n", news.PostEdit, false, ""},
			{"n", news.PostLine, false, ""},
			{"n", news.PostRise, true, ""},
		}},
		{"was breaking before", news.ClassBreaking, news.ClassBreaking, []sent{
			{"r", news.PostAlert, true, "42"},
			{"there", news.PostEdit, false, "42"},
			{"there", news.PostLine, false, ""},
			{"n", news.PostEdit, false, ""},
			{"n", news.PostLine, false, ""},
		}},
		{"becomes major", news.ClassNormal, news.ClassMajor, []sent{
			{"r", news.PostAlert, false, ""},
			{"there", news.PostEdit, false, ""},
			{"there", news.PostLine, false, ""},
			{"n", news.PostEdit, false, ""},
			{"n", news.PostLine, false, ""},
		}},
	} {
		if diff := cmp.Diff(tt.want, route(tt.was, tt.is)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// A rise to breaking notifies in quiet hours only where breaking news may;
// the message is brought up to date either way. // M15
func TestRoute_RiseInQuietHours(t *testing.T) {
	t.Parallel()
	hour := noon.Hour() * 60
	asleep := spot("asleep", "world", true)
	asleep.Quiet = news.Quiet{From: hour - 60, To: hour + 60}
	woken := spot("woken", "world", true)
	woken.Quiet = news.Quiet{From: hour - 60, To: hour + 60, Breaking: true}
	ev := bridge()
	ch := Change{Base: ev, Event: ev, Visible: true, Reason: ReasonRaised}
	ch.Event.Revision, ch.Event.Class = 2, news.ClassBreaking
	posts, _ := keys(Route(ch, []Place{asleep, woken}, noon))
	if diff := cmp.Diff([]string{"asleep:7:2:edit ", "woken:7:2:edit ", "woken:7:2:rise "}, posts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
