package summarize

import "strings"

// Nouns that name something without saying what it is: what follows them is the
// news.
var (
	// vagueNouns do so whatever stands before them.
	vagueNouns = words(`setback setbacks blow blows step steps moment moments milestone milestones move moves decision decisions turn turns twist twists challenge challenges
		test tests problem problems trouble surprise surprises shock change changes shift shifts development developments breakthrough victory victories defeat defeats win wins
		loss losses crisis crises chapter warning warnings message sign signs signal signals result results way ways reason reasons thing things action actions
		effort efforts incident incidents news announcement situation end start beginning lesson lessons reality task role place reputation push bid attempt attempts`)
	// vagueBare do so where nothing tells which: "signs a bill", but not "signs a
	// voting bill".
	vagueBare = words(`bill bills law laws plan plans proposal proposals measure measures order orders rule rules deal deals case cases event events commission committee panel
		document documents letter legislation resolution amendment report program programme project law agreement campaign statement night day week`)
	// vagueWith are words before such a noun that do not tell which.
	vagueWith = words(`a an the this that its his her their new another first second major big key sweeping controversial landmark historic executive select special emergency bipartisan
		draft final important small great huge bold sharp latest joint similar own of to on in for with at by over`)
	// times are words of when and where it was, behind which nothing is looked for.
	times = words(`on late early yesterday today tonight here morning afternoon evening night week this last`)
)

// vagueEnd tells a text that ends with such a noun, whatever day it gives: "The
// company suffered one of its biggest setbacks on Monday".
func vagueEnd(s string) bool {
	f := strings.Fields(strings.TrimRight(s, " .,;:"))
	bare := func(i int) string { return strings.ToLower(strings.Trim(f[i], ".,;:\"“”'’")) }
	for len(f) > 1 && (calendar[strings.Trim(f[len(f)-1], ".,;:\"“”'’")] || times[bare(len(f)-1)]) {
		f = f[:len(f)-1]
	}
	last := len(f) - 1
	switch {
	case last < 0:
		return false
	case vagueNouns[bare(last)]:
		return true
	case vagueBare[bare(last)]:
		return last == 0 || vagueWith[bare(last-1)] || finite[bare(last-1)] || titleVerbs[stemmer("en")(bare(last-1))] || eventVerbs[stemmer("en")(bare(last-1))]
	}
	return false
}
