package events

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsdesk/internal/wordset"
)

// content is what a sentence says, for comparing: stems, sorted, and numbers, each
// once.
type content struct {
	stems   []stemmed
	numbers []string
}

// stemmed is a stem, and what it counts for.
type stemmed struct {
	stem   string
	weight float64 // 0 for what says nothing
	role   role
	ahead  bool // is to come, or only asked for: "calls on the minister to resign"
}

// role is what a stem says of a happening.
type role uint8

const (
	roleTurn role = 1 << iota // see turns
	roleStep                  // see steps
)

// contents remembers what was read of each sentence, as long as one article is
// being decided on: the same facts and titles are compared again and again, and
// have most of their words in common.
type contents struct {
	read  map[string]content
	words map[string]wordRead
}

// wordRead is a word as contentOf takes it.
type wordRead struct {
	stemmed
	number string // "7" of "seven"
	coming bool   // before what is to come
	month  bool   // may be one
	when   bool   // says when
}

// wordsRead are kept from one article to the next, which has most of its words in
// common with it: to stem one takes longer than all else that is done with it.
var wordsRead = sync.Pool{New: func() any { return make(map[string]wordRead) }}

// mostWords bounds the words that are kept, at about 120 bytes each.
const mostWords = 8192

// newContents returns contents that are to be closed when they are needed no more.
func newContents() *contents {
	return &contents{read: make(map[string]content), words: wordsRead.Get().(map[string]wordRead)}
}

// close lends the words to the next. The contents may not be used any more.
func (cs *contents) close() {
	if len(cs.words) <= mostWords {
		wordsRead.Put(cs.words)
	}
	cs.words = nil
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

// word reads an English word in lower case.
func (cs *contents) word(text []byte) wordRead {
	w, ok := cs.words[string(text)]
	if !ok {
		w = readWord(string(text))
		cs.words[string(text)] = w
	}
	return w
}

func readWord(s string) wordRead {
	w := wordRead{number: numberWords()[s], coming: comings.Has(s), month: monthWords.Has(s)}
	w.when = dayWords.Has(s) || w.month && s != "may" && s != "march"
	if alike, ok := sameWords()[s]; ok {
		s = alike
	}
	w.stem = stem(s, "en")
	w.weight = wordWeight(w.stem)
	if turns.Has(w.stem) {
		w.role |= roleTurn
	}
	if steps.Has(w.stem) {
		w.role |= roleStep
	}
	return w
}

var numberWords = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
		"twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
		"nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
	}
})

// dayWords say when; another day named is no change of the facts.
var dayWords = wordset.Of(`monday tuesday wednesday thursday friday saturday sunday today yesterday tonight morning afternoon evening night
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
var turns = wordset.Of(`revis lift cancel withdraw withdrew reopen reclos freed free rescu overturn revers suspend resum postpon delay retract
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

var monthWords = wordset.Of(`january february march april may june july august september october november december
	jan feb mar apr jun jul aug sept sep oct nov dec`)

// comings are words before what is to come or is asked for, at most comingReach
// words before it.
var comings = wordset.Of(`to will would could may might should shall if whether`)

const comingReach = 3

// contentOf reads a sentence. Numbers that are parts of dates, years and times
// of day are left out: another day named is no change of the facts.
func (cs *contents) contentOf(text string) content {
	var c content
	sc := scanner{s: text}
	coming := 0 // words that what is to come may still be among
	if noneHurt.MatchString(text) {
		c.count("0")
	}
	month, pending := false, "" // a number that may turn out to be the day before a month
	for {
		token, ok := sc.next()
		if !ok {
			break
		}
		w := cs.word(token.text)
		if coming--; w.coming {
			coming = comingReach
		}
		if pending != "" && !w.month {
			c.count(pending)
		}
		pending = ""
		switch {
		case w.number != "":
			c.count(w.number)
		case token.number():
			if n := number(string(token.text)); n != "" && !month {
				pending = n
			}
			month = false
		default:
			if month = w.month && w.when; w.when || w.weight == 0 {
				continue
			}
			w.ahead = coming > 0
			c.stems = append(c.stems, w.stemmed)
		}
	}
	if pending != "" {
		c.count(pending)
	}
	c.sort()
	return c
}

// count adds a number.
func (c *content) count(n string) {
	if !slices.Contains(c.numbers, n) {
		c.numbers = append(c.numbers, n)
	}
}

// sort puts the stems in order, each once. One is to come where all of it is.
func (c *content) sort() {
	slices.SortFunc(c.stems, func(a, b stemmed) int { return strings.Compare(a.stem, b.stem) })
	kept := c.stems[:0]
	for _, s := range c.stems {
		if n := len(kept); n > 0 && kept[n-1].stem == s.stem {
			kept[n-1].ahead = kept[n-1].ahead && s.ahead
			continue
		}
		kept = append(kept, s)
	}
	c.stems = kept
}

// find returns a stem of the sentence, and whether it is there.
func (c content) find(stem string) (stemmed, bool) {
	i, ok := slices.BinarySearchFunc(c.stems, stem, func(s stemmed, stem string) int { return strings.Compare(s.stem, stem) })
	if !ok {
		return stemmed{}, false
	}
	return c.stems[i], true
}

func (c content) has(stem string) bool {
	_, ok := c.find(stem)
	return ok
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
// the more common it is, and nothing where it says nothing.
func wordWeight(st string) float64 {
	switch share(st) {
	case shareStop:
		return 0
	case shareVery:
		return 0.3
	case shareOften:
		return 0.6
	case shareOften2:
		return 0.8
	}
	return 1
}
