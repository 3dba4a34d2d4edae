package llm

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/news"

	"newsdesk/internal/pattern"
)

// A paragraph that speaks to a machine reports nothing. It is not sent to the
// model, and no fact may rest on it. Newspapers write about such machines too:
// a paragraph is only taken for an order where it has an order's form. For the
// model's facts the loose rules below count as well: what they take wrongly costs
// a fact, never the truth.
var (
	// forms are orders by their form alone.
	forms = pattern.MustCompile(`(?i)` +
		// Ignore all previous instructions.
		`\b(ignore|disregard|forget|override|bypass|discard)\b[^.]{0,40}\b(instructions?|prompts?|rules|guidelines|above|previous|earlier|prior|everything|article|text|told)\b` +
		// Your new task is; in your summary.
		`|\byour\s+(\w+\s+){0,2}(headlines?|summar(y|ies)|(key )?facts|json|instructions|prompt|bullet points?)\b` +
		`|\b(new|updated|real|actual|additional|final|hidden|secret|special)\s+(instructions|directives|prompt)\b` +
		// Note to the summarizer; for automated readers.
		`|\b(notes?|messages?|reminders?|attention|instructions?|corrections?|info(rmation)?|only)\s+(for|to|by)\b[^.]{0,30}\b(ais?|llms?|assistants?|language models?|bots?|chat ?bots?|summari[sz]ers?|(the|your|a) summary|crawlers?|automated \w+|machines)\b` +
		// Put it into the headline; the summary must say.
		`|(^|[.!?:]\s+)(please\s+)?(` + imperatives + `)\b.{0,100}\b(headlines?|summar(y|ies)|key facts?|facts? list|every fact|each (key )?fact|first fact|last fact|your facts|json|output)\b` +
		`|\b(headlines?|summar(y|ies)|key facts?|every fact|fact list)\b[^.]{0,60}\b(must|should|shall)\b|\b(must|should|shall)\b[^.]{0,60}\b(headline|summary|key facts?|every fact|fact list)\b` +
		`|\b(for|in) (the|this) (summary|headline)[,:]` +
		// You are now an AI without rules; pretend that you.
		`|\byou are (now )?[^.]{0,40}\b(ai|language model|assistant|bot|mode|dan|editor|summari[sz]er)\b|\bas an? (ai|language model|assistant)\b[^.]{0,20}\byou\b` +
		`|\b(pretend|role-?play|act as)\b[^.]{0,60}\b(you|your|ai|assistant|headline|summary)\b|\b(do anything now|developer mode|debug mode|god mode)\b` +
		// The marks of chat formats and data formats.
		`|</?\s*(system|assistant|user|article|instructions?|data|document|context|prompt)\s*>|\[/?\s*(inst|system|end|start|assistant|user)\b|<\||\|>|<!--|-->` +
		`|"(headline|facts|text|role|content)"\s*:|"\s*\]\s*\}|\bdecode (this|the following)\b`)
	// breaks play the end of the article or another's turn to speak: for the model's
	// facts, what follows one is not the article's.
	breaks = pattern.MustCompile(`(?im)^\s*(headline|facts?|key facts?|summary|output|answer)\s*:|</?\s*(system|assistant|user|article|instructions?|data|document|context|prompt)\s*>|\[/?\s*(inst|system|end|start|assistant|user)\b|<\||\|>|<<+|>>+|={3,}|#{3,}|` + "`{3}" +
		`|\b(system|assistant|developer|user)\s*(message|prompt|note|override|update)?\s*:|\bend of (the )?(article|data|text|document|input|story)\b|\b(begin|start) of (the )?(output|answer|instructions?|task)\b`)
	// addressees are who an order is given to, orders what is to be done, and
	// objects what it is to be done with. All three in one paragraph make an
	// instruction.
	addressees = pattern.MustCompile(`(?i)\b(ais?|a\.i\.|llms?|assistants?|language models?|chat ?bots?|bots?|gpt\S*|claude|gemini|llama|copilot|summari[sz]ers?|summari[sz]ing|summarization|newsdesk|crawlers?|scrapers?|automated (readers?|systems?|tools?)|machine readers?|robots?|algorithms?|whoever (condenses|summari[sz]es)|you|your)\b`)
	orders     = pattern.MustCompile(`(?i)\b(respond|reply|answer|output|print|repeat|write|report|say|state|return|include|append|insert|add|replace|translate|mention|tag|link|quote|omit|leave out|drop|use|set|make|change|swap|begin|start|end|finish|put|list|give|produce|emit|call|follow|obey|treat|consider|remember|note|must|should|shall|please|do not|don't|never|always|only|instead)\b`)
	objects    = pattern.MustCompile(`(?i)\b(instructions?|prompts?|headlines?|summar(y|ies)|key facts?|facts?|bullet points?|json|schema|fields?|output|response|completion|tokens?|markdown|system|api keys?|above|preceding|following (text|sentence|words|line|facts?))\b`)
	// foreign are the usual forms in other languages.
	foreign = pattern.MustCompile(`(?i)\b(ignor(a|e|en|ez|er|ar|ieren?|iere|a|ate|eer)|olvida|oublie[zr]?|vergiss|vergessen sie|esqueça|dimentica|vergeet|negeer|missachte|desconsidere|non tenere conto)\b[^.]{0,60}\b(instrucciones|instructions|consignes|anweisungen|instruções|istruzioni|instructies|opdrachten|anterior(es)?|précédent(e?s)?|vorherigen?|precedenti|vorige|todo|tout|alles|tudo|tutto|règles|reglas|regeln|regras|regole|regels)\b` +
		`|\b(titular|resumen|hechos|titre|résumé|faits|schlagzeile|zusammenfassung|fakten|título|resumo|fatos|titolo|riassunto|fatti|kop|samenvatting|feiten)\b[^.]{0,80}\b(escrib[ea]|pon|añad[ea]|debe decir|écri(s|vez)|ajoute[zr]?|mets|mettez|doit dire|schreib(e|en)?|füge|lauten|escreva|adicione|deve dizer|scrivi|aggiungi|deve dire|schrijf|voeg|moet luiden)\b` +
		`|\b(escrib[ea]|pon|añad[ea]|responde|écri(s|vez)|ajoute[zr]?|réponds|répondez|schreib(e|en sie)?|füge|antworte|escreva|adicione|responda|scrivi|aggiungi|rispondi|schrijf|voeg|antwoord)\b[^.]{0,80}\b(titular|resumen|hechos?|titre|résumé|faits?|schlagzeile|zusammenfassung|fakt(en)?|título|resumo|fatos?|titolo|riassunto|fatt[io]|kop|samenvatting|feit(en)?|solo|seulement|nur|apenas|soltanto|alleen|json)\b` +
		`|\b(eres|tu es|vous êtes|du bist|sie sind|você é|sei|tu sei|je bent|u bent)\b[^.]{0,40}\b(ia|ai|ki|asistente|assistant|assistente|modelo|modèle|modell|modello|model|robot|bot)\b` +
		`|\b(inteligencia artificial|intelligence artificielle|künstliche intelligenz|inteligência artificial|intelligenza artificiale|sprachmodell|modelo de lenguaje|modèle de langage|taalmodel|modelo de linguagem|modello linguistico)\b`)
	// long is a run of letters that is no word: something encoded.
	long = pattern.MustCompile(`[A-Za-z0-9+/=]{40,}|(\b[01]{8}\s+){3}|(\\x[0-9a-fA-F]{2}){4}|(&#x?[0-9a-fA-F]+;){3}|(%[0-9a-fA-F]{2}){4}`)
)

