package ask

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// candidate is an answer that one or more articles may give.
type candidate struct {
	key, text string
	form      form
	words     int
	score     float64
	docs      int     // articles that vote for it
	bestScore float64 // its best vote
	bestAt    int     // passage of that vote
	share     float64 // of all candidates' scores, after rivals were merged
	byDoc     [readDocs]float64
	atDoc     [readDocs]int
	features  [numVotes]float64
}

// The features of a candidate.
const (
	vVotes   = iota // logarithm of the votes
	vBest           // logarithm of the best vote
	vDocs           // share of the articles read that vote for it
	vFit            // logarithm of how well its form suits
	vClose          // how near the question's words stand
	vScore          // share of the question in its best passage
	vTitle          // it stands in a title
	vRare           // how rare its rarest word is
	vWords          // a lone word
	vWords3         // three words or more
	vName           // it is a name
	vQuoted         // stands in quotation marks
	vPlain          // in lower case
	vShorter        // share of its votes that a longer form of it has
	vTop            // the first article votes for it
	vOwned          // with a possessive ending
	vUnit           // a number with its unit
	vTold           // how near what is no name stands
	numVotes
)

const maxCandidates = 48

// vote collects the spans of all passages and orders them, best first. Each
// article votes once for an answer, with its best passage: agreement of several
// articles says more than a repeated word in one.
func (q *question) vote(docs []doc, ps []passage) []candidate {
	byKey := map[string]int{}
	var all []candidate
	weights := docWeights(docs)
	for k := range ps {
		p := &ps[k]
		for _, s := range q.spans(p) {
			fit := q.fit(p, s)
			if fit <= 0 || q.asked(p, s) {
				continue
			}
			if agencies[s.key] || s.key == strings.ToLower(docs[p.doc].Outlet) {
				fit *= 0.35
			}
			near, told := q.closeness(p, s)
			v := weights[p.doc] * fit * p.score * p.score * (0.3 + near + 0.5*told)
			if p.title {
				v *= 0.9
			}
			i, ok := byKey[s.key]
			if !ok {
				i = len(all)
				byKey[s.key] = i
				all = append(all, candidate{key: s.key, text: s.text, form: s.form, words: s.words, bestAt: k})
			}
			c := &all[i]
			f := &c.features
			f[vFit], f[vClose], f[vScore] = max(f[vFit], fit), max(f[vClose], near), max(f[vScore], p.score)
			f[vTold] = max(f[vTold], told)
			if p.title {
				f[vTitle] = 1
			}
			if v > c.byDoc[p.doc] {
				if c.byDoc[p.doc] == 0 {
					c.docs++
				}
				c.score += v - c.byDoc[p.doc]
				c.byDoc[p.doc], c.atDoc[p.doc] = v, k
			}
			if v > c.bestScore {
				c.bestScore, c.bestAt, c.text, c.form = v, k, s.text, s.form
			}
		}
	}
	slices.SortStableFunc(all, byScore)
	all = all[:min(len(all), maxCandidates)]
	q.weighVotes(all, min(len(docs), readDocs))
	return all
}

// weighVotes turns the votes into shares, which add up to one.
func (q *question) weighVotes(all []candidate, read int) {
	if len(all) == 0 {
		return
	}
	sum := 0.
	for i := range all {
		c := &all[i]
		f := &c.features
		f[vVotes], f[vBest] = logRatio(c.score, all[0].score), logRatio(c.bestScore, all[0].score)
		f[vDocs], f[vFit] = float64(c.docs)/float64(read), math.Log(f[vFit])
		for w := range strings.FieldsSeq(c.key) {
			f[vRare] = max(f[vRare], weight(q.canon(w))/weightOther)
		}
		f[vWords], f[vWords3] = flag(c.words == 1), flag(c.words >= 3)
		f[vName], f[vQuoted], f[vPlain] = flag(c.form == formName), flag(c.form == formQuoted), flag(c.form == formWords)
		f[vTop] = flag(c.byDoc[0] > 0)
		f[vOwned], f[vUnit] = flag(strings.HasSuffix(c.key, owned)), flag(c.form == formUnit)
		for j := range all {
			if b := &all[j]; c.score > 0 && b.words > c.words && b.form == c.form && strings.Contains(" "+b.key+" ", " "+c.key+" ") {
				f[vShorter] = max(f[vShorter], min(1, b.score/c.score))
			}
		}
	}
	for i := range all {
		c := &all[i]
		w := 0.
		for k, v := range c.features {
			w += q.fitted.Vote[k] * v
		}
		c.share = math.Exp(w)
		sum += c.share
	}
	for i := range all {
		all[i].share /= sum
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.key, b.key)) })
}

// logRatio is the logarithm of a vote against the best one. A vote may be 0,
// which counts as a very small one.
func logRatio(v, best float64) float64 {
	const least = 1e-9
	return math.Log(max(v, least) / max(best, least))
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func byScore(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.key, b.key))
}

// docWeights says how much each article's word counts.
func docWeights(docs []doc) (out [readDocs]float64) {
	for i := range min(len(docs), readDocs) {
		out[i] = math.Exp(0.6 * (docs[i].rank - docs[0].rank))
	}
	return out
}

