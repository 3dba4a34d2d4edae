package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsdesk/ask"
	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// noon is the present of these tests.
var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// quake is an event of six sources, one of them a copy, that has developed.
func quake() news.Event {
	at := func(minute int) time.Time { return noon.Add(time.Duration(minute-90) * time.Minute) }
	return news.Event{
		ID: 5726, Version: 6, Revision: 3, Topic: "world",
		Headline: "Magnitude 7.1 quake strikes off northern Chile",
		First:    at(0), Last: at(60),
		Sources: []news.Source{
			{Article: 11, Outlet: "Coastal Wire", Title: "Strong quake felt in Iquique", URL: "https://wire.example/chile-quake", Published: at(4)},
			{Article: 12, Outlet: "El Faro", Title: "Terremoto en el norte", URL: "https://faro.example/terremoto-(norte)", Published: at(0)},
			{Article: 13, Outlet: "Daily Ledger", Title: "Strong quake felt in Iquique", URL: "https://ledger.example/quake", Published: at(9), CopyOf: 11},
			{Article: 14, Outlet: "North Post", Title: "Power cut to thousands after quake", URL: "https://north.example/power", Published: at(30), Updated: at(55)},
			{Article: 15, Outlet: "Radio Sur", Title: "Tsunami warning ends", URL: "https://sur.example/w", Published: at(50), Updated: at(60)},
			{Article: 16, Outlet: "The Meridian Eye", Title: "What we know of the Chile quake", URL: "https://eye.example/know", Published: at(60)},
		},
		Facts: []news.Fact{
			{Text: "No deaths have been reported so far, the interior ministry said.", Article: 11, Score: 3},
			{Text: "The tsunami warning for four regions was lifted after 90 minutes.", Article: 15, Score: 2, New: true},
			{Text: "Some 32,000 homes in Tarapacá are without power.", Article: 14, Score: 1},
		},
		Who:   []string{"Interior ministry"},
		Where: []string{"Iquique", "Chile"},
		When:  noon.Add(-100 * time.Minute),
		Image: "https://wire.example/img/quake.jpg",

		Checked: 4, Dropped: 1,
	}
}

// seconded is the quake with facts that several sources state.
func seconded() news.Event {
	e := quake()
	e.Facts[0].Also = []news.Place{{Article: 12}, {Article: 14}, {Article: 15}, {Article: 16}, {Article: 99}}
	e.Facts[1].Also = []news.Place{{Article: 16}}
	e.Facts[2].Differs = []news.Version{{Value: "28,000", Article: 11, Instead: "32,000"}}
	e.Facts[2].Also = []news.Place{{Article: 12}}
	return e
}

// breaking is the quake as breaking news: six outlets, two of them of one
// owner, in two countries.
func breaking() news.Event {
	e := quake()
	e.Class, e.Weight = news.ClassBreaking, 0.62
	for i := range e.Sources {
		p := &e.Sources[i].Publisher
		*p = news.Publisher{Owner: e.Sources[i].Outlet + " Ltd", Country: "CL", Kind: "newspaper"}
		switch i {
		case 0, 5:
			*p = news.Publisher{Owner: "Coastal Holding", Country: "CL", Kind: "agency"}
		case 3:
			p.Country, p.Kind = "PE", "public broadcaster"
		case 4:
			*p = news.Publisher{Owner: "sur.example"}
		}
	}
	return e
}

// lone is an event that one outlet reports, of a topic that is in no table,
// with only the day known and no image.
func lone() news.Event {
	return news.Event{
		ID: 7, Version: 1, Revision: 1, Topic: "local-music", Headline: "Town choir wins the river prize",
		First: noon.Add(-3 * time.Hour), Last: noon.Add(-3 * time.Hour),
		Sources: []news.Source{{Article: 1, Outlet: "Valley Echo", Title: "Choir wins", URL: "https://echo.example/choir", Published: noon.Add(-3 * time.Hour)}},
		Facts:   []news.Fact{{Text: "The choir of 43 singers won the prize at its ninth attempt.", Article: 1, New: true}},
		When:    time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC),
		Checked: 1,
	}
}

// hostile is an event all of whose texts attack.
func hostile() news.Event {
	e := quake()
	e.ID = 99
	e.Headline = "@everyone **FREE** [nitro](https://evil.example) discord.gg/evil <@&1> ||x||"
	e.Who = []string{"<@123>", "# Head"}
	e.Where = []string{"> quote\n# line", "\u202etxet"}
	e.Image = "javascript:alert(1)"
	for i := range e.Sources {
		e.Sources[i].Outlet = fmt.Sprintf("Out](https://evil.example/%d) @here [", i)
		e.Sources[i].Title = "``` [x](https://evil.example)"
	}
	e.Sources[0].URL = "https://wire.example/a) [click](https://evil.example"
	e.Sources[1].URL = "javascript:alert(2)"
	for i := range e.Facts {
		e.Facts[i].Text = "Fact\n- @everyone https://evil.example/" + strings.Repeat("x", i) + " <#1> </ask:1> `code`"
	}
	return e
}

