package events

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/news"

	"golang.org/x/text/language"
)

// Bounds of the filters of a channel. Patterns are RE2, whose time is linear in
// the text; with these bounds the costliest that a channel can have take a
// tenth of a second an event (BenchmarkFilters).
const (
	MaxFilters    = 25 // of one channel
	MaxPatterns   = 10 // of them
	MaxFilterText = 90 // characters of one, its mark included

	maxPatternSteps = 200 // instructions of a compiled pattern
	shownFilters    = 3   // that are named where none of more matched
)

// What is wrong with the text of a filter.
var (
	ErrFilterEmpty    = errors.New("the filter holds no word")
	ErrFilterLong     = errors.New("the filter is too long")
	ErrFilterPattern  = errors.New("the pattern cannot be read")
	ErrFilterCostly   = errors.New("the pattern takes too many steps")
	ErrFilterLanguage = errors.New("the language is unknown")
	ErrFilterCountry  = errors.New("the country is unknown")
	// ErrFilterImportance says that importance is no filter: each channel has its
	// least one.
	ErrFilterImportance = errors.New("importance is no filter")
)

// filterMarks are the words before a colon that name a kind. A feed is an outlet,
// and people name it so.
var filterMarks = map[string]news.FilterKind{
	"topic": news.FilterTopic, "outlet": news.FilterOutlet, "feed": news.FilterOutlet, "source": news.FilterOutlet, "language": news.FilterLanguage, "lang": news.FilterLanguage,
	"country": news.FilterCountry,
}

// ParseFilter reads a filter as a person types it:
//
//	horoscope            a word, or a phrase: whole words, without regard to case and accents
//	horoscop*            words that begin so
//	/quake|tremor/       a regular expression (RE2), without regard to case
//	outlet:Daily Ledger  an outlet, by its name or its site; feed: and source: are the same
//	topic:sports         the topic of the feed
//	language:de          a language, ISO 639-1
//	country:FR           where an outlet is from, ISO 3166-1
//
// Quotation marks around a text make words of it, whatever it looks like. An
// error is, or wraps, one of this package's filter errors.
func ParseFilter(text string) (news.Filter, error) {
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, ""), blank), " ")
	if utf8.RuneCountInString(text) > MaxFilterText {
		return news.Filter{}, ErrFilterLong
	}
	if n := len(text); n >= 2 && text[0] == '/' && text[n-1] == '/' {
		f := news.Filter{Kind: news.FilterPattern, Text: text[1 : n-1]}
		if strings.TrimSpace(f.Text) == "" {
			return news.Filter{}, ErrFilterEmpty
		}
		_, err := expression(f.Text)
		return f, err
	}
	f := news.Filter{Kind: news.FilterWords, Text: strings.Trim(text, `"“”`)}
	if kind, value, ok := strings.Cut(text, ":"); ok {
		mark := strings.ToLower(strings.TrimSpace(kind))
		if mark == "importance" {
			return news.Filter{}, ErrFilterImportance
		}
		if k := filterMarks[mark]; k != "" {
			f = news.Filter{Kind: k, Text: strings.Trim(strings.TrimSpace(value), `"“”`)}
		}
	}
	f.Text = strings.TrimSpace(f.Text)
	if f.Kind == news.FilterLanguage {
		base, err := language.ParseBase(f.Text)
		if err != nil || len(base.String()) != 2 {
			return news.Filter{}, ErrFilterLanguage
		}
		f.Text = base.String()
	}
	if f.Kind == news.FilterCountry {
		region, err := language.ParseRegion(f.Text)
		if err != nil || !region.IsCountry() {
			return news.Filter{}, ErrFilterCountry
		}
		f.Text = region.String()
	}
	if strings.TrimSpace(plainWords(f.Text)) == "" {
		return news.Filter{}, ErrFilterEmpty
	}
	return f, nil
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// expression compiles a regular expression that matches without regard to case
// and whose ^ and $ are the ends of the headline, of a fact, of a title.
func expression(text string) (*regexp.Regexp, error) {
	text = "(?im)" + text
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFilterPattern, err)
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFilterPattern, err)
	}
	if len(prog.Inst) > maxPatternSteps {
		return nil, ErrFilterCostly
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFilterPattern, err)
	}
	return re, nil
}

