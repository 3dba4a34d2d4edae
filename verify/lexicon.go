package verify

import (
	"strconv"
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/spanish"

	"newsdesk/internal/wordset"
)

// lexicon is what is known of a language. The zero lexicon knows nothing: of
// such a language numbers in digits, quotations, names and content words are
// compared.
type lexicon struct {
	stem          func(string) string // nil: words compare by their first letters
	stop          *wordset.Set        // words without content
	hard, soft    *wordset.Set        // negations; words that deny in their own way ("refused")
	hedges        map[string]bool     // true: it leaves open whether ("may"); false: it is yet to come ("will")
	needsTo       *wordset.Set        // hedges only before "to"
	conditions    *wordset.Set
	concessive    *wordset.Set // before a condition: "even if"
	sayings       *wordset.Set
	leads         *wordset.Set // sayings that stand before the speaker: "according"
	that          *wordset.Set // words that lead from a saying to what is said
	relatives     *wordset.Set
	parts         *wordset.Set   // words that begin another clause
	free          map[string]int // words that a writer may change for another with the same number
	bounds        *wordset.Set   // words that make a number a limit
	agents        *wordset.Set   // nouns with which a writer may open a sentence of his own
	week, month   map[string]int
	relative      map[string]int // "yesterday": days from publication
	verbs         *wordset.Set   // months that are verbs too
	numbers       map[string]int
	ordinals      map[string]int
	joins         *wordset.Set // "and" inside a number
	abbreviations *wordset.Set // end with a full stop inside a sentence
	adverbs       []string     // endings
	joinsTens     bool         // "treinta y cinco", "soixante-dix"
	comma         bool         // decimals have a comma
	elides        bool         // "l'État"
	contracted    bool         // "didn't"
	dateCaps      bool         // days and months have capitals
	nouns         bool         // nouns have capitals
}

