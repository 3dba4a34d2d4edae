package summarize

import (
	"strings"
	"sync"
)

// places maps the names under which a place is known to the name readers see
// and the country it lies in ("" for a country). Countries, capitals, large
// cities, the states of the United States, and a few regions often in the news.
var places = sync.OnceValue(gazetteer)

// place is one entry of the gazetteer.
type place struct {
	name, country string
	adjective     bool // a demonym: "Iraqi"
	state         bool // a state or region within the country
}

// countryTable has a line a country: name = other names ; demonyms ; cities,
// the capital first.
const countryTable = `Afghanistan;Afghan,Afghans;Kabul,Kandahar,Herat,Jalalabad
Albania;Albanian,Albanians;Tirana
Algeria;Algerian,Algerians;Algiers,Oran
Andorra;Andorran;
Angola;Angolan,Angolans;Luanda
Argentina;Argentine,Argentinian,Argentines;Buenos Aires,Rosario
Armenia;Armenian,Armenians;Yerevan
Australia;Australian,Australians;Canberra,Sydney,Melbourne,Brisbane,Perth,Adelaide,Hobart,Darwin,Queensland,New South Wales
Austria;Austrian,Austrians;Vienna,Salzburg,Graz
Azerbaijan;Azerbaijani,Azeri;Baku
Bahamas=The Bahamas;Bahamian;Nassau
Bahrain;Bahraini;Manama
Bangladesh;Bangladeshi,Bangladeshis;Dhaka,Chittagong
Barbados;Barbadian;Bridgetown
Belarus;Belarusian,Belarusians;Minsk
Belgium;Belgian,Belgians;Brussels,Antwerp,Ghent
Belize;Belizean;Belmopan
Benin;Beninese;Cotonou,Porto-Novo
Bhutan;Bhutanese;Thimphu
Bolivia;Bolivian,Bolivians;La Paz,Sucre
Bosnia and Herzegovina=Bosnia,Bosnia-Herzegovina;Bosnian,Bosnians;Sarajevo,Srebrenica
Botswana;Batswana;Gaborone
Brazil;Brazilian,Brazilians;Brasilia,São Paulo,Sao Paulo,Rio de Janeiro,Salvador,Recife
Brunei;Bruneian;
Bulgaria;Bulgarian,Bulgarians;Sofia
Burkina Faso;Burkinabe;Ouagadougou
Burundi;Burundian;Bujumbura
Cambodia;Cambodian,Cambodians;Phnom Penh
Cameroon;Cameroonian;Yaounde,Douala
Canada;Canadian,Canadians;Ottawa,Toronto,Montreal,Vancouver,Calgary,Edmonton,Quebec,Ontario,British Columbia,Alberta
Cape Verde;Cape Verdean;
Central African Republic;;Bangui
Chad;Chadian;N'Djamena
Chile;Chilean,Chileans;Santiago,Valparaiso,Iquique
China;Chinese;Beijing,Shanghai,Guangzhou,Shenzhen,Wuhan,Chongqing,Tianjin,Chengdu,Xinjiang,Tibet,Hubei
Colombia;Colombian,Colombians;Bogota,Bogotá,Medellin,Cali,Cartagena
Comoros;Comorian;Moroni
Congo=Democratic Republic of Congo,DR Congo,DRC;Congolese;Kinshasa,Goma,Brazzaville
Costa Rica;Costa Rican,Costa Ricans;San Jose
Croatia;Croatian,Croatians,Croat;Zagreb
Cuba;Cuban,Cubans;Havana
Cyprus;Cypriot,Cypriots;Nicosia
Czech Republic=Czechia;Czech,Czechs;Prague,Brno
Denmark;Danish,Danes;Copenhagen
Djibouti;Djiboutian;
Dominican Republic;;Santo Domingo
East Timor=Timor-Leste;Timorese;Dili
Ecuador;Ecuadorian,Ecuadorean;Quito,Guayaquil
Egypt;Egyptian,Egyptians;Cairo,Alexandria,Sinai
El Salvador;Salvadoran,Salvadorans;San Salvador
Eritrea;Eritrean,Eritreans;Asmara
Estonia;Estonian,Estonians;Tallinn
Ethiopia;Ethiopian,Ethiopians;Addis Ababa,Tigray
Fiji;Fijian;Suva
Finland;Finnish,Finns;Helsinki
France;French;Paris,Marseille,Lyon,Toulouse,Nice,Bordeaux,Lille,Strasbourg
Gabon;Gabonese;Libreville
Gambia=The Gambia;Gambian;Banjul
Georgia;Georgian,Georgians;Tbilisi
Germany;German,Germans;Berlin,Munich,Hamburg,Frankfurt,Cologne,Stuttgart,Dresden,Leipzig,Duesseldorf,Düsseldorf
Ghana;Ghanaian,Ghanaians;Accra
Greece;Greek,Greeks;Athens,Thessaloniki,Lesbos
Guatemala;Guatemalan,Guatemalans;
Guinea;Guinean;Conakry
Guyana;Guyanese;Georgetown
Haiti;Haitian,Haitians;Port-au-Prince
Honduras;Honduran,Hondurans;Tegucigalpa
Hungary;Hungarian,Hungarians;Budapest
Iceland;Icelandic,Icelanders;Reykjavik
India;Indian,Indians;New Delhi,Delhi,Mumbai,Bengaluru,Bangalore,Chennai,Kolkata,Hyderabad,Pune,Ahmedabad,Jaipur,Lucknow,Patna,Gurgaon,Gurugram,Noida,Kashmir,Gujarat,Maharashtra,Kerala,Uttar Pradesh,Bihar,Rajasthan,Tamil Nadu,Karnataka,Punjab,Haryana,Assam,West Bengal,Madhya Pradesh,Odisha,Telangana,Goa
Indonesia;Indonesian,Indonesians;Jakarta,Surabaya,Bali,Aceh,Sumatra
Iran;Iranian,Iranians;Tehran,Isfahan,Mashhad
Iraq;Iraqi,Iraqis;Baghdad,Basra,Mosul,Erbil,Irbil,Kirkuk,Fallujah,Tikrit
Ireland=Republic of Ireland;Irish;Dublin,Cork
Israel;Israeli,Israelis;Jerusalem,Tel Aviv,Haifa
Italy;Italian,Italians;Rome,Milan,Naples,Turin,Venice,Florence,Genoa,Sicily,Lampedusa
Ivory Coast=Cote d'Ivoire,Côte d'Ivoire;Ivorian;Abidjan
Jamaica;Jamaican,Jamaicans;
Japan;Japanese;Tokyo,Osaka,Kyoto,Hiroshima,Nagasaki,Fukushima,Okinawa
Jordan;Jordanian,Jordanians;Amman
Kazakhstan;Kazakh,Kazakhs;Astana,Almaty
Kenya;Kenyan,Kenyans;Nairobi,Mombasa,Garissa
Kosovo;Kosovar;Pristina
Kuwait;Kuwaiti;
Kyrgyzstan;Kyrgyz;Bishkek
Laos;Laotian,Lao;Vientiane
Latvia;Latvian,Latvians;Riga
Lebanon;Lebanese;Beirut,Tripoli
Lesotho;Basotho;Maseru
Liberia;Liberian,Liberians;Monrovia
Libya;Libyan,Libyans;Benghazi,Sirte
Liechtenstein;;Vaduz
Lithuania;Lithuanian,Lithuanians;Vilnius
Luxembourg;Luxembourgish;
Madagascar;Malagasy;Antananarivo
Malawi;Malawian;Lilongwe
Malaysia;Malaysian,Malaysians;Kuala Lumpur,Penang
Maldives;Maldivian;Male
Mali;Malian,Malians;Bamako,Timbuktu
Malta;Maltese;Valletta
Mauritania;Mauritanian;Nouakchott
Mauritius;Mauritian;Port Louis
Mexico;Mexican,Mexicans;Mexico City,Tijuana,Guadalajara,Monterrey,Ciudad Juarez,Acapulco
Moldova;Moldovan,Moldovans;Chisinau
Monaco;Monegasque;
Mongolia;Mongolian,Mongolians;Ulaanbaatar
Montenegro;Montenegrin;Podgorica
Morocco;Moroccan,Moroccans;Rabat,Casablanca,Marrakech,Marrakesh
Mozambique;Mozambican;Maputo
Myanmar=Burma;Burmese;Yangon,Naypyidaw,Mandalay
Namibia;Namibian;Windhoek
Nepal;Nepalese,Nepali;Kathmandu,Pokhara
Netherlands=The Netherlands,Holland;Dutch;Amsterdam,The Hague,Rotterdam,Utrecht
New Zealand;New Zealander,New Zealanders;Wellington,Auckland,Christchurch
Nicaragua;Nicaraguan,Nicaraguans;Managua
Niger;Nigerien;Niamey
Nigeria;Nigerian,Nigerians;Abuja,Lagos,Kano,Maiduguri
North Korea;North Korean,North Koreans;Pyongyang
North Macedonia=Macedonia;Macedonian;Skopje
Norway;Norwegian,Norwegians;Oslo,Bergen
Oman;Omani;Muscat
Pakistan;Pakistani,Pakistanis;Islamabad,Karachi,Lahore,Peshawar,Rawalpindi,Quetta
Palestine=Palestinian territories;Palestinian,Palestinians;Gaza,Gaza Strip,Gaza City,West Bank,Ramallah,Rafah,Khan Younis,Hebron,Jenin
Panama;Panamanian,Panamanians;Panama City
Papua New Guinea;;Port Moresby
Paraguay;Paraguayan;Asuncion
Peru;Peruvian,Peruvians;Lima,Cusco
Philippines=The Philippines;Filipino,Filipinos,Philippine;Manila,Davao,Mindanao
Poland;Polish,Poles;Warsaw,Krakow,Gdansk
Portugal;Portuguese;Lisbon,Porto
Qatar;Qatari,Qataris;Doha
Romania;Romanian,Romanians;Bucharest
Russia=Russian Federation;Russian,Russians;Moscow,St. Petersburg,Saint Petersburg,Sochi,Chechnya,Vladivostok,Siberia
Rwanda;Rwandan,Rwandans;Kigali
Samoa;Samoan;Apia
Saudi Arabia;Saudi,Saudis;Riyadh,Jeddah,Mecca,Medina
Senegal;Senegalese;Dakar
Serbia;Serbian,Serbs,Serbians;Belgrade
Seychelles;;
Sierra Leone;Sierra Leonean;Freetown
Singapore;Singaporean,Singaporeans;
Slovakia;Slovak,Slovaks;Bratislava
Slovenia;Slovenian,Slovenians;Ljubljana
Somalia;Somali,Somalis;Mogadishu
South Africa;South African,South Africans;Pretoria,Johannesburg,Cape Town,Durban,Soweto
South Korea;South Korean,South Koreans;Seoul,Busan
South Sudan;South Sudanese;Juba
Spain;Spanish,Spaniards;Madrid,Barcelona,Valencia,Seville,Catalonia,Bilbao
Sri Lanka;Sri Lankan,Sri Lankans;Colombo
Sudan;Sudanese;Khartoum,Darfur
Suriname;Surinamese;Paramaribo
Sweden;Swedish,Swedes;Stockholm,Gothenburg,Malmo
Switzerland;Swiss;Bern,Geneva,Zurich,Basel,Davos,Lausanne
Syria;Syrian,Syrians;Damascus,Aleppo,Homs,Idlib,Raqqa,Kobani
Taiwan;Taiwanese;Taipei
Tajikistan;Tajik;Dushanbe
Tanzania;Tanzanian,Tanzanians;Dar es Salaam,Dodoma,Zanzibar
Thailand;Thai,Thais;Bangkok,Phuket,Chiang Mai
Togo;Togolese;Lome
Tonga;Tongan;
Trinidad and Tobago=Trinidad;Trinidadian;Port of Spain
Tunisia;Tunisian,Tunisians;Tunis,Sousse
Turkey=Türkiye;Turkish,Turks;Ankara,Istanbul,Izmir,Antalya
Turkmenistan;Turkmen;Ashgabat
Uganda;Ugandan,Ugandans;Kampala
Ukraine;Ukrainian,Ukrainians;Kyiv,Kiev,Kharkiv,Odesa,Odessa,Lviv,Donetsk,Mariupol,Crimea,Kherson,Zaporizhzhia,Donbas
United Arab Emirates=UAE,U.A.E.;Emirati,Emiratis;Abu Dhabi,Dubai
United Kingdom=UK,U.K.,Britain,Great Britain;British,Britons;London,Manchester,Birmingham,Liverpool,Leeds,Glasgow,Edinburgh,Belfast,Cardiff,Bristol,Sheffield,Newcastle,Nottingham,Leicester,England,Scotland,Wales,Northern Ireland
United States=US,U.S.,USA,U.S.A.,America,United States of America;American,Americans;Washington,Washington D.C.,Washington DC,New York,New York City,Los Angeles,Chicago,Houston,Philadelphia,Phoenix,San Antonio,San Diego,Dallas,San Francisco,Boston,Seattle,Denver,Detroit,Atlanta,Miami,Baltimore,Las Vegas,Portland,Milwaukee,Minneapolis,Cleveland,New Orleans,Tampa,Orlando,Pittsburgh,Cincinnati,St. Louis,Kansas City,Sacramento,Oakland,Charlotte,Nashville,Memphis,Austin,Honolulu,Salt Lake City,Indianapolis,Columbus,Oklahoma City,Ferguson,Guantanamo Bay,Manhattan,Brooklyn,Silicon Valley
Uruguay;Uruguayan;Montevideo
Uzbekistan;Uzbek,Uzbeks;Tashkent
Vatican City=Vatican,the Vatican;;
Venezuela;Venezuelan,Venezuelans;Caracas,Maracaibo
Vietnam;Vietnamese;Hanoi,Ho Chi Minh City
Yemen;Yemeni,Yemenis;Sanaa,Sana'a,Aden,Hodeidah
Zambia;Zambian,Zambians;Lusaka
Zimbabwe;Zimbabwean,Zimbabweans;Harare
Hong Kong;;
Greenland;Greenlandic;Nuuk
Puerto Rico;Puerto Rican,Puerto Ricans;`

