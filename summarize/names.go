package summarize

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"

	"newsdesk/internal/wordset"
)

// kind tells what bears a name.
type kind int

const (
	other  kind = iota // an organisation, a work, a thing
	person             // title, given name or speech tell it
	locus              // a place of the gazetteer
	office             // an institution of a country: "the Iraqi government"
)

// name is a name in a sentence.
type name struct {
	text  string // as readers see it, titles stripped
	kind  kind
	place place // of a locus or an office
	start int   // byte of the sentence where its first word begins
	end   int   // byte after its last word, a possessive ending left out
	inner bool  // not the first word of the sentence
	in    bool  // stands after a word such as "in"
	actor bool  // does something: before a verb, after "by", or its forces do
	lead  bool  // the sentence opens with it
	site  bool  // a street, a river, a coast
}

var (
	titles = wordset.Of(`Mr Mrs Ms Miss Dr Prof Professor Sir Lord Lady Dame President Vice Deputy Prime Minister Premier Chancellor Senator Sen Senators
		Representative Rep Reps Congressman Congresswoman Governor Gov Mayor Judge Justice Chief Executive CEO Chairman Chairwoman Secretary
		General Gen Lt Col Colonel Sgt Sergeant Capt Captain Major Maj Adm Admiral Officer Detective Sheriff Director King Queen Prince Princess Princes Princesses Speaker Pope
		Cardinal Archbishop Bishop Father Rev Reverend Imam Sheikh Sheik Ayatollah Coach Manager Spokesman Spokeswoman Commissioner Ambassador
		Attorney Defense Defence Interior Foreign Home Finance Health Education Actor Actress Singer Director-General Inspector
		Superintendent Constable Assistant President-elect Democrat Republican Cpl Corporal Pvt Former Ex-President Sr Sra Don Doña Herr Frau Monsieur Madame M Mme Señor Presidente
		Ministro Ministra Primer Kanzler Kanzlerin Minister-President MP MLA`)
	headNouns = wordset.Of(`University Department Ministry Bank House Court Board Council Church Institute Office Federation League Party Army
		Museum Bureau Academy Association Chamber College Society Union Republic Secretary Committee Commission Organization Organisation Center Centre
		Communist Supreme Sons Knights Universidad Ministerio Banco Université Ministère Universidade Ministério Università`)
	particles   = wordset.Of(`de del da di van von der den bin ibn al el la le du dos das ten ter y`)
	institution = wordset.Of(`government army military police parliament authorities forces officials troops navy court ministry president navy regime lawmakers
		airstrikes strikes warplanes jets soldiers officials administration intelligence cabinet team senate congress air`)
	placeBefore = wordset.Of(`in at near from across outside around to off inside into throughout over toward towards of for en em à au aux nach aus op a`)
	locatives   = wordset.Of(`in near en em à outside`)
	verbAfter   = wordset.Of(`has had have was were is are will would said says can could did does may and announced launched carried conducted denied condemned`)
	roles       = wordset.Of(`chief minister spokesman spokeswoman spokesperson analyst actor actress director president coach captain mayor lawyer attorney
		officer driver striker midfielder defender goalkeeper singer rapper author writer journalist professor doctor senator lawmaker governor
		secretary chairman chairwoman executive founder co-founder activist leader commissioner detective sheriff prosecutor judge widow wife husband
		son daughter brother sister mother father girlfriend boyfriend resident farmer student teacher teammate champion rival candidate nominee
		adviser advisor expert scientist researcher economist manager boss pilot co-pilot astronaut artist photographer comedian host presenter
		model player politician deputy ambassador general king queen prince princess billionaire businessman businesswoman entrepreneur`)
	orgEnds = wordset.Of(`Inc Corp Ltd Group Company Co Airlines Airways Bank Motors News Times Post Police Department University Party Council Court Ministry
		Union Association Club City United Institute Foundation Fund Trust Agency Service Services Force Army Navy School College Church Committee
		Commission Hospital Center Centre House Office Board Authority Organization Organisation League Federation Street Park Airport Network Systems
		Technologies Holdings Partners Capital Press Journal Magazine Museum Front Movement State Show Games Cup Championship Championships Series Act Bill
		Day War Prize Award Awards`)
	calendar = wordset.Of(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October
		November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Christmas Easter Thanksgiving Ramadan GMT EST EDT PST BST ET I`)
	// dayWords are those of them, in small letters, that a capital at the front makes.
	dayWords = wordset.Made(func() iter.Seq[string] {
		return func(yield func(string) bool) {
			for w := range calendar.All() {
				if lower := strings.ToLower(w); capital(lower) == w && !yield(lower) {
					return
				}
			}
		}
	})
	// afterOwner are words that make one name with the possessive before them:
	// "St Olav's Cathedral".
	afterOwner = wordset.Of(`Vineyard Cathedral Abbey Hospital Cross End Point Wharf Island Islands Bay Creek Peak Landing Leap Gate Basilica Chapel Cove Seat`)
	// groups are followers that stand beside the name of whom they follow.
	groups       = wordset.Of(`Republicans Democrats Conservatives Liberals Socialists Loyalists Supporters Voters`)
	commonStarts = wordset.Of(`Police Officials Authorities Residents Witnesses Investigators Prosecutors Doctors Scientists Researchers Experts Critics
		Supporters Protesters Analysts Lawyers Workers Students Teachers Government People Men Women Children Family Friends Voters Shares Fans
		Players Parents Firefighters Rescuers Soldiers Troops Militants Rebels Hundreds Thousands Dozens Millions Nearly Almost About More Less
		Early Late Today Yesterday Tomorrow Tonight Editor Story Photo Video Read Watch See Click Share Related Updated Published`)
)

// datelinePlace returns the place of the gazetteer that a dateline names.
func datelinePlace(s string) place {
	s, _, _ = strings.Cut(s, "(")
	s, _, _ = strings.Cut(s, ",")
	return places()[titleCase(strings.Trim(s, " -–—:"))]
}

// compound tells an adjective made from a name: "Iran-aligned".
func compound(w string) bool {
	_, tail, found := strings.Cut(w, "-")
	return found && len(tail) > 3 && unicode.IsLower(firstRune(tail))
}

// nameAll finds the names of every sentence. It returns the pieces of all, which it
// makes in the memory of older ones.
func (d *document) nameAll(old []piece) []piece {
	caps := make(map[string]bool)
	words := 0
	for i := range d.sents {
		words += len(d.sents[i].words)
	}
	all := slices.Grow(old[:0], words) // about as many
	ends := make([]int, len(d.sents))
	for i := range d.sents {
		text := d.sents[i].Text
		if len(text) > maxSentence {
			text = text[:maxSentence]
		}
		if rest := cutDateline(text); i < 4 && len(rest) < len(text) && strings.HasSuffix(text, rest) {
			d.dateline = datelinePlace(text[:len(text)-len(rest)])
			text = strings.Repeat(" ", len(text)-len(rest)) + rest // the offsets hold
		}
		from := len(all)
		all = appendPieces(all, text)
		ps := all[from:]
		for j, p := range ps {
			if j > 0 && p.cap && !p.opens && !ps[j-1].breaks {
				caps[p.text] = true
			}
		}
		ends[i] = len(all)
	}
	from := 0
	for i, end := range ends {
		d.sents[i].names = d.names(all[from:end], caps)
		from = end
	}
	return all
}

func (d *document) names(ps []piece, caps map[string]bool) []name {
	var out []name
	for i := 0; i < len(ps); {
		if !ps[i].cap || calendar.Has(ps[i].text) {
			i++
			continue
		}
		first := i == 0 || ps[i].opens || ps[i-1].breaks
		if first && d.ordinary(ps, i, caps) {
			i++
			continue
		}
		j := i + 1
		for j < len(ps) && !ps[j-1].breaks && !ps[j].opens {
			if ps[j].cap && !calendar.Has(ps[j].text) {
				j++
				continue
			}
			w := strings.ToLower(ps[j].text)
			joins := particles.Has(w) || w == "&" || w == "of" && headNouns.Has(ps[j-1].text)
			k := j + 1
			if w == "of" && k < len(ps) && ps[k].text == "the" {
				k++
			}
			if joins && !ps[j].breaks && k < len(ps) && ps[k].cap && !ps[k].opens && !calendar.Has(ps[k].text) {
				j = k + 1
				continue
			}
			break
		}
		out = d.classify(out, ps, i, j)
		i = j
	}
	return out
}

// ordinary tells a word that is capital only because it opens a sentence.
func (d *document) ordinary(ps []piece, i int, caps map[string]bool) bool {
	w := ps[i].text
	lower := strings.ToLower(w)
	if len(w) > 1 && strings.ToUpper(w) == w && !d.hasSmall(lower) && !d.vocab.stop.Has(lower) || titles.Has(w) {
		return false
	}
	if d.vocab.stop.Has(lower) || openers.Has(w) || commonStarts.Has(w) {
		return true
	}
	if _, ok := places()[w]; ok || caps[w] || given()[lower] != 0 {
		return false
	}
	next := i+1 < len(ps) && !ps[i].breaks && ps[i+1].cap && !calendar.Has(ps[i+1].text)
	return !next || d.hasSmall(lower)
}

// hasSmall tells whether the document has a small-letter word as such.
func (d *document) hasSmall(lower string) bool {
	at := d.vocab.met(lower)
	return at >= 0 && at < len(d.small) && d.small[at]
}

// classify names the pieces from i to j and adds what they name.
func (d *document) classify(out []name, ps []piece, i, j int) []name {
	before := ""
	if i > 0 && !ps[i-1].breaks {
		before = strings.ToLower(ps[i-1].text)
		if before == "the" && i > 1 && !ps[i-2].breaks {
			before = strings.ToLower(ps[i-2].text)
		}
	}
	at := i
	titled := false
	for i < j { // places at the front: "Iraqi Prime Minister", "Baghdad"
		p, n := longestPlace(ps[i:j])
		if n == 0 {
			if titles.Has(ps[i].text) { // "Former Iraqi Prime Minister"
				titled = true
				i++
				continue
			}
			break
		}
		end := ps[i+n-1]
		x := name{text: p.name, kind: locus, place: p, start: ps[i].start, end: end.end, inner: i > 0, lead: i == 0 || i == 1 && before == "", in: placeBefore.Has(before) && !p.adjective}
		after := ""
		if i+n < len(ps) && (!end.breaks || end.possessive) && !ps[i+n].cap {
			after = strings.ToLower(ps[i+n].text)
		}
		whole := i+n == j
		if p.adjective && !whole && j-i-n >= 2 && !titles.Has(ps[i+n].text) {
			// "American Airlines Group" bears its name whole
			if headNouns.Has(ps[j-1].text) || headNouns.Has(ps[i+n].text) {
				break
			}
		}
		if p.adjective && j-i-n == 1 && len(ps[i+n].text) == 2 && ps[i+n].text != "PM" && ps[i+n].text != "MP" {
			break // "Swiss Re"
		}
		if !p.adjective && !whole && !titles.Has(ps[i+n].text) && i == at && n < j-i && (j-i-n < 2 || given()[strings.ToLower(ps[i+n].text)] == 0) {
			break // "London Bridge", "Iraq War Memorial": a name of its own
		}
		if p.country == "" && whole && institution.Has(after) && (p.adjective || end.possessive || p.name == "United States") {
			x.actor = !countryOffice.Has(after)
			if !x.actor {
				o := x
				o.kind, o.text, o.end = office, adjectiveOf(p.name)+" "+after, ps[i+n].end
				out = append(out, o)
			}
		} else if p.country == "" && !p.adjective && whole && (verbAfter.Has(after) && after != "and" && !x.in || before == "by") {
			x.actor = true
		}
		out = append(out, x)
		i += n
		before = ""
	}
	for k := i + 1; k+1 < j; k++ { // "FBI Director James Comey" names two
		if titles.Has(ps[k].text) && !headNouns.Has(ps[k].text) && ps[k+1].cap {
			return d.classify(d.classify(out, ps, i, k), ps, k, j)
		}
	}
	if titled && i+1 < j && ps[i].text == "of" { // "Secretary of State John Kerry"
		for i++; i < j && (!ps[i].cap || ps[i].text == "State" || ps[i].text == "Defense" || ps[i].text == "Defence"); i++ {
		}
	}
	for j > i && (particles.Has(strings.ToLower(ps[j-1].text)) && !ps[j-1].cap) {
		j--
	}
	if i >= j {
		return out
	}
	g := given()[strings.ToLower(ps[i].text)] != 0
	if g && j-i >= 3 && groups.Has(ps[j-1].text) {
		j-- // "Ida Moe Republicans"
	}
	owned := false
	var b strings.Builder
	for k := i; k < j; k++ {
		if k > i {
			b.WriteByte(' ')
		}
		b.WriteString(ps[k].text)
		if ps[k].possessive && k+1 < j {
			owned = true
			b.WriteByte('\'')
			if !strings.HasSuffix(ps[k].text, "s") {
				b.WriteByte('s')
			}
		}
		if len(ps[k].text) == 1 && k+1 < j && ps[k].cap {
			b.WriteByte('.')
		}
	}
	x := name{text: b.String(), start: ps[i].start, end: ps[j-1].end, inner: i > 0, lead: at == 0, in: i == at && d.inPlace(ps, i, before)}
	if d.lang == "de" && j-i == 1 && !titled {
		return out // German writes every noun with a capital
	}
	next := ""
	if j < len(ps) {
		next = strings.ToLower(ps[j].text)
	}
	if grounds.Has(strings.ToLower(ps[j-1].text)) && j-i >= 2 || grounds.Has(next) && !ps[j-1].breaks {
		x.site = true
	}
	if x.in && (ps[j-1].possessive || next != "" && !ps[j-1].breaks && !ps[j].cap && !d.goesOn(next)) {
		x.in = false // "in Tory heartlands", "in Lloyd's murder"
	}
	if g = g && !owned; titled || roles.Has(before) && j-i <= 4 && j-i >= 2 || g && j-i >= 2 && j-i <= 4 && !headNouns.Has(ps[j-1].text) {
		x.kind = person
	}
	x.actor = verbAfter.Has(next) || speech.Has(next) || speech.Has(before)
	return append(out, x)
}

var countryOffice = wordset.Of(`government army military police parliament authorities navy president regime cabinet senate congress administration`)

// longestPlace returns the longest run of pieces from the first that is a
// place, and how many they are.
func longestPlace(ps []piece) (place, int) {
	for n := min(4, len(ps)); n > 0; n-- {
		if p, ok := places()[joinPieces(ps[:n])]; ok {
			return p, n
		}
	}
	return place{}, 0
}

func joinPieces(ps []piece) string {
	if len(ps) == 1 {
		return ps[0].text
	}
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// adjectiveOf returns the demonym of a country.
func adjectiveOf(country string) string {
	switch country {
	case "United States":
		return "U.S."
	case "United Kingdom":
		return "UK"
	}
	if a := adjectives()[country]; a != "" {
		return a
	}
	return country
}

// adjectives maps each country to its demonym.
var adjectives = sync.OnceValue(func() map[string]string {
	m := make(map[string]string)
	for line := range strings.SplitSeq(countryTable, "\n") {
		f := strings.SplitN(line, ";", 3)
		country, _, _ := strings.Cut(f[0], "=")
		a, _, _ := strings.Cut(f[1], ",")
		m[country] = a
	}
	return m
})
