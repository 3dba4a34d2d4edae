package ask

import (
	"iter"
	"maps"
	"strings"
	"sync"

	"newsdesk/internal/wordset"
)

// A question often names the class of its answer: "which country", "what
// colour". For some classes all members are known, and for the others it is
// known whether they are written with a capital letter.

// shape is how the members of a class are written.
type shape byte

const (
	shapeAny    shape = iota
	shapeName         // with a capital letter
	shapePerson       // with a capital letter, mostly two words
	shapeWork         // with a capital letter or in quotation marks
	shapeCommon       // in lower case, mostly
)

// classShapes are the class words with the shape of what they stand for.
var classShapes = sync.OnceValue(func() map[string]shape {
	m := map[string]shape{}
	for s, words := range [...]string{
		shapeName: `country countries nation nations state states city cities town county island province region borough capital continent ocean sea lake river
			mountain volcano planet moon company companies firm automaker carmaker airline retailer brand chain network team club franchise university college
			school organization organisation agency bank newspaper platform site website app museum stadium airport park organization's party group band
			corporation store magazine tribe hurricane storm mission rocket spacecraft holiday festival award conference league tournament currency
			language neighborhood landmark property hotel restaurant manufacturer giant startup court department virus disease variant month weekday day
			place location destination zoo race`,
		shapePerson: `person man woman actor actress singer rapper musician artist artists author writer director player athlete golfer boxer quarterback coach
			star politician senator governor president minister candidate lawmaker lawmakers congressman congresswoman leader leaders judge justice
			celebrity ceo founder billionaire entrepreneur figure host comedian monarch pope mayor member official officials
			gymnast swimmer runner driver model designer poet scientist journalist anchor performer representative secretary pitcher legend
			champion winner duo couple family`,
		shapeWork: `movie film show shows series novel book song album game games play musical podcast painting documentary sitcom franchise title track single
			anime cartoon strip`,
		shapeCommon: `animal animals color colour food foods drug fruit vegetable sport item items product products material element metal substance type kind
			sort dinosaur bird fish insect species genre instrument plant crop condition ingredient drink job occupation profession crime charge word
			weapon vehicle nickname trait skill activity object device ingredient chemical gas mineral dish snack breed organ allergy feature bill`,
		shapeAny: `year years date time number percentage percent magnitude age price distance amount score law policy`,
	} {
		for w := range strings.FieldsSeq(words) {
			if _, ok := m[w]; !ok {
				m[w] = shape(s)
			}
		}
	}
	return m
})

var classWords = wordset.Made(func() iter.Seq[string] { return maps.Keys(classShapes()) })

// members returns all members of a class in lower case, nil where they are not
// known.
func members(class string) *wordset.Set {
	switch class {
	case "country", "countries", "nation", "nations":
		return countries
	case "state", "states":
		return states
	case "planet":
		return planets
	case "ocean", "sea":
		return oceans
	case "continent":
		return continents
	case "color", "colour":
		return colours
	case "animal", "animals", "species", "pet", "creature":
		return animals
	case "sport":
		return sports
	case "month":
		return monthNames
	case "day", "weekday":
		return weekdays
	case "city", "cities", "capital":
		return cities
	case "currency":
		return currencies
	}
	return nil
}

var countries = wordset.Phrases(`afghanistan,albania,algeria,angola,argentina,armenia,australia,austria,azerbaijan,bahamas,bahrain,bangladesh,barbados,belarus,belgium,belize,
	benin,bhutan,bolivia,bosnia,botswana,brazil,britain,brunei,bulgaria,burkina faso,burundi,cambodia,cameroon,canada,chad,chile,china,colombia,congo,costa rica,
	croatia,cuba,cyprus,czech republic,czechia,denmark,djibouti,dominican republic,ecuador,egypt,el salvador,england,eritrea,estonia,eswatini,ethiopia,fiji,
	finland,france,gabon,gambia,georgia,germany,ghana,greece,grenada,guatemala,guinea,guyana,haiti,honduras,hong kong,hungary,iceland,india,indonesia,iran,
	iraq,ireland,israel,italy,ivory coast,jamaica,japan,jordan,kazakhstan,kenya,kosovo,kuwait,kyrgyzstan,laos,latvia,lebanon,lesotho,liberia,libya,
	lithuania,luxembourg,madagascar,malawi,malaysia,maldives,mali,malta,mauritania,mauritius,mexico,moldova,monaco,mongolia,montenegro,morocco,mozambique,
	myanmar,namibia,nepal,netherlands,the netherlands,new zealand,nicaragua,niger,nigeria,north korea,north macedonia,northern ireland,norway,oman,pakistan,
	panama,papua new guinea,paraguay,peru,philippines,the philippines,poland,portugal,puerto rico,qatar,romania,russia,rwanda,samoa,saudi arabia,scotland,
	senegal,serbia,sierra leone,singapore,slovakia,slovenia,solomon islands,somalia,south africa,south korea,south sudan,spain,sri lanka,sudan,suriname,sweden,
	switzerland,syria,taiwan,tajikistan,tanzania,thailand,togo,tonga,trinidad and tobago,tunisia,turkey,türkiye,turkmenistan,uganda,ukraine,
	united arab emirates,uae,united kingdom,uk,united states,us,uruguay,uzbekistan,vanuatu,vatican,venezuela,vietnam,wales,yemen,zambia,zimbabwe`)

