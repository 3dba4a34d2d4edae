package pattern

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"
	"unicode"
)

// expressions use every operator, and the ways in which words are joined.
var expressions = []string{
	`word`, `(?i)word`, `\bword\b`, `(?i)\b(no|without) (known |reported )?(deaths?|dead|injur(y|ies))\b|\bunhurt\b`,
	`(?i)\b(ignore|forget)\b[^.]{0,40}\b(rules|above)\b`, `(?i)summari[sz]ers?`, `(?i)\bask\b`, `^(By|BY) [A-Z]`, `[,?].*: \d+( things\b.*)?$`,
	`(?i)^live( updates?| blog)?[:|–—-]|^[\p{L} ]{3,30} (latest|live):`, `(?i)(é|è)t(é|e)|Éa`, `été|x*`, `(a|b|c|d|e)f`, `\$[0-9]+ (m|bn)\b`, `(?:ab)+c?`,
	`(ab|)(cd|)`, `(?i)(ab){2,3}\B`, `(?s)x.y`, `"(headline|facts)"\s*:|<\||-->`, `(?im)^\s*(end|start)\s*:`, `, [^,]{2,9} (said|says)\.?$`, `\b'tis\b`, `\bthe\b the\b`,
	`^(?i:b|é)c`, `^[^a-z\n]b|^\x{fffd}`, `^(?:x*|(?i)k)\b[sé]`, `^$|^ ?a{0,2}b`, `(?m)^b`, `(?i)^(s|k)a`, `^(?:x|)(?:\Ba|É)`,
	`(?i)\b(ignore|forget)\b[^.]{0,300}\b(rules|above)\b|\b(ask|tell) [^.]{0,260}(now|then)s?|^end[!.]? .{9,99}k$|(ready|steady)`, // tried branch by branch
	`(?i)(?:\b(?:declined|refused) to [^.]{0,300}(?:say|tell)|\bgave no [^.]{0,300}details)(?: (?:on|by) [\p{L} ]{1,20})*[.!]?$`,
	`(?i)\bk(elvin)?s\b`, `a?b?c?`, `[[:alpha:]]+ing\b`, `(?i)q ?& ?a`, `(one|two) (three|four|five|six|seven|eight) (nine|ten|eleven|twelve|up|on)`,
}

// TestRegexp_FindsWhatRegexpFinds compares with regexp.Regexp on texts that
// match, and on texts that nearly do.
func TestRegexp_FindsWhatRegexpFinds(t *testing.T) {
	t.Parallel()
	const texts = 1000 // of each; make fuzz tries more
	rng := rand.New(rand.NewPCG(1, 2))
	for _, expr := range expressions {
		p, re := MustCompile(expr), regexp.MustCompile(expr)
		tree, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		matched, ruledOut := 0, 0
		for range texts {
			text := near(rng) + near(rng)
			if rng.IntN(10) > 0 {
				text = changed(rng, near(rng)+sample(rng, tree)+near(rng))
			}
			compare(t, p, re, text)
			if re.MatchString(text) {
				matched++
			}
			if !p.may(text) {
				ruledOut++
			}
		}
		if matched < texts/30 {
			t.Errorf("%q: only %d texts matched: the test says little", expr, matched)
		}
		if p.need != nil && ruledOut == 0 {
			t.Errorf("%q: no text was ruled out", expr)
		}
	}
}

// TestRegexp_PartsLongExpressions holds which expressions are tried branch by branch,
// and that no branch is slow.
func TestRegexp_PartsLongExpressions(t *testing.T) {
	t.Parallel()
	words := strings.Repeat(`[a-zA-Z_-]{0,50} `, 4) // 400 instructions
	for expr, want := range map[string]int{
		`(?i)\bone ` + words + `|\btwo ` + words + `|three$`:              3,
		`^(?:(?:one|two|three) ` + words + `|four ` + words + `)\d*[.!]$`: 2,
		`(?:one|two) ` + words + words:                                    2,
		words + `(?:one|two)` + words:                                     0, // begins with neither
		`one ` + words + words:                                            0,
		`(?i)\b(?:` + strings.Repeat(`a|`, 100) + `b)\b`:                  0, // of a small program
		`one [a-z]{0,600}|two`:                                            2,
	} {
		p := MustCompile(expr)
		p.MatchString("one two")
		if got := len(p.branches); got != want {
			t.Errorf("%.40q has %d branches, want %d", expr, got, want)
		}
	}
}

// TestMustCompileAny_IsTheAlternation compares with the alternation in one
// expression.
func TestMustCompileAny_IsTheAlternation(t *testing.T) {
	t.Parallel()
	alternatives := []string{`play(?: video)?`, `pin|p`, `photos? (?:by|via) [A-Z].{0,9}`, `print(?: this)?`}
	p, re := MustCompileAny(`(?i)^(?:- )?`, alternatives, `$`), regexp.MustCompile(`(?i)^(?:- )?(?:`+strings.Join(alternatives[:3], "|")+`|`+alternatives[3]+`)$`)
	for _, text := range []string{"Play", "- play video", "p", "pin it", "Photo by Ana", "photo by", "print this", "- Print", "prints", ""} {
		compare(t, p, re, text)
	}
	if MustCompileAny(`^`, alternatives[2:], `$`).may("the regional council") {
		t.Error("a text with none of the words is not ruled out")
	}
}

