package summarize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/wordset"
)

var (
	// natures say of what kind somebody or something is; by themselves they name
	// nobody.
	natures = wordset.Of(`European Asian African Latino Latina Hispanic Arab Arabic Islamist Islamic Muslim Christian Catholic Protestant Jewish
		Hindu Sikh Buddhist Shiite Shia Shi'ite Sunni Western Eastern Northern Southern Scandinavian Nordic Baltic Balkan Caucasian Celtic
		English Anglo Middle-Eastern Democratic Conservative Liberal Socialist Communist Nazi Victorian Olympic Internet Web Facebook-owned
		Anglo-Dutch Franco-German Spanish-speaking English-speaking Afro-Caribbean Anglo-Saxon Indigenous Aboriginal Native`)
	// faiths are those of them that stand before a name and are none of it.
	faiths      = wordset.Of(`Islamist Muslim Christian Catholic Protestant Jewish Hindu Sikh Buddhist Shiite Shia Shi'ite Sunni`)
	postnominal = wordset.Of(`MP MLA MEP CM PhD Ph.D Ph.D. MD M.D QC KC OBE MBE CBE Esq`)
	// generic are words that name something only together with others: "Category 5",
	// "Part One".
	generic = wordset.Of(`Category League Relations Chapter Figure Table Section Part Phase Level Stage Round Group Division Class Grade Series
		Volume Season Episode Act Bill Budget Article Page State City County Court Council Minister Ministry Parliament Government Congressman
		Company Party Chief Chief's Secretary Board Committee Commission Club Team Cup Championship Street Road Avenue Park North South East West
		Internet Web God Bible Sir Madam Big Little Great New Old Good Best Top Big Breaking Live Update Exclusive Analysis Opinion News
		Culture Media Sport Sports Health Education Defence Defense Science Business Politics Entertainment Lifestyle Travel Weather
		Covid COVID Covid-19 COVID-19 DNA TV People Mom Dad Mum Yes No OK Okay Oh Well Please Thanks Hello Sorry Dear`)
	// beforeNames open a sentence before a name and are none of it: "Five Houthis".
	beforeNames = wordset.Of(`Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Twenty Thirty Forty Fifty Hundreds
		Thousands Dozens Several Many Some Most Both All Few Other Another Fellow Rival Senior Veteran Junior Young Older Elderly Late Ex`)
	// positions are what somebody plays or does, before a name, beside roles.
	positions = wordset.Of(`wing winger prop hooker lock flanker fly-half scrum-half full-back fullback centre center forward back midfield quarterback
		pitcher batsman batter bowler opener all-rounder skipper keeper wicketkeeper newcomer teenager tycoon magnate retailer carmaker airline
		giant superstar filmmaker playwright novelist poet composer producer comedian choreographer millionaire industrialist heavyweight
		sprinter cyclist golfer boxer jockey swimmer referee umpire striker-turned-coach rapper-turned-actor neighbour neighbor policeman
		policewoman firefighter soldier bassist guitarist drummer frontman frontwoman presenter broadcaster`)
)

// bearer returns the name that is shown for n, whose full form is text, where
// it is one by which readers know somebody or something.
func bearer(n name, text string) (string, bool) {
	if strings.Contains(text, "(") && !strings.Contains(text, ")") {
		text += ")" // "JD(U)"
	}
	for { // "Labour MP", "University of Texas Ph.D."
		i := strings.LastIndexByte(text, ' ')
		if i < 0 || !postnominal.Has(text[i+1:]) {
			break
		}
		text = text[:i]
	}
	for { // "Shiite Houthis"
		first, rest, more := strings.Cut(text, " ")
		if !more || !faiths.Has(first) || !unicode.IsUpper(firstRune(rest)) || headNouns.Has(rest[strings.LastIndexByte(rest, ' ')+1:]) || orgEnds.Has(rest[strings.LastIndexByte(rest, ' ')+1:]) {
			break
		}
		text = rest
	}
	if !n.inner || n.lead { // the sentence's first words may be none of the name
		for {
			first, rest, more := strings.Cut(text, " ")
			lower := strings.ToLower(first)
			if !more || !unicode.IsUpper(firstRune(rest)) || !beforeNames.Has(first) && !positions.Has(lower) && !(roles.Has(lower) && strings.Contains(rest, " ")) {
				break
			}
			text = rest
		}
	}
	return text, !nameless(text)
}

// nameless tells words with a capital that name nobody.
func nameless(s string) bool {
	if natures.Has(s) || generic.Has(s) || s == "Middle Eastern" || s == "Latin American" || s == "Far Eastern" || strings.HasPrefix(s, "of ") {
		return true
	}
	for _, tail := range [...]string{"-American", "-led", "-backed", "-based", "-born"} {
		if strings.HasSuffix(s, tail) {
			return true
		}
	}
	one := !strings.Contains(s, " ")
	letters, shouted, long := 0, true, false
	for w := range strings.FieldsSeq(s) {
		for _, r := range w {
			if unicode.IsLetter(r) {
				letters++
				shouted = shouted && (unicode.IsUpper(r) || !unicode.IsLower(r) && utf8.RuneLen(r) > 2)
			}
		}
		long = long || utf8.RuneCountInString(w) > 4
		if contracted(w) {
			return true
		}
	}
	switch {
	case letters < 2:
		return true
	case one && letters == 2 && !shouted && utf8.RuneLen(firstRune(s)) < 3: // "Re" of "Swiss Re"
		return true
	case shouted && long && !one && letters < 4*len(s): // a heading, or letters on a board
		return true
	}
	return shouted && long && englishStops.Has(strings.ToLower(s))
}

// contracted tells words such as "I've" and "don't" from names such as
// "O'Brien".
func contracted(w string) bool {
	i := strings.LastIndexAny(w, "'’")
	if i < 1 {
		return false
	}
	switch strings.TrimLeft(w[i:], "'’") {
	case "m", "ve", "re", "ll", "d", "t":
		return true
	}
	return false
}