// asked reports whether a span only repeats the question.
func (q *question) asked(p *passage, s span) bool {
	if q.listed && s.form == formName {
		return false
	}
	for i := s.a; i < s.b; i++ {
		t := p.tokens[i]
		w := p.text[t.start:t.end]
		if t.term < 0 && !q.words[q.canon(w)] && !joins[w] && !stop[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// closeness says how near the question's words stand to a span, 0 to 1. A
// number of the same kind between the two parts them. told is the same for the
// words that are no names: what is told of them.
func (q *question) closeness(p *passage, s span) (near, told float64) {
	var sum, all, plain, plainAll float64
	measured := s.form == formNumber || s.form == formUnit || s.form == formTime
	counted := q.canon(q.count)
	for k, t := range q.terms {
		tells := !t.name && !t.class && t.canon != counted
		if !p.terms.has(k) {
			w := q.pull(t, measured)
			all += w
			if tells {
				plainAll += w
			}
			continue
		}
		between, reach := 0.3, 7.
		switch {
		case t.name && !t.place:
			between = 0.7 // what a sentence is about stands far from most of its numbers
		case !t.name && measured:
			reach = 4
		}
		best := 0.
		for i, tok := range p.tokens {
			if tok.term != k || i >= s.a && i < s.b {
				continue
			}
			from, to := s.b-1, i
			if i < s.a {
				from, to = i, s.a
			}
			c := 1 / (1 + float64(to-from)/reach)
			for j := from + 1; j <= to; j++ {
				switch p.tokens[j].gap {
				case gapStop:
					c *= 0.6
				case gapComma:
					c *= 0.85
				}
			}
			if measured {
				for j := from + 1; j < to; j++ {
					if p.tokens[j].digit || numerals[strings.ToLower(p.text[p.tokens[j].start:p.tokens[j].end])] {
						c *= between
						break
					}
				}
			}
			best = max(best, c)
		}
		w := q.pull(t, measured)
		sum += best * w
		all += w
		if tells {
			plain += best * w
			plainAll += w
		}
	}
	return sum / max(all, 1e-9), plain / max(plainAll, 1e-9)
}

// pull is how much it counts that a term stands near: what is told of a number
// or a time, and where, more than whom it is told of.
func (q *question) pull(t term, measured bool) float64 {
	switch {
	case measured && t.place:
		return 2 * t.weight
	case measured && !t.name && !t.class && t.canon != q.canon(q.count):
		return 3 * t.weight
	}
	return t.weight
}

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
		case places(s.key), s.form == formName && bodies[s.key[strings.LastIndexByte(s.key, ' ')+1:]]:
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
	if s.form == formUnit && counters[q.count] && strings.HasSuffix(s.key, " "+q.count) {
		return 2.2
	}
	if s.form != formNumber || isYear(s.key) || ordinals[s.key] {
		return 0
	}
	if vague[s.key] {
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
		if j == s.b && added[strings.ToLower(w)] {
			return 0.2 // "two more people": a part of the count
		}
		if q.count != "" && q.canon(w) == counted {
			return 2.2
		}
		if j == s.b && units[strings.ToLower(w)] && !counters[q.count] {
			return 0.2
		}
	}
	if counters[q.count] {
		return 0.25
	}
	if counted != "" && q.sharesNoun(p, s, counted) || counted == "people" && tolled(p, s) {
		return 2.2
	}
	return 1
}

// tolled reports whether a number ends a toll: "the death toll has risen to 11".
func tolled(p *passage, s span) bool {
	if s.a == 0 || !ending[strings.ToLower(p.text[p.tokens[s.a-1].start:p.tokens[s.a-1].end])] {
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
var ending = set(`to at of is was past above nearly over`)

// sharesNoun reports whether a number goes with a noun that stands behind an
// earlier number only: "900 troops in Syria and 2,500 in Iraq".
func (q *question) sharesNoun(p *passage, s span, counted string) bool {
	word := func(i int) string { return p.text[p.tokens[i].start:p.tokens[i].end] }
	if s.b < len(p.tokens) && p.tokens[s.b].gap <= gapBlank && !ellipsis[strings.ToLower(word(s.b))] {
		return false
	}
	for i := s.a - 1; i > 0 && p.tokens[i].gap < gapStop; i-- {
		if q.canon(word(i)) == counted {
			for j := i - 1; j >= max(0, i-3); j-- {
				if p.tokens[j].digit || numerals[strings.ToLower(word(j))] {
					return true
				}
			}
		}
	}
	return false
}

// ellipsis are words behind a number whose noun was said before.
var ellipsis = set(`in at on near from to for and or across inside outside`)

// vague numbers are no counts.
var vague = set(`hundred hundreds thousand thousands million millions billions dozen dozens tens`)

// added are words behind a number that is to be added to what was counted.
var added = set(`more further additional other others extra new`)

var ordinals = set(`first second third fourth fifth sixth seventh eighth ninth tenth half both no none`)

// agencies sign articles; they are seldom the answer.
var agencies = list(`cnn,usa today,ap,associated press,the associated press,reuters,afp,bbc,getty,getty images,the week,the week uk,cnnpolitics,cnn politics,
	cnn business,bloomberg,fox news,new york times,the new york times,washington post,the washington post,the guardian,npr,twitter,instagram,facebook`)

func (q *question) fitClass(p *passage, s span, named bool) float64 {
	if all := members(q.class); all != nil {
		if all[s.key] {
			return 3
		}
		if q.class == "city" || q.class == "cities" || q.class == "capital" {
			if named && !countries[s.key] && !states[s.key] {
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
	switch classShapes[q.class] {
	case shapeName:
		switch {
		case named && !countries[s.key] && !states[s.key]:
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
var bodies = set(`bridge street road avenue river lake mountain island prize award medal cup league championship games festival council party university
	college hospital school station airport port park museum tower hall palace house ministry office department court committee commission agency
	company corporation corp inc ltd group bank union act bill law treaty range street square times post news`)

func places(key string) bool { return countries[key] || states[key] || cities[key] }

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
