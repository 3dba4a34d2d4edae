package events

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"newsdesk/news"
)

// mixed is an event of two happenings, the jury's and the judge's, and the sides.
func mixed() (e news.Event, jury, judge Side) {
	at := time.Date(2026, time.March, 3, 6, 0, 0, 0, time.UTC)
	e = news.Event{
		ID: 7, Version: 5, Revision: 4, Topic: "world", Headline: "Grand jury hears of mayor", Method: "m", First: at, Last: at.Add(4 * time.Hour),
		Image: "https://gull.example/judge.jpg", Who: []string{"Lund", "Bremer"}, Checked: 9, Class: news.ClassMajor,
		Facts: []news.Fact{
			{Text: "The indictment against Bremer was dismissed by a judge.", Article: 5, New: true},
			{Text: "The prosecutor convened a grand jury.", Article: 1, Differs: []news.Version{{Value: "two", Article: 5}, {Value: "three", Article: 4}}, Also: []news.Place{{Article: 2}, {Article: 3}}, Was: news.Version{Value: "x", Article: 2}},
			{Text: "Bremer was pardoned in January.", Article: 3},
		},
	}
	for i, title := range []string{"Grand jury hears of mayor", "Jury meets", "Charges dismissed", "Banks lent 14 million", "Indictment dismissed"} {
		topic := "world"
		if i == 2 || i == 4 {
			topic = "justice"
		}
		e.Sources = append(e.Sources, news.Source{
			Article: news.ArticleID(i + 1), Outlet: fmt.Sprint("Outlet ", i), Title: title, Published: at.Add(time.Duration(i) * time.Hour), Topic: topic, Feed: news.FeedID(i + 1),
		})
	}
	jury = Side{
		Articles: []news.ArticleID{1, 2, 4}, Read: []news.Article{{ID: 1}, {ID: 2, Image: "https://radio.example/jury.jpg"}},
		Sums:    []news.Summary{{Article: 1, Headline: "Grand jury hears of mayor"}},
		Summary: news.Summary{Headline: "Jury hears of loans", Method: "m2", Facts: []news.Fact{{Text: "Two banks lent 14 million.", Article: 4}}, Who: []string{"Lund"}, Checked: 3},
	}
	judge = Side{
		Articles: []news.ArticleID{3, 5}, Read: []news.Article{{ID: 3, Image: "https://gull.example/judge.jpg"}, {ID: 5}},
		Sums:    []news.Summary{{Article: 5, Headline: "Judge dismisses indictment"}},
		Summary: news.Summary{Headline: "Judge dismisses indictment", Method: "m3", Facts: []news.Fact{{Text: "The indictment against Bremer was dismissed by a judge.", Article: 5}}, Who: []string{"Bremer"}, Checked: 2},
	}
	return e, jury, judge
}

func TestKeeper(t *testing.T) { // B1
	t.Parallel()
	e, jury, judge := mixed()
	of := func(change func(*news.Event)) news.Event {
		e := e
		e.Facts, e.Sources = slices.Clone(e.Facts), slices.Clone(e.Sources)
		change(&e)
		return e
	}
	for _, tt := range []struct {
		name string
		e    news.Event
		want Side
	}{
		{"the headline is from the first", e, jury},
		{"the headline is from the second", of(func(e *news.Event) { e.Headline = "Judge dismisses indictment" }), judge},
		{"from its title", of(func(e *news.Event) { e.Headline = "Charges dismissed" }), judge},
		{"from neither: more facts are the second's", of(func(e *news.Event) { e.Headline = "News" }), judge},
		{"from neither, as many facts: the first reported", of(func(e *news.Event) { e.Headline, e.Facts = "News", e.Facts[:2] }), jury},
		{"the same where the other was first", of(func(e *news.Event) {
			e.Headline, e.Facts = "News", nil
			e.Sources[0], e.Sources[2] = e.Sources[2], e.Sources[0]
		}), judge},
	} {
		for _, sides := range [][2]Side{{jury, judge}, {judge, jury}} {
			stays, leaves := Keeper(tt.e, sides[0], sides[1])
			if !slices.Equal(stays.Articles, tt.want.Articles) || slices.Equal(leaves.Articles, tt.want.Articles) {
				t.Errorf("%s: %v stays, %v leaves", tt.name, stays.Articles, leaves.Articles)
			}
		}
	}
}

