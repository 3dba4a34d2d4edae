package llm

import (
	"strings"
	"sync"

	"github.com/kljensen/snowball"

	"newsdesk/internal/wordset"
)

// lexicon is what the check knows of a language. A word that is in none of its
// lists carries content: it must stand in the article.
type lexicon struct {
	glue    *wordset.Set      // says nothing by itself: may come and go
	marks   map[string]string // changes what follows: word to its class; see below
	speech  *wordset.Set      // says that someone says it
	turning []string          // beginnings of words without which a clause is no longer true, as "deni" in "denied"
	openers *wordset.Set      // a fact must not begin with it: it leans on what was said before
	numbers map[string]string // number words to digits
	stem    string            // snowball's name of the language, "" where it has none
}

// Classes of marks. Every other mark is a class of its own: itself.
const (
	markNot  = "not"
	markWill = "will" // said of what is to come
	markMay  = "may"  // said of what is possible
	markIf   = "if"   // said under a condition
)

// lexicons has the languages that the check knows. Articles in others are left to
// the built-in summarizer.
var lexicons = sync.OnceValue(func() map[string]*lexicon {
	return map[string]*lexicon{
		"en": {
			stem: "english",
			glue: wordset.Of(`a an the of in on at and is are was were be been being has have had do does did that which who whom whose it its their his her
			with as for this these those there also s but yet still while although though`),
			marks: classes(map[string]string{
				markNot:  `not no never none nobody nothing nor neither without cannot dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt`,
				markWill: `will would shall`,
				markMay:  `may might could can should must ought`,
				markIf:   `if unless whether provided`,
				"claim":  `claim claims claimed claiming alleges alleging insists insisted argues argued`,
			}, `to by from against before after until since because despite during over under above below about around nearly almost approximately roughly
			more less fewer least most than up down only or
			reportedly allegedly apparently possibly probably likely unlikely perhaps suspected alleged believed expected thought estimated planned proposed potential`),
			speech: wordset.Of(`said says say saying told tells tell according added stated states`),
			turning: strings.Fields(`deny deni refus reject fail prevent avoid cancel false fake hoax untrue incorrect baseless rumour rumor disputed doubt lack stop wrong overturn
			accus suspect alleg charged urg ask want plan seek sought threat vow consider promis hope expect propos fear warn attempt try tried aim called`),
			openers: wordset.Of(`it he she they this that these those we i you but however and so also moreover meanwhile instead such there here then his her their its`),
			numbers: map[string]string{
				"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
				"twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
				"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
			},
		},
		"es": {
			stem: "spanish",
			glue: wordset.Of(`el la los las un una unos unas de del en y e al a es son era eran fue fueron ser sido ha han había que cuyo su sus con como para se lo le este esta estos estas pero aunque mientras`),
			marks: classes(map[string]string{
				markNot: `no nunca jamás sin ni tampoco ningún ninguna ninguno nadie nada`, markMay: `puede pueden podría podrían debe deben debería`, markIf: `si salvo`,
			}, `por desde contra antes después hasta porque pese durante sobre bajo más menos casi unos cerca sólo solo o presuntamente posiblemente probablemente supuesto supuesta`),
			speech:  wordset.Of(`dijo dijeron dice dicen según afirmó afirmaron señaló aseguró declaró explicó añadió`),
			turning: strings.Fields(`negó niega negar negad desmint rechaz fals bulo rumor cancel evit impid suspend acus sospech amenaz promet`),
			openers: wordset.Of(`él ella ellos ellas esto eso pero sin también además este esta`),
		},
		"fr": {
			stem: "french",
			glue: wordset.Of(`le la les l un une des du de d en et à au aux est sont était étaient été être a ont avait que qui qu dont son sa ses leur leurs avec comme pour se s ce cet cette ces il y mais tandis alors`),
			marks: classes(map[string]string{
				markNot: `ne n pas jamais aucun aucune sans ni personne rien non`, markMay: `peut peuvent pourrait pourraient doit doivent devrait`, markIf: `si sauf`,
			}, `par depuis contre avant après jusqu car malgré pendant sur sous plus moins près environ presque seulement ou vers probablement présumé présumée`),
			speech:  wordset.Of(`dit disent déclaré selon affirmé affirme indiqué ajouté expliqué précisé`),
			turning: strings.Fields(`nier niait nient démen reje refus faux fauss rumeur annul empêch évit suspend accus soupçonn menac promet`),
			openers: wordset.Of(`il elle ils elles cela ceci mais ce cette ces aussi`),
		},
		"de": {
			glue: wordset.Of(`der die das den dem des ein eine einen einem einer eines und in im an am auf ist sind war waren sein gewesen hat haben hatte hatten wurde wurden worden wird dass daß mit als für zu zum zur sich es aber obwohl`),
			marks: classes(map[string]string{
				markNot: `nicht kein keine keinen keinem keiner keines nie niemals ohne weder noch niemand nichts`, markWill: `werden würde würden soll sollen`,
				markMay: `kann können könnte könnten darf dürfen muss müssen`, markIf: `wenn falls ob sofern`,
			}, `von durch aus gegen vor nach bis seit weil trotz während über unter mehr weniger mindestens etwa rund fast knapp nur oder angeblich möglicherweise wahrscheinlich vermutlich mutmaßlich mutmaßliche`),
			speech:  wordset.Of(`sagte sagten sagt sagen laut zufolge erklärte erklärten betonte teilte mitteilte behauptete`),
			turning: strings.Fields(`verneint bestr dementier ablehn abgelehnt weiger falsch gerücht verhinder abgesagt scheiter beschuldig verdächtig droh versprech`),
			openers: wordset.Of(`er sie es dies dieser diese dieses das aber doch auch außerdem`),
		},
		"pt": {
			glue: wordset.Of(`o a os as um uma uns umas de do da dos das em no na nos nas e ao à aos às é são era eram foi foram ser sido tem têm que cujo seu sua seus suas com como para se este esta mas embora enquanto`),
			marks: classes(map[string]string{
				markNot: `não nunca jamais sem nem nenhum nenhuma ninguém nada`, markMay: `pode podem poderia poderiam deve devem deveria`, markIf: `se caso salvo`,
			}, `por pelo pela desde contra antes após depois até porque apesar durante sobre sob mais menos quase cerca apenas ou supostamente possivelmente provavelmente suposto suposta`),
			speech:  wordset.Of(`disse disseram diz dizem segundo afirmou afirmaram declarou informou acrescentou`),
			turning: strings.Fields(`negou negar negad desment rejeit recus fals boato cancel evit imped suspen acus suspeit ameaç promet`),
			openers: wordset.Of(`ele ela eles elas isso isto mas também além este esta`),
		},
		"it": {
			glue: wordset.Of(`il lo la i gli le l un uno una di del dello della dei degli delle in nel nella nei e ed a al alla ai è sono era erano stato stata stati ha hanno aveva che cui suo sua suoi con come per si questo questa ma mentre`),
			marks: classes(map[string]string{
				markNot: `non mai senza né nessun nessuno nessuna niente nulla`, markMay: `può possono potrebbe potrebbero deve devono dovrebbe`, markIf: `se salvo`,
			}, `da dal dalla contro prima dopo fino perché nonostante durante sopra sotto su più meno quasi circa solo o presunto presunta forse probabilmente`),
			speech:  wordset.Of(`detto dice dicono secondo affermato dichiarato spiegato aggiunto`),
			turning: strings.Fields(`negato negare smenti respin rifiut fals bufala annull evit imped sospe accus minacc promess sospett`),
			openers: wordset.Of(`egli lui lei loro essi ciò questo questa ma anche inoltre`),
		},
		"nl": {
			glue: wordset.Of(`de het een van in op en is zijn was waren wordt werd werden heeft hebben had hadden dat die met als voor te zich er dit deze maar hoewel terwijl`),
			marks: classes(map[string]string{
				markNot: `niet geen nooit zonder noch niemand niets`, markWill: `zal zullen zou zouden`, markMay: `kan kunnen mag mogen moet moeten`, markIf: `als indien tenzij of`,
			}, `door uit tegen voor na tot sinds omdat ondanks tijdens over onder meer minder ongeveer bijna ruim zeker alleen vermoedelijk mogelijk waarschijnlijk`),
			speech:  wordset.Of(`zei zeiden zegt zeggen volgens aldus verklaarde meldde meldden`),
			turning: strings.Fields(`ontken weiger afgewezen vals gerucht voorkom afgelast beschuldig verdacht dreig beloof`),
			openers: wordset.Of(`hij zij ze het dit dat deze maar ook bovendien`),
		},
	}
})

func classes(named map[string]string, plain string) map[string]string {
	out := map[string]string{}
	for w := range strings.FieldsSeq(plain) {
		out[w] = w
	}
	for class, words := range named {
		for w := range strings.FieldsSeq(words) {
			out[w] = class
		}
	}
	return out
}

// stemOf brings the forms of a word together: "killing" and "killed".
func (x *lexicon) stemOf(lower string) string {
	if x.stem == "" {
		return lower
	}
	s, err := snowball.Stem(lower, x.stem, false)
	if err != nil || s == "" {
		return lower
	}
	return s
}

// turns reports whether a clause says something else without this word.
func (x *lexicon) turns(lower string) bool {
	for _, t := range x.turning {
		if strings.HasPrefix(lower, t) {
			return true
		}
	}
	return false
}
