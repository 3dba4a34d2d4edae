package topics

// regionWords are names by the part of the world that they are of, in lower case
// without marks, blanks written "_".
var regionWords = [...]string{
	regionUS: `alabama alaska america american americans anchorage arizona arkansas atlanta austin baltimore boston brooklyn california charleston chicago cincinnati
		cleveland colorado columbus congress connecticut dallas delaware democrat denver detroit el_paso florida hawaii honolulu houston idaho illinois
		indiana indianapolis iowa jacksonville kansas kentucky las_vegas los_angeles louisiana louisville maryland massachusetts maui memphis miami michigan
		milwaukee minneapolis minnesota mississippi missouri montana nashville nebraska nevada new_hampshire new_jersey new_mexico new_orleans new_york
		north_carolina north_dakota oakland ohio oklahoma oregon pennsylvania philadelphia pittsburgh portland puerto_rico republican rhode_island sacramento
		san_antonio san_diego san_francisco seattle senate south_carolina south_dakota st_louis tampa tennessee texas united_states usa utah uvalde vermont
		virginia washington west_virginia wisconsin wyoming`,
	regionEurope: `albania albanian amsterdam antwerp armenia armenian athens austria austrian azerbaijan azerbaijani bakhmut baku barcelona bavaria belarus belarusian
		belfast belgian belgium belgorod belgrade berlin birmingham bosnia bosnian bristol britain british brussels bucharest budapest bulgaria bulgarian
		catalonia chechnya cologne copenhagen crete crimea croatia croatian cypriot cyprus czech czechia dane danish denmark dnipro donetsk dublin dutch
		edinburgh england english estonia estonian eu european finland finnish florence france frankfurt french geneva genoa german germans germany glasgow
		greece greek greenland hamburg helsinki hungarian hungary iceland icelandic ireland irish italian italians italy kamchatka kharkiv kherson kiev kosovo
		kremlin kursk kyiv latvia latvian leeds lesbos lisbon lithuania lithuanian liverpool london luhansk lviv lyon macron madrid malmo malta maltese
		manchester mariupol marseille merkel milan minsk moldova moscow munich naples nato netherlands nicosia northern_ireland norway norwegian odesa odessa
		oslo paris poland polish portugal portuguese prague putin reykjavik riga romania romanian rome rotterdam russia russian russians sarajevo scotland
		scottish serbia serbian seville siberia sicily slovak slovakia slovenia slovenian sofia spain spanish st_petersburg stockholm sweden swedish swiss
		switzerland tallinn tbilisi the_hague tirana toulouse uk ukraine ukrainian ukrainians united_kingdom valencia vatican venice vienna vilnius wales
		warsaw welsh westminster yerevan zagreb zelensky zurich`,
	regionAsia: `aceh adelaide afghan afghanistan afghans almaty asean asian assam auckland aussie australia australian australians bali balochistan bangalore bangkok
		bangladesh bangladeshi beijing brisbane burma burmese busan cambodia cambodian canberra chengdu chennai china chinese christchurch colombo delhi dhaka
		fiji filipino fukushima guangdong gujarat hanoi hiroshima hokkaido hong_kong india indian indians indonesia indonesian islamabad jakarta japan
		japanese kabul kandahar karachi kashmir kathmandu kazakh kazakhstan kerala kolkata kuala_lumpur kyoto kyrgyz kyrgyzstan kyushu lahore laos lombok
		luzon malaysia malaysian maldives manila manipur melbourne mindanao modi mongolia mongolian mumbai myanmar nepal nepalese new_zealand north_korea
		okinawa osaka pakistan pakistani papua_new_guinea perth peshawar philippine philippines phnom_penh phuket pyongyang queensland quetta rakhine seoul
		shanghai shenzhen sichuan singapore south_korea sri_lanka sulawesi sumatra sydney taipei taiwan taiwanese tajikistan tasmania thai thailand tibet
		tokyo tonga turkmenistan uttar_pradesh uzbek uzbekistan vanuatu vietnam vietnamese wellington wuhan xi xinjiang yangon yunnan`,
	regionMiddleEast: `abu_dhabi aleppo alexandria amman baghdad bahrain bahraini basra beirut benghazi cairo damascus doha dubai egypt egyptian gaza hamas hezbollah houthi
		houthis idf idlib iran iranian iranians iraq iraqi iraqis israel israeli israelis jeddah jerusalem kirkuk kuwait kuwaiti lebanese lebanon libya libyan
		mecca mosul netanyahu oman omani palestine palestinian palestinians qatar qatari ramallah raqqa riyadh sanaa saudi saudis sinai syria syrian syrians
		tehran tel_aviv tripoli uae united_arab_emirates west_bank yemen yemeni`,
	regionElsewhere: `abidjan abuja acapulco accra addis_ababa african alberta algeria algerian algiers angola angolan ankara argentina argentine argentinian atacama bamako
		bogota bolivia bolivian borno brasilia brazil brazilian buenos_aires burundi calgary cali cameroon cameroonian canada canadian canadians cancun
		cape_town caracas casablanca chadian chiapas chile chilean colombia colombian congo congolese costa_rica cuba cuban cusco dakar darfur dominican
		durban ecuador ecuadorean el_salvador eritrea eritrean ethiopia ethiopian ghana ghanaian goma guatemala guatemalan guayaquil guerrero guinea guinean
		haiti haitian harare havana honduran honduras iquique istanbul ivory_coast izmir jamaica jamaican johannesburg juba kampala kenya kenyan khartoum
		kigali kinshasa lagos latin_american liberia liberian lima luanda madagascar malawi mali malian manitoba marrakech medellin mexican mexicans mexico
		mexico_city mogadishu mombasa montreal moroccan morocco mozambique nairobi namibia nicaragua nicaraguan niger nigeria nigerian nova_scotia oaxaca
		ontario ottawa panama paraguay peru peruvian port_au_prince pretoria quebec quito rio_de_janeiro rwanda rwandan salvadoran santiago santo_domingo
		sao_paulo senegal senegalese sierra_leone somali somalia south_africa south_sudan sudan sudanese tanzania tanzanian tigray tijuana toronto tunis
		tunisia tunisian turkish uganda ugandan uruguay valparaiso vancouver venezuela venezuelan zambia zimbabwe zimbabwean`,
}
