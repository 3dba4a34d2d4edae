package verify_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/news"
	"newsdesk/verify"
)

// cite checks a fact against the sentence of a text that stands between «« and
// »».
func cite(t *testing.T, lang, marked, fact string) verify.Finding {
	t.Helper()
	start := strings.Index(marked, "««")
	text := strings.ReplaceAll(marked, "««", "")
	end := strings.Index(text, "»»")
	text = strings.ReplaceAll(text, "»»", "")
	if start < 0 || end < 0 {
		t.Fatalf("nothing is cited in %q", marked)
	}
	a := news.Article{Body: text, Lang: lang, Published: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)} // a Thursday
	return verify.New(a).Check(news.Fact{Text: fact, Span: news.Span{Start: start, End: end}})
}

// B2: what a fact may do with its sentence.
func TestCheck_SupportsHonestFacts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ lang, text, fact string }{
		"verbatim":            {"en", "««Mill Bridge was closed on Tuesday.»»", "Mill Bridge was closed on Tuesday."},
		"dateline cut":        {"en", "««VELMORA (Courier) — A fire killed three people in the port on Monday, police said.»»", "A fire killed three people in the port on Monday, police said."},
		"dateline with May":   {"en", "««May 23 (CW) - Rovers won the cup on Saturday, beating Dunmore 2-1.»»", "Rovers won the cup on Saturday, beating Dunmore 2-1."},
		"connective cut":      {"en", "It rained. ««However, the match in Arnfeld went ahead.»»", "The match in Arnfeld went ahead."},
		"relative aside cut":  {"en", "««The bridge, which was built in 1963 and never repaired, carries 41,000 vehicles a day.»»", "The bridge carries 41,000 vehicles a day."},
		"brackets cut":        {"en", "««The Velmora Port Authority (VPA), not yet asked, will pay 2.5 million crowns.»»", "The Velmora Port Authority will pay 2.5 million crowns."},
		"bracket in a name":   {"en", "««Ida Lund (Greens) and Per Moe (Centre) signed the pact in Oslo.»»", "Ida Lund and Per Moe signed the pact in Oslo."},
		"attribution moved":   {"en", "««\"We will not leave the valley,\" Ida Lund said on Friday.»»", "Ida Lund said on Friday: \"We will not leave the valley.\""},
		"end cut":             {"en", "««The council approved the plan on Monday, although two members did not vote.»»", "The council approved the plan on Monday."},
		"pronoun to name":     {"en", "Ida Lund took office in May. ««She said the repairs would cost 62 million crowns.»»", "Ida Lund said the repairs would cost 62 million crowns."},
		"short name to full":  {"en", "Governor Omar Bin-Saleh spoke on Monday. Talks were short. It rained. ««Bin-Saleh said taxes would rise.»»", "Omar Bin-Saleh said taxes would rise."},
		"full name to short":  {"en", "««Governor Omar Bin-Saleh said taxes would rise.»»", "Bin-Saleh said taxes would rise."},
		"group to name":       {"en", "Tesa Rail lost money. ««The company said it would cut 300 jobs.»»", "Tesa Rail said it would cut 300 jobs."},
		"country in short":    {"en", "««These air strikes by the United States in Ostmark are the second since Tuesday.»»", "The U.S. air strikes by the United States in Ostmark are the second since Tuesday."},
		"acronym explained":   {"en", "The Northern Ferry Union (NFU) met. ««The NFU called a strike for 3 June.»»", "The Northern Ferry Union called a strike for 3 June."},
		"people for country":  {"en", "««The Israeli minister flew to Norway.»»", "The minister from Israel flew to Norway."},
		"number in words":     {"en", "««Eight miners were rescued after twenty-five hours.»»", "8 miners were rescued after 25 hours."},
		"number written out":  {"en", "««The firm lost 2,500 customers and $1.2m.»»", "The firm lost 2.5 thousand customers and 1.2 million dollars."},
		"range":               {"en", "««The work will cost 10 to 15 million euros.»»", "The work will cost €10-15 million."},
		"percent":             {"en", "««Turnout rose by 3.5 percent.»»", "Turnout rose by 3.5%."},
		"ordinal":             {"en", "««It was her 3rd title.»»", "It was her third title."},
		"time of day":         {"en", "««The quake struck at 5:30 p.m. off Iquara.»»", "The quake struck at 17:30 off Iquara."},
		"weekday to date":     {"en", "««The court in Arn ruled on Tuesday that the sale was void.»»", "The court in Arn ruled on 3 March that the sale was void."},
		"yesterday to day":    {"en", "««The dam broke yesterday near Halden.»»", "The dam broke on Wednesday near Halden."},
		"quotation shortened": {"en", "««\"It was loud, very loud, and then dark,\" Per Moe said.»»", "Per Moe said it was “loud … and then dark”."},
		"quotation in single": {"en", "««Lund called it 'a dark day for the valley'.»»", "Lund called it \"a dark day for the valley\"."},
		"contraction":         {"en", "««The mayor didn't sign the contract.»»", "The mayor did not sign the contract."},
		"hedge kept":          {"en", "««The storm may reach the coast by Friday, forecasters said.»»", "The storm might reach the coast by Friday, forecasters said."},
		"will for would":      {"en", "««The ministry said the port would open in May.»»", "The port will open in May, the ministry said."},
		"not only":            {"en", "««The fire destroyed not only the school but also the church.»»", "The fire destroyed the school and the church."},
		"other half of a no":  {"en", "««Lund did not attend the meeting, which was held in Arn.»»", "The meeting was held in Arn."},
		"lost marks":          {"en", "««\"I?m tired,\" said Rita D?Costa.»»", "Rita D'Costa said: \"I'm tired.\""},
		"spanish":             {"es", "««El presidente, que llegó el lunes, firmó un acuerdo de 2.500 millones de euros.»»", "El presidente firmó un acuerdo de 2.500 millones de euros."},
		"country in letters":  {"en", "««The U.S. sold the ferry to Norway.»»", "The United States sold the ferry to Norway."},
		"spanish number":      {"es", "««Murieron treinta y cinco personas.»»", "Murieron 35 personas."},
		"french":              {"fr", "««Selon la police, l'incendie n'a pas fait de victimes à Arn.»»", "L'incendie n'a pas fait de victimes à Arn, selon la police."},
		"french number":       {"fr", "««Il a perdu quatre-vingt-dix voix.»»", "Il a perdu 90 voix."},
		"german":              {"de", "««Die Brücke, die 1963 gebaut wurde, wird am Montag nicht geöffnet.»»", "Die Brücke wird am Montag nicht geöffnet."},
		"german number":       {"de", "««Bei dem Brand starben fünfundzwanzig Menschen.»»", "Bei dem Brand starben 25 Menschen."},
		"portuguese":          {"pt", "««O governo, em crise, não vai vender 1,5 milhão de ações.»»", "O governo não vai vender 1,5 milhão de ações."},
		"italian":             {"it", "««Il sindaco, eletto nel 2019, non ha firmato l'accordo.»»", "Il sindaco non ha firmato l'accordo."},
		"dutch":               {"nl", "««De brug, gebouwd in 1963, gaat maandag niet open.»»", "De brug gaat maandag niet open."},
		"japanese":            {"ja", "««北部の町で地震があり、３人が死亡した。»»", "北部の町で地震があり、3人が死亡した。"},
		"arabic":              {"ar", "««أعلنت الوزارة إغلاق الجسر يوم الثلاثاء بعد وفاة 3 أشخاص.»»", "أعلنت الوزارة إغلاق الجسر بعد وفاة ٣ أشخاص."},
		"russian":             {"ru", "««Министр Петров, избранный в мае, заявил о закрытии моста.»»", "Министр Петров заявил о закрытии моста."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := cite(t, c.lang, c.text, c.fact); !got.Supported() {
				t.Errorf("%q: %s (%s), want it supported", c.fact, got.Reason, got.What)
			}
		})
	}
}

