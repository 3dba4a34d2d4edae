package summarize

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// Parts of titles that may go whole, as closings are, but for which more of the
// title must be understood.

var (
	// bound are verbs of which an infinitive further on is the object: "urges
	// towns to close", "orders ships to turn".
	bound = stems(`urge call ask tell order force allow want expect warn push press get lead cause enable help invite require permit forbid ban need aim use set
		vow agree plan hope seek vote promise threaten pledge try prepare prompt persuade convince challenge encourage recommend choose elect select name struggle manage rush race scramble work fight strive poise due
		decide intend offer refuse fail begin start continue move look like love have has had is are be`)
	// quoted are words for what somebody said, which point back to a quotation.
	quoted = wordset.Of(`word words remark remarks comment comments message line quote slogan cry chant statement this that these those`)
	// openScene opens a part before a title's statement that only says beside
	// what it happened.
	openScene = pattern.MustCompile(`(?i)^(?:to \w+|ahead of|amid|following|after|in (?:rare|forceful|fiery|surprise|unusual|sharp|apparent|historic|stunning) |in (?:an? |his |her |its |their |the )?(?:\w+[ -]){0,3}(?:speech|interview|statement|bid|letter|debate|address|hearing|rebuke|reversal|blow|victory|vote|ruling|report|shift|win|move)\b)`)
	// reportEnds are last words of who says what stands before.
	reportEnds = wordset.Of(`finds find found shows show suggests suggest reveals reveal report reports poll study survey sources source review data analysis police officials experts court judge`)
	// charged are words for what somebody must answer for: what follows "for" is
	// the matter.
	charged = wordset.Of(`charged arrested convicted sentenced jailed indicted fined sued tried wanted held sacked fired suspended banned accused guilty blame blames blamed pay pays paid`)
	// pronouns point to somebody named in a part before.
	titlePronouns = wordset.Of(`he she they it his her their its him them himself herself themselves itself`)
	// harms are words for what happened to people: a part that tells it is the news.
	harms = wordset.Of(`dead dies die died kills kill killed killing death deaths injured injures injuring hurt wounded missing victims toll`)
)

// titleVerbs are stems of verbs that titles like, beside those of eventVerbs.
var titleVerbs = stems(`abandon abolish accelerate accept achieve acknowledge acquire act adapt add address adjust admit adopt advance advise aid aim allege allow alter amend anger
	announce apologise apologize appeal appear apply appoint approach argue arm arrive ask assail assault assert assess assist assure attend authorise authorize avert avoid award back
	baffle bail bar bash battle battles beat beg bid bill blast boast bolster boost border borrow boycott brace brand brave breach brief bring broaden broker brush build burn campaign
	cap capture carry cast catch caution celebrate cement challenge change chase cheer cite clash classify clean clear climb cling clinch collect combat commit compare compel compete
	complain complete concede conclude condemn conduct confront consider contend contest continue contradict contribute control convene convert cool count counter cover crack craft
	crash create criticise criticize cross crush curb damage debate debut decide decline decry defeat defend defer define defy delay deliver demolish demote deploy deport descend deserve
	design detail deter develop devote differ direct disapprove disclose discuss dismantle dismiss dispatch display dispute disrupt ditch divide dodge dominate donate double downplay draft
	draw dub dump earn ease echo edge elect eliminate embrace emerge employ empty enact encounter endorse endure enforce engage enjoy enlist enter entice erupt escalate escape establish
	estimate evade evolve examine exceed exclude excuse execute exit expand experience explain explore export expose express extend eye face fade favor favour fear feature fend fight file fill
	finalise finalize flag flip flood flourish flow focus follow force form freeze fuel fund gain gather gear grant grapple grip grill guide hail halve hammer hand handle harm head help hide
	highlight hint hire hold honor honour host hunt hurt identify ignite ignore impose improve include increase inflict inform inherit initiate injure insist inspect inspire install insult
	intensify intervene introduce invade invest investigate invite involve isolate issue jail join joke judge justify keep kick label lack lag lament land lash laud launch lead lean learn
	legalise legalize lift limit link list loom loosen lower lure maintain manage mandate march mark match meet memorialise merge mirror miss mistake mobilise mobilize mock monitor mount mourn
	move mull murder name narrow near negotiate nix nominate note notify number obtain occupy offer open operate oppose oust outline outlaw outpace outrage overhaul override overrule overtake
	overturn owe own pack pardon park part participate partner patrol pause pay permit persist persuade pick pilot pitch place plague play plead pledge plot plunge point poll poise portray
	post pour praise predict prep prepare present press pressure prevail prevent probe proceed proclaim produce prohibit promise promote prompt propose prosecute protect protest prove provide
	provoke pull punish purchase pursue push quash question quit race rage raid rail raise rally ramp rank rap ratify rattle react read rebound rebuff rebuild rebuke recall receive recommend
	reconsider record recruit redirect reduce refer reflect reform refuse regain regret regulate reinstate relax release relocate remember remove rename renew renounce repair repeal repel
	replace represent rescind research reshape resist resolve respond restart restore restrict resume retain retake rethink retire retract retreat reveal reverse review revise revive revoke
	reward rip rise risk rock rout ruin rush sack sanction save scale scold score scramble scrap scrutinise scrutinize search secure seek seize send separate serve settle shake share shatter
	shelve shield shift shine shock shoot shout show shrink shut side sideline sidestep signal silence skip slam slap slash slide slip slow smash snap snub soar sour spare spark spar speed
	spend spike spill spiral split sponsor spot spread spur squeeze stage stall stand stave stay steal steer stem step stir storm strain strand strengthen stress stretch strip stroll struggle
	study stumble stun submit subpoena succeed suggest supply support suppress surge surpass surrender surround survey suspect sustain swap swear sweep swing tackle take talk tank tap target
	tax teach tear tease tell test testify thank thank thrash threaten thrive throw thwart tie tighten tip tipped top topple torch total touch tour tout track trade trail train transfer
	transform trap travel treat trigger trim triple trounce trump try tumble turn tweak unearth unite unleash unseat unveil update uphold upset urge use vaccinate value veto vie view visit
	volunteer vow wait waive walk wane warm warrant waste watch weaken weigh welcome widen win withhold witness worry worsen yank yield`)

