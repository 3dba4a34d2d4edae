package summarize

import "testing"

// Whose words are the writer's own is told by the words outside quotation marks.
func TestTellsOfMyself_LooksOutsideQuotations(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"I left the hall.": true, "My house burned down.": true, "They gave me a lift.": true, "Then let’s go.": true, "That house is (mine).": true, "Nobody but I'd say so.": true,
		`"I left," she said.`: false, "“I left my bag,” she said.": false, `"We won," he said, and I agreed.`: true, "He served in World War I with honour.": false,
		"Mayor Ida Moe left in May.": false, "": false,
	} {
		if got := tellsOfMyself(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

// What says how rare a thing is does not tell what it is.
func TestVagueEnd_LooksPastDaysAndRarity(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"The firm suffered one of its biggest setbacks on Monday.": true, "The club took the hardest blow in its history.": true, "It is the largest shift in recent decades late on Monday.": true,
		"The team made the biggest changes for the year": true, "The firm closed a plant in years": false, "The firm sold two plants on Monday.": false, "": false, "history": false,
	} {
		if got := vagueEnd(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