// B2: what it may not.
func TestCheck_NamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lang, text, fact string
		want             verify.Reason
	}{
		"number":              {"en", "««Eight miners were rescued.»»", "Nine miners were rescued.", verify.Number},
		"digits":              {"en", "««It cost 2,500 crowns.»»", "It cost 2,600 crowns.", verify.Number},
		"scale":               {"en", "««It cost 2.5 million crowns.»»", "It cost 2.5 billion crowns.", verify.Number},
		"percent added":       {"en", "««Prices rose by 12 crowns.»»", "Prices rose by 12%.", verify.Number},
		"currency":            {"en", "««The fine is $5 million.»»", "The fine is €5 million.", verify.Number},
		"numbers swapped":     {"en", "««The blast killed 3 people and injured 40 others.»»", "The blast killed 40 people and injured 3 others.", verify.Number},
		"limit dropped":       {"en", "««The fire destroyed up to 40 homes.»»", "The fire destroyed 40 homes.", verify.Hedge},
		"far number":          {"en", "Sixty came. ««The hall holds 900 people.»»", "The hall holds 60 people.", verify.Number},
		"name":                {"en", "««Ida Lund opened the fair in Oslo.»»", "Ida Moe opened the fair in Oslo.", verify.Name},
		"names swapped":       {"en", "««Arnfeld sued Halden over the dam.»»", "Halden sued Arnfeld over the dam.", verify.Name},
		"other speaker":       {"en", "Per Moe spoke first. ««Then Ida Lund said taxes would rise.»»", "Then Per Moe said taxes would rise.", verify.Name},
		"namesakes":           {"en", "Jane Moe and Per Moe met. It rained. It rained more. ««Moe said taxes would rise.»»", "Jane Moe said taxes would rise.", verify.Name},
		"name from afar":      {"en", "Tesa Rail met. It rained. It rained more. Then it stopped. ««The company will cut 300 jobs.»»", "Tesa Rail will cut 300 jobs.", verify.Name},
		"weekday":             {"en", "««The court ruled on Tuesday.»»", "The court ruled on Wednesday.", verify.Date},
		"month":               {"en", "««The port opens in May.»»", "The port opens in June.", verify.Date},
		"quotation":           {"en", "««\"We will never leave this valley,\" Lund said.»»", "Lund said: \"We will always leave this valley.\"", verify.Quotation},
		"made quotation":      {"en", "««The mayor refused to resign over the affair.»»", "The mayor \"refused to resign\" over the affair.", verify.Quotation},
		"not dropped":         {"en", "««The mayor did not sign the contract.»»", "The mayor did sign the contract.", verify.Negation},
		"not added":           {"en", "««The mayor signed the contract.»»", "The mayor never signed the contract.", verify.Negation},
		"no dropped":          {"en", "««Police found no weapons in the house.»»", "Police found weapons in the house.", verify.Negation},
		"denial dropped":      {"en", "««Moe denied stealing the painting.»»", "Moe was stealing the painting.", verify.Negation},
		"may dropped":         {"en", "««The storm may reach the coast.»»", "The storm reaches the coast.", verify.Hedge},
		"may to will":         {"en", "««The storm may reach the coast.»»", "The storm will reach the coast.", verify.Hedge},
		"alleged dropped":     {"en", "««Moe allegedly stole the painting.»»", "Moe stole the painting.", verify.Hedge},
		"plan to deed":        {"en", "««Tesa Rail plans to buy the ferry line.»»", "Tesa Rail buys the ferry line.", verify.Hedge},
		"if dropped":          {"en", "««The dam will close if the river rises again.»»", "The dam will close.", verify.Condition},
		"leading if dropped":  {"en", "««If the court agrees, the mine will reopen in May.»»", "The mine will reopen in May.", verify.Condition},
		"speaker dropped":     {"en", "««The driver had slept at the wheel, police said.»»", "The driver had slept at the wheel.", verify.Speaker},
		"source dropped":      {"en", "««According to a rival, the firm hid its losses for years.»»", "The firm hid its losses for years.", verify.Speaker},
		"leading speaker":     {"en", "««Police said that the driver had slept at the wheel.»»", "The driver had slept at the wheel.", verify.Speaker},
		"invented":            {"en", "««The mayor opened the new library.»»", "The mayor bribed the jury.", verify.Words},
		"word replaced":       {"en", "««The company hired 300 workers in its northern plants.»»", "The company fired 300 workers in its northern plants.", verify.Words},
		"contrary":            {"en", "««Shares of Tesa Rail rose on the news.»»", "Shares of Tesa Rail fell on the news.", verify.Words},
		"before for after":    {"en", "««Moe left after the vote.»»", "Moe left before the vote.", verify.Words},
		"spanish not dropped": {"es", "««El alcalde no firmó el contrato.»»", "El alcalde firmó el contrato.", verify.Negation},
		"spanish hedge":       {"es", "««El presunto ladrón fue detenido.»»", "El ladrón fue detenido.", verify.Hedge},
		"french not dropped":  {"fr", "««Le maire n'a pas signé le contrat.»»", "Le maire a signé le contrat.", verify.Negation},
		"german not dropped":  {"de", "««Der Bürgermeister unterschrieb den Vertrag nicht.»»", "Der Bürgermeister unterschrieb den Vertrag.", verify.Negation},
		"german hedge":        {"de", "««Der mutmaßliche Dieb wurde verhaftet.»»", "Der Dieb wurde verhaftet.", verify.Hedge},
		"portuguese not":      {"pt", "««O prefeito não assinou o contrato.»»", "O prefeito assinou o contrato.", verify.Negation},
		"italian not":         {"it", "««Il sindaco non ha firmato il contratto.»»", "Il sindaco ha firmato il contratto.", verify.Negation},
		"dutch not":           {"nl", "««De burgemeester heeft het contract niet getekend.»»", "De burgemeester heeft het contract getekend.", verify.Negation},
		"japanese number":     {"ja", "««北部の町で地震があり、３人が死亡した。»»", "北部の町で地震があり、5人が死亡した。", verify.Number},
		"japanese words":      {"ja", "««北部の町で地震があり、３人が死亡した。»»", "南部の都市で火事があり、3人が死亡した。", verify.Words},
		"arabic number":       {"ar", "««أعلنت الوزارة وفاة 3 أشخاص.»»", "أعلنت الوزارة وفاة ٤ أشخاص.", verify.Number},
		"russian name":        {"ru", "««Министр Петров заявил о закрытии моста.»»", "Министр Иванов заявил о закрытии моста.", verify.Name},
		"empty":               {"en", "««The mayor opened the library.»»", " ", verify.Words},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := cite(t, c.lang, c.text, c.fact); got.Reason != c.want {
				t.Errorf("%q: %q (%s), want %q", c.fact, got.Reason, got.What, c.want)
			}
		})
	}
}

