package events

import (
	"slices"

	"newsdesk/internal/wordset"
	"newsdesk/news"
)

// tally is a number that headlines give of people, beside that of the dead.
type tally struct {
	doing, done *wordset.Set // words that the number stands behind, and in front of
	shifts      bool         // it falls as well as rises: who is missing is found
}

var tallies = []tally{
	{
		doing: wordset.Of(`injure injures injured injuring wound wounds wounded wounding hurt hurts hurting`),
		done:  wordset.Of(`injured wounded hurt injuries hospitalised hospitalized`),
	},
	{done: wordset.Of(`missing unaccounted`), shifts: true},
	{doing: wordset.Of(`trap traps trapped trapping strand strands stranded stranding`), done: wordset.Of(`trapped stranded`), shifts: true},
	{doing: wordset.Of(`displace displaces displaced displacing`), done: wordset.Of(`displaced evacuated homeless`)},
	{doing: wordset.Of(`arrest arrests arrested arresting detain detains detained detaining`), done: wordset.Of(`arrested detained arrests`)},
}

// enduring are words between a number and what it counts that say only that it
// is so for some time already.
var enduring = wordset.Of(`still remain remains remained left`)

// in returns the number that a text gives, 0 where it gives none.
func (t tally) in(text string) int {
	words := slices.DeleteFunc(countable(text), func(w string) bool { return enduring.Has(w) })
	return stated(words, t.doing, t.done)
}

// recounted returns, of headlines that may take the place of one, the first that
// gives the number of the dead, injured, missing or the like as the news has it, ""
// where that one's number holds. What is counted stays the same. A number rises; it
// falls where the news corrects it, or where it is of what falls by itself. What
// sources disagree on decides nothing, and none tells of fewer dead than before but
// by a correction. A headline that says nothing of death gives way to the first that
// tells how many died.
func recounted(headline string, novel []news.Fact, proposed ...string) string {
	dead := toll(headline)
	newer := func(count func(string) int, shifts bool) string {
		was := count(headline)
		if was == 0 {
			return ""
		}
		for _, f := range novel {
			n := count(f.Text)
			if n == 0 || n == was || len(f.Differs) > 0 || n < was && !shifts && f.Was == (news.Version{}) {
				continue
			}
			for _, p := range proposed {
				if count(p) == n && !tease(p) && (toll(p) >= dead || n == toll(p)) {
					return p
				}
			}
		}
		return ""
	}
	if h := newer(toll, false); h != "" {
		return h
	}
	if h := firstToll(headline, novel, proposed); h != "" {
		return h
	}
	for _, t := range tallies {
		if h := newer(t.in, t.shifts); h != "" {
			return h
		}
	}
	return ""
}

// mortal are words by which a headline tells of death, besides the number.
var mortal = wordset.Of(`deadly fatal death murder murders murdered murderer manslaughter homicide`)

// firstToll returns the first headline that tells how many died where the news does
// and the present one says nothing of death, "" where there is none.
func firstToll(headline string, novel []news.Fact, proposed []string) string {
	words := wordsOf(headline)
	if toll(headline) > 0 || slices.ContainsFunc(words, func(w string) bool {
		return mortal.Has(w) || killing.Has(w) && w != "claims" && w != "claimed" || dying.Has(w)
	}) {
		return ""
	}
	for _, f := range novel {
		n := toll(f.Text)
		if n == 0 || len(f.Differs) > 0 {
			continue
		}
		for _, p := range proposed {
			if toll(p) == n && !tease(p) {
				return p
			}
		}
	}
	return ""
}
