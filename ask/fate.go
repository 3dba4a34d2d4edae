package ask

// What happens to people is counted side by side: "killing two people and
// injuring 31, while 12 are missing". A number goes with the nearest of these
// words.

// fates are the canonical forms of such words.
var fates = canons(`die injure missing rescue arrest evacuate displace homeless infected kidnap survive`)

const fateReach = 5 // words within which a fate belongs to a number

// otherFate reports whether a number stands nearer to another fate than to the
// one that the question is about.
func (q *question) otherFate(p *passage, s span) bool {
	asked := ""
	for _, t := range q.terms {
		if fates.Has(t.canon) {
			asked = t.canon
		}
	}
	if asked == "" {
		return false
	}
	fate := func(i int) string {
		if i < 0 || i >= len(p.tokens) || i >= s.a && i < s.b {
			return ""
		}
		if c := q.canon(p.text[p.tokens[i].start:p.tokens[i].end]); fates.Has(c) {
			return c
		}
		return ""
	}
	for d := 1; d <= fateReach; d++ {
		before, after := fate(s.a-d), fate(s.b-1+d)
		if before == asked || after == asked {
			return false
		}
		if before != "" || after != "" {
			return true
		}
	}
	return false
}
