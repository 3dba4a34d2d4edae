package ask

import (
	"iter"
	"strings"
	"time"

	"newsdesk/internal/wordset"
)

// canons is the set of the canonical forms of the words of a list.
func canons(list string) *wordset.Set {
	return wordset.Made(func() iter.Seq[string] {
		return func(yield func(string) bool) {
			for w := range strings.FieldsSeq(list) {
				if !yield(canon(w)) {
					return
				}
			}
		}
	})
}

// stop are words that an article on the matter need not hold.
var stop = wordset.Of(`
	a about above after again against all also am an and any are aren't as at be became because been before being below between both but by
	can can't could couldn't did didn't do does doesn't doing don't down during each else ever every few finish following for from further had has
	have having he her here hers him his how i if in into is isn't it its itself just let like many may me might more most much must my
	name named names no nor not now of off on once one only or other our out over own per please recently said same say says she should so some such
	tell than that the their theirs them then there these they thing things this those through to too under until up upon us very via
	was wasn't we week week's were weren't what what's when where which while who who's whom whose why will with within won't would yet you your
	according approximately currently called known article articles report reported reports reporting latest news happen happened happening anything new
	der das dem den des ein eine einer eines einem einen und oder aber nicht ist sind wurde wurden wird werden hat haben
	mit von vom zum zur auf bei nach aus auch wie wer wo wann warum welche welcher welches ich er sie es wir ihr viele
	le les la un une du et ou mais est sont dans sur pour par avec sans que qui quoi quand où comment pourquoi il elle ils elles combien
	el los las una unos unas y o pero fue fueron en del al con sin quién cuándo dónde cómo qué por para su sus cuántos cuántas
	lo gli di da nel nella e ma è sono che chi quando dove come perché per quanti
	os um uma do dos das no na nos nas em são foi quem quantos`)

// auxiliaries open a question that is answered by yes or no, and end the words
// that name a class.
var auxiliaries = wordset.Of(`is are was were am do does did has have had can could will would should may might must isn't aren't wasn't weren't
	doesn't didn't hasn't haven't won't`)

// breaks end the words that name a class.
var breaks = wordset.Of(`of in on at to for that who which from with by as this`)

var prepositions = wordset.Of(`of in on at to for from with by against under between about into`)

// months lacks May, which is a verb and a name as well; with a day behind it
// a date is known without it.
var months = map[string]time.Month{
	"january": time.January, "february": time.February, "march": time.March, "april": time.April, "june": time.June, "july": time.July,
	"august": time.August, "september": time.September, "october": time.October, "november": time.November, "december": time.December,
}

var weekdays = wordset.Of(`monday tuesday wednesday thursday friday saturday sunday`)

// numerals are the words for numbers that stand for themselves.
var numerals = wordset.Of(`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
	nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen dozens hundreds thousands millions zero half
	first second third fourth fifth sixth seventh eighth ninth tenth both no none`)

// scales belong to the number before them.
var scales = wordset.Of(`hundred thousand million billion trillion dozen m bn mn k`)

// units belong to a number that answers "how much" or "how long".
var units = wordset.Of(`percent per cent percentage points dollars dollar euros euro pounds pound yen rupees cents crowns crown kronor kroner krona francs pesos rubles
	roubles rand lira reais dirhams shekels zloty rupiah riyals forints yuan miles mile kilometers kilometres km
	meters metres feet foot inches inch years year months month weeks week days day hours hour minutes minute seconds second degrees degree
	tons tonnes barrels gallons acres hectares mph celsius fahrenheit magnitude people square light`)
