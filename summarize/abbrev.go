package summarize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

// Abbreviations after which a full stop rarely ends a sentence. They are
// matched without the stop; case counts, because "No." and "no.", "Sat." and
// "sat." differ.
var (
	// never are always followed by what they belong to.
	never = wordset.Of(`Mr Mrs Ms Messrs Mx Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Sgt Cpl Pvt Capt Cmdr Adm Maj Brig Rev Hon
		Pres Supt Insp Det Amb Atty St Mt Ft vs Vs cf viz approx Fig Figs Eq Ph al ca Ca e.g i.e eg ie
		Sr Sra Srta Sres Dra Dn Da Ud Uds Lic Ing Arq Excmo
		Mme Mmes Mlle MM Me Mgr
		Hr Fr Frl Dipl bzw bspw evtl ggf inkl Nr Nrn Str usw z.B z.b d.h u.a i.d.R Mio Mrd Abs Bd geb gest sog zzgl
		dhr mevr mw drs mr ir bijv bv jl nl a.d d.d
		Sig Sigg sig dott Dott ing avv Avv prof on.le
		Exmo Exma Sto Sta`)
	// numbered are abbreviations only before a number.
	numbered = wordset.Of(`No Nos no nos Nr nr Núm núm N n p pp Art art Arts Sec sec Ch ch Vol vol Op op Para para Rs Jan Feb Mar Apr Jun Jul Aug
		Sep Sept Oct Nov Dec Ref ref Tel tel Ziff S`)
	// closing end a name or a place: the sentence goes on unless a word
	// follows that opens sentences.
	closing = wordset.Of(`Inc Corp Ltd Co Cos Bros LLC Llc plc Plc Jr Sr Esq PhD Ph.D M.D etc Etc Ave Blvd Rd Dept Univ Assn Intl
		Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
		Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex
		Vt Va Wash Wis Wyo EE UU Cía Cia S.A S.p.A S.r.l GmbH e.V Jh p.m a.m P.M A.M v jun sen`)
	// openers are words that, with a capital, open a sentence and seldom go
	// on after an abbreviation.
	openers = wordset.Of(`The He She It They We I You A An This That These Those There Here His Her Its Their Our My In On At By For From
		With As After Before But And Or So Yet If When While Since Until Although Though Because However Meanwhile Both Some Many
		Most Several Such What Who Why How Where Which No Not One Two Three According During Under Over Also Then Now Last Only
		El La Los Las Un Una En Se Es Su Le Les Il Elle Ils Ce Cette De Des Der Die Das Ein Eine Er Sie Wir Het Een Lo Gli Os As O Um Uma`)
	// ordinalBefore are words after which, in German and its neighbours, a
	// number with a stop is a day and not an end.
	ordinalBefore = wordset.Of(`am der die das dem den des zum vom beim im bis ab seit und jeder Am Der Die Vom den på`)
	monthNames    = wordset.Of(`January February March April May June July August September October November December
		Januar Februar März Mai Juni Juli Oktober Dezember januari februari maart april mei juni juli augustus september oktober november december`)
	// speech are the verbs that carry on a quotation: "Why?" Smith asked.
	speech = wordset.Of(`said says asked asks told tells added adds wrote writes shouted cried replied answered exclaimed yelled tweeted
		screamed whispered joked quipped read reads declared insisted dijo preguntó sagte fragte zei vroeg disse`)
)

// abbreviation tells whether the stop at i belongs to the word before it,
// given the word that follows.
func (s *splitter) abbreviation(i int, tok, next string, head rune) bool {
	if tok == "" {
		return false
	}
	if from, to, span := strings.Cut(tok, "-"); span && digits(from) && numbered.Has(to) {
		tok = to // "June 30-Aug. 23"
	}
	bare := strings.TrimRight(next, ".,;:!?\"'”’)")
	opens := openers.Has(bare) || openers.Has(strings.TrimSuffix(bare, "'s"))
	before := token(s.text, s.start, s.wordEnd(i-len(tok)))
	r, n := utf8.DecodeRuneInString(tok)
	switch {
	case never.Has(tok):
		return !softNever.Has(tok) || !opens
	case numbered.Has(tok) && unicode.IsDigit(head):
		return true
	case closing.Has(tok):
		return !opens && (!unicode.IsDigit(head) || !strings.HasSuffix(strings.ToLower(tok), ".m"))
	case n == len(tok) && unicode.IsUpper(r): // an initial, unless it is a word of its own
		return r != 'I' && !lettered.Has(before) && (!opens || len(bare) == 1 && bare != "I" && bare != "A")
	case initials(tok): // U.S., J.K.
		return !opens
	case digits(tok) && n < 3: // a numbered line, or a day as German writes it
		return before == "" || monthNames.Has(bare) || ordinalBefore.Has(before)
	}
	return false
}

// softNever are abbreviations that are words, too.
var softNever = wordset.Of(`Sr Me Da usw al MM me Fr Dn prof jl nl`)

// lettered are words that a single capital follows as a name: Plan B.
var lettered = wordset.Of(`Plan plan Group group Class Hepatitis hepatitis Vitamin vitamin Type type Grade grade Section Block Team Route Exhibit Channel vitamins Malcolm`)

// wordEnd returns the end of the last word before i, blanks skipped.
func (s *splitter) wordEnd(i int) int {
	for i > s.start {
		r, n := utf8.DecodeLastRuneInString(s.text[s.start:i])
		if !unicode.IsSpace(r) {
			break
		}
		i -= n
	}
	return i
}

// nextWord returns the word that begins at k, up to a blank.
func nextWord(t string, k int) string {
	for j, r := range t[k:min(len(t), k+maxToken)] {
		if unicode.IsSpace(r) {
			return t[k : k+j]
		}
	}
	return t[k:min(len(t), k+maxToken)]
}

// initials tells single letters parted by stops.
func initials(w string) bool {
	letters, last := 0, '.'
	for _, r := range w {
		switch {
		case r == '.' && last != '.':
		case unicode.IsUpper(r) && last == '.':
			letters++
		default:
			return false
		}
		last = r
	}
	return letters > 1
}

func digits(w string) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return w != ""
}