func TestDivide(t *testing.T) { // B1
	t.Parallel()
	base, jury, judge := mixed()
	at := base.Last.Add(time.Hour)
	before := base
	before.Version, before.Revision, before.Facts = 4, 3, base.Facts[1:]
	d, ok := Divide(base, before, jury, judge, 5, 0.17, at)
	if !ok {
		t.Fatal("it is not divided")
	}
	parted := news.Parted{Topics: []string{"world", news.AllTopics, "feed:1", "feed:2", "feed:3", "feed:4", "feed:5"}, At: at, By: 5, Across: 0.17}
	of := func(of, id news.EventID, headline string) []news.Parted {
		p := parted
		p.Of, p.Event, p.Headline = of, id, headline
		return []news.Parted{p}
	}
	s := base.Sources
	stays := base
	stays.Version, stays.Revision, stays.Last, stays.Image, stays.Who, stays.Checked = 6, 5, s[3].Published, "https://radio.example/jury.jpg", []string{"Lund"}, 3
	stays.Sources = []news.Source{s[0], s[1], s[3]}
	stays.Facts = []news.Fact{{Text: "The prosecutor convened a grand jury.", Article: 1, Differs: []news.Version{{Value: "three", Article: 4}}, Also: []news.Place{{Article: 2}}}}
	stays.Parted = of(7, 0, "Judge dismisses indictment")
	leaves := news.Event{
		Version: 1, Revision: 1, Topic: "justice", Headline: "Judge dismisses indictment", Method: "m3", First: s[2].Published, Last: s[4].Published,
		Image: "https://gull.example/judge.jpg", Sources: []news.Source{s[2], s[4]}, Facts: judge.Summary.Facts, Who: []string{"Bremer"}, Checked: 2,
		Parted: of(0, 7, base.Headline),
	}
	want := Division{
		Stays:  Change{Base: base, Event: stays, Article: 4, Reason: ReasonParted, Visible: true},
		Leaves: Change{Event: leaves, Article: 5, Reason: ReasonParted, Visible: true},
		Moved:  []news.ArticleID{3, 5}, Known: before.Facts, By: 5, Undone: true, Until: 3,
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if under := FiledUnder(d.Stays.Event); !slices.Contains(under, "feed:5") {
		t.Errorf("filed under %q: who follows what left may have the message", under)
	}
	if ranked := Rank(d.Stays, Bars{Major: 0.9, Breaking: 0.95}); ranked.Event.Class != news.ClassMajor {
		t.Errorf("the class fell to %q, which readers have seen to be major", ranked.Event.Class)
	}
	if !PartedFrom(news.Event{ID: 7}, d.Leaves.Event) || !PartedFrom(d.Leaves.Event, news.Event{ID: 7}) || PartedFrom(news.Event{ID: 8}, d.Leaves.Event) {
		t.Error("what was parted is not known to be")
	}
	whole := Absorb(news.Event{ID: 9, Revision: 1}, d.Leaves.Event, news.Summary{}, 6, news.Grouping{}, at).Event
	if !PartedFrom(whole, news.Event{ID: 7}) {
		t.Error("that is forgotten where it is put into a third")
	}

	// Shown by an article that stays, the facts are as that left them; where the
	// side that stays has none among them, its summary's.
	d, _ = Divide(base, before, jury, judge, 4, 0.17, at)
	if got := d.Stays.Event.Facts; len(got) != 1 || got[0].Article != 1 {
		t.Errorf("facts: %+v", got)
	}
	bare := base
	bare.Facts, bare.Headline = base.Facts[:1], "Judge dismisses indictment"
	d, _ = Divide(bare, news.Event{}, jury, judge, 4, 0.17, at)
	if got := d.Stays.Event; len(got.Facts) != 1 || got.Facts[0].Article != 4 || got.Headline != "Jury hears of loans" || got.Method != "m2" {
		t.Errorf("where nothing of it was shown: %+v", got)
	}
	for i := range judge.Read {
		judge.Read[i].Quiet = true
	}
	if d, _ = Divide(base, before, jury, judge, 5, 0.17, at); d.Leaves.Visible || d.Leaves.Event.Revision != 0 || len(d.Leaves.Novel) > 0 {
		t.Errorf("what stood in feeds before they were followed is shown: %+v", d.Leaves)
	}
	unseen := base
	unseen.Revision = 0
	if _, ok := Divide(unseen, unseen, jury, judge, 5, 0.17, at); ok {
		t.Error("an event that nobody has seen is divided")
	}
	judge.Articles = []news.ArticleID{5}
	if _, ok := Divide(base, before, jury, judge, 5, 0.17, at); ok {
		t.Error("an event of one article is made")
	}
}

// Each article of an event is in one of the two that it becomes, in its order.
func TestDivide_LosesNothing(t *testing.T) { // B1
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, jury, judge := mixed()
		base.Sources, base.Facts, jury.Articles, judge.Articles = nil, nil, nil, nil
		for i := range rapid.IntRange(1, MaxSources).Draw(t, "articles") {
			id := news.ArticleID(i + 1)
			base.Sources = append(base.Sources, news.Source{Article: id, Title: fmt.Sprint("Title ", id), Topic: "world"})
			base.Facts = append(base.Facts, news.Fact{Text: fmt.Sprintf("Fact %d tells of the matter.", id), Article: id})
			if rapid.Bool().Draw(t, "second") {
				judge.Articles = append(judge.Articles, id)
			} else {
				jury.Articles = append(jury.Articles, id)
			}
		}
		d, ok := Divide(base, base, jury, judge, 1, 0.1, base.Last)
		if ok != (len(jury.Articles) > 1 && len(judge.Articles) > 1) {
			t.Fatalf("divided: %t, of %v and %v", ok, jury.Articles, judge.Articles)
		}
		if !ok {
			return
		}
		for e, want := range map[*news.Event][]news.ArticleID{&d.Stays.Event: jury.Articles, &d.Leaves.Event: judge.Articles} {
			var got []news.ArticleID
			for _, s := range e.Sources {
				got = append(got, s.Article)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("sources %v, want %v", got, want)
			}
			for _, f := range e.Facts {
				if e.Citation(f.Article) == 0 {
					t.Fatalf("fact %q has no source", f.Text)
				}
			}
		}
	})
}

