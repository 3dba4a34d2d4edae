package articles

import (
	"strings"
	"testing"
)

// The text's own words are believed, and what the page declares only where they bear
// it out or are too few.
func TestLanguage(t *testing.T) {
	t.Parallel()
	texts := map[string]string{
		"en": "The harbour board of the town said on Thursday that it is to close the basin for dredging, and that no ship will be able to enter it with its cargo from May until the end of August.",
		"de": "Der Hafen der Stadt wird nach Angaben des Amtes ab Mai für den Verkehr gesperrt, weil das Becken ausgebaggert wird und die Schiffe nicht mehr mit ihrer Ladung an den Kai gelangen, sagte die Leiterin auf Anfrage.",
		"fr": "Le conseil du port a décidé jeudi que les bassins de la ville seront fermés pour des travaux de dragage, et que des navires ne pourront pas entrer dans le port avant la fin du mois, selon une note qui est sur le site.",
		"es": "La junta del puerto decidió el jueves que los barcos no podrán entrar en la dársena con su carga, y que las obras se harán al final del mes, según una nota del ayuntamiento que lo explica como es debido, pero sin más datos.",
		"pt": "A junta do porto decidiu na quinta-feira que os navios não podem entrar na doca com a carga, e que as obras são feitas no fim do mês, segundo uma nota da câmara que também diz o que é feito dos barcos ao largo.",
		"it": "Il consiglio del porto ha deciso giovedì che le navi non possono entrare nel bacino con il carico, e che i lavori sono per la fine del mese, come si legge nella nota della città che spiega anche gli orari di una parte dei moli.",
		"nl": "De raad van de haven besloot op donderdag dat het bekken dicht gaat voor het baggeren, en dat er geen schepen met lading te zien zijn aan de kade, ook niet van de vissers die het werk op zee niet met een ander werk ruilen.",
	}
	for lang, text := range texts {
		long := strings.Repeat(text+" ", 2)
		for declared := range texts {
			if lang == "nl" && declared != "nl" {
				continue // its letters alone may be those of Afrikaans
			}
			if got := language([]string{long}, declared); got != lang {
				t.Errorf("%s, declared to be %s: %q", lang, declared, got)
			}
			if got := speaks(declared, long); got != (declared == lang) {
				t.Errorf("%s speaks %s: %v", lang, declared, got)
			}
		}
		if got := language([]string{long}, ""); got != lang && lang != "nl" {
			t.Errorf("%s, nothing declared: %q", lang, got)
		}
	}
	if speaks("en", "on that") {
		t.Error("two words tell a language")
	}
	if got := language([]string{"OK 12"}, "sv-SE"); got != "sv" {
		t.Errorf("too short to tell: %q", got)
	}
}
