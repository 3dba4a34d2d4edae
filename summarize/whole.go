package summarize

import (
	"slices"
	"strings"

	"newsdesk/internal/wordset"
)

var (
	// joinersEnd never end a statement: what they join or open was cut off.
	joinersEnd = wordset.Of(`and or but nor that which who whom whose the a an of to into than as if because while when`)
	// unsaid are verbs that say little without what follows: "The change was made
	// because of", "The announcement came as".
	unsaid = wordset.Of(`came come comes coming went goes gone made make makes making took taken takes gave gives given got gets brings kept keeps held
		holds led leads became becomes seemed seems remained remains served serves acted stood stands lay lays sat happened happens occurred occurs
		used based aimed designed due set expected forced allowed began begun started still`)
	// moves are verbs of putting something somewhere: without the place they say
	// nothing.
	moves = wordset.Of(`thrust thrusts put puts putting place places placed placing plunge plunges plunged turn turns turned throw throws threw thrown push pushes pushed
		drag drags dragged bring brings brought set sets lay lays laid catapult catapulted propel propelled transform transforms transformed convert converts converted`)
)

// broken tells a shortening t of the sentence s whose cut took what the rest
// needs: the verb that follows a description, or the end of a phrase.
func broken(s, t string) bool {
	body := strings.TrimRight(t, ".")
	last := strings.ToLower(strings.Trim(body[strings.LastIndexByte(body, ' ')+1:], `"”'’,;:`))
	if joinersEnd.Has(last) || unsaid.Has(last) {
		return true
	}
	if i := strings.LastIndex(body, ", and "); i > 0 && !verbIn(body[i:]) && !strings.Contains(s, body[i:]+".") {
		if parts := commaParts(body[:i]); verbIn(parts[len(parts)-1]) {
			return true // "One led, another followed, and the third": what it did was cut
		}
	}
	if !strings.HasPrefix(s, body) {
		return false
	}
	rest := s[len(body):]
	for _, dash := range [...]string{" -- ", " — ", " – "} {
		// "The community – still jarred – rushed to help"
		if strings.HasPrefix(rest, dash) && strings.Contains(rest[len(dash):], dash) {
			return true
		}
	}
	parts := commaParts(strings.TrimPrefix(rest, ","))
	if len(parts) > 1 && attribution(parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	return slices.ContainsFunc(parts[1:], func(p string) bool { // "The guests who came, walked home"
		w := firstWord(p)
		return auxiliary.Has(w) || finite.Has(w) && !strings.HasSuffix(w, "s") || len(w) > 4 && strings.HasSuffix(w, "ed") && !participle(p)
	})
}

// participle tells a part that opens with a participle and describes: "armed
// with a knife", "wounded by glass".
func participle(p string) bool {
	_, rest, _ := strings.Cut(p, " ")
	w := firstWord(rest)
	return w == "with" || w == "by" || w == "in" || w == "from" || w == "as" || w == "to" || w == "on" || w == "at"
}
