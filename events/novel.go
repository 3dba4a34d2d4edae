package events

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsdesk/news"
)

// When a fact counts as known. Shares are of its own words that another
// sentence has as well.
const (
	knownShare   = 0.6  // of one known fact: said before, if its numbers were
	knownUnion   = 0.68 // of all known facts together: the same
	knownTitles  = 20   // latest titles that are compared
	relatedShare = 0.34 // of one known fact: speaks of the same thing, so another number is a change
)

// content is what a sentence says, for comparing: stems, each with its weight,
// and numbers.
type content struct {
	stems   map[string]float64
	sorted  []string // the stems: sums of floats depend on their order
	numbers map[string]bool
	ahead   map[string]bool // the stems of what is to come, or only asked for: "calls on the minister to resign"
}

// contents remembers what was read of each sentence, as long as one article is
// being decided on: the same facts and titles are compared again and again, and
// have most of their words in common.
type contents struct {
	read  map[string]content
	stems map[string]string // by word
}

func newContents() *contents {
	return &contents{read: make(map[string]content), stems: make(map[string]string)}
}

// of reads a sentence, once.
func (cs *contents) of(text string) content {
	c, ok := cs.read[text]
	if !ok {
		c = cs.contentOf(text)
		cs.read[text] = c
	}
	return c
}

// stem returns the stem of an English word.
func (cs *contents) stem(word string) string {
	st, ok := cs.stems[word]
	if !ok {
		st = stem(word, "en")
		cs.stems[word] = st
	}
	return st
}

var numberWords = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
		"twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
		"nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
	}
})

// dayWords say when; another day named is no change of the facts.
var dayWords = set(`monday tuesday wednesday thursday friday saturday sunday today yesterday tonight morning afternoon evening night
	early late earlier later dawn noon midday week weekend hours`)

// sameWords maps words to one of their group, for sentences that report one
// thing in other words. Demonyms stand for their country.
var sameWords = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(places)) {
		country, _, _ := strings.Cut(strings.TrimSpace(line), "|")
		first := ""
		for w := range strings.FieldsSeq(country) {
			if first == "" {
				first = w
			}
			m[w] = first
		}
	}
	for line := range strings.Lines(alikeWords) {
		first := ""
		for w := range strings.FieldsSeq(line) {
			if first == "" {
				first = w
			}
			m[w] = first
		}
	}
	return m
})

// turns are stems of words that say that something ended, was undone or took
// another way: a sentence with one is new, however much of it was known.
var turns = set(`revis lift cancel withdraw withdrew reopen reclos freed free rescu overturn revers suspend resum postpon delay retract
	correct deni confirm acquit convict sentenc charg arrest extinguish contain recov surviv surrend ceasefir collaps
	conced resign guilti appeal reject forbid forbad evacu defeat win won victori`)

const alikeWords = `earthquake quake tremor temblor
hit hits struck strike strikes jolted jolts shook shakes rocked rocks
died dies die dead death deaths killed kills kill perished fatalities fatality
hurt injured injures injuring injuries wounded wounds
said says told announced announces reported reports according
officials official authorities authority
police officers officer
buy buys bought acquire acquires acquired acquisition takeover purchase
agreed agrees agree agreement deal
resigned resigns resign resignation quit quits stepped steps
blaze fire fires blazes wildfire
plane aircraft jet airliner
storm hurricane typhoon cyclone
vote votes voted ballot
arrested arrests arrest detained detains detain custody
court judge tribunal
workers employees staff
company firm
fled flee evacuated evacuate evacuation
begin begins began start starts started
rose rises rise climbed climbs climb increased increases up
fell falls fall dropped drops drop declined declines decline
homes houses
warning alert
damage damaged damages
convicted convicts convict conviction guilty
sentenced sentences sentence jailed jails jail prison imprisoned
closed closes close shut shuts
`

// set is a set of words, made when it is first asked for: to make all of them takes
// longer than the rest of a start that groups nothing.
func set(words string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool { return setOf(words) })
}

func setOf(words string) map[string]bool {
	list := strings.Fields(words)
	m := make(map[string]bool, len(list))
	for _, w := range list {
		m[w] = true
	}
	return m
}

var monthWords = set(`january february march april may june july august september october november december
	jan feb mar apr jun jul aug sept sep oct nov dec`)

// comings are words before what is to come or is asked for, at most comingReach
// words before it.
var comings = set(`to will would could may might should shall if whether`)

const comingReach = 3

