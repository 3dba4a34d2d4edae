package events

import (
	"slices"

	"newsdesk/news"
)

// tally is a number that headlines give of people, beside that of the dead.
type tally struct {
	doing, done map[string]bool // words that the number stands behind, and in front of
	shifts      bool            // it falls as well as rises: who is missing is found
}

var tallies = []tally{
	{
		doing: set(`injure injures injured injuring wound wounds wounded wounding hurt hurts hurting`),
		done:  set(`injured wounded hurt injuries hospitalised hospitalized`),
	},
	{done: set(`missing unaccounted`), shifts: true},
	{doing: set(`trap traps trapped trapping strand strands stranded stranding`), done: set(`trapped stranded`), shifts: true},
	{doing: set(`displace displaces displaced displacing`), done: set(`displaced evacuated homeless`)},
	{doing: set(`arrest arrests arrested arresting detain detains detained detaining`), done: set(`arrested detained arrests`)},
}

// enduring are words between a number and what it counts that say only that it
// is so for some time already.
var enduring = set(`still remain remains remained left`)

// in returns the number that a text gives, 0 where it gives none.
func (t tally) in(text string) int {
	words := slices.DeleteFunc(countable(text), func(w string) bool { return enduring[w] })
	return stated(words, t.doing, t.done)
}

// recounted returns, of headlines that may take the place of one, the first that
// gives the number of the dead, injured, missing or the like as the news has it, ""
// where that one's number holds. What is counted stays the same. A number rises; it
// falls where the news corrects it, or where it is of what falls by itself. What
// sources disagree on decides nothing, and none tells of fewer dead than before but
// by a correction.
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
	for _, t := range tallies {
		if h := newer(t.in, t.shifts); h != "" {
			return h
		}
	}
	return ""
}
