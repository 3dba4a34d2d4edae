package ask

import (
	"strings"
	"sync"
)

// How much a word says about what is asked is the logarithm of how rare it is
// in news. The stored articles that a search returns are no sample of the
// news, so a table gives the shares: stems of English words by the share of
// news articles that hold them, counted over some 4,700 articles of 2013 to
// 2023. Names are not in it; they count as rare.
const (
	weightStop  = 0.3
	weightOther = 6.0
)

var shares = []struct {
	stems  string
	weight float64
}{
	{sixteenth, 1.5}, {thirtieth, 2.6}, {sixtieth, 3.5}, {hundredth, 4.3},
}

// rarity returns the weight of each stem of the table.
var rarity = sync.OnceValue(func() map[string]float64 {
	m := make(map[string]float64, 2600)
	for _, s := range shares {
		for w := range strings.FieldsSeq(s.stems) {
			m[w] = s.weight
		}
	}
	return m
})

const (
	sixteenth = `
abl about access accord account accus across act action activ addit address administr affect after again against age agenc ago agre ahead air all alleg
allow almost along alreadi also alway among and announc anoth any appear approv are area around arrest arriv ask associ attack attempt attorney author
avail away back ban base becam because becom been before began begin behind being believ best better between big biggest bill billion black bodi both
break bring build busi but call came campaign can candid care carri case caus celebr center central certain challeng chanc chang charg chief children
citi claim clear close come comment committe communiti compani complet concern condit confer confirm conserv consid continu control cost could countri
court creat critic current cut damag data date day dead deal death decad decid decis declar declin defens deliv demand describ despit detail develop
did die differ direct director discuss does doing don done down drop due during each earli earlier effect effort eight elect emerg end enough enter
even event ever everi everyon execut expect expert face fact fail fall famili fan far featur feder feel few fight file film final find fire first five
focus follow food for forc form former forward found four free friend from full fund further futur game general get give given global good got govern
great group grow had half hand happen hard has have having head health hear held help her here high higher him his histori hit hold home hope hospit
host hour how howev human imag immedi impact import includ increas inform initi instead interest intern interview into investig involv issu its job
join just keep key kill kind know known larg largest last late later latest launch law lead leader learn least leav led left legal legisl less let
level life like limit line list littl live local locat long look lost lot love low made major make man manag mani mark market matter may mean measur
media meet member men messag might mile militari million minist minut moment money month more morn most move much multipl must name nation near need
never new news newslett next night not note now number off offer offic offici often old once one only open oper order organ origin other our out outsid
over own pandem part parti pass past pay peopl perform person place plan play player point polic polici polit poll posit possibl post potenti power
prepar presidenti press prevent previous price prime problem process produc product program protect protest provid public push put question quick race
rais rate reach read real realli reason receiv recent record region relat releas remain report repres requir research resid respond respons result
return reveal right rise risk role rule run said same say schedul school score season second secretari secur see seek seem seen senior sent seri
serious serv servic set seven sever share she short shot should show side sign signific sinc singl six small social some someth soon sourc speak
special spend sport stage stand star start state statement stay step still stop stori street strong student studi success such suggest support system
take taken talk target team tell term test than that the their them then there these they thing think third this those though thought thousand threat
threaten three through time titl today togeth told too took top total toward track travel tri turn tweet two under until updat use vaccin very video
view visit vote voter wait want war warn was watch water way week weekend well went were what when where whether which while who why will win with
within without women won word work world would wrote year yet you young your`
	thirtieth = `
abort above abus accept achiev acknowledg actor actual add admit adult advanc advis affair afternoon agent agreement aid aim airport alli alon although
amid amount analysi analyst anim annual answer anti anyon anyth appeal approach argu arm assist attend attent averag avoid award bad bank bar battl
beat below benefit beyond bid bit blame block blue board book boost border born brand brief broke brother brought buy camera cancel cannot capit captur
car career cast categori centuri chamber champion championship check child choic cite citizen civil class climat club coach coast collect colleg color
com combin commiss commit common communic compar competit conduct confid connect consum contact contain contract contribut controversi convers
coronavirus count coupl cours cover crash crew crime crimin crisi cross crowd cultur custom daili danger daughter debat deep defeat defend delay
demonstr deni deputi design determin didn difficult discov diseas district doctor document doesn dollar domin door doubl dozen draw drink drive drug
earn eastern econom economi editor educ either els email employe encourag energi enforc engag engin ensur entir especi establish estim evacu eventu
everyth evid exact exampl excit exist expand experi experienc explain express extend extrem eye facil factor fals father favorit fear feet fell felt
field figur fill financ financi finish firm fli flight flood footbal forecast foreign fourth freedom front fuel fulli gain gas gather gave generat
giant girl goal goe gone governor grand grant green ground gun handl happi headlin heard heart heat heavi highest himself histor holiday honor huge
hundr idea identifi illeg immigr improv inbox incid independ indic individu industri inflat influenc infrastructur injuri insid institut intellig
introduc invest island itself joint journal judg kept kid knew lack land lawmak lawyer leadership leagu letter lie lift light link longer lose loss
lower main maintain mass massiv match mayor medic memori met middl mind minor miss mission model monitor mother movi music natur negoti network nine
nomin normal northern noth notic observ occur onlin opinion opportun opposit option owner page paid parent park particip particular partner per period
phone photo pick pictur platform plus popul popular pose practic predict present pressur primari prior prison privat probabl profession professor
progress project promis promot prompt propos prosecutor prove publish pull purchas quarter quit rain rang rank rare rather readi recal recogn recommend
red reduc refer reflect refus regul regular reject relationship remark remov repeat replac request resign respect rest restrict retir review rival
river road rock room rough round royal safe safeti sale save saw scene scienc scientist screen search seat select self sell send sentenc separ shift
shock shoot similar sit site situat size slow someon sometim son sound southern space speaker specif speech speed spent spoke spokesman spokesperson
spot spread staff standard station store storm stream strike struggl suffer summer suppli sure surg surpris survey suspect tax technolog televis
territori terror thank themselves throughout ticket tie tour town trade tradit train transport treat treatment trend trial trip true type typic ultim
understand union unlik urg user usual valu vehicl version via vice victim victori violat violenc voic walk wall wave weapon wear weather websit welcom
western whole whose wide wife wind winner wit woman wonder worker worri write wrong`
	sixtieth = `
abil absolut activist actress adopt advantag advisori advoc affili afford agenda aggress aircraft airlin alert alongsid altern amend anniversari
anticip apart apolog app appar appli applic appoint appropri argument armi art articl artist assault assembl assess athlet atmospher attract audienc
awar babi background balanc ball ballot basi basic beach bear beauti behavior bigger bipartisan blood blow bomb bond borrow box boy bridg broad
broadcast broken brutal budget built burn camp cancer cap capabl capac card cash catch caught cell centr ceremoni chain chair chairman channel charact
choos church circul civilian clash classifi clean climb closer cloth cold collaps colleagu comfort command commerci commission compet complaint complex
complic compromis comput conclud condemn conflict confront congression consecut consequ consist conspiraci constitut consult content contest convict
cool cooper coordin core corpor correct coverag credit cri crown crucial dark debt debut deepli defin definit degre democraci depend deserv destroy
destruct detect devast devic digit diplomat disappoint disast discoveri dismiss display disput disrupt distanc distribut divers divid divis dog domest
donat doubt draft drama dramat dream dress drew driven driver duti eas easi eat echo economist edg edit electr elig elimin emot employ encount endors
enjoy entertain environ environment episod equal equip era erupt escal escap essenti examin except exchang exclus exercis exit expens explor explos
extens extra extraordinari failur fair faith fame familiar famous fashion fast favor fellow femal festiv fewer fifth fighter fine fit fix flag floor
flow foot formal fortun foundat founder franchis fraud frequent frustrat fun funer globe gold grab greater greatest grew grown growth guarante guard
guest guid guilti guy halt hang harm hate herself highlight highway hike hire honest hot hotel household hurrican hurt husband icon ident ignor ill
implement impos imposs impress inch incom incred inde indict infect injur insist inspir integr intend intens intent internet invas investor invit isn
isol item jail jet journalist journey jump juri kick labor ladi laid languag larger lawsuit lay leak leg liber listen loan lock longtim lowest magazin
mail male manufactur marri marriag mask materi maximum mayb meant mental mention mid midterm migrant milit missil mistak mix mobil moder modern mom
monarch moon motiv mount mountain movement mph murder museum myself nationwid nativ nearbi necessari neighbor net newli newspap nomine non none nor
northeast notabl nuclear numer object obtain obvious ocean odd offens oil older ongo onto oppon oppos orbit outag outcom outlet overal overturn
overwhelm pack packag pain pair panel paper parliament partnership passeng path patient payment peac peak penalti percent percentag perfect perhap
perman personnel perspect photograph physic piec pilot pitch plane planet plant playoff plead pleas pledg plenti politician pool poor portion pound
prais pre premier presenc pretti prioriti prize pro probe procedur proceed profil prohibit promin proper properti prosecut prospect proud punish purpos
pursu qualifi qualiti quiet radio ralli ran rapid reaction realiti realiz recess recov recoveri recruit reform regard regist relief religi rememb
remind rescu reserv resolv resourc restaur restor resum retail revenu rich ride ring riot rocket roll root rose rout row rush sad scale scientif sea
secret section sector sens sensit session settl sex sexual shape shelter ship shop shortag shown shut signal simpl simpli singer sister sky slam slight
smaller soar societi sold soldier solut song sort sought spark specul spike sponsor spring squar stake status stock stood straight strategi strength
strengthen stress stretch struck structur stun style subject submit sudden suit summit sun suppos surfac surround surviv suspend sustain sweep swift
tabl talent task teacher tech teenag temperatur ten tension terrorist testifi text theme theori throw tip tonight tool topic touch tough tournament
traffic trail tree trigger trillion troop troubl truck trust truth twice unabl unclear unfortun uniqu unless unpreced unusu unveil upcom upon various
veteran violent virtual virus visitor vow vulner wake warm wasn weigh whatev whom widespread wild window wing winter wish worldwid wors worst worth
wound writer written yard yes younger zero zone`
	hundredth = `
abandon aboard abroad absenc academ acceler accid accompani accomplish accur acquir acr adapt adjust admiss advertis advic advocaci aerial afraid
aftermath afterward agricultur airstrik alarm album alcohol aliv allianc alter amaz ambassador ambit ambiti anchor ancient anger angri anonym anxieti
anyway anywher appreci approxim aren arrang asid aspect assert asset assum asteroid astronaut asylum audio auto automat avert aviat await backlash bag
balloon band bare barrier basebal basketbal batteri beaten bed begun behalf belief belong belov beneath besid bet billionair biolog bird birth birthday
bite blast blockbust blog boat bolster booster boss bottl bottom bought bound brace brain branch breach breath briefli bright broader bullet burden bus
buyer cabinet cabl calendar calm campus captain carbon carrier catastroph caucus cent chant chao chapter chariti chart chase cheer chemic chicken
childhood chill chip chose chosen circl circumst clarifi classic classroom click client clinic clip clock closest closur cloud coalit coastal code
coffin collabor coloni combat comeback comedi comic commemor commerc comparison compens competitor complain compon comprehens concert conclus confus
congressman consider constant constitu construct consumpt contamin contend contenti context contrast convent convinc cook copi corner correspond
corrupt couldn counsel counter counterpart crack crazi creation creativ creator creatur credibl crop cruis crush curb custodi cycl dad danc deadlin
dealt debri decreas dedic deem deeper deficit deleg deliber deliveri departur depict deploy depth descend desir desper destin detain deterior diagnos
diet difficulti dinner dip disappear disclos discount discrimin disord dispatch distinct documentari donor dose downtown drawn dri drone drought drove
dub dump dust dynam eager earthquak easier easili effici egg eighth elabor elder elector electron element elementari elev elit elsewher embarrass
embassi embrac emiss empti enabl enact endur enemi enorm entranc entrepreneur entri equiti error estat ethic euro evalu everybodi evolv exceed excess
exhibit expans expel expir explicit expos exposur extent extinct extremist factori fake fallen fallout farm farmer fascin faster fastest fatal fate fee
feed fierc finger firearm firefight fiscal fish flash flavor fled flee flew flip float flown flu folk footag forest forev forget forgiv format forth
forum fought fresh frozen fruit fulfil function fundament fundrais gallon gap garner gasolin gate gay gear gender genet gift glass glimps golf gotten
grade gradual graduat grandmoth grappl grate greet groceri gross guess guidanc gunman hail hair harass harder harsh hasn haven hazard headquart healthi
heavili height helicopt heritag hero hide hint holder hole homeless hometown hors hostag hostil humanitarian hunt ice ideolog imagin immun implic index
indoor infant infecti influenti inning innoc innov inquiri insight instal instanc instruct insur insurrect intensifi interact interfer interim interior
intervent jackpot joke joy jurisdict kidnap killer kilomet knee knock knowledg lab label laboratori landfal landmark landscap lane latter laugh layer
layoff lean legaci legend legislatur legitim length lengthi lesson liberti licens lifetim liter load lockdown lone longest loom lotteri loyal luck
lucki luxuri machin mad magic maker mandat manner map marathon margin massacr master matchup meal mechan medal medicin melt membership mere
meteorologist meter method metro midnight migrat mileston mine minim minimum mirror misconduct momentum mortgag motion motor mourn multi municip muscl
mysteri narrat narrow necessarili neck negat neighborhood neither nice nobodi nod nonprofit northwest notifi novel nurs occas oldest opt orang otherwis
ourselves oust outbreak outdoor outlin outrag outstand overcom overnight overse oversea oversight owe pace paint parad partial partisan passag passion
pattern paus peer pend permit pet phase phenomenon phrase physician pill plate plea plot plung podcast polar pollut pop port portray possess pour
poverti prayer preced precis prefer pregnanc pregnant preliminari preserv pride primarili principl print privaci privileg profit proof protocol proven
provinc provis psycholog pump punch puzzl quarterback quot racial racism racist radic rage raid rail rainfal ramp random rape react reader rebel
rebound recipi recognit recreat reduct reelect refuge regardless regim regret reign reiter relev reli religion remot renew reopen repair repli reput
resist resolut resort retain retreat revel revers revis reviv revolut reward rhetor rip risen robust roof rooki roundup routin rumor runner rural
salari sampl sanction sat satellit satisfi scandal scenario scheme scrambl scrap scrutini seal seed seiz semi semifin server setback settlement seventh
shadow shake shame sharp sheet sheriff shi shield shirt shore shoulder shout shutdown sick sight signatur silenc sing sixth skill skin skip slash slate
sleep slip slowli smart smash smile smoke snap snow soccer soft softwar soil solar sole solid solv somewhat sorri soul southeast spacecraft span spare
speci specialist spi spirit split spoken spokeswoman spotlight stabil stabl stamp stanc stat statist steadi steal stem stick stolen storag strain
stranger strateg streak strict string strip stronger strongest stuck studio stuff subpoena subsequ substanc substanti suburb succeed suicid sum surgeri
surpass surveil survivor suspens swath sweet swept swing switch symbol symptom tackl tactic tale tall tank tap taxpay tea teach teammat tear technic
teen temporari temporarili tend tenni tenur termin terribl testimoni theater therefor threshold threw thrill thrown thus tick tiger tight tighten
timelin tini tire toll tomorrow tornado touchdown tourist tout tower trace tragedi transfer transform transgend transit translat transmiss transpar
trap tribut trophi tropic truli tune twin unanim uncertainti undermin underscor underway unemploy unexpect uniform uniti unknown unlaw unrel upper
upset urban vacat vari variant varieti vast ventur venu verifi vessel viewer villag viral visa visibl vision vital volatil volcano volum volunt wage
warrant wash wast weak weaken wealthi web wed weight wider wildfir wildlif wire withdraw woke wood wore worsen wouldn wrap yesterday youngest yourself
youth`
)
