package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/digest"
	"newsdesk/news"
)

// diary keeps the schedules of one guild's channels, and the material of every
// digest.
type diary struct {
	channel  news.Channel
	material digest.Material
	topics   []string
	asked    news.DueDigest
}

func (d *diary) Channel(context.Context, news.ChannelID) (news.Channel, error) { return d.channel, nil }

func (d *diary) EditSchedule(_ context.Context, guild news.GuildID, ch news.ChannelID, _ time.Time, change func(*news.Settings) error) (news.Channel, error) {
	if d.channel.Guild != "" && d.channel.Guild != guild {
		return news.Channel{}, fmt.Errorf("change: %w", news.ErrNotFound)
	}
	c := d.channel
	if err := change(&c.Settings); err != nil {
		return news.Channel{}, fmt.Errorf("change: %w", err)
	}
	c.Guild, c.ID = guild, ch
	d.channel = c
	return c, nil
}

func (d *diary) DigestMaterial(_ context.Context, due news.DueDigest, topics []string, _ time.Time) (digest.Material, error) {
	d.asked, d.topics = due, topics
	return d.material, nil
}

// edition is material of twelve events of two topics, one of them told before.
func edition() digest.Material {
	m := digest.Material{Articles: 142, Events: 31, Feeds: 9}
	headlines := []string{
		"Magnitude 7.1 quake strikes off northern Chile", "Rail workers end a strike of nine days", "Lower house passes the water bill by 12 votes",
		"Flood barrier at Rotmund closes for the first time", "Ferry with 214 people on board runs aground", "Central bank holds its rate at 3.25 percent",
		"Court stops the sale of the harbour", "Volcano on Isla Mora throws ash 6 km high", "Two villages are cut off by a landslide",
		"Grain deal is extended to November", "Bridge at Low Ferry reopens", "Airport closes for fog",
	}
	for i, h := range headlines {
		e := quake()
		e.ID, e.Headline, e.Weight = news.EventID(200+i), h, 0.9-float64(i)/20
		e.Topic = []string{"world", "world", "world", "europe"}[i%4]
		e.Facts = []news.Fact{{Text: "Nobody was hurt.", Article: 11}, {Text: fmt.Sprintf("It took %d days, the harbour office said.", i+2), Article: 15}}
		e.First, e.Class = noon.Add(-5*time.Hour), news.ClassNormal
		m.Candidates = append(m.Candidates, digest.Candidate{Event: e, Posted: i == 1, Told: i == 4})
	}
	m.Candidates[0].Event.Class = news.ClassBreaking
	wrong := &m.Candidates[9].Event
	wrong.Facts = []news.Fact{{Text: "The deal runs to 30 November, the ministry said.", Article: 15, Was: news.Version{Value: "31 October", Article: 11, Instead: "30 November"}}}
	m.Candidates[9].Posted = true
	return m
}

func planned() news.DueDigest {
	return news.DueDigest{Channel: "555", Kind: news.DigestPlanned, Due: noon, Since: noon.AddDate(0, 0, -1)}
}

var daily = news.Settings{Zone: "Europe/Berlin", Digest: news.DigestPlan{Every: news.Daily, Minute: 13 * 60}}

// M14, M15: read these.
func TestDigest_Golden(t *testing.T) {
	t.Parallel()
	topics := bot.DefaultTopics()
	weekly := planned()
	weekly.Since = noon.AddDate(0, 0, -7)
	waited := edition()
	for i := range waited.Candidates {
		waited.Candidates[i].Held, waited.Candidates[i].Told, waited.Candidates[i].Posted = news.OutcomeQuietHours, false, false
	}
	waited.Candidates[11].Held = news.OutcomeCapped
	some := edition()
	some.Candidates[3].Held, some.Candidates[11].Held = news.OutcomeQuietHours, news.OutcomeLate
	long := digest.Material{Articles: 1, Events: 1}
	for i := range 12 {
		e := wide()
		if i%2 == 0 {
			e = hostile()
		}
		e.ID = news.EventID(i + 1)
		long.Candidates = append(long.Candidates, digest.Candidate{Event: e, Held: news.OutcomeCapped})
	}
	catchUp := news.DueDigest{Channel: "555", Kind: news.DigestCatchUp, Due: noon, Since: noon.Add(-9 * time.Hour)}
	tests := []struct {
		name     string
		due      news.DueDigest
		settings news.Settings
		topics   []string
		material digest.Material
	}{
		{"digest", planned(), daily, []string{"europe", "world"}, edition()},
		{"digest_weekly", weekly, news.Settings{Digest: news.DigestPlan{Every: news.Weekly}}, []string{"all"}, edition()},
		{"digest_held", planned(), daily, []string{"world"}, some},
		{"digest_catch_up", catchUp, news.Settings{}, []string{"world", "europe"}, waited},
		{"digest_quiet_day", planned(), daily, []string{"world"}, digest.Material{Articles: 40, Events: 22, Candidates: edition().Candidates[:2]}},
		{"digest_wide_hostile", planned(), daily, []string{"world"}, long},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := bot.Digest(digest.Compose(tt.due, tt.settings, tt.topics, noon, tt.material), topics)
			lawful(t, m)
			if n := message.EmbedLen(m.Embeds[0]); n > 3500 || !m.Silent {
				t.Errorf("%d characters, silent %t", n, m.Silent)
			}
			golden(t, tt.name, m)
		})
	}
}

