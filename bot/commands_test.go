package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"newsdesk/bot"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// gate is what the bot may not do in any channel.
type gate struct {
	missing []string
	err     error
	roles   map[string]bool // those that exist, and whether they are notified
}

func (g gate) Missing(context.Context, string, bool) ([]string, error) { return g.missing, g.err }

func (g gate) Notifies(_ context.Context, _, role string) (exists, notified bool, err error) {
	notified, exists = g.roles[role]
	return exists, notified, g.err
}

// crier notes what it was asked to announce.
type crier struct {
	subs    []news.Subscription
	skipped []news.Subscription
	posted  bool
	err     error
}

func (c *crier) Skip(_ context.Context, s news.Subscription) error {
	c.skipped = append(c.skipped, s)
	return c.err
}

func (c *crier) Newest(_ context.Context, s news.Subscription) (bool, error) {
	c.subs = append(c.subs, s)
	return c.posted, c.err
}

// stock is a store of twelve events over three pages.
func stock() *shelf {
	s := &shelf{count: 214}
	for i := range 12 {
		e := quake()
		e.ID = news.EventID(100 + i)
		e.Headline = fmt.Sprintf("Quake report number %d from the coast", i+1)
		if i%2 == 1 {
			e.Topic = "asia"
		}
		s.events = append(s.events, e)
	}
	s.events = append(s.events, lone())
	return s
}

func commands(s *shelf) *bot.Commands {
	return bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{answer: found()}, Now: clock})
}

func run(command string, options ...string) message.Interaction {
	in := message.Interaction{Kind: message.KindCommand, Command: command, Options: map[string]string{}, Guild: "1", Channel: "555", User: "9"}
	for i := 0; i+1 < len(options); i += 2 {
		in.Options[options[i]] = options[i+1]
	}
	return in
}

func press(custom string, values ...string) message.Interaction {
	return message.Interaction{Kind: message.KindComponent, Custom: custom, Values: values, Guild: "1", Channel: "555"}
}

func handle(t *testing.T, c *bot.Commands, in message.Interaction) message.Reply {
	t.Helper()
	r, err := c.Handle(t.Context(), in)
	if err != nil {
		t.Fatalf("%+v: %v", in, err)
	}
	lawful(t, r.Message)
	return r
}

// buttons returns the custom ids of a message by label.
func buttons(m message.Message) map[string]string {
	out := map[string]string{}
	for _, r := range m.Components {
		for _, b := range r.Buttons {
			out[b.Label] = b.ID
		}
	}
	return out
}

func TestList_KeepsDiscordsLimits(t *testing.T) {
	t.Parallel()
	many := make(bot.Topics, 60)
	for i := range many {
		many[i].Slug = fmt.Sprintf("topic-%d", i)
	}
	for _, topics := range []bot.Topics{nil, many} {
		cmds := bot.NewCommands(bot.Options{Topics: topics, Now: clock}).List()
		if err := message.ValidateCommands(cmds); err != nil {
			t.Error(err)
		}
		if len(cmds) != 15 {
			t.Errorf("%d commands", len(cmds))
		}
	}
	bad := []message.Command{{Name: "Bad", Options: []message.Option{{Name: "a", Description: "x"}, {Name: "b", Description: strings.Repeat("x", 101), Required: true, Choices: make([]message.Choice, 26)}}}}
	err := message.ValidateCommands(bad)
	for _, want := range []string{"lower-case", "description is blank", "has 101", "follows one that is not", "26 choices"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("not reported: %s", want)
		}
	}
}

