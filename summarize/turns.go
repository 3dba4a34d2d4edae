package summarize

import "strings"

// turns point, between two commas within a sentence, at the sentence before it.
var turns = [...]string{", however, ", ", meanwhile, ", ", though, ", ", nevertheless, ", ", moreover, "}

// cutTurns removes such words outside quotation marks: "The court, however,
// agreed" becomes "The court agreed". Where they part two statements they stay.
func cutTurns(s string) string {
	for _, t := range turns {
		head, rest, found := strings.Cut(s, t)
		if !found || quoteOpen(head) {
			continue
		}
		first, next := firstWord(head), firstWord(rest)
		last := head[strings.LastIndexByte(head, ' ')+1:]
		goesOn := auxiliary.Has(next) || finite.Has(next) || len(next) > 4 && strings.HasSuffix(next, "ed")
		switch {
		case leading.Has(first) || conditions.Has(first) || first == "when" || first == "because":
			s = head + ", " + rest
		case goesOn && !verbIn(head), auxiliary.Has(last):
			s = head + " " + rest
		}
	}
	return s
}

// quoteOpen tells a text that ends within quotation marks.
func quoteOpen(s string) bool {
	return strings.Count(s, `"`)%2 == 1 || strings.Count(s, "“") > strings.Count(s, "”")
}