func TestSeparate(t *testing.T) { // B1, M8
	t.Parallel()
	type row struct{ stays, leaves, told bool }
	want := map[row]Separation{ // where the channel has a message
		{true, true, false}:   SeparatePost,
		{true, true, true}:    SeparateSay,
		{true, false, false}:  SeparateSay,
		{true, false, true}:   SeparateSay,
		{false, true, false}:  SeparateHand,
		{false, true, true}:   SeparateHand,
		{false, false, false}: SeparateSay,
		{false, false, true}:  SeparateSay,
	}
	for r := range want {
		for has := StandNone; has <= StandShown; has++ {
			w := want[r]
			if has == StandNone {
				w = SeparateNew
			}
			if got := Separate(has, Wants{Stays: r.stays, Leaves: r.leaves}, r.told); got != w {
				t.Errorf("Separate(%d, %+v) = %s, want %s", has, r, got, w)
			}
		}
	}
}

// What channels get of two events is decided by what is set for them, and nobody
// who had the message is pinged.
func TestDivision_Routed(t *testing.T) { // B1, M8
	t.Parallel()
	base, jury, judge := mixed()
	at := base.Last.Add(time.Hour)
	d, _ := Divide(base, base, jury, judge, 5, 0.17, at)
	d.Leaves.Event.Class, d.Stays.Event.Class = news.ClassBreaking, news.ClassMajor
	words := func(text string) []news.Filter { return []news.Filter{{Kind: news.FilterWords, Text: text}} }
	place := func(id news.ChannelID, alerted bool, topic string, s news.Settings) Place {
		s.Roles = map[news.Class]string{news.ClassBreaking: "9"}
		return Place{Channel: news.Channel{ID: id, Guild: "g", Settings: s}, Topics: []string{topic}, Alerted: alerted}
	}
	fresh := place("fresh", false, "justice", news.Settings{})
	digest := place("digest", false, "justice", news.Settings{})
	digest.Told, digest.ToldAs = true, news.ClassBreaking
	d = d.Routed([]Place{
		place("all", true, news.AllTopics, news.Settings{}), place("world", true, "world", news.Settings{}), place("justice", true, "justice", news.Settings{}),
		place("jury", true, news.AllTopics, news.Settings{Filters: words("jury")}), place("judge", true, news.AllTopics, news.Settings{Filters: words("judge")}),
		fresh, digest,
	}, at)
	wants := map[news.ChannelID]Wants{"all": {true, true}, "world": {true, false}, "justice": {false, true}, "jury": {true, false}, "judge": {false, true}}
	if diff := cmp.Diff(wants, d.Wants); diff != "" {
		t.Errorf("wants (-want +got):\n%s", diff)
	}
	shown := func(posts []news.Post) (out []string) {
		for _, p := range posts {
			out = append(out, fmt.Sprintf("%s %s %d loud %t %s", p.Channel, p.Kind, p.Event.ID, p.Loud, p.Role))
		}
		return out
	}
	if diff := cmp.Diff([]string{"all edit 7 loud false ", "world edit 7 loud false ", "jury edit 7 loud false ", "judge edit 7 loud false "}, shown(d.Plan.Posts)); diff != "" {
		t.Errorf("of the one that stays (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"all alert 0 loud false ", "justice alert 0 loud false ", "judge alert 0 loud false ", "fresh alert 0 loud true 9"}, shown(d.Other.Posts)); diff != "" {
		t.Errorf("of the other (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"justice edit 0 loud false 9", "judge edit 0 loud false 9"}, shown(d.Other.Onward)); diff != "" {
		t.Errorf("where the message is the other's (-want +got):\n%s", diff)
	}
	if len(d.Plan.Verdicts) != 1 || d.Plan.Verdicts[0].Channel != "judge" || d.Plan.Verdicts[0].Outcome != news.OutcomeFiltered {
		t.Errorf("verdicts on the one that stays: %+v", d.Plan.Verdicts)
	}
	told := slices.IndexFunc(d.Other.Verdicts, func(v news.Verdict) bool { return v.Channel == "digest" })
	if told < 0 || d.Other.Verdicts[told].Outcome != news.OutcomeTold {
		t.Errorf("what a digest told of both is told again: %+v", d.Other.Verdicts)
	}
}

func TestDivision_Told(t *testing.T) { // B1
	t.Parallel()
	const dismissed, donors = "A judge dismissed the charges against Kurt Bremer on Tuesday.", "Donors want 14 million back."
	since := time.Date(2026, time.March, 3, 8, 0, 0, 0, time.UTC)
	d := Division{
		Leaves: Change{Event: news.Event{Facts: []news.Fact{{Text: dismissed, Article: 3}, {Text: donors, Article: 5}, {Text: "Bremer was pardoned in January.", Article: 3}}}},
		By:     4, Since: since,
	}
	for _, tt := range []struct {
		name  string
		shown []string
		by    news.ArticleID
		want  bool
	}{
		{"its most important fact", []string{dismissed}, 4, true},
		{"the same in other words", []string{"On Tuesday a judge dismissed the charges against the adviser, Kurt Bremer."}, 4, true},
		{"something else", []string{"The prosecutor convened a grand jury on Tuesday."}, 4, false},
		{"a lesser fact", []string{donors}, 4, false},
		{"all but what the last article brought", []string{dismissed}, 5, false},
		{"that as well", []string{dismissed, donors}, 5, true},
		{"nothing", nil, 4, false},
	} {
		d := d
		d.By = tt.by
		var shown []news.Fact
		for _, text := range tt.shown {
			shown = append(shown, news.Fact{Text: text, Article: 1})
		}
		if got := d.Told(shown); got != tt.want {
			t.Errorf("%s: told %t", tt.name, got)
		}
	}
	if (Division{}).Told(nil) {
		t.Error("nothing told an event")
	}
	d.Known = []news.Fact{{Text: dismissed}}
	if d.ToldIn(since.Add(-time.Minute)) || !d.ToldIn(since) {
		t.Error("a digest told what came in after it, or not what came before")
	}
}

// What none of the sides has is no reason to guess. // B1
func TestDivide_KnowsAllArticles(t *testing.T) {
	t.Parallel()
	e, jury, judge := mixed()
	jury.Articles = jury.Articles[1:]
	if _, ok := Divide(e, e, jury, judge, 5, 0.1, e.Last); ok {
		t.Error("divided, though one of the articles is on neither side")
	}
}

// What was parted stays so, also where each was put into another one. // B1
func TestPartedFrom(t *testing.T) {
	t.Parallel()
	a, b := news.Event{ID: 1, Parted: []news.Parted{{Of: 1, Event: 2}}}, news.Event{ID: 2, Parted: []news.Parted{{Of: 2, Event: 1}}}
	intoC, intoD := news.Event{ID: 3, Parted: a.Parted}, news.Event{ID: 4, Parted: b.Parted}
	other := news.Event{ID: 5, Parted: []news.Parted{{Of: 5, Event: 6}}}
	for _, tt := range []struct {
		a, b news.Event
		want bool
	}{{a, b, true}, {a, intoD, true}, {intoC, b, true}, {intoC, intoD, true}, {a, other, false}, {intoC, other, false}, {news.Event{ID: 7}, other, false}} {
		if PartedFrom(tt.a, tt.b) != tt.want || PartedFrom(tt.b, tt.a) != tt.want {
			t.Errorf("events %d and %d: want %t", tt.a.ID, tt.b.ID, tt.want)
		}
	}
}

// A channel that has an event's news in another one's message gets one of its own
// for what is new, and no second ping. // B1, M12
func TestRoute_WhatWasToldElsewhere(t *testing.T) {
	t.Parallel()
	e := news.Event{ID: 8, Revision: 2, Topic: "world", Class: news.ClassBreaking, Headline: "Judge dismisses charges"}
	p := Place{Channel: news.Channel{ID: "c", Settings: news.Settings{Roles: map[news.Class]string{news.ClassBreaking: "9"}}}, Topics: []string{"world"}}
	p.Elsewhere = true
	base := e
	ch := Change{Base: base, Event: e, Visible: true, Reason: ReasonRaised}
	if got := Route(ch, []Place{p}, e.Last); len(got.Posts) != 0 || got.Verdicts[0].Outcome != news.OutcomeWithOther {
		t.Errorf("nothing new, and yet %+v", got)
	}
	ch.Novel = []news.Fact{{Text: "Donors want 14 million back."}}
	got := Route(ch, []Place{p}, e.Last)
	if len(got.Posts) != 1 || got.Posts[0].Kind != news.PostAlert || got.Posts[0].Loud || got.Posts[0].Role != "" {
		t.Errorf("something new: %+v", got.Posts)
	}
	ch.Base.Class = news.ClassMajor
	if got := Route(ch, []Place{p}, e.Last); len(got.Posts) != 1 || !got.Posts[0].Loud {
		t.Errorf("it rose: %+v", got.Posts)
	}
}