func TestCheck_WantsASpanOfTheArticle(t *testing.T) {
	t.Parallel()
	a := news.Article{Body: "Zoë Lund won. " + strings.Repeat("word ", 5000)}
	c := verify.New(a)
	for _, span := range []news.Span{{}, {Start: 3, End: 2}, {Start: -1, End: 4}, {Start: 0, End: len(a.Body) + 1}, {Start: 0, End: 3}, {Start: 13, End: 14}, {Start: 0, End: 20_000}} {
		if got := c.Check(news.Fact{Text: "Zoë Lund won.", Span: span}); got.Reason != verify.Span {
			t.Errorf("span %v: %q, want %q", span, got.Reason, verify.Span)
		}
	}
}

// A sentence as it stands needs no reading of the article, and nothing else may be
// taken for one.
func TestCheck_ReadsNoArticleForItsOwnSentences(t *testing.T) { // not parallel: it counts allocations
	const own = "Arn has 900 people, the mayor said."
	a := news.Article{Body: strings.Repeat("Ida Moe of Halden left on Monday. ", 40) + own + " It rained.", Lang: "en"}
	at := strings.Index(a.Body, own)
	f := news.Fact{Text: "  Arn has 900\npeople, the mayor said.", Span: news.Span{Start: at, End: at + len(own)}}
	if n := testing.AllocsPerRun(10, func() {
		if got := verify.New(a).Check(f); !got.Supported() {
			t.Errorf("its own sentence: %v", got)
		}
	}); n > 1 {
		t.Errorf("%v allocations for the article's own sentence, want 1: the checker", n)
	}
	for name, f := range map[string]news.Fact{
		"cut inside a word":   {Text: own[:len(own)-3], Span: news.Span{Start: at, End: at + len(own) - 3}},
		"begun inside a word": {Text: own[2:], Span: news.Span{Start: at + 2, End: at + len(own)}},
		"another number":      {Text: strings.Replace(own, "900", "901", 1), Span: f.Span},
	} {
		if got := verify.New(a).Check(f); got.Supported() {
			t.Errorf("%s: %q is supported", name, f.Text)
		}
	}
}

