package app

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// quakeReports are a first report, and one that tells more.
var quakeReports = [2][]string{
	{
		"Magnitude 6.4 earthquake hits port city of Velmora, killing two",
		"A magnitude 6.4 earthquake struck the port city of Velmora early on Tuesday, killing two people and injuring 31, the civil defence agency said.",
		"The quake hit at 4:12 a.m. at a depth of 14 kilometres, with its centre 20 kilometres off the Kestrel coast, according to the national seismic institute.",
		"About 18,000 homes in the city were without electricity by sunrise.",
	},
	{
		"Velmora earthquake: death toll rises to five as rescuers search old harbour",
		"Five people are now known to have died in the magnitude 6.4 earthquake that struck Velmora on Tuesday, and 64 were injured, the city's hospitals told the Courier.",
		"Rescuers pulled three bodies from a collapsed apartment house on Cooper Street, fire chief Emil Hart said.",
	},
}

// blackoutReports give different numbers for one thing.
var blackoutReports = [2][]string{
	{
		"Storm leaves 32,000 homes without power in Tarvek", "The storm left 32,000 homes without power in Tarvek on Saturday, the grid operator said.",
		"Trees fell across the coast road and two schools lost their roofs.", "Repair crews from three counties are on their way to Tarvek, the operator said.",
	},
	{
		"Tarvek storm cuts power to 28,000 homes", "About 28,000 homes are without power in Tarvek after the storm, the energy ministry said.",
		"The storm tore the roofs off two schools.", "The ministry said that repairs would take until Monday.",
	},
}

// bridgeReports say the same in other words.
var bridgeReports = [3][]string{
	{"Bridge collapses at Oskvale, injuring three people", "A bridge collapsed at Oskvale on Tuesday and three people were injured, police said."},
	{"Three people injured in Oskvale bridge collapse", "Three people were injured when a bridge collapsed at Oskvale on Tuesday, police said."},
	{"Oskvale bridge collapse injures three people", "Police said three people were injured on Tuesday in Oskvale, where a bridge collapsed."},
}

// invented is a story that has no word in common with the others.
func invented(i int) [3]string {
	word := func(k int) string {
		n := 1 + i*31 + k*7
		var s []byte
		for range 3 {
			s = append(s, "bdfgklmnprstvz"[n%14], "aeiou"[n/14%5])
			n = n*3 + i + k
		}
		return string(append(s, "lmnrst"[k%6]))
	}
	name := func(k int) string { s := word(k); return strings.ToUpper(s[:1]) + s[1:] }
	return [3]string{
		fmt.Sprintf("%s of %s opens its %s %s", name(0), name(1), word(2), word(3)),
		fmt.Sprintf("The %s of %s opened its %s %s on Tuesday, said %s %s.", word(0), name(1), word(2), word(3), name(4), name(5)),
		fmt.Sprintf("It took %s %s %d weeks to %s the %s.", name(6), name(7), 3+i, word(8), word(9)),
	}
}

// constantsOf returns the values of a package's constants of a string type.
func constantsOf(t *testing.T, folder, typ string) (out []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != typ {
				return true
			}
			for _, v := range spec.Values {
				if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, s)
				}
			}
			return true
		})
	}
	return out
}
