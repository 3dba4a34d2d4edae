package events

import (
	"strings"
	"sync"
)

// Before a stream has shown which words are common, a table says so: the share
// of English news items that hold a word, by class. The classes are rough; they
// only keep "president" from weighing as much as a name in the first hours.
const (
	shareStop   = 1.0    // carries no subject: left out altogether
	shareVery   = 0.08   // in one item of twelve
	shareOften  = 0.025  // in one of forty
	shareOften2 = 0.008  // in one of a hundred and twenty
	shareOther  = 0.0004 // any other word
)

const (
	silentWords = `a an and are as at be been being but by can could did do does doing for from had has have having he her
		here hers him his how i if in into is it its just may me might more most my no nor not of off on once only or
		other our out over own s she should so some such t than that the their them then there these they this those
		through to too under up very was we were what when where which while who whom why will with would you your
		about above after again against all also am any around because before below between both down during each few
		further get gets got let like now per since still until upon via vs yet dont cant wont didnt isnt doesnt
		el la los las un una de del en y que le les des du et der das und von dem ein eine`
	veryWords = `say said says new year first two one people us time last make made take day week month state report
		reported according told three years united states president government official cnn news monday tuesday wednesday
		thursday friday saturday sunday many much former since group country american world back part million house
		percent work among well way come show even call called use want need help including know week`
	oftenWords = `police court police law case company plan high top big home city national public health party election
		vote court million billion market us uk security military war attack death dead die kill killed women men man
		woman child children family life school student team game season win won lose lost play player start end
		leader minister office bill senate congress republican democrat trump biden obama white campaign federal judge
		price share stock sale rate rise fall drop cut increase quarter profit growth economy bank business deal pay
		money cost tax fund trade data study research company service online media video photo film movie music star
		set see look find found give keep leave put run hold move turn open close face lead left right long old young
		early late next another little good best better bad great few second four five six seven eight nine ten
		january february march april may june july august september october november december update live breaking
		today tomorrow tonight morning night hour minute ago later power force support issue problem question answer
		number local area place street community member chief executive director general head secretary department
		agency statement interview press conference meeting talk speech decision rule order action change charge
		investigation trial suspect arrest shooting victim injured accident fire storm water food car air`
	often2Words = `threat warn fear concern risk crisis emergency hit strike ban block deny reject approve accept agree
		announce reveal launch release return visit meet join raise reach near return expect hope believe think
		claim accuse allege deny defend criticize slam blast urge push seek ask offer buy sell bid merger acquisition
		investor analyst estimate forecast revenue earning result index dollar euro yield bond debt loan mortgage
		job worker union strike wage employee hire fire technology app phone google apple facebook microsoft amazon
		twitter user internet web site page game show episode album song singer actor actress director celebrity
		baby wedding marriage divorce couple mother father son daughter brother sister wife husband friend
		virus disease cancer drug patient doctor hospital vaccine covid outbreak case test treatment scientist
		climate weather temperature hurricane earthquake flood rain snow heat wind planet space nasa moon mars
		russia russian china chinese ukraine europe european britain british france french germany german japan
		japanese india indian israel iran iraq syria korea mexico canada texas california florida york washington
		london kremlin putin missile nuclear troop army soldier border immigrant migrant refugee protest protester
		rights abortion gun race black gay religion church pope king queen prince royal governor mayor candidate
		poll voter ballot primary supreme justice attorney lawyer lawsuit prison sentence guilty convict crime
		gas oil energy electric vehicle plane flight airline airport train ship crash explosion body search rescue`
)

// shares maps the stem of a word to its share, for the words of the table.
var shares = sync.OnceValue(func() map[string]float64 {
	m := make(map[string]float64, 900)
	for _, class := range []struct {
		words string
		share float64
	}{{often2Words, shareOften2}, {oftenWords, shareOften}, {veryWords, shareVery}, {silentWords, shareStop}} {
		for w := range strings.FieldsSeq(class.words) {
			m[stem(w, "en")] = class.share
			if class.share == shareStop {
				m[w] = class.share
			}
		}
	}
	return m
})

// share returns the share of items that are expected to hold a word.
func share(stemmed string) float64 {
	if s, ok := shares()[stemmed]; ok {
		return s
	}
	if len(stemmed) == 1 {
		return shareStop
	}
	return shareOther
}