func TestReplies_Golden(t *testing.T) {
	t.Parallel()
	s := stock()
	c := commands(s)
	none := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Now: clock, Answerer: &oracle{answer: bot.Answer{
		Docs: found().Docs, Quotes: found().Quotes, // not found: quotations must not be shown
	}}})
	admin := run("help")
	admin.Manage = true
	tests := []struct {
		name string
		c    *bot.Commands
		in   message.Interaction
	}{
		{"latest", c, run("latest")},
		{"latest_topic_hours", c, run("latest", "topic", "asia", "hours", "72")},
		{"latest_page", c, press("latest:1:24:")},
		{"latest_shared", c, press("share:latest:0:24:world")},
		{"search", c, run("search", "words", "quake report")},
		{"ask", c, run("ask", "question", "Was the tsunami warning lifted?")},
		{"ask_nothing", none, run("ask", "question", "Who won the *river* prize?")},
		{"help", c, run("help")},
		{"help_admin", c, admin},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			golden(t, tt.name, handle(t, tt.c, tt.in))
		})
	}
}

// Where Discord has given the commands their ids, /help can be pressed.
func TestHelp_CanBePressed(t *testing.T) {
	t.Parallel()
	ids := map[string]string{}
	for i, cmd := range bot.NewCommands(bot.Options{Now: clock}).List() {
		ids[cmd.Name] = fmt.Sprintf("12345678901234567%02d", i)
	}
	delete(ids, "status")
	c := bot.NewCommands(bot.Options{Now: clock, Console: bot.Console{IDs: func() map[string]string { return ids }}})
	in := run("help")
	in.Manage = true
	text := handle(t, c, in).Message.Embeds[0].Description
	for _, want := range []string{
		"</latest:" + ids["latest"] + "> `[topic] [hours]` the newest stories\n", "</schedule show:" + ids["schedule"] + "> `[channel]` what",
		"</channel list:" + ids["channel"] + "> all channels", "`/status` how",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if n := message.Len(text); n > 3500 {
		t.Errorf("%d characters", n)
	}
}

// M21
func TestPages_TurnOpenAndShare(t *testing.T) {
	t.Parallel()
	c := commands(stock())
	first := handle(t, c, run("latest"))
	if !first.Ephemeral || first.Update {
		t.Error("a look-up is for its asker alone")
	}
	b := buttons(first.Message)
	if b["◀"] != "" || b["▶"] == "" || b["Share here"] == "" {
		t.Fatalf("buttons of the first page: %v", b)
	}
	second := handle(t, c, press(b["▶"]))
	if !second.Update || !strings.Contains(second.Message.Embeds[0].Title, "2/3") {
		t.Errorf("second page: update %t, title %q", second.Update, second.Message.Embeds[0].Title)
	}
	third := handle(t, c, press(buttons(second.Message)["▶"]))
	if b := buttons(third.Message); b["▶"] != "" || b["◀"] == "" {
		t.Errorf("buttons of the last page: %v", b)
	}
	shared := handle(t, c, press(buttons(second.Message)["Share here"]))
	if shared.Ephemeral || shared.Update || shared.Message.Embeds[0].Description != second.Message.Embeds[0].Description {
		t.Error("Share here must post the same page for everybody")
	}
	if len(buttons(shared.Message)) > 0 {
		t.Errorf("a shared page has buttons %v", buttons(shared.Message))
	}
	menu := shared.Message.Components[0].Menu
	story := handle(t, c, press(menu.ID, menu.Options[0].Value))
	if !story.Ephemeral || story.Update || !strings.Contains(story.Message.Embeds[0].Title, menu.Options[0].Name) {
		t.Errorf("opened %+v", story)
	}
	if again := handle(t, c, press(buttons(story.Message)["Share here"])); again.Ephemeral || len(again.Message.Embeds) != 2 {
		t.Errorf("shared story %+v", again)
	}
	// A page that is no more is answered with the last one that is.
	late := handle(t, c, press("latest:9:24:"))
	if !strings.Contains(late.Message.Embeds[0].Title, "3/3") {
		t.Errorf("title %q", late.Message.Embeds[0].Title)
	}
}

func TestAlertButtons_Work(t *testing.T) {
	t.Parallel()
	s := &shelf{events: []news.Event{quake()}}
	c := commands(s)
	b := buttons(bot.Alert(quake(), bot.AlertOptions{}))
	if len(b) != 3 {
		t.Fatalf("buttons %v", b)
	}
	for label, id := range b {
		if r := handle(t, c, press(id)); !r.Ephemeral || len(r.Message.Embeds) == 0 {
			t.Errorf("%s: %+v", label, r)
		}
	}
}

func TestStory_ByIdOrWords(t *testing.T) {
	t.Parallel()
	c := commands(stock())
	for _, typed := range []string{"7", "#E7", "e7", "Town choir", "choir wins"} {
		r := handle(t, c, run("story", "event", typed))
		if len(r.Message.Embeds) == 0 || r.Message.Embeds[0].Title != "Town choir wins the river prize" {
			t.Errorf("%q: %+v", typed, r.Message)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	dm := run("subscribe", "topic", "world")
	dm.Guild = ""
	tests := []struct {
		name string
		in   message.Interaction
		want string
	}{
		{"hours of nonsense", run("latest", "hours", "x"), "`hours` must be a whole number from 1 to 168"},
		{"hours too many", run("latest", "hours", "169"), "from 1 to 168"},
		{"days too few", run("search", "words", "x", "days", "0"), "`days` must be a whole number from 1 to 365"},
		{"unknown topic", run("latest", "topic", "@everyone"), "There is no topic “@\u200beveryone”. Choose one of: World, US,"},
		{"nothing recent", run("latest", "topic", "health"), "No stories in Health in the last 24 h. Look further back: `/latest hours:72`."},
		{"nothing at all", run("latest", "topic", "health", "hours", "168"), "`/search` looks further back"},
		{"nothing found", run("search", "words", "*zebra*"), `has the words “\*zebra\*”. Try fewer`},
		{"no words", run("search", "words", " \u200b"), "Type the words to look for"},
		{"no question", run("ask"), "Type a question"},
		{"long question", run("ask", "question", strings.Repeat("why ", 100)), "Your question has 399 characters; I take up to 300."},
		{"unknown story", run("story", "event", "zebra <@1>"), `I have no story “zebra \<\@1\>”`},
		{"no story", run("story"), "Type words of the headline"},
		{"story gone", press("story:12345"), "I no longer have that story"},
		{"unknown command", run("dance"), "I have no command /dance. `/help` lists"},
		{"unknown button", press("dance:1"), "older version"},
		{"broken button", press("latest:x:24:"), "older version"},
		{"huge page", press("latest:99999999999:24:"), "older version"},
		{"menu without a choice", press("open"), "Choose one story"},
		{"unknown kind", message.Interaction{Kind: "odd"}, "Try `/help`"},
		{"subscribe in a direct message", dm, "This works in a server's channel"},
		{"subscribe without a topic", run("subscribe"), "Choose a topic: all topics, World"},
		{"subscribe to an unknown topic", run("subscribe", "topic", "x"), "There is no topic “x”"},
		{"unsubscribe from nothing", run("unsubscribe", "topic", "x"), "<#555> follows no topic. `/subscribe` adds one."},
	}
	c := commands(stock())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := handle(t, c, tt.in)
			if !r.Ephemeral || !strings.Contains(r.Message.Content, tt.want) || strings.Contains(r.Message.Content, "\n") {
				t.Errorf("got %q (ephemeral %t), want %q", r.Message.Content, r.Ephemeral, tt.want)
			}
		})
	}
}

