package bot_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

func TestAlert_Golden(t *testing.T) {
	t.Parallel()
	hot := hostile()
	hot.Class = news.ClassBreaking
	tests := []struct {
		name    string
		event   news.Event
		changed bool
		loud    bool
		role    string
	}{
		{"alert", quake(), false, false, ""},
		{"alert_edit", quake(), true, false, ""},
		{"alert_several_sources", seconded(), false, false, ""}, // M10
		{"alert_single_source", lone(), false, false, ""},
		{"alert_hostile", hostile(), true, false, ""},
		{"alert_wide", wide(), false, false, ""},
		{"alert_empty", news.Event{ID: 3}, false, false, ""},
		{"alert_breaking", breaking(), false, true, role}, // M12
		{"alert_breaking_hostile", hot, true, true, "@everyone"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := bot.Alert(tt.event, bot.AlertOptions{Topic: bot.DefaultTopics().Named(tt.event.Topic), Changed: tt.changed, Loud: tt.loud, Role: tt.role})
			lawful(t, m)
			golden(t, tt.name, m)
		})
	}
}

// role is Discord's id of a role.
const role = "300000000000000001"

// M12: what is not breaking neither notifies nor pings, whoever asks for it.
func TestAlert_OnlyBreakingIsLoud(t *testing.T) {
	t.Parallel()
	for _, class := range []news.Class{"", news.ClassNormal, news.ClassMajor} {
		e := quake()
		e.Class = class
		m := bot.Alert(e, bot.AlertOptions{Loud: true, Role: role})
		if !m.Silent || len(m.PingRoles) > 0 || strings.Contains(m.Content, role) || strings.Contains(m.Content, "🔴") {
			t.Errorf("%q: silent %v, pings %v: %s", class, m.Silent, m.PingRoles, m.Content)
		}
	}
}

func TestRise(t *testing.T) { // B1, M12
	t.Parallel()
	post := news.Post{Kind: news.PostRise, Event: breaking(), Guild: "100000000000000001", Channel: "200000000000000002", Message: "400000000000000004", Loud: true, Role: role}
	m := bot.Rise(post)
	lawful(t, m)
	golden(t, "rise", m)
	post.Guild, post.Role, post.Event = "1", "@everyone", hostile()
	m = bot.Rise(post)
	lawful(t, m)
	golden(t, "rise_hostile", m)
	if len(m.PingRoles) > 0 {
		t.Errorf("pings %v", m.PingRoles)
	}
	post.Event = wide()
	lawful(t, bot.Rise(post))
}

