package events

// studyWords tell that an article reports what a study found.
var studyWords = hashes(`study studies survey surveys estudio estudios etude etudes studie studien estudo estudos`)

// otherStudies says whether two articles tell what studies found, each of its own:
// they share no name, of a researcher, an institute or a journal. Studies of a day
// are alike in all else: "linked to better sleep in over-60s".
func (v *vocab) otherStudies(a, b *entry) bool { return a.study && b.study && v.names(a, b) == 0 }

// Where an article has too few names to compare.
const (
	someNames = 3
	noNames   = 0.5
)

// names returns the share of the names of two articles, by weight, that stand in
// both.
func (v *vocab) names(a, b *entry) float64 {
	if !a.hasText || !b.hasText {
		return noNames
	}
	both, all, n, m := 0.0, 0.0, 0, 0
	for i, j := 0, 0; i < len(a.full) || j < len(b.full); {
		var t weighted
		in := 1
		switch {
		case j == len(b.full) || i < len(a.full) && a.full[i].id < b.full[j].id:
			t = a.full[i]
			i++
			if v.name(t.id) {
				n++
			}
		case i == len(a.full) || a.full[i].id > b.full[j].id:
			t = b.full[j]
			j++
			if v.name(t.id) {
				m++
			}
		default:
			t, in = a.full[i], 2
			t.w = max(t.w, b.full[j].w)
			i, j = i+1, j+1
			if v.name(t.id) {
				n, m = n+1, m+1
			}
		}
		if v.name(t.id) {
			w := float64(t.w) * float64(t.w)
			all += w
			if in == 2 {
				both += w
			}
		}
	}
	if n < someNames || m < someNames {
		return noNames
	}
	return both / all
}

// name says whether a term is a name: rare, and written with a capital letter.
func (v *vocab) name(id term) bool { return v.rare(id) && v.capital(id) }
