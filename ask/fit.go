package ask

import (
	"strings"

	"newsdesk/internal/wordset"
)

// fit says how well a span's form suits what is asked for; 0 rules it out.
func (q *question) fit(p *passage, s span) float64 {
	named := s.form == formName || s.form == formQuoted
	switch q.kind {
	case kindYesNo, kindReason:
		return 0
	case kindCount:
		f := q.fitCount(p, s)
		if f > 0 && q.otherFate(p, s) {
			f *= 0.05
		}
		return f
	case kindAmount:
		switch s.form {
		case formUnit:
			return 1.3
		case formNumber, formTime:
			return 0.5
		}
		return 0
	case kindWhen:
		if s.form == formTime {
			return 1
		}
		return 0
	case kindWho:
		switch {
		case !named:
			return 0.02
		case places(s.key), s.form == formName && bodies.Has(s.key[strings.LastIndexByte(s.key, ' ')+1:]):
			return 0.3
		case s.form == formName && s.words >= 2:
			return 1.3
		}
		return 0.8
	case kindWhere:
		switch {
		case !named:
			return 0.03
		case places(s.key):
			return 1.6 * behind(p, s)
		}
		return 0.6 * behind(p, s)
	}
	return q.fitClass(p, s, named)
}

// fitCount says how well a number suits a count: what is counted stands behind
// it, or nothing that something else is measured in.
func (q *question) fitCount(p *passage, s span) float64 {
	text := p.text
	if s.form == formUnit && counters.Has(q.count) && strings.HasSuffix(s.key, " "+q.count) {
		return 2.2
	}
	if s.form != formNumber || isYear(s.key) || ordinals.Has(s.key) {
		return 0
	}
	if vague.Has(s.key) {
		return 0.05
	}
	if s.b < len(p.tokens) && p.tokens[s.b].gap == gapStop && p.tokens[s.a].first || strings.HasPrefix(text[p.tokens[s.b-1].end:], "%") {
		return 0 // "2. Next", "5%"
	}
	if !strings.Contains(s.key, " ") && strings.Contains(s.key, ".") {
		return 0.1 // people and things are counted whole: "2.5" is one of a scale, "2.5 million" is not
	}
	counted := canon(q.count)
	for j := s.b; j < len(p.tokens) && j < s.b+3 && p.tokens[j].gap <= gapBlank; j++ {
		w := text[p.tokens[j].start:p.tokens[j].end]
		if j == s.b && added.Has(strings.ToLower(w)) {
			return 0.2 // "two more people": a part of the count
		}
		if q.count != "" && q.canon(w) == counted {
			return 2.2
		}
		if j == s.b && units.Has(strings.ToLower(w)) && !counters.Has(q.count) {
			return 0.2
		}
	}
	if counters.Has(q.count) {
		return 0.25
	}
	if q.otherDeed(p, s) {
		return 0
	}
	if counted != "" && q.sharesNoun(p, s, counted) || counted == "people" && tolled(p, s) {
		return 2.2
	}
	return 1
}

// otherDeed reports whether what was done to those a number counts is said, and
// is not what the question asks for: "three were killed and 40 were injured".
func (q *question) otherDeed(p *passage, s span) bool {
	const reach = 4 // words behind the number
	for j := s.b; j+1 < len(p.tokens) && j < s.b+reach && p.tokens[j].gap <= gapBlank; j++ {
		if !passive.Has(strings.ToLower(p.text[p.tokens[j].start:p.tokens[j].end])) || p.tokens[j+1].gap > gapBlank {
			continue
		}
		if p.tokens[j+1].term >= 0 {
			return false
		}
		deed := strings.ToLower(p.text[p.tokens[j+1].start:p.tokens[j+1].end])
		return strings.HasSuffix(deed, "ed") || strings.HasSuffix(deed, "en") || deed == "hurt"
	}
	return false
}

// passive are verbs before what was done to somebody.
var passive = wordset.Of(`was were is are been being`)

// tolled reports whether a number ends a toll: "the death toll has risen to 11".
func tolled(p *passage, s span) bool {
	if s.a == 0 || !ending.Has(strings.ToLower(p.text[p.tokens[s.a-1].start:p.tokens[s.a-1].end])) {
		return false
	}
	for i := s.a - 1; i >= 0 && p.tokens[i+1].gap < gapStop; i-- {
		if strings.EqualFold(p.text[p.tokens[i].start:p.tokens[i].end], "toll") {
			return true
		}
	}
	return false
}