// stateTable lists the states of the United States that are no other country's
// name.
const stateTable = `Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,Florida,Hawaii,Idaho,Illinois,Indiana,Iowa,Kansas,Kentucky,
Louisiana,Maine,Maryland,Massachusetts,Michigan,Minnesota,Mississippi,Missouri,Montana,Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,
North Carolina,North Dakota,Ohio,Oklahoma,Oregon,Pennsylvania,Rhode Island,South Carolina,South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,
West Virginia,Wisconsin,Wyoming`

// regionTable lists places that belong to no single country.
const regionTable = `Europe,Africa,Asia,Middle East,Antarctica,Arctic,Latin America,South America,North America,Central America,Caribbean,Balkans,Mediterranean,
South China Sea,Black Sea,Red Sea,Persian Gulf,Gulf of Mexico,Indian Ocean,Pacific Ocean,Atlantic Ocean,Java Sea,Sahara,Himalayas,Mount Everest`

func gazetteer() map[string]place {
	m := make(map[string]place, 1200)
	add := func(list string, p place) {
		for n := range strings.SplitSeq(list, ",") {
			if n = strings.TrimSpace(n); n == "" {
				continue
			}
			q := p
			if q.name == "" {
				q.name = n
			}
			if _, taken := m[n]; !taken {
				m[n] = q
			}
		}
	}
	add(regionTable, place{})
	add(stateTable, place{country: "United States", state: true})
	for line := range strings.SplitSeq(countryTable, "\n") {
		f := strings.SplitN(line, ";", 3)
		name, other, _ := strings.Cut(f[0], "=")
		add(name+","+other, place{name: name})
		add(f[1], place{name: name, adjective: true})
		add(f[2], place{country: name})
	}
	return m
}