// wide is an event that passes the budgets: long texts, long addresses, many
// sources.
func wide() news.Event {
	e := quake()
	e.ID = 1 << 40
	e.Headline = strings.Repeat("Very long headline of a very long story ", 8)
	e.Sources, e.Facts = nil, nil
	for i := range 40 {
		e.Sources = append(e.Sources, news.Source{
			Article: news.ArticleID(i + 1), Outlet: fmt.Sprintf("Outlet number %d of the great plains", i+1), Title: strings.Repeat("Long title ", 20),
			URL: "https://long.example/" + strings.Repeat("path/", 44) + strconv.Itoa(i), Published: noon.Add(time.Duration(i) * time.Minute),
		})
	}
	for i := range 12 {
		e.Facts = append(e.Facts, news.Fact{Text: fmt.Sprintf("Fact %d: %s", i+1, strings.Repeat("many words ", 20)), Article: news.ArticleID(i%7 + 1), Also: []news.Place{{Article: 20}, {Article: 21}, {Article: 22}}})
	}
	return e
}

// golden compares v, as JSON that a person can read, with a file.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path) // the name is the test's own
	if err != nil {
		t.Fatalf("%v (run with -update to write it)", err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// lawful fails on a message that Discord would refuse.
func lawful(t *testing.T, m message.Message) {
	t.Helper()
	if err := message.Validate(m); err != nil {
		t.Errorf("unlawful message: %v", err)
	}
}

// shelf is a store in memory: the events given, subscriptions kept.
type shelf struct {
	events []news.Event
	subs   []news.Subscription
	count  int
	err    error // of every call
}

func (s *shelf) Event(_ context.Context, id news.EventID) (news.Event, error) {
	if s.err != nil {
		return news.Event{}, s.err
	}
	for _, e := range s.events {
		if e.ID == id {
			return e, nil
		}
	}
	return news.Event{}, news.ErrNotFound
}

func (s *shelf) page(match func(news.Event) bool, limit, offset int) ([]news.Event, int, error) {
	var out []news.Event
	for _, e := range s.events {
		if match(e) {
			out = append(out, e)
		}
	}
	n := len(out)
	out = out[min(offset, n):]
	return out[:min(limit, len(out))], n, s.err
}

func (s *shelf) Latest(_ context.Context, topic string, since time.Time, limit, offset int) ([]news.Event, int, error) {
	return s.page(func(e news.Event) bool { return (topic == "" || e.Topic == topic) && !e.Last.Before(since) }, limit, offset)
}

func (s *shelf) SearchEvents(_ context.Context, words, topic string, since time.Time, limit, offset int) ([]news.Event, int, error) {
	return s.page(func(e news.Event) bool {
		return (topic == "" || e.Topic == topic) && !e.Last.Before(since) && strings.Contains(strings.ToLower(e.Headline), strings.ToLower(words))
	}, limit, offset)
}

func (s *shelf) SuggestEvents(_ context.Context, words string, limit int) ([]news.Event, error) {
	out, _, err := s.page(func(e news.Event) bool { return strings.HasPrefix(strings.ToLower(e.Headline), strings.ToLower(words)) }, limit, 0)
	return out, err
}

func (s *shelf) CountArticles(context.Context, time.Time) (int, time.Time, error) {
	return s.count, noon.Add(-12 * time.Minute), s.err
}

func (s *shelf) Subscribe(_ context.Context, sub news.Subscription) (bool, error) {
	s.subs = append(s.subs, sub)
	return true, s.err
}

func (s *shelf) Unsubscribe(_ context.Context, sub news.Subscription) (bool, error) {
	for i, x := range s.subs {
		if x == sub {
			s.subs = append(s.subs[:i:i], s.subs[i+1:]...)
			return true, s.err
		}
	}
	return false, s.err
}

func (s *shelf) ChannelTopics(_ context.Context, ch news.ChannelID) ([]string, error) {
	var out []string
	for _, x := range s.subs {
		if x.Channel == ch {
			out = append(out, x.Topic)
		}
	}
	return out, s.err
}

// oracle answers every question alike.
type oracle struct {
	answer bot.Answer
	err    error
	since  time.Time
}

func (o *oracle) Answer(_ context.Context, _ string, _, since time.Time) (bot.Answer, error) {
	o.since = since
	return o.answer, o.err
}

// found is an answer with two quotations of two outlets.
func found() bot.Answer {
	return bot.Answer{
		Found: true, Short: "after 90 minutes",
		Quotes: []bot.Quote{
			{Text: "The tsunami warning for four regions was lifted after 90 minutes.", Article: 15, Title: "Tsunami warning ends", Outlet: "Radio Sur", URL: "https://sur.example/w", Published: noon.Add(-40 * time.Minute)},
			{Text: "Peru kept its own warning until the evening.", Article: 14, Title: "Power cut", Outlet: "North Post", URL: "https://north.example/power", Published: noon.Add(-time.Hour)},
			{Text: "The navy confirmed it.", Article: 15, Outlet: "Radio Sur", URL: "https://sur.example/w"},
		},
		Docs: []ask.Hit{{Article: 15, Event: 5726, Title: "Tsunami warning ends", Outlet: "Radio Sur", URL: "https://sur.example/w"}},
	}
}
