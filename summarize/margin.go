package summarize

import (
	"strings"

	"newsdesk/internal/wordset"
)

// leads are units by which one is ahead.
var leads = wordset.Of(`point points percent percentage seat seats vote votes length lengths place places step steps goal goals run runs shot shots lap laps metre metres
	meter meters kilometre kilometres mile miles second seconds well far way just narrowly comfortably
	level comes come came was is were are put puts stay stays stayed pull pulls pulled finish finished finishes ran`)

// aheadBy tells a head behind which "ahead of" says who is behind, and not when:
// "four points" [ahead of his party].
func aheadBy(head string) bool {
	last := strings.Trim(strings.ToLower(head[strings.LastIndexByte(head, ' ')+1:]), `,"”`)
	return leads.Has(last) || hasDigit(last) || strings.HasSuffix(last, "%")
}