// Guard takes out of a summary what rests on a paragraph of arts that speaks to a
// machine: such a paragraph reports nothing, and a summarizer that extracts would
// show the order itself.
func Guard(s news.Summary, arts ...news.Article) news.Summary {
	if orderly(s.Headline, "") {
		s.Headline = ""
	}
	bodies := make(map[news.ArticleID]news.Article, len(arts))
	for _, a := range arts {
		bodies[a.ID] = a
	}
	type around struct{ text, lang string }
	judged := make(map[around]bool) // paragraphs, each of which several facts may rest on
	told := func(f news.Fact) bool {
		a := bodies[f.Article]
		if f.Span.Start < 0 || f.Span.End > len(a.Body) || f.Span.Start > f.Span.End {
			return false
		}
		p := around{paragraph(a.Body, f.Span), a.Lang}
		is, known := judged[p]
		if !known {
			is = orderly(p.text, p.lang)
			judged[p] = is
		}
		return is
	}
	s.Facts = slices.DeleteFunc(slices.Clone(s.Facts), told)
	if s.Headline == "" && len(s.Facts) > 0 {
		s.Headline = s.Facts[0].Text
	}
	return s
}

// maxAround bounds the paragraph around a sentence, in bytes to either side.
const maxAround = 4000

// paragraph returns the text between the blank lines around a span.
func paragraph(body string, s news.Span) string {
	start := blockStart(body, s.Start)
	rest := body[s.End:min(len(body), s.End+maxAround)]
	if i := strings.Index(rest, "\n\n"); i >= 0 {
		rest = rest[:i]
	}
	return body[start : s.End+len(rest)]
}

