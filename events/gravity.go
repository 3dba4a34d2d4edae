package events

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// The grave words of a headline, in three degrees. They are looked for in
// titles only: an article's text names old disasters beside new ones. Marks on
// letters are removed. Words that mean something harmless in another of the
// languages ("die", "crise", "tot") are left out.
var graveWords = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for degree, words := range map[int]string{
		3: `earthquake earthquakes quake tsunami assassinated assassination assassinate massacre invades invaded invasion coup
			terremoto sismo seisme erdbeben putsch atentado attentat`,
		2: `killed kills killing dead dies died deaths death fatal bomb bombing bombings bombed explosion explodes blast airstrike airstrikes missile missiles
			attack attacks attacked shooting gunman hostage hostages hurricane typhoon cyclone tornado tornadoes wildfire wildfires
			flood floods flooding landslide avalanche derails derailed derailment collapse collapses collapsed capsizes capsized crash crashes crashed
			outbreak famine evacuated evacuate evacuation resigns resigned resignation impeached impeachment ousted overthrown ceasefire truce
			bankruptcy bankrupt war siege riot riots kidnapped abducted stabbing stabbed murdered murder eruption erupts
			muertos muere mueren fallecidos guerra incendio inundaciones huracan dimite explosion
			morts tues guerre incendie inondations ouragan demissionne
			tote toten getotet gestorben stirbt krieg anschlag angriff uberschwemmung hochwasser orkan rucktritt
			mortos morre explosao ataque incendio enchentes furacao renuncia`,
		1: `injured wounded hurt missing arrested arrest charged convicted guilty verdict sentenced indicted jailed acquitted strike strikes recall recalls recalled
			ban bans banned sanctions protest protests clashes warning warns storm rescue rescued acquires acquire acquisition merger takeover layoffs fired
			elected election wins hacked breach outage blackout shutdown fined lawsuit fire blaze emergency crisis threat threatens deal quits steps hoax
			heridos detenido huelga elecciones protestas blesses arrete greve elections manifestation
			verletzte verletzt festgenommen streik wahl feridos preso greve eleicoes`,
	} {
		for w := range strings.FieldsSeq(words) {
			out[w] = max(out[w], degree)
		}
	}
	return out
})

// gravePairs are words that are grave together.
var gravePairs = map[string]int{
	"mass shooting": 3, "martial law": 3, "plane crash": 3, "terror attack": 3, "terrorist attack": 3, "declares war": 3, "state emergency": 3,
	"nuclear accident": 3, "nuclear strike": 3, "nuclear attack": 3, "golpe estado": 3, "coup etat": 3, "shot dead": 2, "job cuts": 1, "cuts jobs": 1,
}

// harmless are words beside which a grave word is none: "death penalty", "war
// film", "heart attack".
var harmless = wordset.Of(`penalty row film movie drama game games series novel book museum memorial anniversary crimes star cold heart panic ads ad
	trap bidding price culture world course`)

// graveIn returns the gravest degree of a title's words, 0 to 3, and the words
// that have it.
func graveIn(title string) (degree int, found []string) {
	words := wordsOf(title)
	words = slices.DeleteFunc(words, func(w string) bool { return w == "of" || w == "d" })
	add := func(d int, w string) {
		switch {
		case d > degree:
			degree, found = d, []string{w}
		case d == degree && d > 0 && !slices.Contains(found, w):
			found = append(found, w)
		}
	}
	for i, w := range words {
		if i+1 < len(words) {
			add(gravePairs[w+" "+words[i+1]], w+" "+words[i+1])
			if harmless.Has(words[i+1]) {
				continue
			}
		}
		if i > 0 && harmless.Has(words[i-1]) {
			continue
		}
		add(graveWords()[w], w)
	}
	return degree, found
}

var moneyText = pattern.MustCompile(`(?i)([$€£¥] ?|\b(?:USD|EUR|GBP) ?)?\b(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)[\s-]?(bn|tn|billions?|trillions?|b)\b([\s-]*(?:of )?(?:u\.?s\.? )?(?:dollars?|euros?|pounds?|yen|yuan|crowns?|kroner|francs?|rupees?|pesos?|reais|won)\b)?`)

// money returns the largest sum that a text names, in billions, whatever the
// currency, and 0 where it names none of a tenth of a billion or more. A number
// of billions counts where a currency stands at it.
func money(text string) float64 {
	most := 0.0
	for _, m := range moneyText.FindAllStringSubmatchIndex(text, -1) {
		if m[2] < 0 && m[8] < 0 { // "8 billion people": no currency at it
			continue
		}
		n, err := strconv.ParseFloat(strings.ReplaceAll(text[m[4]:m[5]], ",", ""), 64)
		if err != nil {
			continue
		}
		if strings.HasPrefix(strings.ToLower(text[m[6]:m[7]]), "t") {
			n *= 1000
		}
		most = max(most, n)
	}
	if most < 0.1 || most > 1e6 {
		return 0
	}
	return most
}

// elsewhen finds a year in a sentence, or that it counts by the year: what it
// tells of may be an earlier disaster, or no single one.
var elsewhen = pattern.MustCompile(`(?i)\b(1[5-9]|20)\d\d\b|\b(a|per|each|every|this|last) (year|decade)\b|\bannually\b|\bsince\b`)
