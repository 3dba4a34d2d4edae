package events

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"newsdesk/internal/wordset"
)

// places lists countries and well-known parts of them: a line is a country
// with its adjectives and people, then, after a bar, cities and regions with
// their own names. A city lies in its country, so "Chicago" and "US" do not
// contradict each other, but "Chicago" and "Houston" do.
const places = `
afghanistan afghan afghans|kabul|kandahar
albania albanian|tirana
algeria algerian|algiers
angola angolan|luanda
argentina argentine argentinian|buenos_aires
armenia armenian|yerevan
australia australian australians aussie|sydney|melbourne|brisbane|perth|queensland|canberra|adelaide|tasmania
austria austrian|vienna
azerbaijan azerbaijani|baku
bahrain bahraini
bangladesh bangladeshi|dhaka
belarus belarusian|minsk
belgium belgian|brussels|antwerp
bolivia bolivian
bosnia bosnian|sarajevo
brazil brazilian|sao_paulo|rio_de_janeiro|brasilia
bulgaria bulgarian|sofia
burundi
cambodia cambodian|phnom_penh
cameroon cameroonian
canada canadian canadians|toronto|montreal|vancouver|ottawa|quebec|ontario|alberta|calgary|manitoba|nova_scotia
chad chadian
chile chilean|santiago|iquique|valparaiso|atacama
china chinese|beijing|shanghai|hong_kong|wuhan|xinjiang|tibet|sichuan|guangdong|yunnan|shenzhen|chengdu
colombia colombian|bogota|medellin|cali
congo congolese|kinshasa|goma
costa_rica
croatia croatian|zagreb
cuba cuban|havana
cyprus cypriot|nicosia
czech czechia|prague
denmark danish dane|copenhagen|greenland
dominican|santo_domingo
ecuador ecuadorean|quito|guayaquil
egypt egyptian|cairo|sinai|alexandria
el_salvador salvadoran
eritrea eritrean
estonia estonian|tallinn
ethiopia ethiopian|addis_ababa|tigray
fiji
finland finnish|helsinki
france french|paris|lyon|marseille|nice|toulouse
gaza
georgia_tbilisi tbilisi
germany german germans|berlin|munich|hamburg|frankfurt|cologne|bavaria
ghana ghanaian|accra
greece greek|athens|crete|lesbos
guatemala guatemalan
guinea guinean
haiti haitian|port_au_prince
honduras honduran
hungary hungarian|budapest
iceland icelandic|reykjavik
india indian indians|delhi|mumbai|kashmir|kerala|kolkata|bangalore|gujarat|assam|uttar_pradesh|chennai|manipur
indonesia indonesian|jakarta|bali|sumatra|java|sulawesi|aceh|lombok
iran iranian iranians|tehran
iraq iraqi iraqis|baghdad|mosul|basra|kirkuk
ireland irish|dublin
israel israeli israelis|jerusalem|tel_aviv
italy italian italians|rome|milan|venice|naples|sicily|florence|genoa
ivory_coast|abidjan
jamaica jamaican
japan japanese|tokyo|osaka|fukushima|okinawa|hiroshima|kyoto|hokkaido|kyushu
jordan_amman amman
kazakhstan kazakh|almaty
kenya kenyan|nairobi|mombasa
kosovo
kuwait kuwaiti
kyrgyzstan kyrgyz
laos
latvia latvian|riga
lebanon lebanese|beirut
liberia liberian
libya libyan|tripoli|benghazi
lithuania lithuanian|vilnius
madagascar
malawi
malaysia malaysian|kuala_lumpur
maldives
mali malian|bamako
malta maltese
mexico mexican mexicans|mexico_city|tijuana|acapulco|oaxaca|chiapas|guerrero|cancun
moldova
mongolia mongolian
morocco moroccan|marrakech|casablanca
mozambique
myanmar burma burmese|yangon|rakhine
namibia
nepal nepalese|kathmandu
netherlands dutch|amsterdam|rotterdam|the_hague
new_zealand|auckland|christchurch|wellington
nicaragua nicaraguan
niger
nigeria nigerian|lagos|abuja|borno
north_korea|pyongyang
norway norwegian|oslo
oman omani
pakistan pakistani|karachi|lahore|islamabad|peshawar|balochistan|quetta
palestine palestinian palestinians|west_bank|ramallah
panama
papua_new_guinea
paraguay
peru peruvian|lima|cusco
philippines philippine filipino|manila|mindanao|luzon
poland polish|warsaw
portugal portuguese|lisbon
qatar qatari|doha
romania romanian|bucharest
russia russian russians|moscow|st_petersburg|siberia|chechnya|kamchatka|belgorod|kursk
rwanda rwandan|kigali
saudi saudis|riyadh|jeddah|mecca
senegal senegalese|dakar
serbia serbian|belgrade
sierra_leone
singapore
slovakia slovak
slovenia slovenian
somalia somali|mogadishu
south_africa|johannesburg|cape_town|pretoria|durban
south_korea|seoul|busan
south_sudan|juba
spain spanish|madrid|barcelona|catalonia|valencia|seville
sri_lanka|colombo
sudan sudanese|khartoum|darfur
sweden swedish|stockholm|malmo
switzerland swiss|geneva|zurich
syria syrian syrians|damascus|aleppo|idlib|homs|raqqa
taiwan taiwanese|taipei
tajikistan
tanzania tanzanian
thailand thai|bangkok|phuket
tonga
tunisia tunisian|tunis
turkey turkish|istanbul|ankara|izmir
turkmenistan
uganda ugandan|kampala
ukraine ukrainian ukrainians|kyiv kiev|kharkiv|odesa odessa|donetsk|crimea|mariupol|kherson|lviv|luhansk|bakhmut|dnipro
united_arab_emirates uae|dubai|abu_dhabi
uk britain british united_kingdom|england english|scotland scottish|wales welsh|northern_ireland|london|manchester|liverpool|birmingham|glasgow|edinburgh|leeds|bristol|belfast
us usa united_states america american americans|alabama|alaska|anchorage|arizona|phoenix|arkansas|california|los_angeles|san_francisco|san_diego|oakland|sacramento|colorado|denver|connecticut|delaware|florida|miami|orlando|tampa|jacksonville|georgia|atlanta|hawaii|honolulu|maui|idaho|illinois|chicago|indiana|indianapolis|iowa|kansas|kentucky|louisville|louisiana|new_orleans|maine|maryland|baltimore|massachusetts|boston|michigan|detroit|minnesota|minneapolis|mississippi|missouri|st_louis|montana|nebraska|nevada|las_vegas|new_hampshire|new_jersey|new_mexico|new_york|brooklyn|north_carolina|charlotte|north_dakota|ohio|columbus|cleveland|cincinnati|oklahoma|oregon|portland|pennsylvania|philadelphia|pittsburgh|puerto_rico|rhode_island|south_carolina|charleston|south_dakota|tennessee|nashville|memphis|texas|dallas|houston|austin|san_antonio|el_paso|uvalde|utah|vermont|virginia|washington|seattle|west_virginia|wisconsin|milwaukee|wyoming
uruguay
uzbekistan uzbek
vanuatu
vatican
venezuela venezuelan|caracas
vietnam vietnamese|hanoi
yemen yemeni|sanaa|houthi
zambia
zimbabwe zimbabwean|harare
`

