package ask

import (
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"
)

// exact are written this way only: "us" is no country.
var exact = map[string]string{
	"US": "u_s", "U.S.": "u_s", "U.S": "u_s", "USA": "u_s", "U.S.A.": "u_s", "U.S.A": "u_s", "UK": "u_k", "U.K.": "u_k", "U.K": "u_k",
	"UN": "u_n", "U.N.": "u_n", "EU": "e_u", "E.U.": "e_u",
}

// paired are second words of names that have a short form.
var paired = map[[2]string]string{
	{"united", "states"}: "u_s", {"united", "kingdom"}: "u_k", {"united", "nations"}: "u_n", {"european", "union"}: "e_u",
	{"great", "britain"}: "u_k",
}

// same maps lower-case words and stems to the one that stands for them.
var same = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(sameWords) {
		words := strings.Fields(line)
		for i, w := range words {
			if i > 0 {
				m[w] = words[0]
			}
		}
	}
	// "injuring" has the stem of "injured".
	for line := range strings.Lines(sameWords) {
		words := strings.Fields(line)
		for _, w := range words[1:] {
			if stem := english.Stem(w, false); len(w) >= 5 && len(stem) >= 4 && stem != words[0] && m[stem] == "" {
				m[stem] = words[0]
			}
		}
	}
	return m
})

const sameWords = `u_s america american americans
u_k britain british briton britons u.k
die dead death deaths died dies dying kill kills killed killing toll fatal fatality fatalities fatally
injure injured injuries injury wounded hurt
win won wins winner winners winning victory
lose lost loses losing loss
film films movie movies
buy bought buys purchase purchased acquire acquired acquisition purchas acquir acquisit
sell sold sells sale sales
say said says
hold held holds
give gave given gives
take took taken takes
rise rose risen rises
fall fell fallen falls
begin began begun begins
break broke broken breaks
leave left leaves
make made makes
find found finds
lead led leads
become became becomes
strike struck strikes
steal stole stolen
send sent sends
pay paid pays
go went gone goes
run ran runs
hit hits hitting
shoot shot shooting gunfire
earthquake quake quakes earthquakes
company companies firm firms
country countries nation nations
vote votes voted voting ballot ballots
elect elected election elections
song songs single singles
car cars vehicle vehicles
arrest arrested arrests detained
resign resigned resigns resignation
invade invaded invasion
announce announced announces announcement
name named names
retire retired retires retirement
russia russian russians
ukraine ukrainian ukrainians
china chinese
france french
germany german germans
spain spanish
italy italian italians
japan japanese
canada canadian canadians
mexico mexican mexicans
brazil brazilian
australia australian australians
india indian indians
israel israeli israelis
palestine palestinian palestinians
iran iranian iranians
iraq iraqi iraqis
turkey turkish
sweden swedish
finland finnish
norway norwegian
poland polish
ireland irish
scotland scottish
wales welsh
england english
africa african
europe european
korea korean koreans
thailand thai
afghanistan afghan
syria syrian
egypt egyptian
kenya kenyan
greece greek
argentina argentine argentinian
chile chilean
peru peruvian
colombia colombian
haiti haitian
cuba cuban
vietnam vietnamese
taiwan taiwanese
pakistan pakistani
hungary hungarian
denmark danish
switzerland swiss
netherlands dutch
portugal portuguese
`