// ending are words before the number of a toll.
var ending = wordset.Of(`to at of is was past above nearly over`)

// sharesNoun reports whether a number goes with a noun that stands behind an
// earlier number only: "900 troops in Syria and 2,500 in Iraq".
func (q *question) sharesNoun(p *passage, s span, counted string) bool {
	word := func(i int) string { return p.text[p.tokens[i].start:p.tokens[i].end] }
	if s.b < len(p.tokens) && p.tokens[s.b].gap <= gapBlank && !ellipsis.Has(strings.ToLower(word(s.b))) {
		return false
	}
	for i := s.a - 1; i > 0 && p.tokens[i].gap < gapStop; i-- {
		if q.canon(word(i)) == counted {
			for j := i - 1; j >= max(0, i-3); j-- {
				if p.tokens[j].digit || numerals.Has(strings.ToLower(word(j))) {
					return true
				}
			}
		}
	}
	return false
}

// ellipsis are words behind a number whose noun was said before.
var ellipsis = wordset.Of(`in at on near from to for and or across inside outside`)

// vague numbers are no counts.
var vague = wordset.Of(`hundred hundreds thousand thousands million millions billions dozen dozens tens`)

// added are words behind a number that is to be added to what was counted.
var added = wordset.Of(`more further additional other others extra new`)

var ordinals = wordset.Of(`first second third fourth fifth sixth seventh eighth ninth tenth half both no none`)

// agencies sign articles; they are seldom the answer.
var agencies = wordset.Phrases(`cnn,usa today,ap,associated press,the associated press,reuters,afp,bbc,getty,getty images,the week,the week uk,cnnpolitics,cnn politics,
	cnn business,bloomberg,fox news,new york times,the new york times,washington post,the washington post,the guardian,npr,twitter,instagram,facebook`)

func (q *question) fitClass(p *passage, s span, named bool) float64 {
	if all := members(q.class); all != nil {
		if all.Has(s.key) {
			return 3
		}
		if q.class == "city" || q.class == "cities" || q.class == "capital" {
			if named && !countries.Has(s.key) && !states.Has(s.key) {
				return behind(p, s)
			}
		}
		if named || s.form == formWords {
			return 0.15
		}
		return 0.02
	}
	if q.class == "" {
		switch {
		case named:
			return 0.7
		case s.form == formWords:
			return 0.35 * q.common(s)
		}
		return 0.25
	}
	switch classShapes()[q.class] {
	case shapeName:
		switch {
		case named && !countries.Has(s.key) && !states.Has(s.key):
			return 1
		case named:
			return 0.4
		case s.form == formWords:
			return 0.06 * q.common(s)
		}
		return 0.05
	case shapePerson:
		switch {
		case s.form == formName && s.words >= 2 && !places(s.key):
			return 1.3
		case named && !places(s.key):
			return 0.8
		}
		return 0.04
	case shapeWork:
		switch {
		case s.form == formQuoted:
			return 1.5
		case named:
			return 0.9
		}
		return 0.04
	case shapeCommon:
		switch {
		case s.form == formWords:
			return q.common(s)
		case named:
			return 0.7
		}
		return 0.1
	}
	return 0.5
}

// bodies end names that are no person's.
var bodies = wordset.Of(`bridge street road avenue river lake mountain island prize award medal cup league championship games festival council party university
	college hospital school station airport port park museum tower hall palace house ministry office department court committee commission agency
	company corporation corp inc ltd group bank union act bill law treaty range street square times post news`)

func places(key string) bool { return countries.Has(key) || states.Has(key) || cities.Has(key) }

// behind favours names that stand behind a word of place.
func behind(p *passage, s span) float64 {
	if s.a == 0 {
		return 0.7
	}
	switch strings.ToLower(p.text[p.tokens[s.a-1].start:p.tokens[s.a-1].end]) {
	case "in", "at", "near", "from", "to", "outside", "off":
		return 1.2
	}
	return 0.7
}

// common lowers words that stand in every other article.
func (q *question) common(s span) float64 {
	best := 0.
	for w := range strings.FieldsSeq(s.key) {
		best = max(best, weight(q.canon(w)))
	}
	return min(1, best/weightOther)
}