// B17: an empty digest says why.
func TestDigest_EmptySaysWhy(t *testing.T) {
	t.Parallel()
	alone := digest.Candidate{Event: lone()}
	weak := edition().Candidates[5]
	weak.Event.Weight, weak.Event.Terms = 0.05, []news.Term{{Name: "independent owners"}}
	tests := []struct {
		name     string
		material digest.Material
		want     string
	}{
		{"feeds down", digest.Material{Feeds: 9, Failing: 9}, "Nothing to tell: none of 9 feeds could be read at the last try. `newsdesk feeds list` tells the operator why."},
		{"one feed down", digest.Material{Feeds: 1, Failing: 1}, "Nothing to tell: the one feed there is could not be read at the last try."},
		{"some feeds down", digest.Material{Feeds: 9, Failing: 2}, "Nothing to tell: no article came, and 2 of 9 feeds could not be read at the last try."},
		{"no article", digest.Material{Feeds: 9}, "Nothing to tell: no article came."},
		{"one source each", digest.Material{Feeds: 9, Articles: 4, Events: 4, Candidates: []digest.Candidate{alone}}, "Nothing to tell: no story was reported by two sources."},
		{"below the bar", digest.Material{Feeds: 9, Articles: 4, Events: 2, Candidates: []digest.Candidate{weak}}, "Nothing to tell: no story matters enough for a digest."},
	}
	for _, tt := range tests {
		m := bot.Digest(digest.Compose(planned(), daily, []string{"world"}, noon, tt.material), bot.DefaultTopics())
		lawful(t, m)
		if text := m.Embeds[0].Description; !strings.Contains(text, tt.want) || len(m.Components) > 0 {
			t.Errorf("%s: got %q, want %q", tt.name, text, tt.want)
		}
	}
}

func TestDigest_KeepsItsBudget(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var d news.Digest
		entry := rapid.Custom(func(rt *rapid.T) news.DigestEntry {
			return news.DigestEntry{
				Section: rapid.SampledFrom([]news.DigestSection{news.SectionNew, news.SectionDeveloping}).Draw(rt, "section"),
				Event:   news.EventID(rapid.Int64Min(1).Draw(rt, "event")), Topic: rapid.StringN(0, 30, 60).Draw(rt, "topic"),
				Headline: rapid.StringN(0, 300, 900).Draw(rt, "headline"), Fact: rapid.StringN(0, 400, 1200).Draw(rt, "fact"),
				Link: "https://a.example/" + strings.Repeat("x", rapid.IntRange(0, 300).Draw(rt, "link")), Citation: 1,
				Cited: "https://a.example/" + strings.Repeat("y", rapid.IntRange(0, 300).Draw(rt, "cited")), Outlets: 3,
			}
		})
		d.Entries = rapid.SliceOfN(entry, 0, digest.MaxEntries).Draw(rt, "entries")
		d.More = rapid.SliceOfN(entry, 0, digest.MaxMore).Draw(rt, "more")
		d.Topics = rapid.SliceOfN(rapid.StringN(0, 40, 100), 0, 5).Draw(rt, "topics")
		m := bot.Digest(d, bot.DefaultTopics())
		if err := message.Validate(m); err != nil {
			rt.Fatal(err)
		}
		if n := message.EmbedLen(m.Embeds[0]); n > 3500 {
			rt.Fatalf("%d characters", n)
		}
	})
}

// M21: /digest shows this channel's topics, can be shared, and its menu and
// button hold all they need.
func TestDigestCommand(t *testing.T) {
	t.Parallel()
	s := &shelf{subs: []news.Subscription{{Guild: "1", Channel: "555", Topic: "world"}}, events: []news.Event{quake()}}
	d := &diary{material: edition(), channel: news.Channel{Settings: news.Settings{Zone: "Asia/Kathmandu"}}}
	d.material.Candidates[0].Event.ID = quake().ID
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Schedules: d, Now: clock})
	r := handle(t, c, run("digest", "period", "week"))
	if !r.Ephemeral || r.Message.Silent || !strings.Contains(r.Message.Embeds[0].Title, "World · the week to Saturday 14 March") {
		t.Errorf("got %+v", r.Message.Embeds[0])
	}
	if fmt.Sprint(d.topics) != "[world]" || d.asked.Channel != "" || !d.asked.Since.Equal(noon.AddDate(0, 0, -7)) {
		t.Errorf("asked for %v of %+v", d.topics, d.asked)
	}
	shared := handle(t, c, press(buttons(r.Message)["Share here"]))
	if shared.Ephemeral || shared.Message.Embeds[0].Title != r.Message.Embeds[0].Title || len(buttons(shared.Message)) != 0 {
		t.Errorf("shared: %+v", shared)
	}
	menu := shared.Message.Components[0].Menu
	if open := handle(t, c, press(menu.ID, menu.Options[0].Value)); !strings.Contains(open.Message.Embeds[0].Title, "quake strikes") {
		t.Errorf("opened %+v", open.Message)
	}
	if r := handle(t, c, run("digest")); !strings.Contains(r.Message.Embeds[0].Title, "World · Saturday 14 March") {
		t.Errorf("today: %s", r.Message.Embeds[0].Title)
	}
	for _, old := range []string{"digest:12", "digest:", "digest:x"} {
		if r := handle(t, c, press(old)); !strings.Contains(r.Message.Content, "older version") {
			t.Errorf("%s: %+v", old, r.Message)
		}
	}
}
