package bot_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"newsdesk/ask"
	"newsdesk/bot"
	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
	"newsdesk/news"
)

// scripts are the writing systems that events are made of, by their names in
// Unicode, and emoji.
var scripts = []string{
	"Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Hebrew", "Arabic", "Syriac", "Devanagari", "Bengali", "Gujarati", "Tamil",
	"Telugu", "Malayalam", "Sinhala", "Thai", "Lao", "Tibetan", "Myanmar", "Khmer", "Ethiopic", "Hangul", "Hiragana", "Han", "Emoji",
}

// odd are the pieces that break what is careless: joined, combined, unseen,
// reversed, broken, and signs of Discord's.
var odd = []string{
	"👨‍👩‍👧‍👦", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "🇨🇱", "❤️‍🔥", "می\u200cشود", "ශ්\u200dරී", "e\u0301", "a" + strings.Repeat("\u0316\u0301", 30), "각",
	"\u200b", "\u200d", "\u200c", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u202e", "\u2066", "\u2069", "\u061c", "\U000e0041", "\x00", "\x1b[0m", "\xff", "\xf0\x9f", "\ue000", "\u2028",
	"@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#1>", "</ask:1>", "<t:1:R>", "<:x:1>", "[click](https://evil.example/a)", "https://evil.example/b", "discord.gg/abc",
	"# ", "-# ", "> ", ">>> ", "- ", "1. ", "```", "`", "||", "**", "__", "~~", `\`, "[", "]", "(", ")", "|", "…",
}

// writer makes random text.
type writer struct {
	*rand.Rand
	letters, marks map[string][]rune
}

func newWriter(seed uint64) *writer {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 7)), letters: map[string][]rune{}, marks: map[string][]rune{}}
	for _, name := range scripts {
		for r := rune(0); name != "Emoji" && r < 0x11000 && len(w.letters[name]) < 300; r++ {
			switch {
			case !unicode.Is(unicode.Scripts[name], r):
			case unicode.IsLetter(r):
				w.letters[name] = append(w.letters[name], r)
			case unicode.IsMark(r):
				w.marks[name] = append(w.marks[name], r)
			}
		}
	}
	for r := rune(0x1f300); r < 0x1f650; r++ {
		w.letters["Emoji"] = append(w.letters["Emoji"], r)
	}
	w.marks["Emoji"] = []rune{0xfe0f, 0x1f3fb, 0x1f3ff, 0x200d}
	return w
}

func pick[T any](w *writer, list []T) T { return list[w.IntN(len(list))] }

// text is up to n words of one script, now and then of another, with odd pieces
// in between.
func (w *writer) text(n int) string {
	var b strings.Builder
	name := pick(w, scripts)
	spaced := name != "Thai" && name != "Lao" && name != "Han" && name != "Hiragana" && name != "Khmer" && name != "Myanmar" && name != "Tibetan"
	for range w.IntN(n + 1) {
		if w.IntN(12) == 0 {
			b.WriteString(pick(w, odd))
		}
		script := name
		if w.IntN(10) == 0 {
			script = pick(w, scripts)
		}
		for range 1 + w.IntN(10) {
			b.WriteRune(pick(w, w.letters[script]))
			if marks := w.marks[script]; len(marks) > 0 && w.IntN(3) == 0 {
				b.WriteRune(pick(w, marks))
			}
		}
		if spaced || w.IntN(8) == 0 {
			b.WriteString(pick(w, []string{" ", " ", " ", ", ", ". ", "  ", "\n", " — "}))
		}
	}
	return b.String()
}

func (w *writer) address() string {
	return pick(w, []string{
		"https://a.example/" + strconv.Itoa(w.IntN(1e6)), "https://b.example/" + strings.Repeat("path/", w.IntN(90)), "http://c.example/x?y=(z)&a=[b]#c",
		"https://d.example/ü/日本?q=*_~|`", "https://e.example/) [x](https://evil.example/c", "https://user:pw@f.example/", "javascript:alert(1)", "ftp://g.example/", "", w.text(4),
	})
}

func (w *writer) event(id int) news.Event {
	e := news.Event{
		ID: news.EventID(id), Version: 1, Revision: w.IntN(4), Topic: pick(w, []string{"world", "asia", "local-" + w.text(2)}), Headline: w.text(pick(w, []int{8, 8, 8, 15, 15, 60})), Image: w.address(),
		First: noon.Add(-time.Duration(w.IntN(1e5)) * time.Second), Last: noon, When: noon, Checked: w.IntN(9), Dropped: w.IntN(3),
	}
	for i := range w.IntN(pick(w, []int{3, 3, 8, 8, 30})) {
		e.Sources = append(e.Sources, news.Source{
			Article: news.ArticleID(i + 1), Outlet: w.text(pick(w, []int{3, 3, 3, 40})), Title: w.text(20), URL: w.address(), Published: noon, CopyOf: news.ArticleID(w.IntN(2) * w.IntN(4)),
		})
	}
	for range w.IntN(pick(w, []int{4, 4, 4, 12, 30})) {
		e.Facts = append(e.Facts, news.Fact{Text: w.text(pick(w, []int{10, 10, 20, 20, 40, 120})), Article: news.ArticleID(1 + w.IntN(len(e.Sources)+1)), New: w.IntN(2) == 0})
	}
	for range w.IntN(4) {
		e.Who, e.Where = append(e.Who, w.text(4)), append(e.Where, w.text(4))
	}
	return e
}