// stems makes a set of the stems of the words of a text.
func stems(list string) *wordset.Set {
	return wordset.Made(func() iter.Seq[string] {
		return func(yield func(string) bool) {
			stem := stemmer("en")
			for w := range strings.FieldsSeq(list) {
				if !yield(stem(w)) {
					return
				}
			}
		}
	})
}

// titleForms returns a title and what it is without parts before its statement,
// the least changed first.
func (d *document) titleForms(s string) []string {
	out := []string{s}
	add := func(t string) {
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	add(unlabelled(s))
	add(d.untopical(s))
	for _, t := range slices.Clone(out) {
		add(d.unquoted(t))
		add(d.unled(t))
	}
	for _, t := range slices.Clone(out) {
		add(unadorned(t))
	}
	for _, t := range slices.Clone(out) {
		add(d.surnamed(t))
	}
	return out
}

// unteased returns what a title states before it promises more: "Judge frees two
// men. Here's what that means". It is "" for others.
func (d *document) unteased(s string) string {
	for _, mark := range [...]string{". ", ": ", "; ", " – ", " — ", " - ", "? "} {
		for i := strings.LastIndex(s, mark); i > 0; i = strings.LastIndex(s[:i], mark) {
			head, rest := strings.TrimSpace(s[:i]), s[i+len(mark):]
			if mark == "? " || !teases(rest, d.lang) || initials(token(s, 0, i)) {
				continue
			}
			if countWords(head) >= 4 && !teases(head, d.lang) && (d.states(head) || verbIn(head)) && balanced(head) && evenMarks(head) && !strings.Contains(head, ": ") {
				return head
			}
		}
	}
	return ""
}

// unquoted takes the quotation from the front of a title that states what
// happened behind it: "'It was time': mayor closes bridge". It is "" where there
// is none, or where the statement speaks of it.
func (d *document) unquoted(s string) string {
	if s == "" || !strings.ContainsRune("\"“‘'", firstRune(s)) {
		return ""
	}
	for _, mark := range [...]string{": ", " – ", " — ", " - ", ",” ", ",\" ", ",’ ", ",' "} {
		head, rest, found := strings.Cut(s, mark)
		head += strings.TrimLeft(strings.TrimSpace(mark), ":–—-")
		if !found || !strings.ContainsRune("\"”’'", lastRune(head)) || !evenMarks(head) || !evenMarks(rest) || countWords(rest) < 5 {
			continue
		}
		last := ""
		for w := range strings.FieldsSeq(strings.ToLower(rest)) {
			last = strings.Trim(w, ".,;:!?\"“”'‘’()")
			if quoted.Has(last) || sayings.Has(last) || titlePronouns.Has(last) {
				return ""
			}
		}
		if d.states(rest) && !reportEnds.Has(last) && !strings.Contains(rest, ": ") {
			return capital(rest)
		}
	}
	return ""
}

// matters end a label that says what a title is about, beside happenings.
var matters = wordset.Of(`mess row debate sentencing verdict trading scandal affair drama saga showdown standoff shutdown bailout merger takeover rescue recall recount
	impeachment hearing hearings primary primaries race races result results fight feud dispute rescue shortage lockdown guidance rollout heatwave drought`)

// untopical takes from the front of a title a label of what it is about, which is
// no name of somebody who says what follows: "Budget mess: Council votes again".
func (d *document) untopical(s string) string {
	label, rest, found := strings.Cut(s, ": ")
	last := lastLower(label)
	if !found || countWords(label) > 4 || countWords(rest) < 5 || !unicode.IsUpper(firstRune(rest)) || strings.ContainsAny(label, "\"“”‘'’,") || strings.Contains(rest, ": ") ||
		!matters.Has(last) && !happenings.Has(last) || !d.states(rest) || titlePronouns.Has(firstWord(rest)) {
		return ""
	}
	return rest
}

// adorning are words that judge or stress and say nothing of what happened.
var adorning = wordset.Of(`overwhelmingly officially formally finally abruptly quietly swiftly publicly dramatically suddenly controversial sweeping massive landmark historic stunning
	dramatic now scathing blistering long-awaited much-anticipated bombshell high-profile contentious`)

// unadorned takes such words out of a title.
func unadorned(s string) string {
	f := strings.Fields(s)
	out := slices.DeleteFunc(slices.Clone(f), func(w string) bool { return adorning.Has(strings.ToLower(w)) })
	if len(out) == len(f) {
		return ""
	}
	for i, w := range f[:len(f)-1] {
		if prev := ""; adorning.Has(strings.ToLower(w)) {
			if i > 0 {
				prev = strings.ToLower(f[i-1])
			}
			if prev == "a" || prev == "an" || prev == "as" || prev == "and" || prev == "most" || prev == "more" || prev == "is" || prev == "not" || prev == "or" || strings.EqualFold(f[i+1], "and") {
				return ""
			}
		}
	}
	return capital(strings.Join(out, " "))
}

// unled takes a part from the front of a title that says beside what it happened.
func (d *document) unled(s string) string {
	head, rest, found := strings.Cut(s, ", ")
	if !found || !openScene.MatchString(head) || countWords(head) > 8 || !droppable(head) || !unicode.IsUpper(firstRune(rest)) && !subjectFirst(rest) || countWords(rest) < 5 || !d.states(rest) || tellsHarm(head) {
		return ""
	}
	for w := range strings.FieldsSeq(strings.ToLower(rest)) {
		if titlePronouns.Has(strings.Trim(w, ".,;:!?\"“”'‘’()")) {
			return ""
		}
	}
	return capital(rest)
}

// fullName is two or three words with capitals.
var fullName = pattern.MustCompile(`(?:[A-Z][\p{L}'’.-]+ )(?:[A-Z]\. )?[A-Z][\p{L}-]+`)

// surnamed gives people by their last names alone whom the article calls so, and
// only one of whom bears it.
func (d *document) surnamed(s string) string {
	t := s
	for from := 0; from < len(s); {
		m := fullName.FindStringIndex(s[from:])
		if m == nil {
			break
		}
		full := s[from+m[0] : from+m[1]]
		from += m[0] + strings.IndexByte(full, ' ') + 1
		last := lastName(full)
		if d.aPerson(full, last) && strings.Count(t, full) == 1 {
			t = strings.Replace(t, full, last, 1)
		}
	}
	if t == s {
		return ""
	}
	return t
}

// aPerson tells whether a name is that of somebody whom the article calls by the
// last name alone, and nobody else.
func (d *document) aPerson(full, last string) bool {
	named, speaks := false, 0
	for i := range d.sents {
		x := &d.sents[i]
		named = named || strings.Contains(x.Text, full)
		for j, w := range x.words {
			if x.Text[w.start:min(int(w.end), len(x.Text))] != last {
				continue
			}
			prev := ""
			if j > 0 && strings.TrimSpace(x.Text[x.words[j-1].end:w.start]) == "" {
				prev = x.Text[x.words[j-1].start:x.words[j-1].end]
			}
			if strings.Contains(full, prev+" ") && prev != "" {
				continue
			}
			if unicode.IsUpper(firstRune(prev)) && !titles.Has(prev) && j > 1 {
				return false // another bears it, or it is a part of another name
			}
			if j > 0 && prev != "" && lowerThe.Has(strings.ToLower(prev)) {
				return false // "the House"
			}
			next := ""
			if j+1 < len(x.words) {
				next = d.vocab.lower(&x.words[j+1])
			}
			if speech.Has(next) || sayings.Has(next) || next == "has" || next == "tweeted" || titles.Has(prev) {
				speaks++
			}
		}
	}
	return named && speaks > 0
}

// lowerThe are words before what is no person.
var lowerThe = wordset.Of(`the a an this in at from`)

func tellsHarm(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if harms.Has(strings.Trim(w, ".,;:!?\"“”'‘’()")) {
			return true
		}
	}
	return false
}