// place is a country or a part of one.
type place struct{ country, part uint16 } // part is 0 for the whole country

// gazetteer maps names, in lower case with single blanks, to places.
var gazetteer = sync.OnceValue(func() map[string]place {
	m := make(map[string]place, 700)
	country := uint16(0)
	for line := range strings.Lines(strings.TrimSpace(places)) {
		country++
		for part, names := range strings.Split(strings.TrimSpace(line), "|") {
			for name := range strings.FieldsSeq(names) {
				m[strings.ReplaceAll(name, "_", " ")] = place{country, uint16(part)}
			}
		}
	}
	return m
})

// placeEnds holds the last word of each name.
var placeEnds = wordset.Made(func() iter.Seq[string] {
	return func(yield func(string) bool) {
		for name := range gazetteer() {
			if !yield(name[strings.LastIndexByte(name, ' ')+1:]) {
				return
			}
		}
	}
})

// maxPlaces bounds the places that are kept of one text.
const maxPlaces = 12

// agree says whether two places may be one: the same, or one within the other.
func (p place) agree(q place) bool {
	return p.country == q.country && (p.part == q.part || p.part == 0 || q.part == 0)
}

// placeFinder collects the places that a stream of words names.
type placeFinder struct {
	words *wordTable
	found []place
	key   []byte
	seen  int      // words
	last  [2]known // the last word and the one before it, where there were any
}

func (f *placeFinder) reset() { f.found, f.seen = f.found[:0], 0 }

// add takes the next word. A longer name takes the place of a shorter one at its
// end, so that "New Mexico" is not Mexico.
func (f *placeFinder) add(k known) {
	if k.place {
		f.look(k)
	}
	f.last[0], f.last[1] = k, f.last[0]
	f.seen++
}

func (f *placeFinder) look(k known) {
	f.key = f.key[:0]
	if f.seen > 1 {
		f.key = append(f.key, f.words.raw(f.last[1])...)
	}
	f.key = append(f.key, ' ')
	two := len(f.key)
	if f.seen > 0 {
		f.key = append(f.key, f.words.raw(f.last[0])...)
	}
	f.key = append(f.key, ' ')
	one := len(f.key)
	f.key = append(f.key, f.words.raw(k)...)
	for _, from := range [...]int{0, two, one} {
		if p, ok := gazetteer()[string(f.key[from:])]; ok {
			f.put(p)
			return
		}
	}
}

func (f *placeFinder) put(p place) {
	if len(f.found) < maxPlaces && !slices.Contains(f.found, p) {
		f.found = append(f.found, p)
	}
}

// apart says whether two articles name places that cannot be one: each names
// some in its title, and none of them is named by the other at all.
func apart(titleA, allA, titleB, allB []place) bool {
	if len(titleA) == 0 || len(titleB) == 0 {
		return false
	}
	return !meet(titleA, titleB) && !meet(titleA, allB) && !meet(allA, titleB)
}

func meet(a, b []place) bool {
	for _, p := range a {
		if slices.ContainsFunc(b, p.agree) {
			return true
		}
	}
	return false
}