// Filters are the filters of a channel, ready to be asked.
type Filters struct{ rules []rule }

// rule is one filter.
type rule struct {
	news.Filter
	event  func(*subject) bool    // nil for those that look at sources
	source func(news.Source) bool // nil for those that look at the event
}

// NewFilters makes filters ready. One that ParseFilter would refuse matches
// nothing.
func NewFilters(list []news.Filter) *Filters {
	f := &Filters{}
	for _, one := range list[:min(len(list), MaxFilters)] {
		r := rule{Filter: one}
		words := plainWords(one.Text)
		switch one.Kind {
		case news.FilterPattern:
			re, err := expression(one.Text)
			r.event = func(s *subject) bool { return err == nil && re.MatchString(s.text()) }
		case news.FilterTopic:
			r.event = func(s *subject) bool { return plainWords(s.event.Topic) == words }
		case news.FilterOutlet:
			site := strings.ToLower(one.Text)
			r.source = func(s news.Source) bool { return strings.Contains(plainWords(s.Outlet), words) || within(s.URL, site) }
		case news.FilterLanguage:
			r.source = func(s news.Source) bool { return s.Lang == one.Text }
		case news.FilterCountry:
			r.source = func(s news.Source) bool { return s.Publisher.Country == one.Text }
		case news.FilterWords:
			r.event = phrase(one.Text)
		default:
			r.event = func(*subject) bool { return false }
		}
		f.rules = append(f.rules, r)
	}
	return f
}

// phrase returns what finds words in an event.
func phrase(text string) func(*subject) bool {
	if strings.ContainsFunc(text, ideographic) { // no blanks tell words apart
		lower := strings.ToLower(strings.Trim(text, "*"))
		return func(s *subject) bool { return strings.Contains(strings.ToLower(s.text()), lower) }
	}
	words := plainWords(text)
	if strings.HasSuffix(text, "*") {
		words = strings.TrimSuffix(words, " ")
	}
	return func(s *subject) bool { return words != "" && strings.Contains(s.words(), words) }
}

// admit reports whether an event is let in, and names the filter that keeps it
// out. Filters of sources take away sources; an event that has none left is
// kept out.
func (f *Filters) admit(s *subject) (ok bool, by string) {
	for _, r := range f.rules {
		if r.Exclude && r.event != nil && r.event(s) {
			return false, r.String()
		}
	}
	if by := f.unmatched(s, news.FilterTopic); by != "" {
		return false, by
	}
	if by := f.unmatched(s, news.FilterWords, news.FilterPattern); by != "" {
		return false, by
	}
	return f.sources(s.event.Sources)
}

// unmatched names the including filters of some kinds where none of them
// matches, "" where one does or there is none.
func (f *Filters) unmatched(s *subject, kinds ...news.FilterKind) string {
	var names []string
	for _, r := range f.rules {
		for _, k := range kinds {
			if r.Exclude || r.Kind != k {
				continue
			}
			if r.event(s) {
				return ""
			}
			names = append(names, r.Typed())
		}
	}
	return included(names)
}

// included names filters of which one had to match.
func included(names []string) string {
	if len(names) == 0 {
		return ""
	}
	if len(names) > shownFilters {
		names = append(names[:shownFilters:shownFilters], "…")
	}
	return "include: " + strings.Join(names, ", ")
}

// sources reports whether a source is left after the filters of sources, and
// names what took the last one.
func (f *Filters) sources(list []news.Source) (ok bool, by string) {
	filtered := false
	for _, src := range list {
		var kinds [3]struct {
			names   []string // of the including filters
			matched bool
		}
		out := ""
		for _, r := range f.rules {
			if r.source == nil {
				continue
			}
			filtered = true
			k := &kinds[0]
			switch r.Kind {
			case news.FilterLanguage:
				k = &kinds[1]
			case news.FilterCountry:
				k = &kinds[2]
			default:
			}
			switch matched := r.source(src); {
			case r.Exclude && matched:
				out = r.String()
			case !r.Exclude:
				k.names, k.matched = append(k.names, r.Typed()), k.matched || matched
			}
		}
		for _, k := range kinds {
			if out == "" && !k.matched {
				out = included(k.names)
			}
		}
		if out == "" {
			return true, ""
		}
		by = out
	}
	return !filtered, by
}