// What one fact asked for must not change what the next is told.
func TestCheck_TellsTheSameInAnyOrder(t *testing.T) {
	t.Parallel()
	text := "Jane Smith of the World Health Organization (WHO) spoke. On Monday she said that 40 people might have died and 12 (two of them children) were not found. John Smith denied it."
	at := news.Span{Start: strings.Index(text, "On Monday"), End: strings.Index(text, " John")}
	a := news.Article{Body: text, Lang: "en"}
	facts := []string{
		"Jane Smith said that 40 people might have died.", "The WHO said that 40 people might have died.", "Jane Smith said that 12 people died.", "40 people have died.",
		"John Smith said that 40 people might have died.", "She said that 12 were found on Monday.", "She said on Friday that 40 people might have died.", `She said "40 people might have lived".`,
	}
	want := make([]verify.Finding, len(facts))
	for i, text := range facts {
		want[i] = verify.New(a).Check(news.Fact{Text: text, Span: at})
	}
	together := verify.New(a)
	for i, text := range slices.Backward(facts) {
		if got := together.Check(news.Fact{Text: text, Span: at}); got != want[i] {
			t.Errorf("%q: %v behind others, %v alone", text, got, want[i])
		}
	}
}

func TestFacts_PartsThemInTheirOrder(t *testing.T) {
	t.Parallel()
	a := news.Article{Body: "Arn has 900 people. It rained."}
	at := news.Span{Start: 0, End: 19}
	kept, dropped := verify.Facts(a, []news.Fact{{Text: "Arn has 900 people.", Span: at}, {Text: "Arn has 901 people.", Span: at}, {Text: "Arn has people.", Span: at}})
	if len(kept) != 2 || kept[1].Text != "Arn has people." || len(dropped) != 1 || dropped[0].Finding != (verify.Finding{Reason: verify.Number, What: "901"}) {
		t.Errorf("kept %v, dropped %v", kept, dropped)
	}
}

func TestLocate_FindsTheSentence(t *testing.T) {
	t.Parallel()
	text := "The mayor spoke. The mayor closed the old bridge in Arn. The mayor left.\n\n北部の町で地震があった。南部は無事だった。"
	c := verify.New(news.Article{Body: text, Lang: "en"})
	for fact, want := range map[string]string{"Arn's bridge was closed.": "The mayor closed the old bridge in Arn.", "南部は無事": "南部は無事だった。"} {
		span, ok := c.Locate(fact)
		if got := text[span.Start:span.End]; !ok || got != want {
			t.Errorf("Locate(%q) = %q, want %q", fact, got, want)
		}
	}
	if _, ok := c.Locate("Unrelated thoughts"); ok {
		t.Error("a fact that shares no word was located")
	}
}
