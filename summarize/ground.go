package summarize

import (
	"strings"

	"newsdesk/internal/wordset"
)

var (
	// grounds are nouns that make a name a place: "Cooper Street", "the Kestrel
	// coast".
	grounds = wordset.Of(`street avenue road lane boulevard river coast coastline bay lake valley island islands mountain mountains hills desert canal square
		beach district province county peninsula strait harbour harbor port`)
	// settled are nouns whose "of" is followed by a place: "the city of Velmora".
	settled = wordset.Of(`city town village port island district province capital coast region suburb state county streets residents people outskirts north south
		east west centre center mayor harbour municipality`)
)

// inPlace tells whether a name that begins at piece i stands where a place does.
func (d *document) inPlace(ps []piece, i int, before string) bool {
	if locatives.Has(before) || d.lang == "en" && (before == "off" || before == "across") {
		return true
	}
	return before == "of" && i >= 2 && settled.Has(strings.ToLower(ps[i-2].text)) && !ps[i-2].breaks
}

// goesOn tells a word that may follow a place after "in": none that the place's
// name only describes.
func (d *document) goesOn(w string) bool {
	return d.vocab.stop.Has(w) || verbAfter.Has(w) || speech.Has(w) || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ly") ||
		hasDigit(w) || grounds.Has(w) || w == "late" || w == "early" || w == "amid" || w == "last" || w == "this" || w == "next" || w == "near" || w == "today" || w == "yesterday"
}