var states = wordset.Phrases(`alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,georgia,hawaii,idaho,illinois,indiana,iowa,kansas,
	kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada,new hampshire,new jersey,new mexico,new york,
	north carolina,north dakota,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina,south dakota,tennessee,texas,utah,vermont,virginia,washington,
	west virginia,wisconsin,wyoming,new south wales,queensland,victoria,tasmania,south australia,western australia,bavaria,são paulo,punjab,kerala`)

var planets = wordset.Phrases(`mercury,venus,earth,mars,jupiter,saturn,uranus,neptune,pluto`)

var oceans = wordset.Phrases(`pacific,pacific ocean,atlantic,atlantic ocean,indian ocean,arctic,arctic ocean,southern ocean,mediterranean,mediterranean sea,
	baltic,baltic sea,black sea,red sea,north sea,caribbean,caribbean sea,south china sea,caspian sea`)

var monthNames = wordset.Phrases(`january,february,march,april,may,june,july,august,september,october,november,december`)

var continents = wordset.Phrases(`africa,antarctica,asia,australia,europe,north america,south america,oceania`)

var colours = wordset.Phrases(`black,white,red,green,blue,yellow,orange,purple,pink,brown,gray,grey,gold,silver,turquoise,violet,beige`)

var currencies = wordset.Phrases(`dollar,euro,euros,pound,yen,yuan,rupee,ruble,rouble,peso,real,franc,lira,won,bitcoin,krona,krone,rand,shekel,british pound,japanese yen`)

var animals = wordset.Phrases(`alligator,alligators,ant,ants,bat,bats,bear,bears,bee,bees,beetle,bird,birds,bison,buffalo,bull,butterfly,camel,cat,cats,cheetah,chicken,
	chickens,chimpanzee,cockroach,cow,cows,coyote,crab,crocodile,crocodiles,crow,deer,dinosaur,dog,dogs,dolphin,dolphins,donkey,duck,eagle,eagles,eel,elephant,
	elephants,emu,falcon,fish,flamingo,fly,fox,frog,frogs,giraffe,goat,goats,goose,gorilla,hamster,hippo,hippos,horse,horses,hyena,iguana,jaguar,jellyfish,
	kangaroo,koala,leopard,lion,lions,lizard,llama,lobster,lynx,monkey,monkeys,moose,mosquito,mosquitoes,moth,mouse,mice,octopus,orca,orcas,ostrich,otter,
	otters,owl,panda,pandas,panther,parrot,penguin,penguins,pig,pigeon,pigs,platypus,pony,puma,python,rabbit,raccoon,rat,rats,raven,reindeer,rhino,
	salmon,scorpion,seal,seals,shark,sharks,sheep,skunk,slug,slugs,snail,snails,snake,snakes,spider,spiders,squid,squirrel,starfish,swan,tiger,tigers,toad,
	tortoise,turkey,turkeys,turtle,turtles,vulture,walrus,wasp,weasel,whale,whales,wolf,wolves,wombat,worm,worms,yak,zebra,zebras`)

var sports = wordset.Phrases(`archery,athletics,badminton,baseball,basketball,biathlon,bowling,boxing,breakdancing,cheerleading,chess,cricket,croquet,cycling,darts,
	diving,equestrian,fencing,field hockey,figure skating,flag football,football,golf,gymnastics,handball,hockey,ice hockey,judo,karate,kickball,lacrosse,luge,
	pickleball,polo,rowing,rugby,sailing,skateboarding,skating,skiing,snowboarding,soccer,softball,squash,sumo,surfing,swimming,table tennis,taekwondo,tennis,
	track and field,triathlon,volleyball,water polo,weightlifting,wrestling`)

var cities = wordset.Phrases(`amsterdam,athens,atlanta,austin,baghdad,baltimore,bangkok,barcelona,beijing,beirut,belfast,berlin,birmingham,bogotá,boston,brussels,
	budapest,buenos aires,cairo,cape town,caracas,charlotte,chicago,cincinnati,cleveland,columbus,copenhagen,dallas,damascus,delhi,denver,detroit,dubai,dublin,
	edinburgh,el paso,geneva,glasgow,hanoi,havana,helsinki,houston,indianapolis,islamabad,istanbul,jacksonville,jakarta,jerusalem,johannesburg,kabul,kansas city,
	karachi,khartoum,kyiv,lagos,las vegas,leeds,lima,lisbon,liverpool,london,los angeles,louisville,lyon,madrid,manchester,manila,marseille,melbourne,memphis,
	mexico city,miami,milan,milwaukee,minneapolis,montreal,moscow,mumbai,munich,nairobi,naples,nashville,new delhi,new orleans,new york,new york city,
	oakland,orlando,oslo,ottawa,paris,philadelphia,phoenix,pittsburgh,portland,prague,riyadh,rome,sacramento,salt lake city,san antonio,san diego,
	san francisco,san jose,santiago,seattle,seoul,shanghai,singapore,st. louis,stockholm,sydney,taipei,tampa,tehran,tel aviv,tokyo,toronto,tucson,
	tulsa,vancouver,vienna,warsaw,washington,wuhan,zurich`)