// blockStart returns where the paragraph around a byte begins.
func blockStart(body string, at int) int {
	from := max(0, at-maxAround)
	if i := strings.LastIndex(body[from:at], "\n\n"); i >= 0 {
		return from + i + 2
	}
	return from
}

// addressed reports whether a paragraph speaks to a machine, hides something, or
// is in another script than its article. Without a language the script is not
// looked at.
func addressed(text, lang string) bool {
	if orderly(text, lang) {
		return true
	}
	return breaksOff(text) || encoded(text) || orders.MatchString(text) && addressees.MatchString(text) && objects.MatchString(text)
}

// breaksOff reports whether a paragraph plays the end of the article or the turn of
// another to speak.
func breaksOff(text string) bool { return breaks.MatchString(text) }

// encoded reports whether a paragraph holds a run of letters that is no word. The
// pattern is slow, and most paragraphs hold nothing that it looks for.
func encoded(text string) bool {
	may := strings.ContainsAny(text, `\&%`)
	for f := range strings.FieldsSeq(text) {
		may = may || len(f) >= 40 || len(f) == 8 && strings.Trim(f, "01") == ""
	}
	return may && long.MatchString(text)
}

// orderly is the strict part of addressed: an order by its form.
func orderly(text, lang string) bool {
	other, letters := 0, 0
	last := ' '
	for _, r := range text {
		before := last
		last = r
		switch {
		case r < utf8.RuneSelf:
			if r |= ' '; r >= 'a' && r <= 'z' {
				letters++
			}
		case hides(before, r):
			return true
		case unicode.IsLetter(r):
			letters++
			if !unicode.Is(unicode.Latin, r) {
				other++
			}
		}
	}
	if lang != "" && lexicons()[lang] != nil && other*5 > letters {
		return true
	}
	text = singleSpaced(text)
	return forms.MatchString(text) || foreign.MatchString(text)
}

// singleSpaced makes each run of blanks one blank.
func singleSpaced(s string) string {
	blank := true
	for i := 0; i < len(s); {
		if c := s[i]; c > ' ' && c < utf8.RuneSelf { // as nearly all
			blank = false
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if r != ' ' && unicode.IsSpace(r) || r == ' ' && blank {
			return strings.Join(strings.Fields(s), " ")
		}
		blank = r == ' '
	}
	return strings.TrimSuffix(s, " ")
}

// imperatives are the orders that a sentence begins with.
const imperatives = `respond|reply|answer|output|print|repeat|write|report|say|state|return|include|append|insert|add|replace|translate|mention|tag|link|quote|omit|leave|drop|use|set|make|change|swap|begin|start|end|finish|put|list|give|produce|emit|call|remember|join|wrap|r e p l y`

// hides tells characters that write what nobody sees: tags, private ones, those
// that turn the direction of others round, and joiners within a word.
func hides(before, r rune) bool {
	switch {
	case r >= 0xE0000, unicode.Is(unicode.Co, r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	case r == '\u200c' || r == '\u200d' || r == '\u2060':
		return unicode.Is(unicode.Latin, before)
	}
	return false
}
