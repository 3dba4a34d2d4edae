package events

import (
	"strings"
	"sync"

	"newsdesk/internal/wordset"
)

// tongues lists words of the news in English and, parted by bars, in Spanish,
// French, German and Portuguese: forms in lower case without marks, as the
// scanner gives them. What a foreign word means stands in the index as the
// English word, so that articles in two languages meet there. Names need no
// entry where they are spelled alike.
const tongues = `
earthquake quake|terremoto terremotos sismo seismo sismos|seisme seismes tremblement|erdbeben beben|terremoto terremotos sismo
strike strikes|sacude sacudio golpea golpeo azota azoto huelga huelgas|frappe frappent secoue greve greves|erschuttert erschutterte streik streiks streiken trifft|atinge atingiu abala abalou greve greves
magnitude|magnitud|magnitude|starke magnitude|magnitude
tsunami|tsunami maremoto|tsunami|tsunami tsunamis tsunamiwarnung|tsunami maremoto
warning warn warns|alerta advertencia advierte advirtio|alerte avertit avertissement|warnung warnt warnte warnungen|alerta aviso adverte alertou
dead deaths death|muerto muertos muerta muertas muerte fallecidos fallecido|mort morts morte deces|tote toten tod tot todesopfer|morto mortos morta morte mortes
kill killed kills|mata mato matan matado matar|tue tues tuee tuer tuant|getotet totet totete toten|mata matou mataram matar
injured wounded hurt|herido heridos heridas herida|blesse blesses blessee blessees|verletzt verletzte verletzten|ferido feridos feridas ferida
victims victim|victima victimas|victime victimes|opfer opfern|vitima vitimas
missing|desaparecido desaparecidos desaparecidas|disparu disparus disparues|vermisst vermisste vermissten|desaparecido desaparecidos desaparecidas
rescue rescued|rescate rescata rescato rescatados|secours secouru sauve sauvetage sauves|rettung rettete rettet gerettet|resgate resgata resgatou resgatados
survivors survivor|superviviente supervivientes sobreviviente sobrevivientes|survivant survivants|uberlebende uberlebenden|sobrevivente sobreviventes
people|personas gente|personnes gens|menschen personen leute|pessoas gente
houses homes house home|casas casa viviendas vivienda hogares|maisons maison foyers logements|haus hauser hausern haushalte|casas casa residencias
power electricity|electricidad luz|electricite|strom stromausfall|energia eletricidade
north northern|norte|nord|norden nordlich nordlichen|norte
south southern|sur|sud|suden sudlich sudlichen|sul
east eastern|este oriental|est oriental|osten ostlich|leste oriental
west western|oeste occidental|ouest occidental|westen westlich|oeste ocidental
central centre center|centro central|centre central centrale|zentrum zentral mitte|centro central
coast|costa litoral|cote cotes littoral|kuste kusten|costa litoral
island islands|isla islas|ile iles|insel inseln|ilha ilhas
navy|armada marina|marine|marine|marinha
flood floods flooding|inundacion inundaciones|inondation inondations crue|hochwasser uberschwemmung uberschwemmungen flut|inundacao inundacoes enchente enchentes
storm|tormenta temporal tempestad|tempete orage|sturm unwetter orkan|tempestade temporal
hurricane|huracan|ouragan|hurrikan|furacao
rain|lluvia lluvias|pluie pluies|regen|chuva chuvas
wind winds|viento vientos|vent vents|wind winde|vento ventos
snow|nieve nevada|neige|schnee|neve
heat|calor|chaleur canicule|hitze hitzewelle|calor
drought|sequia|secheresse|durre|seca
wildfire wildfires|incendio incendios|incendie incendies|waldbrand waldbrande waldbrands waldbranden brand|incendio incendios
fire flames|fuego llamas|feu feux flammes|feuer flammen|fogo chamas
forest|forestal bosque bosques|foret forets|wald walder|florestal floresta
firefighters firefighter|bombero bomberos|pompier pompiers|feuerwehr feuerwehrleute feuerwehrleuten|bombeiro bombeiros
evacuated evacuate|evacuados evacuar evacuada evacuacion evacuado|evacues evacuer evacue evacuation|evakuiert geraumt evakuierung|evacuados evacuar evacuada esvaziada
flee fled|huir huyen huyeron|fuir fuient fui|fliehen flieht flohen flucht|fugir fogem fugiram
village|aldea pueblo|village|dorf dorfer|aldeia vila povoado
ship boat|barco buque nave|navire bateau|schiff schiffe boot|navio barco
ferry|ferri ferry transbordador|ferry traversier|fahre fahren|balsa ferry
sinks sank sink|hunde hundio hunden naufragio|coule naufrage sombre|sinkt gesunken sank untergang|afunda afundou naufragio
plane aircraft|avion aviones|avion avions|flugzeug flugzeuge|aviao avioes
train trains|tren trenes|train trains|zug zuge zugen|trem trens comboio comboios
rail railway|ferroviario ferroviarios ferrocarril ferroviaria|ferroviaire ferroviaires cheminots cheminot|bahn bahnbeschaftigte eisenbahn|ferroviario ferroviarios ferrovia ferroviaria
motorway highway|autopista autovia carretera carreteras|autoroute autoroutes routiers|autobahn autobahnen|autoestrada rodovia estrada estradas
crash accident|accidente choque accidentes|accident accidents crash|unfall unfalle absturz|acidente acidentes batida
explosion blast|explosion explosiones|explosion explosions|explosion explosionen|explosao explosoes
attack attacks|ataque ataques atentado atentados|attaque attaques attentat attentats|angriff angriffe anschlag anschlage|ataque ataques atentado atentados
war|guerra guerras|guerre guerres|krieg kriege|guerra guerras
peace|paz|paix|frieden|paz
ceasefire truce|tregua|treve|waffenruhe waffenstillstand|tregua
army troops soldiers|ejercito tropas soldados|armee troupes soldats|armee truppen soldaten|exercito tropas soldados
missile missiles|misil misiles|missile missiles|rakete raketen|missil misseis
weapons weapon arms|armas arma|armes arme|waffen waffe|armas arma
hostages hostage|rehenes rehen|otages otage|geiseln geisel|refens refem
police|policia|police|polizei|policia
arrested arrest|detenido detenidos arrestado detiene detencion|arrete arretes interpelle arrestation|festgenommen verhaftet festnahme|preso presos detido detidos prende
court|tribunal corte juzgado|tribunal cour|gericht gerichts gerichtshof|tribunal corte
judge|juez jueza|juge|richter richterin|juiz juiza
prosecutors prosecutor|fiscal fiscalia fiscales|procureur parquet procureurs|anklage staatsanwalt staatsanwaltschaft|promotor promotoria procurador procuradoria
sentenced sentence convicted|condena condenado condenada condeno condenados sentencia|condamne condamnee condamnes condamnation peine|verurteilt verurteilte urteil|condena condenado condenada condenou sentenca condenacao
prison jail jailed|prision carcel|prison|haft gefangnis haftstrafe|prisao cadeia
trial|juicio|proces|prozess|julgamento
appeal|apelara apelacion recurrira recurso|appel|berufung|recorrer recurso apelacao
corruption|corrupcion|corruption|korruption|corrupcao
bribes bribe|soborno sobornos|dessous corruption|bestechung bestechungsgeld schmiergeld|propina suborno propinas
lawyer lawyers|abogado abogada abogados|avocat avocate avocats|anwalt anwaltin anwalte|advogado advogada advogados
years year|ano anos|ans annees annee an|jahre jahren jahr|anos ano
fine fines fined|multa multas multo|amende amendes|strafe geldstrafe bussgeld bussgelder|multa multas multou
president presidential|presidente presidenta presidencial presidenciales|president presidente presidentielle presidentiel presidentielles|prasident prasidentin prasidenten prasidentenwahl prasidentschaftswahl|presidente presidenta presidencial presidenciais
former ex|expresidente exministro exministra antiguo ex|ancien ancienne ex|fruher fruhere fruheren fruherer ehemalige ehemaliger ex|antigo antiga ex
minister|ministro ministra ministros|ministre ministres|minister ministerin innenminister innenministerin aussenminister finanzminister ministerprasident|ministro ministra ministros
interior|interior|interieur|innenminister innenministerin innenministerium|interior
government|gobierno gobiernos|gouvernement|regierung regierungen|governo
parliament|parlamento|parlement|parlament bundestag|parlamento
opposition|oposicion opositor opositora|opposition|opposition oppositionsfuhrer oppositionsfuhrerin|oposicao opositor opositora
leader|lider dirigente jefe|dirigeant dirigeante chef cheffe leader|fuhrer fuhrerin anfuhrer chef chefin|lider dirigente chefe
party|partido|parti|partei parteien|partido
election elections|eleccion elecciones electoral comicios|election elections electorale scrutin|wahl wahlen wahlkommission prasidentenwahl|eleicao eleicoes eleitoral
vote votes voters|voto votos votantes votacion|voix vote votes electeurs|stimmen stimme wahler abstimmung|voto votos votacao eleitores
wins won win|gana gano ganan victoria vence|remporte gagne victoire remporte|gewinnt gewann sieg gewonnen siegt|vence venceu ganha ganhou vitoria
lost defeat defeats|derrota pierde perdio|defaite perd battu|niederlage verliert verlor|derrota perde perdeu
commission|comision|commission|kommission wahlkommission|comissao
law bill|ley proyecto|loi|gesetz gesetze|lei projeto
reform|reforma|reforme|reform rentenreform|reforma
pensions pension|pensiones pension|retraites retraite|rente renten rentenreform|previdencia aposentadoria pensoes
union unions|sindicato sindical sindicatos|syndicat syndical syndicats|gewerkschaft gewerkschaften gewerkschaftschef|sindicato sindical sindicatos
workers worker|trabajadores trabajador empleados|travailleurs salaries employes|arbeiter beschaftigte beschaftigten mitarbeiter bahnbeschaftigte|trabalhadores trabalhador funcionarios
jobs job|empleos empleo puestos|emplois emploi|stellen arbeitsplatze|empregos emprego vagas
protest protests|protesta protestas manifestacion manifestantes|manifestation manifestations protestation manifestants|protest proteste demonstranten demonstration|protesto protestos manifestantes
company firm|empresa compania firma|entreprise societe groupe|firma unternehmen konzern baufirma|empresa companhia
rival|rival competidor|rival concurrent|rivale rivalen konkurrent konkurrenten|rival concorrente
buy buys takeover acquire|compra compro comprar adquiere adquirir opa|rachete rachat racheter acquisition acquiert achete|ubernimmt ubernehmen ubernahme kauft kaufen|compra comprou comprar adquire aquisicao
deal agreement|acuerdo operacion trato|accord|abkommen einigung vereinbarung|acordo negocio
merger merge|fusion fusionar|fusion|fusion fusionieren|fusao
chief executive|ejecutiva ejecutivo consejero delegado|directrice directeur generale general|vorstandschef vorstandschefin chefin|executiva executivo
brewer|cervecera cerveceria|brasseur brasserie|brauer brauerei|cervejaria
insurer insurance|aseguradora seguros seguro|assureur assurance|versicherer versicherung|seguradora seguro seguros
bank banks|banco bancos|banque banques|bank banken zentralbank notenbank|banco bancos
central|central|centrale|zentralbank notenbank|central
interest|interes intereses|interet interets|zins zinsen leitzins|juros juro
rate rates|tipo tipos tasa tasas|taux|zinsen zins leitzins satz rate|taxa taxas
raises raise rises rise|sube subio suben eleva aumenta alza subida|releve hausse augmente monte|erhoht erhohen erhohung steigt steigen|eleva elevou sobe subiu aumenta alta
cuts cut|baja bajo recorta recorte|baisse baisser reduit|senkt senken senkung kurzt|corta cortou reduz reduzir
inflation|inflacion|inflation|inflation|inflacao
governor|gobernador gobernadora|gouverneur gouverneure|gouverneur gouverneurin|governador governadora
prices price|precio precios|prix|preis preise preisen|preco precos
market|mercado mercados|marche marches|markt markte|mercado mercados
shares stock|acciones bolsa|actions bourse|aktien aktie borse|acoes bolsa
profit profits|beneficio beneficios ganancias|benefice benefices|gewinn gewinne|lucro lucros
percent|ciento|pourcent|prozent|cento
million|millon millones|million millions|million millionen|milhao milhoes
billion|milmillones|milliard milliards|milliarde milliarden|bilhao bilhoes
euros euro|euro euros|euro euros|euro|euro euros
dollars dollar|dolar dolares|dollar dollars|dollar|dolar dolares
tax taxes|impuesto impuestos|impot impots taxe|steuer steuern|imposto impostos
trade tariffs|comercio aranceles|commerce douane|handel zolle|comercio tarifas
budget|presupuesto presupuestos|budget|haushalt etat|orcamento
chip chips|chip chips|puce puces|chip chips chiphersteller|chip chips
maker|fabricante|fabricant constructeur|hersteller chiphersteller|fabricante
search|buscador busqueda|recherche|suche suchmaschine|buscador busca
hospital hospitals|hospital hospitales|hopital hopitaux|krankenhaus krankenhauser klinik|hospital hospitais
doctors doctor|medico medicos|medecin medecins|arzt arzte|medico medicos
virus|virus|virus|virus|virus
vaccine|vacuna vacunas|vaccin vaccins|impfstoff impfung|vacina vacinas
school schools|escuela escuelas colegio|ecole ecoles|schule schulen|escola escolas
students student|estudiantes alumnos|etudiants eleves|schuler studenten|estudantes alunos
children child|ninos nino ninas|enfants enfant|kinder kind|criancas crianca
woman women|mujer mujeres|femme femmes|frau frauen|mulher mulheres
man men|hombre hombres|homme hommes|mann manner|homem homens
team|equipo seleccion|equipe|mannschaft team|equipe time selecao
match game|partido|match|spiel|jogo partida
final|final|finale|finale|final
goal goals|gol goles|but buts|tor tore|gol gols
cup|copa|coupe|pokal|copa taca
champion|campeon campeona|champion championne|meister weltmeister|campeao campea
mine|mina|mine|mine bergwerk|mina
bridge|puente|pont|brucke|ponte
dam|presa represa|barrage|damm staudamm|barragem represa
nuclear|nuclear|nucleaire|atom nuklear atomkraftwerk|nuclear
gas|gas|gaz|gas erdgas|gas
oil|petroleo crudo|petrole|ol erdol|petroleo
border|frontera|frontiere|grenze|fronteira
refugees migrants|refugiados migrantes|refugies migrants|fluchtlinge migranten|refugiados migrantes
summit|cumbre|sommet|gipfel|cupula
talks|negociaciones conversaciones dialogo|negociations pourparlers|gesprache verhandlungen|negociacoes conversas
resigns resign resignation|dimite dimision renuncia dimitio|demissionne demission|tritt rucktritt zuruck|renuncia demissao renunciou
pope|papa|pape|papst|papa
king|rey|roi|konig|rei
queen|reina|reine|konigin|rainha
space|espacio espacial|espace spatial spatiale|weltraum raumfahrt|espaco espacial
rocket launch|cohete lanzamiento|fusee lancement|rakete start|foguete lancamento
found finds|halla hallo hallan encuentra|retrouve trouve retrouves|findet fand gefunden|acha achou encontra encontrou
bodies body|cadaver cadaveres cuerpo cuerpos|corps|leiche leichen|corpo corpos
guard|guardia guardacostas|garde gardes|wache kustenwache|guarda
hundreds|cientos|centaines|hunderte hunderten|centenas
thousands|miles|milliers|tausende tausenden|milhares
agency|agencia|agence|agentur behorde katastrophenbehorde|agencia
disaster|desastre desastres catastrophe|catastrophe catastrophes|katastrophe katastrophenbehorde|desastre desastres
collapsed collapse|derrumbo derrumbaron derrumbe|effondre effondrees effondrement|einsturz eingesturzt sturzten|desabou desabaram desabamento
january|enero|janvier|januar|janeiro
february|febrero|fevrier|februar|fevereiro
march|marzo|mars|marz|marco
april|abril|avril|april|abril
june|junio|juin|juni|junho
july|julio|juillet|juli|julho
august|agosto|aout|august|agosto
september|septiembre|septembre|september|setembro
october|octubre|octobre|oktober|outubro
november|noviembre|novembre|november|novembro
december|diciembre|decembre|dezember|dezembro
monday|lunes|lundi|montag|segunda
tuesday|martes|mardi|dienstag|terca
wednesday|miercoles|mercredi|mittwoch|quarta
thursday|jueves|jeudi|donnerstag|quinta
friday|viernes|vendredi|freitag|sexta
saturday|sabado|samedi|samstag|sabado
sunday|domingo|dimanche|sonntag|domingo
two|dos|deux|zwei|dois duas
three|tres|trois|drei dreitagigen|tres
four|cuatro|quatre|vier vierte|quatro
five|cinco|cinq|funf|cinco
six|seis|six|sechs|seis
seven|siete|sept|sieben|sete
eight|ocho|huit|acht|oito
nine|nueve|neuf|neun|nove
ten|diez|dix|zehn|dez
germany|alemania|allemagne|deutschland deutschlands|alemanha
german|aleman alemana alemanes|allemand allemande allemands|deutsch deutsche deutschen deutscher|alemao alema alemaes
france|francia|france|frankreich frankreichs|franca
french|frances francesa franceses|francais francaise|franzosisch franzosische franzosischen|frances francesa franceses
spain|espana|espagne|spanien spaniens|espanha
spanish|espanol espanola espanoles|espagnol espagnole|spanisch spanische spanischen|espanhol espanhola
italy|italia|italie|italien italiens|italia
italian|italiano italiana italianos|italien italienne|italienisch italienische italienischer italienischen|italiano italiana
portugal|portugal|portugal|portugal portugals|portugal
netherlands|holanda|bas|niederlande niederlanden|holanda
dutch|holandes holandesa neerlandes|neerlandais neerlandaise|niederlandisch niederlandische niederlandischen|holandes holandesa
britain|britania|bretagne|grossbritannien|bretanha
british|britanico britanica|britannique|britisch britische britischen|britanico britanica
london|londres|londres|london|londres
switzerland|suiza|suisse|schweiz|suica
sweden|suecia|suede|schweden schwedens|suecia
norway|noruega|norvege|norwegen|noruega
greece|grecia|grece|griechenland|grecia
greek|griego griega griegas|grec grecque|griechisch griechische griechischer griechischen|grego grega
turkey|turquia|turquie|turkei|turquia
poland|polonia|pologne|polen polens|polonia
ukraine|ucrania|ukraine|ukraine|ucrania
russia|rusia|russie|russland russlands|russia
russian|ruso rusa rusos|russe russes|russisch russische russischen|russo russa russos
slovakia|eslovaquia|slovaquie|slowakei|eslovaquia
hungary|hungria|hongrie|ungarn|hungria
china|china|chine|china chinas|china
chinese|chino china chinos|chinois chinoise|chinesisch chinesische chinesischen|chines chinesa
japan|japon|japon|japan japans|japao
india|india|inde|indien indiens|india
philippines|filipinas|philippines|philippinen|filipinas
philippine|filipina filipino|philippin philippine|philippinisch philippinische philippinischen|filipina filipino
indonesia|indonesia|indonesie|indonesien indonesiens|indonesia
indonesian|indonesia indonesio|indonesienne indonesien|indonesisch indonesische indonesischen|indonesia indonesio
chile|chile|chili|chile chiles|chile
peru|peru|perou|peru perus|peru
peruvian|peruano peruana|peruvien peruvienne|peruanisch peruanische peruanischen|peruano peruana
brazil|brasil|bresil|brasilien brasiliens|brasil
argentina|argentina|argentine|argentinien|argentina
mexico|mexico|mexique|mexiko mexikos|mexico
canada|canada|canada|kanada kanadas|canada
kenya|kenia|kenya|kenia kenias|quenia
kenyan|keniana keniano|kenyan kenyane|kenianisch kenianische|queniana queniano
egypt|egipto|egypte|agypten|egito
iran|iran|iran|iran|ira
israel|israel|israel|israel israels|israel
syria|siria|syrie|syrien|siria
africa|africa|afrique|afrika|africa
europe|europa|europe|europa europas|europa
european|europeo europea europeos|europeen europeenne|europaisch europaische europaischen|europeu europeia
brussels|bruselas|bruxelles|brussel|bruxelas
luxembourg|luxemburgo|luxembourg|luxemburg|luxemburgo
eu|ue|ue|eu|ue
us|eeuu|usa|usa|eua
washington|washington|washington|washington|washington
madrid|madrid|madrid|madrid|madri madrid
`

