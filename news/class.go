package news

// Class says how much an event matters to those who follow its topic. The zero
// value counts as ClassNormal.
type Class string

// The classes, as they are stored, lowest first.
const (
	ClassNormal   Class = "normal"
	ClassMajor    Class = "major"
	ClassBreaking Class = "breaking"
)

// Rank orders the classes: 0 for normal and for what is no class, 2 for
// breaking.
func (c Class) Rank() int {
	switch c {
	case ClassBreaking:
		return 2
	case ClassMajor:
		return 1
	}
	return 0
}

// Term is one part of a weighing, so that readers can be told what made it.
type Term struct {
	Name  string  `json:"name"`  // what was counted, in words: "independent owners"
	Value float64 `json:"value"` // as counted
	Gives float64 `json:"gives"` // what it adds to the score
}
