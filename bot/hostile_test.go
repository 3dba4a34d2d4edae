package bot_test

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"newsdesk/ask"
	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// attacks are what text that somebody else wrote may try on a reader, by kind.
var attacks = map[string]string{
	"everyone":                "Alpha @everyone bravo",
	"here":                    "Alpha @here bravo",
	"everyone, hidden inside": "Alpha @\u200beveryone @\u2060here bravo",
	"user mention":            "Alpha <@123456789012345678> bravo <@!123456789012345678>",
	"role mention":            "Alpha <@&123456789012345678> bravo",
	"channel mention":         "Alpha <#123456789012345678> bravo",
	"command mention":         "Alpha </ask:123456789012345678> bravo",
	"guild navigation":        "Alpha <id:customize> bravo <id:guide>",
	"time":                    "Alpha <t:1:R> bravo",
	"custom emoji":            "Alpha <a:boom:123456789012345678> bravo",
	"masked link":             "Alpha [bravo](https://evil.example/a) charlie",
	"masked link, titled":     `Alpha [bravo](<https://evil.example/a> "charlie") delta`,
	"ends our link":           "Alpha](https://evil.example/a) [bravo",
	"bare link":               "Alpha https://evil.example/a bravo",
	"link in angle brackets":  "Alpha <https://evil.example/a> bravo",
	"upper-case link":         "Alpha HTTPS://evil.example/a bravo",
	"script":                  "Alpha javascript:alert(1) bravo",
	"heading":                 "# Alpha bravo",
	"heading, second line":    "Alpha\n## bravo",
	"subtext":                 "-# Alpha bravo",
	"quotation":               "> Alpha bravo",
	"quotation of all":        ">>> Alpha bravo",
	"list":                    "- Alpha\n* bravo\n+ charlie",
	"numbered list":           "1. Alpha bravo",
	"code":                    "Alpha `bravo` charlie",
	"code fence":              "```go\nAlpha\n``` bravo",
	"code fence, open":        "Alpha ```ansi bravo",
	"spoiler":                 "Alpha ||bravo|| charlie",
	"bold, italic, struck":    "Alpha **bravo** _charlie_ ~~delta~~ __echo__",
	"invite":                  "Alpha discord.gg/bravo charlie",
	"invite, long":            "Alpha discord.com/invite/bravo discordapp.com/invite/charlie",
	"invite with scheme":      "Alpha https://discord.gg/bravo",
	"backslashes":             `Alpha \@everyone \\[bravo](https://evil.example/a) \`,
	"zero width":              "Al\u200bp\u2060ha b\ufeffra\u00advo",
	"direction override":      "Alpha \u202egnp.\u202cbravo",
	"direction isolate":       "Alpha \u2066bravo\u2069 \u200f\u061ccharlie",
	"hidden tags":             "Alpha\U000e0069\U000e0067\U000e006e bravo",
	"controls":                "Alpha\x00\x07\x1b[31m bravo",
	"line breaks":             "Alpha\r\n\n\u2028\u2029\v bravo",
	"tower of marks":          "A" + strings.Repeat("\u0301", 200) + "lpha bravo",
	"broken UTF-8":            "Alpha \xff\xc3 bravo",
}

// places are where such text reaches a message: each makes all messages that
// may show it, with the thread's names.
var places = map[string]func(t *testing.T, s string) []message.Message{
	"headline": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return shownEvent(t, func(e *news.Event) { e.Headline = s })
	},
	"fact": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return shownEvent(t, func(e *news.Event) { e.Facts[0].Text, e.Facts[0].New = s, true })
	},
	"outlet": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return shownEvent(t, func(e *news.Event) { e.Sources[0].Outlet, e.Sources[1].Outlet = s, s })
	},
	"title": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return shownEvent(t, func(e *news.Event) { e.Headline = ""; e.Sources[0].Title, e.Sources[1].Title = s, s })
	},
	"who": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return shownEvent(t, func(e *news.Event) { e.Who = []string{s} })
	},
	"where": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return shownEvent(t, func(e *news.Event) { e.Where = []string{s} })
	},
	"topic": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return append(shownEvent(t, func(e *news.Event) { e.Topic = s }), reply(t, run("latest", "topic", s)), reply(t, run("subscribe", "topic", s)))
	},
	"line": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return []message.Message{{Content: bot.Line(news.Post{Event: quake(), Line: s}, noon)}}
	},
	"question": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return []message.Message{reply(t, run("ask", "question", s))}
	},
	"search words": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return []message.Message{reply(t, run("search", "words", s))}
	},
	"story words": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return []message.Message{reply(t, run("story", "event", s))}
	},
	"command name": func(t *testing.T, s string) []message.Message { t.Helper(); return []message.Message{reply(t, run(s))} },
	"hours": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return []message.Message{reply(t, run("latest", "hours", s))}
	},
	"custom id": func(t *testing.T, s string) []message.Message {
		t.Helper()
		return []message.Message{reply(t, press(s)), reply(t, press("open", s))}
	},
	"quotation": func(t *testing.T, s string) []message.Message {
		t.Helper()
		a := found()
		for i := range a.Quotes {
			a.Quotes[i].Text, a.Quotes[i].Title, a.Quotes[i].Outlet = s, s, s
		}
		a.Short = message.Plain(s)
		none := bot.Answer{Docs: []ask.Hit{{Title: s, Outlet: s, URL: "https://own.example/doc"}}}
		return []message.Message{answered(t, a), answered(t, none)}
	},
}

// silent are the places whose text need not come back, tight those that have
// room for its beginning only.
var (
	silent = []string{"hours", "custom id", "topic"}
	tight  = []string{"command name", "search words", "who", "where", "outlet"}
)

// shownEvent renders an event as everything it can be.
func shownEvent(t *testing.T, change func(*news.Event)) []message.Message {
	t.Helper()
	e := quake()
	change(&e)
	topic := bot.DefaultTopics().Named(e.Topic)
	w := &wall{}
	if _, err := poster(w).Send(t.Context(), news.Post{Key: "k", Channel: "555", Kind: news.PostLine, Event: e, Message: "m1"}); err != nil {
		t.Fatal(err)
	}
	_, thread, _ := strings.Cut(w.threads[0], ": ")
	s := &shelf{events: []news.Event{e}, count: 3}
	return []message.Message{
		bot.Alert(e, bot.AlertOptions{Topic: topic, Changed: true}),
		{Content: bot.Line(news.Post{Event: e}, noon)},
		bot.Story(e, topic),
		bot.Sources(e, topic),
		handle(t, commands(s), run("latest")).Message,
		{Embeds: []message.Embed{{Author: thread}}}, // plain, as an author is
	}
}

// reply answers from an empty store.
func reply(t *testing.T, in message.Interaction) message.Message {
	t.Helper()
	return handle(t, bot.NewCommands(bot.Options{Events: &shelf{count: 3}, Subscriptions: &shelf{}, Answerer: &oracle{}, Now: clock}), in).Message
}

func answered(t *testing.T, a bot.Answer) message.Message {
	t.Helper()
	s := &shelf{count: 3}
	return handle(t, bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{answer: a}, Now: clock}), run("ask", "question", "What?")).Message
}

// markup matches what Discord acts on in text whose escapes are taken out,
// plainMarkup what must not stand where it reads no markdown.
var (
	markup      = regexp.MustCompile(`(?im)^(#{1,3}|-#|>{1,3}|[-*+]|\d+\.) |[*_~|` + "`" + `]+|\]\([^)]*\)|<[^<>\s]*>|https?:\S*|@(everyone|here)|discord(app)?\.(gg|com)|\\`)
	plainMarkup = regexp.MustCompile(`(?i)@(everyone|here)|\n`)
)

// alive lists what Discord would act on in a message's markdown, and all that
// readers see of it.
func alive(m message.Message) (acts []string, sees string) {
	texts := []string{m.Content}
	var plain []string
	for _, e := range m.Embeds {
		texts = append(texts, e.Title, e.Description)
		plain = append(plain, e.Author, e.Footer)
		for _, f := range e.Fields {
			texts = append(texts, f.Name, f.Value)
		}
	}
	for _, r := range m.Components {
		for _, b := range r.Buttons {
			plain = append(plain, b.Label)
		}
		if r.Menu != nil {
			plain = append(plain, r.Menu.Placeholder)
			for _, o := range r.Menu.Options {
				plain = append(plain, o.Name, o.Description)
			}
		}
	}
	for i, s := range texts {
		acts = append(acts, markup.FindAllString(escapes.ReplaceAllString(s, "\uFFFD"), -1)...)
		texts[i] = unescaped(s)
	}
	for _, s := range plain { // where Discord reads no markdown, and yet no mention shall stand
		acts = append(acts, plainMarkup.FindAllString(s, -1)...)
	}
	slices.Sort(acts)
	return acts, strings.Join(append(texts, plain...), "\n")
}

// TestHostile_InertAndReadable puts each kind of attack into each place where
// foreign text is shown. Discord must find the same markup in the message as
// where two harmless words stand there, nobody may be notified, and readers
// see the words of the attack.
func TestHostile_InertAndReadable(t *testing.T) { // M19
	t.Parallel()
	for place, show := range places {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			p := newPress(t, 1)
			p.fake.Channel(p.to).SetPermissions(p.fake.BotID(), discordtest.PermMentionEveryone, 0)
			harmless := show(t, "Harmless words")
			for _, kind := range slices.Sorted(maps.Keys(attacks)) {
				attack := attacks[kind]
				var all strings.Builder
				for i, m := range show(t, attack) {
					want, _ := alive(harmless[i])
					got, sees := alive(m)
					all.WriteString(sees + "\n")
					if !slices.Equal(got, want) {
						t.Errorf("%s: message %d acts %q, want %q:\n%s", kind, i, got, want, sees)
					}
					for _, r := range strings.ReplaceAll(sees, "@\u200b", "@") {
						if r != '\n' && r != '\u200d' && (unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r)) {
							t.Errorf("%s: message %d holds %U", kind, i, r)
						}
					}
					p.n++
					if _, err := p.bot.Create(t.Context(), p.to, m, strconv.Itoa(p.n)); err != nil && !errors.Is(err, discord.ErrEmptyMessage) {
						t.Errorf("%s: message %d: %v", kind, i, err)
					}
				}
				readable := words(message.Plain(attack))
				if slices.Contains(silent, place) {
					readable = nil
				} else if slices.Contains(tight, place) {
					readable = readable[:1]
				}
				for _, word := range readable {
					if !strings.Contains(all.String(), word) {
						t.Errorf("%s: readers do not see %q:\n%s", kind, word, all.String())
					}
				}
			}
			for _, m := range p.fake.Channel(p.to).Messages() {
				if len(m.Notified) > 0 || !strings.Contains(string(m.Request), `"allowed_mentions":{"parse":[],"roles":[]}`) {
					t.Errorf("%q notifies %v", m.Content, m.Notified)
				}
			}
		})
	}
}