// TestRegexp_KnowsWhatItNeeds holds that the words are found at all.
func TestRegexp_KnowsWhatItNeeds(t *testing.T) {
	t.Parallel()
	const plain = "the ministers met on a cold day and agreed on little else than lunch"
	for expr, rules := range map[string]bool{
		`(?i)\b(deaths?|dead)\b`: true, `(?i)\b(and|met)\b`: false, `\bmini\b`: true, `(?i)[^.]{0,40}\brules\b`: true, `x*`: false, `[a-z]+ing`: true,
		`\w+ (said|says)`: true, `day.*night`: true, `night.*day`: true,
		`^(?:A|The) .* day`: true, `(?i)^(?:a|the) .* day`: false, `^["“]`: true, `^[t-z]`: false, `^x*`: false, `^(?:met|\d)`: true, `(?m)^met`: false,
		`(met|\d+) (things|stories)`: true, `(day|)s? of (rest|work)`: true, `(day.*(rest|work)|night)`: true, `(met.*little|night)`: false,
	} {
		if got := !MustCompile(expr).may(plain); got != rules {
			t.Errorf("%q rules %q out: got %v, want %v", expr, plain, got, rules)
		}
	}
}

func FuzzRegexp_FindsWhatRegexpFinds(f *testing.F) {
	ps, res := make([]*Regexp, len(expressions)), make([]*regexp.Regexp, len(expressions))
	for i, expr := range expressions {
		ps[i], res[i] = MustCompile(expr), regexp.MustCompile(expr)
	}
	f.Add("Three dead, unhurt: he said.")
	f.Add("\u017fummari\u017fer a\u212a \xc5 \xbf\xff")
	f.Fuzz(func(t *testing.T, text string) {
		for i := range ps {
			compare(t, ps[i], res[i], text)
		}
	})
}

func compare(t *testing.T, p *Regexp, re *regexp.Regexp, text string) {
	t.Helper()
	if got, want := p.MatchString(text), re.MatchString(text); got != want {
		t.Fatalf("%q on %q: got %v, want %v", re, text, got, want)
	}
	if got, want := p.ReplaceAllString(text, "|"), re.ReplaceAllString(text, "|"); got != want {
		t.Fatalf("%q on %q: replaced to %q, want %q", re, text, got, want)
	}
}

// sample returns a text that the pattern matches, but for what stands around it.
func sample(rng *rand.Rand, re *syntax.Regexp) string {
	repeat := func(least, most int) string {
		var b strings.Builder
		for range least + rng.IntN(most-least+1) {
			b.WriteString(sample(rng, re.Sub[0]))
		}
		return b.String()
	}
	switch re.Op {
	case syntax.OpLiteral:
		s := string(re.Rune)
		if re.Flags&syntax.FoldCase != 0 && rng.IntN(4) == 0 {
			s = strings.NewReplacer("s", "ſ", "k", "\u212a").Replace(strings.ToLower(s))
		} else if re.Flags&syntax.FoldCase != 0 {
			s = strings.Map(func(r rune) rune {
				if rng.IntN(2) == 0 {
					return unicode.SimpleFold(r)
				}
				return r
			}, s)
		}
		return s
	case syntax.OpCharClass:
		i := 2 * rng.IntN(len(re.Rune)/2)
		return string(re.Rune[i] + rng.Int32N(min(re.Rune[i+1]-re.Rune[i]+1, 200)))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return string(rune('a' + rng.IntN(26)))
	case syntax.OpCapture:
		return sample(rng, re.Sub[0])
	case syntax.OpConcat:
		var b strings.Builder
		for _, sub := range re.Sub {
			b.WriteString(sample(rng, sub))
		}
		return b.String()
	case syntax.OpAlternate:
		return sample(rng, re.Sub[rng.IntN(len(re.Sub))])
	case syntax.OpStar:
		return repeat(0, 2)
	case syntax.OpPlus:
		return repeat(1, 3)
	case syntax.OpQuest:
		return repeat(0, 1)
	case syntax.OpRepeat:
		return repeat(re.Min, min(max(re.Max, re.Min+2), re.Min+4))
	}
	return ""
}

// near returns what may stand beside a match, mostly nothing.
func near(rng *rand.Rand) string {
	return [...]string{"", "", "", "", " ", "x", ". ", "é", " a word\n", "-"}[rng.IntN(10)]
}

// changed returns a text as it is, or with a byte lost, doubled or of the other
// case.
func changed(rng *rand.Rand, s string) string {
	if s == "" || rng.IntN(2) == 0 {
		return s
	}
	i := rng.IntN(len(s))
	switch rng.IntN(3) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + s[i:i+1] + s[i:]
	}
	return s[:i] + strings.ToUpper(s[i:i+1]) + s[i+1:]
}

// headline is a text as patterns are mostly tried on: one without a match.
const headline = "The regional council of Vestland agreed on Tuesday to build a new bridge over the Osa, after two years of talks with the villages on both banks."

func BenchmarkRegexp(b *testing.B) {
	const expr = `(?i)\b(corrected|correction|corrects|revised (down|up|upwards?|downwards?|to|from|its|the|their)|revises|retracted|retracts|counted twice|in error|earlier version|clarified)\b`
	b.Run("pattern", func(b *testing.B) {
		p := MustCompile(expr)
		b.ReportAllocs()
		for b.Loop() {
			p.MatchString(headline)
		}
	})
	b.Run("regexp", func(b *testing.B) {
		re := regexp.MustCompile(expr)
		b.ReportAllocs()
		for b.Loop() {
			re.MatchString(headline)
		}
	})
}