// M11, B5: outlets of one owner are one voice, and said to be.
func TestAlert_Byline(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		owners []string // of the sources, each of another outlet
		want   string
	}{
		{"one", []string{"a"}, "single source: Outlet 1"},
		{"two", []string{"a", "b"}, "2 sources · first: Outlet 1"},
		{"two of one owner", []string{"a", "a"}, "2 outlets of one owner · first: Outlet 1 · single source"},
		{"three of two owners", []string{"a", "b", "a"}, "3 sources of 2 owners · first: Outlet 1"},
		{"owners unknown", []string{"", ""}, "2 sources · first: Outlet 1"},
		{"an opinion", []string{"opinion", "a"}, "single source: Outlet 2"},
		{"opinions alone", []string{"opinion", "opinion"}, "2 outlets of one owner · first: Outlet 1 · single source"},
		{"none", nil, ""},
	} {
		e := news.Event{ID: 1, Headline: "Pool reopens"}
		for i, o := range tt.owners {
			e.Sources = append(e.Sources, news.Source{
				Article: news.ArticleID(i + 1), Outlet: fmt.Sprintf("Outlet %d", i+1), Published: noon.Add(time.Duration(i) * time.Minute),
				Publisher: news.Publisher{Owner: o}, Opinion: o == "opinion",
			})
		}
		if got := bot.Alert(e, bot.AlertOptions{}).Embeds[0].Author; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPages_Golden(t *testing.T) {
	t.Parallel()
	for _, e := range []struct {
		name  string
		event news.Event
	}{{"story", quake()}, {"story_several_sources", seconded()}, {"story_hostile", hostile()}, {"story_wide", wide()}} {
		topic := bot.DefaultTopics().Named(e.event.Topic)
		m := bot.Story(e.event, topic)
		lawful(t, m)
		golden(t, e.name, m)
		lawful(t, bot.Sources(e.event, topic))
	}
	golden(t, "sources", bot.Sources(quake(), bot.DefaultTopics().Named("world")))
	golden(t, "sources_owners", bot.Sources(breaking(), bot.DefaultTopics().Named("world"))) // B7
}

func TestLine(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		post news.Post
		want string
	}{
		{
			"the newest fact",
			news.Post{Event: quake()},
			"🔄 <t:1773487800:t> The tsunami warning for four regions was lifted after 90 minutes. [[5]](https://sur.example/w) · 5 sources in all",
		},
		{
			"the post's own line, found among the facts",
			news.Post{Event: quake(), Line: "Some 32,000 homes in Tarapacá are without power."},
			"🔄 <t:1773487800:t> Some 32,000 homes in Tarapacá are without power. [[4]](https://north.example/power) · 5 sources in all",
		},
		{"a line of its own", news.Post{Event: lone(), Line: "@everyone *go*"}, "🔄 <t:1773478800:t> @\u200beveryone \\*go\\*"},
		{
			"single source",
			news.Post{Event: lone()},
			"🔄 <t:1773478800:t> The choir of 43 singers won the prize at its ninth attempt. [[1]](https://echo.example/choir)",
		},
		{"nothing known", news.Post{}, "🔄 <t:1773489600:t> News without a headline"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := bot.Line(tt.post, noon); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestOnward(t *testing.T) { // B1
	t.Parallel()
	e := lone()
	e.Into = 5726
	post := news.Post{Event: e, Guild: "100000000000000001", Channel: "200000000000000002", Message: "400000000000000004", Onward: "400000000000000009", Line: quake().Headline}
	preview := post
	preview.Guild, preview.Channel = "preview", "preview-world"
	bad := post
	bad.Line = "@everyone [x](https://evil.example) <@&1> **" + strings.Repeat("very long ", 60)
	nameless := preview
	nameless.Line = " "
	for name, p := range map[string]news.Post{"onward": post, "onward_preview": preview, "onward_hostile": bad, "onward_nameless": nameless} {
		m := bot.Onward(p)
		lawful(t, m)
		line := message.Message{Content: bot.LastLine(p)}
		lawful(t, line)
		golden(t, name, []message.Message{m, line})
	}
}

// The message of a story that was told with another one says so, and leads there.
func TestAlert_Parted(t *testing.T) { // B1
	t.Parallel()
	const link = "https://discord.com/channels/100000000000000001/200000000000000002/400000000000000009"
	type shown struct {
		Name        string
		Description string
	}
	var out []shown
	for _, tt := range []struct {
		name     string
		other    news.Parted
		revision int
		o        bot.AlertOptions
	}{
		{"the older one, with a link", news.Parted{Event: 9001, Headline: lone().Headline}, 4, bot.AlertOptions{Changed: true, Other: link}},
		{"the older one, where the other has no message", news.Parted{Event: 9001, Headline: lone().Headline}, 4, bot.AlertOptions{Changed: true}},
		{"the newer one, with a link", news.Parted{Event: 17, Headline: lone().Headline}, 1, bot.AlertOptions{Other: link}},
		{"the newer one, where the other has no message", news.Parted{Event: 17, Headline: lone().Headline}, 1, bot.AlertOptions{}},
		{"the newer one, in the message of both", news.Parted{Event: 17, Headline: lone().Headline}, 1, bot.AlertOptions{Changed: true}},
		{"a hostile headline", news.Parted{Event: 9001, Headline: "@everyone [x](https://evil.example) <@&1> **" + strings.Repeat("very long ", 60)}, 4, bot.AlertOptions{Changed: true, Other: link}},
		{"a hostile headline without a link", news.Parted{Event: 9001, Headline: "@everyone [x](https://evil.example) <@&1> **" + strings.Repeat("very long ", 60)}, 4, bot.AlertOptions{Changed: true}},
		{"no headline", news.Parted{Event: 9001, Headline: " "}, 4, bot.AlertOptions{Changed: true, Other: link}},
		{"neither", news.Parted{Event: 9001}, 4, bot.AlertOptions{Changed: true}},
		{"the older one, which the channel gets only now", news.Parted{Event: 9001, Headline: lone().Headline}, 4, bot.AlertOptions{Other: link}},
	} {
		e := quake()
		tt.other.Of = e.ID
		e.Revision, e.Parted = tt.revision, []news.Parted{{Of: e.ID, Event: 3, Headline: "An earlier one"}, tt.other, {Of: 1, Event: 2, Headline: "Of one that was put into it"}}
		m := bot.Alert(e, tt.o)
		lawful(t, m)
		out = append(out, shown{tt.name, m.Embeds[0].Description})
	}
	golden(t, "alert_parted", out)
}

func anyEvent() *rapid.Generator[news.Event] {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"", "@everyone", "<@1>", "[a](https://evil.example)", "日本語の長い文章", "👨‍👩‍👧‍👦", "العربية", "https://evil.example", "||`*_~", "discord.gg/x",
		strings.Repeat("word ", 100), strings.Repeat("भारत ", 80), "a" + strings.Repeat("\u0301", 200),
	}))
	url := rapid.SampledFrom([]string{"", "https://a.example/x", "https://b.example/" + strings.Repeat("y", 600), "javascript:1", "https://c.example/) [x](https://evil.example", "https://d.example/" + strings.Repeat("z/", 90)})
	return rapid.Custom(func(t *rapid.T) news.Event {
		e := news.Event{
			ID: news.EventID(rapid.Int64Min(0).Draw(t, "id")), Revision: rapid.IntRange(0, 5).Draw(t, "revision"), Topic: text.Draw(t, "topic"),
			Headline: text.Draw(t, "headline"), Image: url.Draw(t, "image"), Who: rapid.SliceOfN(text, 0, 4).Draw(t, "who"), Where: rapid.SliceOfN(text, 0, 4).Draw(t, "where"),
			First: time.Unix(rapid.Int64().Draw(t, "first"), 0), When: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "when"), 0),
		}
		for i := range rapid.IntRange(0, 30).Draw(t, "sources") {
			e.Sources = append(e.Sources, news.Source{Article: news.ArticleID(i + 1), Outlet: text.Draw(t, "outlet"), Title: text.Draw(t, "title"), URL: url.Draw(t, "url"), CopyOf: news.ArticleID(rapid.IntRange(0, 2).Draw(t, "copy"))})
		}
		for range rapid.IntRange(0, 12).Draw(t, "facts") {
			f := news.Fact{Text: text.Draw(t, "fact"), Article: news.ArticleID(rapid.IntRange(0, 31).Draw(t, "article")), New: rapid.Bool().Draw(t, "new")}
			for _, id := range rapid.SliceOfN(rapid.IntRange(0, 31), 0, 6).Draw(t, "also") {
				f.Also = append(f.Also, news.Place{Article: news.ArticleID(id)})
			}
			e.Facts = append(e.Facts, f)
		}
		if rapid.Bool().Draw(t, "parted") {
			e.Parted = []news.Parted{{Of: e.ID, Event: news.EventID(rapid.Int64Min(0).Draw(t, "other")), Headline: text.Draw(t, "other's headline")}}
		}
		return e
	})
}