func handleChoices(t *testing.T, c *bot.Commands, in message.Interaction) []string {
	t.Helper()
	r, err := c.Handle(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, ch := range r.Choices {
		out = append(out, ch.Name+"="+ch.Value)
	}
	return out
}

func TestAutocomplete_Story(t *testing.T) {
	t.Parallel()
	s := stock()
	s.events = append(s.events, wide(), hostile())
	typing := message.Interaction{Kind: message.KindAutocomplete, Command: "story", Focused: "event", Options: map[string]string{"event": "town"}}
	if got := handleChoices(t, commands(s), typing); !slices.Equal(got, []string{"Town choir wins the river prize=7"}) {
		t.Errorf("suggested %v", got)
	}
	typing.Options = nil
	for _, ch := range handleChoices(t, commands(s), typing) {
		if message.Len(ch) > 130 {
			t.Errorf("choice %q is too long", ch)
		}
	}
}

// M22
func TestAsk_PeriodAndHonesty(t *testing.T) {
	t.Parallel()
	o := &oracle{answer: found()}
	c := bot.NewCommands(bot.Options{Events: &shelf{count: 214}, Answerer: o, Now: clock})
	handle(t, c, run("ask", "question", "When?"))
	if want := noon.Add(-7 * 24 * time.Hour); !o.since.Equal(want) {
		t.Errorf("asked since %v, want %v", o.since, want)
	}
	o.answer = bot.Answer{Found: true, Short: "42"} // an answer without a source is none
	r := handle(t, c, run("ask", "question", "When?"))
	if d := r.Message.Embeds[0].Description; !strings.HasPrefix(d, "I found nothing on this in 214 articles since <t:") || strings.Contains(d, "42") {
		t.Errorf("got %q", d)
	}
	long := strings.Repeat("when ", 30)
	if b := buttons(handle(t, c, run("ask", "question", long)).Message); b["Share here"] != "" {
		t.Errorf("a question of %d characters does not fit into a button: %v", len(long), b)
	}
}

func TestHandle_StoreDown(t *testing.T) {
	t.Parallel()
	s := stock()
	s.err = errors.New("disk I/O error at /secret/path")
	c := commands(s)
	for _, in := range []message.Interaction{run("latest"), run("story", "event", "7"), run("search", "words", "x"), run("ask", "question", "x"), run("subscribe", "topic", "us"), run("unsubscribe", "topic", "us"), press("story:7")} {
		r, err := c.Handle(t.Context(), in)
		if !errors.Is(err, s.err) {
			t.Errorf("%s%s: error %v", in.Command, in.Custom, err)
		}
		if !r.Ephemeral || strings.Contains(r.Message.Content, "secret") || !strings.Contains(r.Message.Content, "Try again in a minute") {
			t.Errorf("%s%s: said %q", in.Command, in.Custom, r.Message.Content)
		}
	}
	nothing := bot.NewCommands(bot.Options{Now: clock}) // no stores: every use panics
	if r, err := nothing.Handle(t.Context(), run("latest")); err == nil || r.Message.Content == "" {
		t.Errorf("a panic gave %+v, %v", r, err)
	}
}

func TestHandle_AnyInput(t *testing.T) {
	t.Parallel()
	c := commands(stock())
	word := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"latest", "story", "search", "ask", "subscribe", "unsubscribe", "help", "topic", "hours", "words", "event", "all", "-1", "7", "share:", "open"}))
	custom := rapid.OneOf(word, rapid.StringMatching(`(share:)?(latest|search|story|sources|ask|open):-?[0-9]{0,12}:[0-9]{0,6}:[a-z]{0,9}:.{0,90}`))
	rapid.Check(t, func(t *rapid.T) {
		r, err := c.Handle(context.Background(), message.Interaction{
			Kind:    rapid.SampledFrom([]message.InteractionKind{message.KindCommand, message.KindAutocomplete, message.KindComponent, ""}).Draw(t, "kind"),
			Command: word.Draw(t, "command"), Options: rapid.MapOf(word, word).Draw(t, "options"), Focused: word.Draw(t, "focused"),
			Custom: custom.Draw(t, "custom"), Values: rapid.SliceOfN(word, 0, 2).Draw(t, "values"), Guild: word.Draw(t, "guild"), Channel: word.Draw(t, "channel"),
		})
		if err != nil {
			t.Fatal(err)
		}
		if r.Choices == nil {
			if err := message.Validate(r.Message); err != nil {
				t.Fatal(err)
			}
		}
	})
}