// words are the runs of letters of a text.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
}

// TestHostile_Addresses gives a source and a picture each kind of address: only
// http and https are linked, whole and to the host that they name, and beside
// each link stands the outlet.
func TestHostile_Addresses(t *testing.T) { // M19
	t.Parallel()
	for address, want := range map[string]string{ // "" is not linked
		"https://own.example/a":                            "https://own.example/a",
		"http://own.example/a?b=c&d=(e)":                   "http://own.example/a?b=c&d=%28e%29",
		"HTTPS://own.example/a":                            "https://own.example/a",
		"https://own.example/a) [x](https://evil.example":  "https://own.example/a%29%20%5Bx%5D%28https://evil.example",
		"https://own.example/a\"><x":                       "https://own.example/a%22%3E%3Cx",
		"https://bank.example:pw@own.example/a":            "https://own.example/a",
		"javascript:alert(1)":                              "",
		"JaVaScRiPt:alert(1)":                              "",
		"data:text/html,x":                                 "",
		"ftp://own.example/a":                              "",
		"file:///etc/passwd":                               "",
		"discord://-/channels/1":                           "",
		"mailto:a@own.example":                             "",
		"//own.example/a":                                  "",
		"/a":                                               "",
		"https://":                                         "",
		"https:own.example/a":                              "",
		"https://оwn.example/a":                            "", // its o is Cyrillic
		"https://own.example/a\n# b":                       "",
		"https://own.example/" + strings.Repeat("a", 3000): "",
		"": "",
	} {
		e := quake()
		e.Facts[0].Article, e.Image = 11, address
		e.Facts, e.Sources = e.Facts[:1], e.Sources[:1]
		e.Sources[0].URL = address
		topic := bot.DefaultTopics().Named("world")
		var got []string
		for i, m := range []message.Message{bot.Alert(e, bot.AlertOptions{Topic: topic}), bot.Story(e, topic), bot.Sources(e, topic), {Content: bot.Line(news.Post{Event: e, Line: e.Facts[0].Text}, noon)}} {
			acts, sees := alive(m)
			for _, a := range acts {
				if link, ok := strings.CutPrefix(a, "]("); ok {
					got = append(got, strings.TrimSuffix(link, ")"))
				}
			}
			for _, em := range m.Embeds {
				got = append(got, em.URL, em.Image)
			}
			if i < 3 && !strings.Contains(sees, e.Sources[0].Outlet) {
				t.Errorf("%q: message %d does not name the outlet: %s", address, i, sees)
			}
		}
		got = slices.DeleteFunc(got, func(s string) bool { return s == "" })
		linked := slices.Compact(got)
		if (want == "" && len(linked) > 0) || (want != "" && (len(linked) != 1 || linked[0] != want || len(got) < 5)) {
			t.Errorf("%q is linked as %q, want %q", address, got, want)
		}
	}
}
