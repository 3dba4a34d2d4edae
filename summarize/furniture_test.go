package summarize

import (
	"strings"
	"testing"
)

// Furniture is seen whatever the letters it is written in: the sieve before the search
// must let all of it through.
func TestBoilerplate_IsSeenInAnyLetters(t *testing.T) {
	t.Parallel()
	letters := map[string]func(string) string{
		"small": func(s string) string { return s }, "capital": strings.ToUpper, "titled": capital,
		"curly": func(s string) string { return strings.ReplaceAll(s, "'", "’") },
		"other": func(s string) string { return strings.NewReplacer("k", "\u212a").Replace(s) },
	}
	for name, write := range letters {
		for _, p := range furniture {
			lower := "zu " + p + " zu"
			if furnishes(p, lower) && !boilerplate(write(lower)) {
				t.Errorf("%s: %q is not seen", name, write(lower))
			}
		}
		for _, p := range opensFurniture {
			if text := write(p) + "zu"; !boilerplate(text) {
				t.Errorf("%s: %q is not seen", name, text)
			}
		}
	}
	for _, text := range []string{"CNN's Ana Ruiz reported from Lima.", "Ida Moe is a senior fellow at the Halden Institute and lives in Oslo."} {
		if !boilerplate(text) {
			t.Errorf("%q is not seen", text)
		}
	}
	for _, text := range []string{"", "Police said that the bridge was closed on Monday.", "Shareholders of Pell agreed."} {
		if boilerplate(text) {
			t.Errorf("%q is taken for boilerplate", text)
		}
	}
}
