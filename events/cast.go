package events

// Two happenings of one kind are told alike: two central banks lower their rates, two
// teams win by a late goal. What tells them apart is who and where: the cast of an
// article, which is all its names. A name weighs by how rare it is, so that what
// several happenings have in common ("Monetary Board") counts little. Like all that
// speaks against one happening it is not fitted: the labelled news holds few such
// pairs. In it, reports of one happening mostly share a third of the lesser cast and
// more, and those that share less are told in other words, too.

const (
	// castLeast is the least number of names that two articles must have for those of
	// one to be missed in the other.
	castLeast = 6
	// castBar is the share of the lesser cast that both must have, where the words
	// besides are half the same. Of what is told in the same words, more is expected.
	castBar = 0.3
	// From castLoose on, as cosine without names, two articles are told alike enough for
	// their casts to matter, from castTight on they do so wholly.
	castLoose = 0.15
	castTight = 0.5
)

// part is what a name weighs in a cast.
func (v *vocab) part(name term) float64 {
	x := v.idf(name)
	return x * x
}

// miscast says how much the casts of two articles speak for two happenings, 0 to 1.
// cast is the share of the lesser one that both have, plain how alike the articles are
// without their names.
func miscast(cast, plain float64) float64 {
	alike := min(1, (plain-castLoose)/(castTight-castLoose))
	if alike <= 0 {
		return 0
	}
	return alike * max(0, 1-cast/(castBar*max(plain/castTight, 1)))
}

// filledIn says whether two articles of one text tell of two happenings: a form that
// was filled in twice, with other names.
func (v *vocab) filledIn(a, b *entry) bool {
	var p pair
	v.share(&p, a, b)
	return miscast(p.cast, p.plain) > 0
}