func (l *lexicon) adverb(low string) bool {
	for _, end := range l.adverbs {
		if len(low) > len(end)+2 && strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

// count numbers words from first on; "-" leaves a number out, and words joined
// by "/" have the same.
func count(first int, s string) map[string]int {
	m := map[string]int{}
	for w := range strings.FieldsSeq(s) {
		for v := range strings.SplitSeq(w, "/") {
			if v != "-" {
				m[v] = first
			}
		}
		first++
	}
	return m
}

// tens adds 20, 30 … to small numbers, and with join the compounds of German
// and Dutch: "einundzwanzig".
func tens(small map[string]int, names, join string, units string) map[string]int {
	n := 20
	for w := range strings.FieldsSeq(names) {
		for v := range strings.SplitSeq(w, "/") {
			if v == "-" {
				continue
			}
			small[v] = n
			if join == "" {
				continue
			}
			k := 1
			for u := range strings.FieldsSeq(units) {
				small[u+join+v] = n + k
				k++
			}
		}
		n += 10
	}
	return small
}

// valued reads "word=number" pairs.
func valued(m map[string]int, s string) map[string]int {
	for p := range strings.FieldsSeq(s) {
		w, n, _ := strings.Cut(p, "=")
		v, _ := strconv.Atoi(n)
		m[w] = v
	}
	return m
}

// hedging makes the hedges of a language: those that leave open whether, and
// those that tell what is to come.
func hedging(open, future string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(open) {
		m[w] = true
	}
	for w := range strings.FieldsSeq(future) {
		m[w] = false
	}
	return m
}

// lexicons returns what is known, by ISO 639-1.
var lexicons = sync.OnceValue(func() map[string]*lexicon {
	return map[string]*lexicon{
		"en": englishWords(), "es": spanishWords(), "fr": frenchWords(), "de": germanWords(),
		"pt": portugueseWords(), "it": italianWords(), "nl": dutchWords(),
	}
})

// guess returns the language whose stop words are the most frequent in the
// beginning of a text, "" where none are.
func guess(text string) string {
	const look = 4000
	var counts [len(languages)]int
	n, of := 0, stopLanguages()
	for w := range strings.FieldsSeq(strings.ToLower(text[:min(len(text), look)])) {
		n++
		for in, lang := of[w], 0; in != 0; in, lang = in>>1, lang+1 {
			counts[lang] += int(in & 1)
		}
	}
	best, most := "", 0
	for i, lang := range languages {
		if counts[i] > most {
			best, most = lang, counts[i]
		}
	}
	if most*8 < n {
		return ""
	}
	return best
}

// languages are those that guess tells apart, of two that are as likely the first.
var languages = [...]string{"en", "es", "fr", "de", "pt", "it", "nl"}

// stopLanguages returns of which languages each stop word is: a bit for each, in the
// order of languages.
var stopLanguages = sync.OnceValue(func() map[string]uint8 {
	out := map[string]uint8{}
	for i, lang := range languages {
		for w := range lexicons()[lang].stop.All() {
			out[w] |= 1 << i
		}
	}
	return out
})

func englishWords() *lexicon {
	return &lexicon{
		stem: func(w string) string { return english.Stem(w, true) },
		stop: wordset.Of(`a an the this that these those some any each every all both either such same other another own of in on at to for from by with about against between into
			through during before after above below up down out off over under again further then once here there when where why how and but or nor so yet as than too
			very just also even still only i me my we us our ours you your he him his she her hers it its they them their theirs who whom whose which what that's it's he's
			she's they're we're i'm is am are was were be been being have has had having do does did doing done ll ve re d s t while because since although though if
			unless until within without toward towards upon onto across along around among amid per via one ones yes now ever mr mrs ms says said say according told
			will would shall should can could may might must let got get go going am pm not no never none nobody nothing neither cannot`),
		hard: wordset.Of(`not no never none nobody nothing neither nor cannot without ain't`),
		soft: wordset.Of(`denied denies deny denying refused refuses refuse refusing declined declines rejected rejects reject failed fails fail failing hardly barely scarcely lack lacks
			lacked unable unlikely prevented prevents stopped avoided`),
		hedges: hedging(`may might could can perhaps maybe possibly probably likely unlikely apparently allegedly alleged alleges reportedly suspected suspects suspect believed thought
			purported purportedly supposedly seemingly seems seemed appears appeared appear presumably rumored rumoured accused potentially potential unconfirmed
			estimated considering considers`,
			`tried attempted attempting seeking seeks sought claimed claims will would should shall expected expects expect plans planned planning intends intended intends hopes hoped wants wanted aims scheduled due set proposed
			vowed pledged promised threatened ll`),
		needsTo:    wordset.Of(`seems seemed appears appeared appear plans planned planning intends intended hopes hoped wants wanted aims scheduled due set expected expects expect vowed pledged promised threatened proposed likely unlikely tried attempted attempting seeking seeks sought believed thought claims claimed`),
		conditions: wordset.Of(`if unless provided providing`),
		concessive: wordset.Of(`even as what and or but ask asked asks wonder wondered see know known knows decide determine`),
		sayings: wordset.Of(`said says say saying told tells according announced announces reported reports confirmed confirms stated states added adds wrote writes warned warns explained
			insisted argued argues acknowledged testified tweeted alleged alleges claimed claims estimated estimates suggested suggests predicted predicts believes believe
			noted quoted reporting quotes quoting cited citing cites revealed disclosed declared`),
		leads:     wordset.Of(`according citing`),
		that:      wordset.Of(`that it he she they the there`),
		relatives: wordset.Of(`who which whose that whom where as when`),
		parts:     wordset.Of(`and but or because while when after before though although since if that`),
		free: count(1, `about/around/approximately/roughly/nearly/almost people/person/persons officials/authorities killed/died/dead/death/deaths hurt/injured/wounded big/large
			small/little new/fresh former/ex currently/now begin/start began/started`),
		bounds: wordset.Phrases(`up to, at most, at least, more than, less than, fewer than, as many as, as much as, as few as, nearly, almost, under, over, exceeding, maximum, minimum, about,
			around, some, roughly, approximately, estimated, an estimated, close to, just over, just under`),
		agents: wordset.Of(`officials authorities police people residents rescuers scientists researchers workers lawmakers critics investigators prosecutors firefighters soldiers troops
			voters students teachers doctors experts analysts protesters demonstrators judges lawyers firms companies prices sales shares rain snow fire floods`),
		week:  count(1, `monday tuesday wednesday thursday friday saturday sunday`),
		month: count(1, `january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec`),
		verbs: wordset.Of(`may march`), relative: map[string]int{"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "overnight": 0},
		numbers: tens(count(0, `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen`),
			`twenty thirty forty fifty sixty seventy eighty ninety`, "", ""),
		ordinals: valued(count(1, `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth`),
			`twentieth=20 thirtieth=30 fortieth=40 fiftieth=50 sixtieth=60 seventieth=70 eightieth=80 ninetieth=90 hundredth=100`),
		joins:         wordset.Of(`and`),
		abbreviations: wordset.Of(`mr mrs ms dr prof st gov sen rep gen lt col capt sgt jr sr vs jan feb mar apr jun jul aug sept sep oct nov dec no inc ltd corp co dept etc hon rev mt ft`),
		adverbs:       []string{"ly"}, contracted: true, dateCaps: true,
	}
}

func spanishWords() *lexicon {
	return &lexicon{
		stem: func(w string) string { return spanish.Stem(w, true) },
		stop: wordset.Of(`el la los las un una unos unas lo al del de a en y e o u que con por para se su sus es son fue fueron era eran ser sido está están estaba ha han había habían haber hay
			como más muy ya le les me mi nos este esta estos estas ese esa esto eso aquel entre sobre hasta desde sin tras ante bajo durante también pero porque cuando donde quien
			cual cuyo no si ni nunca tan según`),
		hard: wordset.Of(`no nunca jamás ningún ninguna ninguno nadie nada sin ni tampoco`), soft: wordset.Of(`negó niega niegan negaron rechazó rechaza rechazaron`),
		hedges: hedging(`puede pueden podría podrían pudo quizá quizás posiblemente probablemente presunto presunta presuntos presuntas supuesto supuesta supuestamente presuntamente aparentemente habría habrían`,
			`planea planean prevé prevén pretende`),
		conditions: wordset.Of(`si`), concessive: wordset.Of(`aunque como incluso`), sayings: wordset.Of(`dijo dice dijeron según afirmó afirma declaró aseguró asegura explicó anunció informó señaló indicó añadió advirtió confirmó sostuvo`),
		leads: wordset.Of(`según`), that: wordset.Of(`que`), relatives: wordset.Of(`que quien cual cuyo donde`), parts: wordset.Of(`y pero porque mientras cuando aunque si que`),
		week:     count(1, `lunes martes miércoles jueves viernes sábado domingo`),
		month:    count(1, `enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre`),
		relative: map[string]int{"hoy": 0, "ayer": -1},
		numbers: valued(tens(count(0, `cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve`),
			`veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa`, "", ""),
			`veintiuno=21 veintiún=21 veintiuna=21 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 veintiséis=26 veintisiete=27 veintiocho=28 veintinueve=29 cien=100 ciento=100
			doscientos=200 doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400 quinientos=500 quinientas=500 seiscientos=600 setecientos=700 ochocientos=800 novecientos=900`),
		joins: wordset.Of(`y`), joinsTens: true, comma: true, adverbs: []string{"mente"}, bounds: wordset.Phrases(`hasta, al menos, más de, menos de, casi, unos, unas`),
		abbreviations: wordset.Of(`sr sra dr dra ee uu art núm`),
	}
}

func frenchWords() *lexicon {
	return &lexicon{
		stem: func(w string) string { return french.Stem(w, true) },
		stop: wordset.Of(`le la les l' un une des du de d' et ou à au aux en dans par pour sur avec sans sous que qu' qui quoi dont où ce c' cet cette ces se s' son sa ses leur leurs il elle ils elles
			on nous vous je j' me m' tu te t' est sont était étaient être été a ont avait avaient avoir ayant fait plus très aussi mais car donc ne n' pas ni si comme après avant
			entre depuis lors lorsque y selon même tout tous toute toutes`),
		hard: wordset.Of(`ne n' jamais aucun aucune personne rien sans`), soft: wordset.Of(`nie nient nié démenti dément refuse refusé rejeté`),
		hedges:     hedging(`peut peuvent pourrait pourraient peut-être probablement possiblement présumé présumée présumés apparemment semble serait seraient aurait auraient`, `devrait devraient prévoit`),
		conditions: wordset.Of(`si`), concessive: wordset.Of(`même comme`), sayings: wordset.Of(`dit disent selon affirme affirmé déclaré annonce annoncé indiqué précisé expliqué assuré ajouté estimé averti confirmé rapporté`),
		leads: wordset.Of(`selon`), that: wordset.Of(`que qu'`), relatives: wordset.Of(`qui que dont où`), parts: wordset.Of(`et mais car parce quand lorsque que qu' si`),
		week:     count(1, `lundi mardi mercredi jeudi vendredi samedi dimanche`),
		month:    count(1, `janvier février mars avril mai juin juillet août septembre octobre novembre décembre`),
		relative: map[string]int{"aujourd'hui": 0, "hier": -1, "demain": 1},
		numbers: valued(tens(count(0, `zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize`),
			`vingt/vingts trente quarante cinquante soixante - - -`, "", ""), `cent=100 cents=100 septante=70 huitante=80 nonante=90`),
		ordinals: valued(map[string]int{}, `premier=1 première=1 deuxième=2 troisième=3 quatrième=4 cinquième=5`),
		joins:    wordset.Of(`et`), joinsTens: true, comma: true, elides: true, adverbs: []string{"ment"}, bounds: wordset.Phrases(`jusqu'à, au moins, plus de, moins de, près de, environ`),
		abbreviations: wordset.Of(`m mme dr st`),
	}
}

func germanWords() *lexicon {
	return &lexicon{
		stop: wordset.Of(`der die das den dem des ein eine einen einem einer eines und oder aber denn sondern in im an am auf aus bei beim mit nach von vom zu zum zur für über unter um durch gegen ohne
			vor hinter zwischen seit bis ist sind war waren sein gewesen wird werden wurde wurden worden hat haben hatte hatten er sie es wir ihr ich sich sein seine seinen seiner
			ihre ihren ihrer dass als wie wenn ob auch noch nur schon so nicht kein keine keinen keiner nie was wer welche welcher dieser diese dieses man dort hier da`),
		hard: wordset.Of(`nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder`), soft: wordset.Of(`bestreitet bestritt leugnet weigert weigerte`),
		hedges: hedging(`kann können könnte könnten soll sollen vielleicht möglicherweise wahrscheinlich vermutlich mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher angeblich offenbar dürfte dürften wohl`,
			`würde würden plant planen will wollen`),
		conditions: wordset.Of(`wenn falls sofern`), concessive: wordset.Of(`auch selbst als`), sayings: wordset.Of(`sagte sagt sagten laut zufolge erklärte teilte berichtete berichtet kündigte betonte warnte mitteilte bestätigte schrieb hieß`),
		leads: wordset.Of(`laut`), that: wordset.Of(`dass`), relatives: wordset.Of(`der die das dem den deren dessen wo`), parts: wordset.Of(`und aber weil während als dass wenn`),
		week:     count(1, `montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag`),
		month:    count(1, `januar/jänner februar märz april mai juni juli august september oktober november dezember`),
		relative: map[string]int{"heute": 0, "gestern": -1, "morgen": 1},
		numbers: valued(tens(count(0, `null eins/ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn`),
			`zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig`, "und", `ein zwei drei vier fünf sechs sieben acht neun`),
			`hundert=100 einhundert=100 zweihundert=200 dreihundert=300 vierhundert=400 fünfhundert=500`),
		joins: wordset.Of(`und`), comma: true, dateCaps: true, nouns: true, bounds: wordset.Phrases(`bis zu, mindestens, mehr als, weniger als, fast, höchstens, rund, etwa, knapp`),
		abbreviations: wordset.Of(`dr prof hr fr nr str z b d h bzw ca`),
	}
}

func portugueseWords() *lexicon {
	return &lexicon{
		stop: wordset.Of(`o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela pelos pelas para com sem sob sobre e ou que se ao aos à às é são foi foram era eram ser sido está estão
			estava tem têm tinha ter há como mais muito já seu sua seus suas ele ela eles elas este esta isso esse essa entre até após desde também mas porque quando onde quem não nem segundo`),
		hard: wordset.Of(`não nunca jamais nenhum nenhuma ninguém nada sem nem tampouco`), soft: wordset.Of(`negou nega negam rejeitou rejeita recusou`),
		hedges: hedging(`pode podem poderia poderiam talvez provavelmente possivelmente suposto suposta supostamente aparentemente seria seriam teria teriam`,
			`deve devem deverá poderá pretende planeja`),
		conditions: wordset.Of(`caso`), sayings: wordset.Of(`disse diz disseram afirmou afirma declarou informou anunciou explicou acrescentou garantiu alertou confirmou`),
		that: wordset.Of(`que`), relatives: wordset.Of(`que quem onde cujo`), parts: wordset.Of(`e mas porque enquanto quando que`),
		week:     count(1, `segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo`),
		month:    count(1, `janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro`),
		relative: map[string]int{"hoje": 0, "ontem": -1, "amanhã": 1},
		numbers: valued(tens(count(0, `zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove`),
			`vinte trinta quarenta cinquenta sessenta setenta oitenta noventa`, "", ""), `cem=100 cento=100 duzentos=200 duzentas=200 trezentos=300 quinhentos=500`),
		joins: wordset.Of(`e`), joinsTens: true, comma: true, adverbs: []string{"mente"}, bounds: wordset.Phrases(`até, pelo menos, mais de, menos de, quase, cerca de`),
		abbreviations: wordset.Of(`sr sra dr dra`),
	}
}

func italianWords() *lexicon {
	return &lexicon{
		stop: wordset.Of(`il lo la i gli le l' un uno una un' di del dello della dei degli delle dell' a al allo alla ai agli alle all' da dal dalla dai dalle dall' in nel nello nella nei nelle nell' su sul sulla
			sui sulle con per tra fra e ed o che chi cui è sono era erano essere stato stata stati ha hanno aveva avevano avere si suo sua suoi loro lui lei questo questa quello quella
			come più molto già anche ma perché quando dove non né se dopo prima secondo`),
		hard: wordset.Of(`non mai nessun nessuno nessuna niente nulla senza né`), soft: wordset.Of(`nega negato rifiuta rifiutato respinto`),
		hedges:     hedging(`può possono potrebbe potrebbero forse probabilmente possibilmente presunto presunta presunti presumibilmente apparentemente sarebbe sarebbero avrebbe avrebbero`, `dovrebbe dovrebbero`),
		conditions: wordset.Of(`se qualora purché`), concessive: wordset.Of(`anche come`), sayings: wordset.Of(`detto dice afferma affermato dichiarato annunciato spiegato riferito aggiunto sostiene avvertito confermato`),
		that: wordset.Of(`che`), relatives: wordset.Of(`che chi cui dove`), parts: wordset.Of(`e ma perché mentre quando che`),
		week:     count(1, `lunedì martedì mercoledì giovedì venerdì sabato domenica`),
		month:    count(1, `gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre`),
		relative: map[string]int{"oggi": 0, "ieri": -1, "domani": 1},
		numbers: valued(tens(count(0, `zero uno/un/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove`),
			`venti trenta quaranta cinquanta sessanta settanta ottanta novanta`, "", ""), `cento=100 duecento=200 trecento=300 cinquecento=500 venticinque=25`),
		joins: wordset.Of(`e`), comma: true, elides: true, adverbs: []string{"mente"}, bounds: wordset.Phrases(`fino a, almeno, più di, meno di, quasi, circa, oltre`),
		abbreviations: wordset.Of(`sig dott`),
	}
}

func dutchWords() *lexicon {
	return &lexicon{
		stop: wordset.Of(`de het een en of maar want dus in op aan van voor met naar bij uit over onder door tegen zonder om tot te ten ter is zijn was waren wordt worden werd werden geweest heeft hebben had
			hadden hij zij ze het wij we u hun haar zijn die dat deze dit wie wat waar als dan ook nog al niet geen er na sinds volgens`),
		hard: wordset.Of(`niet geen nooit niemand niets zonder noch`), soft: wordset.Of(`ontkent ontkende weigert weigerde`),
		hedges:     hedging(`kan kunnen kon zou zouden misschien mogelijk waarschijnlijk vermoedelijk vermoedelijke blijkbaar vermeende`, `zal zullen wil willen`),
		conditions: wordset.Of(`tenzij indien mits`), sayings: wordset.Of(`zei zegt zeiden volgens verklaarde meldt meldde vertelde waarschuwde bevestigde`),
		leads: wordset.Of(`volgens`), that: wordset.Of(`dat`), relatives: wordset.Of(`die dat wie waar`), parts: wordset.Of(`en maar omdat terwijl toen dat als`),
		week:     count(1, `maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`),
		month:    count(1, `januari februari maart april mei juni juli augustus september oktober november december`),
		relative: map[string]int{"vandaag": 0, "gisteren": -1, "morgen": 1},
		numbers: valued(tens(count(0, `nul een/één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien`),
			`twintig dertig veertig vijftig zestig zeventig tachtig negentig`, "en", `een twee drie vier vijf zes zeven acht negen`), `honderd=100 tweehonderd=200 driehonderd=300`),
		joins: wordset.Of(`en`), comma: true, bounds: wordset.Phrases(`tot, minstens, meer dan, minder dan, bijna, ongeveer, zeker, ruim`),
		abbreviations: wordset.Of(`dhr mevr dr prof nr`),
	}
}