var citationMark = regexp.MustCompile(`\[\[\d+\]\]\(|\\\[\d+\\\]( \+\d+)?$`)

// M9, M18, M19: within the budgets, every fact cited, nothing that pings, no
// link but to the event's own addresses.
func TestAlert_Budgets(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvent().Draw(t, "event")
		m := bot.Alert(e, bot.AlertOptions{Topic: bot.DefaultTopics().Named(e.Topic), Changed: rapid.Bool().Draw(t, "changed")})
		if err := message.Validate(m); err != nil {
			t.Fatal(err)
		}
		if n := message.Len(m.Content); n == 0 || n > 200 {
			t.Fatalf("content has %d characters", n)
		}
		if n := message.EmbedLen(m.Embeds[0]); n > 1500 {
			t.Fatalf("embed has %d characters", n)
		}
		if !m.Silent || len(m.PingRoles) > 0 {
			t.Fatal("an alert of normal importance must not notify")
		}
		facts := 0
		for line := range strings.SplitSeq(m.Embeds[0].Description, "\n") {
			if strings.HasPrefix(line, "•") {
				facts++
				if !citationMark.MatchString(line) {
					t.Fatalf("no citation in %q", line)
				}
			}
		}
		if facts > 5 {
			t.Fatalf("%d facts", facts)
		}
		em := m.Embeds[0] // where Discord reads markdown; author and footer are plain there
		shown := m.Content + em.Title + em.Description + fmt.Sprint(em.Fields)
		for _, bad := range []string{"@everyone", "](https://evil", "](javascript", "<@1>"} {
			if strings.Contains(shown, bad) {
				t.Fatalf("%q came through: %s", bad, shown)
			}
		}
		if story := bot.Story(e, bot.Topic{Name: "World"}); message.Validate(story) != nil {
			t.Fatal(message.Validate(story))
		}
		if line := bot.Line(news.Post{Event: e}, noon); message.Len(line) > message.MaxContent || strings.Contains(line, "\n") {
			t.Fatalf("line %q", line)
		}
	})
}