// tongueOf are the columns of the table, behind English.
var tongueOf = map[string]int{"es": 1, "fr": 2, "de": 3, "pt": 4}

// meanings maps a word of one of these languages to the English word that it
// stands for in the index.
var meanings = sync.OnceValue(func() [5]map[string]string {
	var out [5]map[string]string
	for i := range out {
		out[i] = make(map[string]string, 700)
	}
	for line := range strings.Lines(strings.TrimSpace(tongues)) {
		columns := strings.Split(strings.TrimSpace(line), "|")
		concept := strings.Fields(columns[0])[0]
		for i, words := range columns {
			for w := range strings.FieldsSeq(words) {
				if _, taken := out[i][w]; !taken {
					out[i][w] = concept
				}
			}
		}
	}
	return out
})

// foreignSilent are words of these languages that carry no subject.
var foreignSilent = wordset.Of(`a ao aos as com como da das de do dos e em foi mais mas na nas no nos o os ou para pela pelo por que se sem ser seu sua sao tem um uma
	al ante bajo con contra desde entre es esta este fue ha hacia hasta la las le lo los mas muy ni nos otra otras para pero por que se sera segun ser si sin sobre su sus tras una uno y ya dijo anuncio
	au aux avec ce ces cette dans des devant du elle en est et eux il ils la le les leur lui mais ne nos ont ou par pas pour pres qu que qui sa se ses son sont sur un une selon annonce declare
	am an auf aus bei beim bis das dass dem den der des die durch ein eine einem einen einer es fur gegen hat hatte ihr ihre im in ist mit mehr nach nicht noch nur oder sagte sei seine seinen sich sie sind um und unter von vor war waren was weil wegen wenn werden wie wird wurde zu zum zur uber teilte mitteilte hiess`)

// meaning returns the English word that a word of another language stands for,
// and whether it does stand for one.
func meaning(w, lang string) (string, bool) {
	column, ok := tongueOf[lang]
	if !ok {
		return "", false
	}
	en, ok := meanings()[column][w]
	return en, ok
}
