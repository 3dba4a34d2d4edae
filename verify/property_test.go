package verify_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"newsdesk/news"
	"newsdesk/verify"
)

// claim is an invented sentence with the parts that a mutation changes.
type claim struct {
	subject, hedge, negation, verb, object, place, count, day, said, quote string
}

func (c claim) sentence() string {
	s := c.subject + " " + c.hedge + c.negation + c.verb + " " + c.count + " " + c.object + " in " + c.place + " on " + c.day
	if c.quote != "" {
		s += ", calling it \"" + c.quote + "\""
	}
	if c.said != "" {
		s += ", " + c.said + " said"
	}
	return s + "."
}

var (
	people  = []string{"Ida Lund", "Per Moe", "Omar Bin-Saleh", "Tesa Rail", "Governor Ana Ruiz", "Jo Park"}
	towns   = []string{"Arn", "Halden", "Velmora", "Iquara", "Port Esk"}
	counts  = []string{"12", "2,500", "eight", "1.2 million", "forty", "310"}
	days    = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
	verbs   = []string{"buy", "close", "sell", "repair", "inspect", "paint"}
	objects = []string{"bridges", "schools", "ferries", "tunnels", "mills"}
	quotes  = []string{"a dark day for the valley", "the best we could do", "far too little"}
	sources = []string{"police", "the ministry", "two witnesses"}
)

func drawClaim(t *rapid.T, label string) claim {
	pick := func(what string, of []string) string { return rapid.SampledFrom(of).Draw(t, label+what) }
	return claim{
		subject: pick("who", people), hedge: pick("hedge", []string{"may ", "could ", "might ", "will "}), negation: pick("not", []string{"", "not "}),
		verb: pick("verb", verbs), object: pick("object", objects), place: pick("town", towns), count: pick("count", counts), day: pick("day", days),
		said: pick("said", append([]string{""}, sources...)), quote: pick("quote", append([]string{""}, quotes...)),
	}
}

// changes are the mutations: each makes of a claim a false one, or returns
// false where there is nothing to change.
var changes = map[string]func(*rapid.T, *claim) bool{
	"digit": func(_ *rapid.T, c *claim) bool {
		i := strings.IndexAny(c.count, "0123456789")
		if i < 0 {
			return false
		}
		c.count = c.count[:i] + string('1'+(c.count[i]-'0')%9) + c.count[i+1:]
		return true
	},
	"number":   func(t *rapid.T, c *claim) bool { return other(t, &c.count, counts) },
	"name":     func(t *rapid.T, c *claim) bool { return other(t, &c.subject, people) },
	"place":    func(t *rapid.T, c *claim) bool { return other(t, &c.place, towns) },
	"weekday":  func(t *rapid.T, c *claim) bool { return other(t, &c.day, days) },
	"verb":     func(t *rapid.T, c *claim) bool { return other(t, &c.verb, verbs) },
	"swap":     func(_ *rapid.T, c *claim) bool { c.subject, c.place = c.place, c.subject; return true },
	"drop not": func(_ *rapid.T, c *claim) bool { ok := c.negation != ""; c.negation = ""; return ok },
	"add not":  func(_ *rapid.T, c *claim) bool { ok := c.negation == ""; c.negation = "not "; return ok },
	"drop may": func(_ *rapid.T, c *claim) bool { c.hedge = ""; return true },
	"may to will": func(_ *rapid.T, c *claim) bool {
		ok := c.hedge != "will "
		c.hedge = "will "
		return ok
	},
	"quotation": func(t *rapid.T, c *claim) bool { return c.quote != "" && other(t, &c.quote, quotes) },
	"speaker":   func(_ *rapid.T, c *claim) bool { ok := c.said != ""; c.said = ""; return ok },
}

func other(t *rapid.T, of *string, from []string) bool {
	was := *of
	*of = rapid.SampledFrom(from).Filter(func(s string) bool { return s != was }).Draw(t, "other")
	return true
}

// B2: a sentence and its honest shortenings are supported, whatever stands
// around it; a false change is not.
func TestCheck_TellsMutationsFromShortenings(t *testing.T) {
	t.Parallel()
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tried, caught := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				c := drawClaim(t, "")
				before := strings.Repeat("Rain fell all week. ", rapid.IntRange(0, 3).Draw(t, "before"))
				text := before + "VELMORA (Courier) — " + c.sentence() + " The market stayed open."
				a := news.Article{Body: text, Lang: "en"}
				span := news.Span{Start: len(before), End: len(text) - len(" The market stayed open.")}
				check := verify.New(a)
				if got := check.Check(news.Fact{Text: c.sentence(), Span: span}); !got.Supported() {
					t.Fatalf("%q of its own sentence: %s (%s)", c.sentence(), got.Reason, got.What)
				}
				if !change(t, &c) {
					return
				}
				tried++
				if got := check.Check(news.Fact{Text: c.sentence(), Span: span}); !got.Supported() {
					caught++
				} else {
					t.Logf("not caught: %q", c.sentence())
				}
			})
			if tried == 0 || float64(caught) < 0.98*float64(tried) {
				t.Errorf("%d of %d false facts were caught, want 98 %%", caught, tried)
			}
		})
	}
}

// Whatever the text, a sentence supports itself, and nothing panics.
func FuzzCheck(f *testing.F) {
	f.Add("OSLO (AP) — A fire may have killed 3 people, police said. \"No,\" said Ida D’Arcy.", "A fire killed 3 people.", "en", 0, 40)
	f.Add("ï»¿1.2.3 $5m–€6bn ‘a “b „c", "twenty-one hundred and", "fr", 2, 9)
	f.Add("東京で地震。死者は三人。", "地震", "ja", 0, 18)
	f.Add("if not unless (if) said, said", "said", "", 0, 5)
	f.Fuzz(func(t *testing.T, text, fact, lang string, start, end int) {
		c := verify.New(news.Article{Body: text, Lang: lang})
		first := c.Check(news.Fact{Text: fact, Span: news.Span{Start: start, End: end}})
		if again := c.Check(news.Fact{Text: fact, Span: news.Span{Start: start, End: end}}); again != first {
			t.Fatalf("%v, then %v", first, again)
		}
		span, ok := c.Locate(fact)
		if !ok || !utf8.ValidString(text) {
			return
		}
		if got := c.Check(news.Fact{Text: text[span.Start:span.End], Span: span}); !got.Supported() {
			t.Fatalf("%q does not support itself: %v", text[span.Start:span.End], got)
		}
	})
}