// TestScripts_NothingIsRefused renders random events as everything that the
// bot shows and posts it at a Discord that judges: nothing may be refused, cut
// within a character or a link, or link to where no source is.
// NEWSDESK_EVENTS sets how many events there are.
func TestScripts_NothingIsRefused(t *testing.T) { // M18, M19
	t.Parallel()
	events := 300
	if s := os.Getenv("NEWSDESK_EVENTS"); s != "" {
		var err error
		if events, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	const batch = 100 // the fake remembers all it was sent
	var rendered, refused, cuts atomic.Int64
	t.Cleanup(func() { // when all batches have ended
		t.Logf("scripts: %d random events in %d scripts, %d messages and suggestions judged, %d headlines cut; refused: %d", events, len(scripts), rendered.Load(), cuts.Load(), refused.Load())
		if cuts.Load() == 0 {
			t.Error("nothing was long enough to be cut")
		}
	})
	for first := 0; first < events; first += batch {
		t.Run(strconv.Itoa(first), func(t *testing.T) {
			t.Parallel()
			p := newPress(t, uint64(first))
			var shown []news.Event
			for i := range min(batch, events-first) {
				e := p.event(first + i + 1)
				p.show(e)
				if shown = append(shown, e); len(shown) == 12 {
					p.lists(shown)
					shown = nil
				}
			}
			rendered.Add(int64(p.n))
			cuts.Add(int64(p.cuts))
			refused.Add(int64(len(p.fake.Problems())))
		})
	}
}

// printing is a batch: what it shows goes to a fake Discord.
type printing struct {
	*writer
	t    *testing.T
	fake *discordtest.Server
	bot  *discord.Client
	to   string
	n    int // messages
	cuts int // headlines that were cut
}

func newPress(t *testing.T, seed uint64) *printing {
	t.Helper()
	p := &printing{writer: newWriter(seed), t: t, fake: discordtest.New(t, discordtest.Options{InProcess: true, NoRateLimits: true})}
	p.to = p.fake.AddGuild("Readers").AddTextChannel("world").ID
	// A second passes with each look at the clock, so that the gate never waits.
	at := noon
	var err error
	p.bot, err = discord.New(discord.Options{
		Token: p.fake.Token(), APIURL: p.fake.APIURL(), Log: slog.New(slog.DiscardHandler), Transport: p.fake.Transport(),
		Now: func() time.Time { at = at.Add(time.Second); return at },
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// show renders all that an event alone appears as.
func (p *printing) show(e news.Event) {
	p.t.Helper()
	topic := bot.DefaultTopics().Named(e.Topic)
	for _, changed := range []bool{false, true} {
		m := bot.Alert(e, bot.AlertOptions{Topic: topic, Changed: changed})
		p.post(m, e)
		p.cutWell(strings.TrimPrefix(m.Content, topic.Emoji+" "), e.Headline)
	}
	p.post(message.Message{Content: bot.Line(news.Post{Event: e, Line: p.text(30)}, noon)}, e)
	p.post(bot.Story(e, topic), e)
	p.post(bot.Sources(e, topic), e)
}

// lists renders what several events appear in.
func (p *printing) lists(events []news.Event) {
	p.t.Helper()
	answer := bot.Answer{Found: p.IntN(3) > 0, Short: p.text(5)}
	for _, e := range events[:p.IntN(6)] {
		for _, s := range e.Sources {
			answer.Quotes = append(answer.Quotes, bot.Quote{Text: p.text(60), Article: s.Article, Title: s.Title, Outlet: s.Outlet, URL: s.URL, Published: noon})
			answer.Docs = append(answer.Docs, ask.Hit{Article: s.Article, Event: e.ID, Title: s.Title, Outlet: s.Outlet, URL: s.URL})
		}
	}
	s := &shelf{events: events, count: 9}
	c := bot.NewCommands(bot.Options{Events: s, Subscriptions: s, Answerer: &oracle{answer: answer}, Now: clock})
	for _, in := range []message.Interaction{
		run("latest"), press("latest:1:24:"), press("share:latest:0:24:"), run("search", "words", ""), run("search", "words", p.text(6)), run("ask", "question", p.text(8)),
		run("story", "event", p.text(5)), run("story", "event", bot.ShortID(events[0].ID)), run(p.text(2)), run("latest", "topic", p.text(3)), run("subscribe", "topic", p.text(3)),
	} {
		r, err := c.Handle(p.t.Context(), in)
		if err != nil {
			p.t.Fatal(err)
		}
		p.post(r.Message, events...)
	}
	r, err := c.Handle(p.t.Context(), message.Interaction{Kind: message.KindAutocomplete, Command: "story", Focused: "event", Options: map[string]string{"event": ""}})
	if err != nil || len(r.Choices) == 0 {
		p.t.Fatalf("%d suggestions, %v", len(r.Choices), err)
	}
	for _, ch := range r.Choices {
		if n := units(ch.Name); n < 1 || n > 100 || units(ch.Value) > 100 || !utf8.ValidString(ch.Name) {
			p.t.Errorf("suggestion %q of %d characters", ch.Name, n)
		}
		p.n++
	}
}

// units counts as Discord's strictest reading does.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// target matches the end of a masked link, escapes what a backslash disarms.
var (
	target  = regexp.MustCompile(`\]\(([^()\s]*)\)`)
	escapes = regexp.MustCompile(`\\([^0-9A-Za-z\s])`)
)

// post sends a message, and checks its lengths and links.
func (p *printing) post(m message.Message, events ...news.Event) {
	p.t.Helper()
	p.n++
	if _, err := p.bot.Create(p.t.Context(), p.to, m, strconv.Itoa(p.n)); err != nil {
		p.t.Errorf("refused: %v\n%+v", err, m)
	}
	var own []string
	for _, e := range events {
		for _, s := range e.Sources {
			own = append(own, message.LinkURL(s.URL))
		}
	}
	within := func(what, s string, n int) {
		p.t.Helper()
		if units(s) > n || !utf8.ValidString(s) {
			p.t.Errorf("%s has %d characters of %d: %q", what, units(s), n, s)
		}
		if i := strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) && r != '\n' }); i >= 0 {
			p.t.Errorf("%s holds a control character: %q", what, s[i:])
		}
	}
	markdown := func(what, s string, n int) {
		p.t.Helper()
		within(what, s, n)
		s = escapes.ReplaceAllString(s, "\uFFFD") // what is escaped is no markup
		links := target.FindAllStringSubmatch(s, -1)
		if strings.Count(s, "](") != len(links) {
			p.t.Errorf("%s holds a broken link: %q", what, s)
		}
		for _, l := range links {
			if l[1] == "" || !slices.Contains(own, l[1]) {
				p.t.Errorf("%s links to %q, which is no source's", what, l[1])
			}
		}
		if rest := target.ReplaceAllString(s, "]"); strings.Contains(rest, "http://") || strings.Contains(rest, "https://") {
			p.t.Errorf("%s holds a bare link: %q", what, rest)
		}
	}
	markdown("content", m.Content, 2000)
	total := 0
	for _, e := range m.Embeds {
		markdown("title", e.Title, 256)
		markdown("description", e.Description, 4096)
		within("author", e.Author, 256)
		within("footer", e.Footer, 2048)
		total += units(e.Title) + units(e.Description) + units(e.Author) + units(e.Footer)
		for _, f := range e.Fields {
			markdown("field name", f.Name, 256)
			markdown("field", f.Value, 1024)
			total += units(f.Name) + units(f.Value)
		}
		if e.URL != "" && !slices.Contains(own, e.URL) {
			p.t.Errorf("the title leads to %q, which is no source's", e.URL)
		}
		for _, a := range []string{e.URL, e.Image} {
			if a != "" && !strings.HasPrefix(a, "https://") && !strings.HasPrefix(a, "http://") {
				p.t.Errorf("address %q", a)
			}
		}
	}
	if total > 6000 {
		p.t.Errorf("%d characters in all embeds", total)
	}
}

// cutWell checks where a headline was cut: between two characters as people
// see them, and where there is a blank near the end, at a blank.
func (p *printing) cutWell(shown, headline string) {
	p.t.Helper()
	plain := message.Plain(headline)
	kept, cut := strings.CutSuffix(unescaped(shown), "…")
	if plain == "" || !cut || unescaped(shown) == plain {
		return
	}
	p.cuts++
	rest, found := strings.CutPrefix(plain, kept)
	if !found {
		p.t.Errorf("%q is not the beginning of %q", kept, plain)
		return
	}
	at := 0
	for g := uniseg.NewGraphemes(plain); at < len(kept) && g.Next(); {
		_, at = g.Positions()
	}
	if at != len(kept) {
		p.t.Errorf("%q is cut within a character, before %q", kept, fmt.Sprintf("%.20s", rest))
	}
	runes := []rune(kept)
	tail := string(runes[len(runes)*2/3:])
	rest = strings.TrimLeft(rest, ",;:-(\\")
	if strings.Contains(tail, " ") && !strings.HasPrefix(rest, " ") && !strings.ContainsAny(plain, "<[") && !strings.Contains(plain, "://") {
		p.t.Errorf("%q is cut within a word, before %q", kept, fmt.Sprintf("%.20s", rest))
	}
}

// unescaped is what Discord shows of escaped text.
func unescaped(s string) string { return escapes.ReplaceAllString(s, "$1") }