func TestShortID_RoundTrip(t *testing.T) {
	t.Parallel()
	if got := bot.ShortID(5726); got != "#E4F2" {
		t.Errorf("ShortID(5726) = %s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		id := news.EventID(rapid.Int64Min(1).Draw(t, "id"))
		for _, s := range []string{bot.ShortID(id), strings.ToLower(bot.ShortID(id)[1:]), strconv.FormatInt(int64(id), 10)} {
			if got, ok := bot.ParseEventID(s); !ok || got != id {
				t.Fatalf("ParseEventID(%q) = %d, %t, want %d", s, got, ok, id)
			}
		}
	})
	for _, s := range []string{"", "#", "e", "0", "-3", "E-3", "+4", "99999999999999999999", "quake", "12x"} {
		if id, ok := bot.ParseEventID(s); ok {
			t.Errorf("ParseEventID(%q) = %d", s, id)
		}
	}
}

func TestTopics(t *testing.T) {
	t.Parallel()
	topics := bot.DefaultTopics()
	if len(topics) != 12 {
		t.Errorf("%d topics", len(topics))
	}
	for slug, want := range map[string]string{"middle-east": "Middle East", "local-music": "Local Music", "éire_news": "Éire News", "all": "All topics", "": "All topics"} {
		if got := topics.Named(slug).Name; got != want {
			t.Errorf("Named(%q).Name = %q, want %q", slug, got, want)
		}
	}
	if got, ok := topics.Find("MIDDLE east"); !ok || got.Slug != "middle-east" {
		t.Errorf("Find by name: %v, %t", got, ok)
	}
}

func BenchmarkAlert(b *testing.B) {
	e, o := quake(), bot.AlertOptions{Topic: bot.DefaultTopics().Named("world")}
	b.ReportAllocs()
	for b.Loop() {
		bot.Alert(e, o)
	}
}