// contentOf reads a sentence. Numbers that are parts of dates, years and times
// of day are left out: another day named is no change of the facts.
func (cs *contents) contentOf(text string) content {
	c := content{stems: map[string]float64{}, numbers: map[string]bool{}, ahead: map[string]bool{}}
	sc := scanner{s: text}
	coming := 0 // words that what is to come may still be among
	if noneHurt.MatchString(text) {
		c.numbers["0"] = true
	}
	month, pending := false, "" // a number that may turn out to be the day before a month
	for {
		w, ok := sc.next()
		if !ok {
			break
		}
		s := string(w.text)
		if coming--; comings()[s] {
			coming = comingReach
		}
		if pending != "" && !monthWords()[s] {
			c.numbers[pending] = true
		}
		pending = ""
		if n, ok := numberWords()[s]; ok {
			c.numbers[n] = true
			continue
		}
		if w.number() {
			if n := number(s); n != "" && !month {
				pending = n
			}
			month = false
			continue
		}
		month = monthWords()[s] && s != "may" && s != "march"
		if month || dayWords()[s] {
			continue
		}
		if alike, ok := sameWords()[s]; ok {
			s = alike
		}
		if st := cs.stem(s); share(st) != shareStop {
			if c.stems[st] == 0 {
				c.ahead[st] = coming > 0
			}
			c.ahead[st] = c.ahead[st] && coming > 0
			c.stems[st] = wordWeight(st)
		}
	}
	if pending != "" {
		c.numbers[pending] = true
	}
	c.sorted = slices.AppendSeq(make([]string, 0, len(c.stems)), maps.Keys(c.stems))
	slices.Sort(c.sorted)
	return c
}

// number returns a number in a plain form, and "" for a year or a time of day.
func number(s string) string {
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz%")
	unit := s[len(digits):]
	switch unit {
	case "am", "pm", "s":
		return ""
	case "bn", "b":
		unit = "billion"
	case "m", "mn":
		unit = "million"
	case "st", "nd", "rd", "th":
		unit = ""
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || v >= 1900 && v < 2100 && v == float64(int(v)) && unit == "" && len(digits) == 4 {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64) + unit
}

// wordWeight is what a word counts for when sentences are compared: the less,
// the more common it is.
func wordWeight(st string) float64 {
	switch share(st) {
	case shareVery:
		return 0.3
	case shareOften:
		return 0.6
	case shareOften2:
		return 0.8
	}
	return 1
}

// held is the share of c's stems, by weight, that all of others together have.
func (c content) held(others ...content) float64 {
	all, n := 0.0, 0.0
	for _, st := range c.sorted {
		w := c.stems[st]
		all += w
		for _, o := range others {
			if o.stems[st] > 0 {
				n += w
				break
			}
		}
	}
	if all == 0 {
		return 1
	}
	return n / all
}

// differs says whether c has a number that none of others has.
func (c content) differs(others ...content) bool {
	for n := range c.numbers {
		found := false
		for _, o := range others {
			found = found || o.numbers[n]
		}
		if !found {
			return true
		}
	}
	return false
}

// turns says whether c has a turn that none of known has. One that was only to
// come is not known yet, nor is one of something else.
func (c content) turns(known []content) bool { return c.takes(turns(), known) }

// takes says whether c has one of some stems that none of known has, as turns
// has it.
func (c content) takes(stems map[string]bool, known []content) bool {
	for st := range c.stems {
		if stems[st] && !slices.ContainsFunc(known, func(k content) bool {
			return k.stems[st] > 0 && (c.ahead[st] || !k.ahead[st]) && c.meets(k, st)
		}) {
			return true
		}
	}
	return false
}

// outcome says whether c has a turn, or deaths, and the numbers of k, which has
// the same: "jailed for seven years" in other words.
func (c content) outcome(k content) bool {
	if len(c.numbers) == 0 || len(c.numbers) != len(k.numbers) || c.differs(k) {
		return false
	}
	return c.stems["die"] > 0 && k.stems["die"] > 0 || c.meetsIn(k, turns())
}

// meets says whether two sentences have something in common beside a stem, as
// far as one of them has anything else.
func (c content) meets(k content, but string) bool {
	if len(c.stems) < 3 || len(k.stems) < 3 {
		return true
	}
	for st := range c.stems {
		if st != but && k.stems[st] > 0 {
			return true
		}
	}
	return false
}

// novelty says how a fact is new.
type novelty uint8

const (
	notNovel    novelty = iota
	novelFact           // speaks of something else than all that is known
	novelNumber         // gives another number for something that is known
)

// novel compares a fact with all that is known.
func novel(fact content, known []content) novelty {
	if len(fact.stems) == 0 {
		return notNovel
	}
	var related []content // a number that stands elsewhere counts something else
	for _, k := range known {
		if len(k.numbers) > 0 && fact.held(k) >= relatedShare {
			related = append(related, k)
		}
	}
	if len(related) > 0 && fact.differs(related...) {
		return novelNumber
	}
	if fact.turns(known) {
		return novelFact
	}
	if slices.ContainsFunc(known, fact.outcome) {
		return notNovel
	}
	for _, k := range known {
		if fact.held(k) >= knownShare {
			return notNovel
		}
	}
	if fact.held(known...) >= knownUnion && !fact.differs(known...) {
		return notNovel
	}
	return novelFact
}

// knownTo collects what readers of an event know before an article: its facts,
// its sources' titles, and what the article before it had said.
func (cs *contents) knownTo(base news.Event, merged []news.Fact, newcomer news.ArticleID) []content {
	known := make([]content, 0, len(base.Facts)+len(base.Sources)+len(merged)+1)
	for _, f := range base.Facts {
		known = append(known, cs.of(f.Text))
	}
	for _, f := range merged {
		if f.Article != newcomer {
			known = append(known, cs.of(f.Text))
		}
	}
	known = append(known, cs.of(base.Headline))
	for _, s := range base.Sources[max(0, len(base.Sources)-knownTitles):] {
		if s.Article != newcomer {
			known = append(known, cs.of(s.Title))
		}
	}
	return known
}
