package articles

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsdesk/news"
)

// tongues are a piece of news in each of the six languages, and what outlets put
// in its way.
var tongues = map[string]struct {
	title  string
	paras  []string
	walls  []string // what stands below the first paragraphs
	screen string   // what stands in place of the whole
	cards  string   // what a free page says of others
}{
	"en": {
		"Saltby closes harbour basin for dredging", paragraphs,
		[]string{
			"This article is for subscribers only.", "This story is available exclusively to our digital subscribers. Already a member?", "Subscribe now to continue reading", "Log in or register to unlock this article",
			"To continue reading, please sign in.", "You have read all your free articles this month.", "The rest of this article is reserved for members",
		},
		"We and our 412 partners store and/or access information on a device. Accept all cookies to go on, or manage cookies one by one. You may withdraw your consent at any time. Some partners rely on legitimate interest.",
		"For subscribers only: what the mud is worth",
	},
	"de": {
		"Saltby sperrt Hafenbecken für Baggerarbeiten",
		[]string{
			"Die Hafenkommission von Saltby hat am Donnerstag beschlossen, das östliche Becken für Baggerarbeiten zu sperren. Zum ersten Mal seit vierzig Jahren wird dort kein Schiff einlaufen können.",
			"Die Bagger sollen sechshunderttausend Tonnen Schlamm heben, sagte Hafenmeisterin Ines Calder. Sie rechnet damit, dass die Arbeiten von Mai bis Ende August dauern werden.",
			"Die Fischer fürchten um ihre Saison. Ihr Verband verlangt neunhundert Pfund in der Woche für jedes Boot, die Kommission hat bis Ostern eine Antwort versprochen.",
			"Der Schlamm kommt in eine Grube nördlich der Stadt und soll dort zwei Jahre lang trocknen. Wer in der Nähe wohnt, hat den Kreis gebeten, ihn auf Metalle zu prüfen.",
		},
		[]string{
			"Dieser Artikel ist nur für Abonnenten lesbar.", "Jetzt kostenlos testen und weiterlesen", "Weiterlesen mit dem Echo Plus Abo", "Um den ganzen Artikel zu lesen, brauchen Sie einen Zugang.", "Nur für registrierte Abonnentinnen und Abonnenten",
		},
		"Wir und unsere 412 Partner speichern Informationen auf Ihrem Gerät. Mit Werbung weiterlesen oder mit einem Abo werbefrei lesen. Ihre Zustimmung können Sie jederzeit verwalten. Akzeptieren und weiter.",
		"Nur für Abonnenten: Was der Schlamm wert ist",
	},
	"fr": {
		"Saltby ferme un bassin du port pour le draguer",
		[]string{
			"Le conseil du port de Saltby a décidé jeudi de fermer le bassin est pour le draguer. Pour la première fois en quarante ans, aucun navire ne pourra y entrer.",
			"Les dragues doivent retirer six cent mille tonnes de boue, a dit la capitaine du port, Ines Calder, qui pense que le travail durera de mai à la fin du mois d'août.",
			"Les pêcheurs craignent pour leur saison. Leur syndicat demande neuf cents livres par semaine pour chaque bateau, et le conseil a promis une réponse avant Pâques.",
			"La boue sera portée dans une fosse au nord de la ville, où elle doit sécher deux ans. Les voisins de la fosse ont demandé au comté d'y chercher des métaux.",
		},
		[]string{
			"Cet article est réservé aux abonnés.", "Il vous reste 72 % de cet article à lire.", "La suite est réservée aux abonnés", "Abonnez-vous dès maintenant pour lire la suite", "Connectez-vous pour poursuivre votre lecture",
		},
		"Nos 412 partenaires et nous, nous utilisons des cookies et des traceurs. Continuer sans accepter. Accepter et fermer. Gérer mes choix. Vous pouvez retirer votre consentement à tout moment.",
		"Article réservé aux abonnés : ce que vaut la boue",
	},
	"es": {
		"Saltby cierra una dársena del puerto para dragarla",
		[]string{
			"La junta del puerto de Saltby acordó el jueves cerrar la dársena oriental para dragarla. Por primera vez en cuarenta años no podrá entrar en ella ningún barco.",
			"Las dragas sacarán seiscientas mil toneladas de barro, dijo la capitana del puerto, Ines Calder, que espera que el trabajo dure de mayo a finales de agosto.",
			"Los pescadores temen por su temporada. Su sindicato pide novecientas libras por semana para cada barco, y la junta prometió una respuesta antes de Pascua.",
			"El barro irá a una fosa al norte de la ciudad, donde ha de secarse dos años. Los vecinos de la fosa han pedido al condado que busque en él metales.",
		},
		[]string{
			"Este artículo es exclusivo para suscriptores.", "Contenido reservado a nuestros socios", "Suscríbete ahora para seguir leyendo", "Inicia sesión para continuar", "Has alcanzado el límite de artículos gratuitos",
		},
		"Nosotros y nuestros 412 socios almacenamos información en un dispositivo. Aceptar todas las cookies. Rechazar y suscribirse. Puede retirar su consentimiento en cualquier momento por interés legítimo.",
		"Contenido exclusivo para suscriptores: lo que vale el barro",
	},
	"it": {
		"Saltby chiude un bacino del porto per il dragaggio",
		[]string{
			"Il consiglio del porto di Saltby ha deciso giovedì di chiudere il bacino orientale per dragarlo. Per la prima volta in quarant'anni nessuna nave potrà entrarvi.",
			"Le draghe toglieranno seicentomila tonnellate di fango, ha detto la comandante del porto, Ines Calder, che si aspetta che il lavoro duri da maggio alla fine di agosto.",
			"I pescatori temono per la loro stagione. Il sindacato chiede novecento sterline alla settimana per ogni barca, e il consiglio ha promesso una risposta prima di Pasqua.",
			"Il fango andrà in una fossa a nord della città, dove dovrà asciugare per due anni. Chi abita vicino alla fossa ha chiesto alla contea di cercarvi metalli.",
		},
		[]string{
			"Questo articolo è riservato agli abbonati.", "Contenuto disponibile solo per gli iscritti", "Abbonati ora per continuare a leggere", "Accedi per leggere tutto l'articolo", "Hai raggiunto il limite di articoli gratuiti",
		},
		"Noi e i nostri 412 partner archiviamo informazioni su un dispositivo. Accetta tutti i cookie. Continua senza accettare. Puoi revocare il tuo consenso in ogni momento.",
		"Contenuto riservato agli abbonati: quanto vale il fango",
	},
	"pt": {
		"Saltby fecha bacia do porto para dragagem",
		[]string{
			"O conselho do porto de Saltby decidiu na quinta-feira fechar a bacia leste para dragagem. Pela primeira vez em quarenta anos nenhum navio poderá entrar nela.",
			"As dragas vão retirar seiscentas mil toneladas de lama, disse a capitã do porto, Ines Calder, que espera que a obra dure de maio até o fim de agosto.",
			"Os pescadores temem pela safra. O sindicato pede novecentas libras por semana para cada barco, e o conselho prometeu uma resposta antes da Páscoa.",
			"A lama irá para uma cova ao norte da cidade, onde deve secar durante dois anos. Quem mora perto da cova pediu ao condado que procure nela metais.",
		},
		[]string{
			"Este artigo é exclusivo para assinantes.", "Conteúdo restrito aos assinantes", "Assine agora para continuar lendo", "Faça login para ler a matéria", "Você atingiu o limite de leituras",
		},
		"Nós e os nossos 412 parceiros armazenamos informações em um dispositivo. Aceitar todos os cookies. Continuar sem aceitar. Pode retirar o seu consentimento a qualquer momento.",
		"Conteúdo exclusivo para assinantes: quanto vale a lama",
	},
}

func tale(title, head string, paras []string, below string) []byte {
	return []byte("<!DOCTYPE html><html><head><meta charset=utf-8><title>" + title + "</title>" + head + "</head><body><main><article><h1>" + title + "</h1><p>" +
		strings.Join(paras, "</p><p>") + "</p>" + below + "</article></main></body></html>")
}

// A page that shows only an article's beginning is no article, in six languages.
// M7
func TestExtract_TellsPaywalls(t *testing.T) {
	t.Parallel()
	boxes := []string{`<div class="offer-box"><h3>%s</h3><a href="/abo">1 €</a></div>`, "<p>%s</p>", `<div><div><span>%s</span></div></div>`}
	for lang, c := range tongues {
		for i, wall := range c.walls {
			page := tale(c.title, "", c.paras[:3], fmt.Sprintf(boxes[i%len(boxes)], wall))
			p, err := Extract(page, "text/html", news.Item{Title: c.title}, "https://echo.example/1")
			if !p.Locked && !errors.Is(err, ErrNoArticle) {
				t.Errorf("%s: %q was not seen", lang, wall)
			}
			if strings.Contains(p.Text, wall) {
				t.Errorf("%s: %q is part of the text", lang, wall)
			}
		}
	}
}

// A screen in place of an article is none, in six languages.
func TestExtract_TellsScreens(t *testing.T) {
	t.Parallel()
	for lang, c := range tongues {
		for _, times := range []int{1, 3, 12} { // such screens are short, or very long
			body := "<div><p>" + strings.Repeat(c.screen+"</p><p>", times) + "</p></div>"
			p, err := Extract(tale(c.title, "", nil, body), "text/html", news.Item{}, "https://echo.example/1")
			if !errors.Is(err, ErrNoArticle) {
				t.Errorf("%s, %d times: taken for an article: %.80q", lang, times, p.Text)
			}
		}
	}
}

// The wordings of the frameworks by which sites ask for consent.
func TestExtract_TellsTheUsualConsent(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"We and our 842 partners store and access information on a device, such as cookies, and process personal data, such as unique identifiers, for personalised ads and content, ad and content measurement, and audience insights, as well as to develop and improve products. With your permission we may use precise geolocation data and identification through device scanning. You may click to consent to our processing as described above, or access more detailed information and change your preferences before consenting or to refuse.",
		"We and our trusted partners use technology to give you the best experience on our site. Some of it is needed for the site to work, the rest helps us to learn how it is used and to show advertising that fits you. Your choice applies to this site only, and you can change it whenever you like in the settings at the foot of each page, where the list of all companies that we work with and the purposes that they state can be found as well.",
	} {
		p, err := Extract(tale("Ferry aground off Saltby", "", nil, "<div><p>"+text+"</p></div>"), "text/html", news.Item{}, "https://echo.example/1")
		if !errors.Is(err, ErrNoArticle) {
			t.Errorf("taken for an article: %.80q", p.Text)
		}
	}
}

// about is a report on a paywall.
var about = []string{
	"The Saltby Echo took down its paywall on Monday, two years after it had put it up, because too few of its readers had paid.",
	"Since 2024 visitors had met a box that asked them to subscribe. Many left at once, said the editor, Mara Ellison, and those who stayed seldom came back for a second article in the same week.",
	"The box and its cookies are gone now. Advertisements will pay for the newsroom again, and a fund of the county library gives forty thousand pounds a year for reports on the courts.",
	"Mr. Farrow, who had cancelled his subscription in the spring, welcomed the decision. He reads the Echo in the harbour café, where the owner has always kept a printed copy for her guests.",
}

// What a free page says of others, keeps at hand for others, or reports of walls
// does not make it one.
func TestExtract_TakesNoFreeArticleForAWall(t *testing.T) {
	t.Parallel()
	for lang, c := range tongues {
		wall := c.walls[0]
		for name, below := range map[string]string{
			"a card":           `<div class="related-card"><h3>` + c.cards + `</h3></div>`,
			"a list":           `</article><ul><li><p>` + wall + `</p></li></ul>`,
			"a link":           `</article><p><a href="/x">` + wall + `</a></p>`,
			"hidden":           `<div hidden><p>` + wall + `</p></div>`,
			"not displayed":    `<div style="display: none"><p>` + wall + `</p></div>`,
			"a template":       `<template><p>` + wall + `</p></template>`,
			"a closed dialog":  `<dialog><p>` + wall + `</p></dialog>`,
			"without scripts":  `<noscript><p>` + wall + `</p></noscript>`,
			"a footer":         `<footer><p>` + wall + `</p></footer>`,
			"free, it says":    `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}</script><div class=box><p>` + wall + `</p></div>`,
			"an element named": `<div class="paywall"></div>`,
		} {
			p, err := Extract(tale(c.title, "", c.paras, below), "text/html", news.Item{Title: c.title}, "https://echo.example/1")
			if err != nil || p.Locked {
				t.Errorf("%s, %s: locked %v, %v", lang, name, p.Locked, err)
			}
		}
	}
	p, err := Extract(tale("Saltby Echo takes down its paywall", "", about, ""), "text/html", news.Item{}, "https://echo.example/1")
	if err != nil || p.Locked || p.Method != news.MethodPage {
		t.Errorf("a report on paywalls: %v, %v", p.Locked, err)
	}
}

// What a page says of its own access, to machines.
func TestExtract_ReadsWhetherAnArticleIsFree(t *testing.T) {
	t.Parallel()
	ld := func(s string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle",` + s + `}</script>`
	}
	part := func(selector string) string {
		return ld(`"isAccessibleForFree":"False","hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":` + selector + `}`)
	}
	rest := `<div class="body locked"><p>` + strings.Join(paragraphs[2:], "</p><p>") + `</p></div>`
	long := append(append(append([]string{}, paragraphs...), about...), paragraphs[0]+" It did.")
	for _, c := range []struct {
		name, head string
		paras      []string
		below      string
		want       bool
	}{
		{"says nothing", ld(`"headline":"x"`), paragraphs[:3], "", false},
		{"free", ld(`"isAccessibleForFree":true`), paragraphs[:3], "", false},
		{"not free", ld(`"isAccessibleForFree":false`), paragraphs[:3], "", true},
		{"not free, as an address", ld(`"isAccessibleForFree":"http://schema.org/False"`), paragraphs[:3], "", true},
		{"its part is missing", part(`".locked"`), paragraphs[:3], "", true},
		{"its part is empty", part(`".locked"`), paragraphs[:3], `<div class="body locked"></div>`, true},
		{"its part is there", part(`".locked"`), paragraphs[:2], rest, false},
		{"its part is there, by several selectors", part(`["#none, .none","div.body.locked"]`), paragraphs[:2], rest, false},
		{"its part by a selector that is none", part(`"..#"`), paragraphs[:3], "", true},
		{"its part is of a type that is none", part(`7`), paragraphs[:3], "", true},
		{"a list of parts", ld(`"hasPart":[{"isAccessibleForFree":true,"cssSelector":".a"},{"isAccessibleForFree":false,"cssSelector":".locked"}]`), paragraphs[:3], "", true},
		{"long enough", part(`".locked"`), long, "", false},
		{"meta", `<meta property="article:content_tier" content="locked">`, paragraphs[:3], "", true},
		{"metered", `<meta property="article:content_tier" content="metered">`, paragraphs[:3], "", false},
	} {
		p, err := Extract(tale(headline, c.head, c.paras, c.below), "text/html", news.Item{Title: headline}, "https://echo.example/1")
		if err != nil || p.Locked != c.want || c.want && p.Method != news.MethodPageCut {
			t.Errorf("%s: locked %v, method %q, %v; want %v", c.name, p.Locked, p.Method, err, c.want)
		}
	}
}

// Of a locked page the feed's text is taken, its beginning only where the feed
// has none; and a page that a gate stands before is none.
func TestReader_TakesTheFeedsTextOfALockedPage(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/locked", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(tale(headline, `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>`, paragraphs[:3], ""))
	})
	mux.Handle("/gated", http.RedirectHandler("/en/consent?back=/gated", http.StatusFound))
	mux.HandleFunc("/en/consent", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(pageOf("", article()))
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	r := reader(t, srv.Client(), ReaderOptions{})
	const own = "The eastern basin of Saltby will be closed for dredging."
	for _, c := range []struct {
		path, summary, body, why string
		method                   news.Method
	}{
		{"/locked", own, own, whyLocked, news.MethodFeed},
		{"/locked", "", strings.Join(paragraphs[:3], "\n\n"), "", news.MethodPageCut},
		{"/gated", own, own, whyScreen, news.MethodFeed},
	} {
		a, err := r.Read(t.Context(), news.Item{URL: srv.URL + c.path, Title: headline, Summary: c.summary})
		if err != nil || a.Body != c.body || a.Why != c.why || a.Method != c.method {
			t.Errorf("%s: %q, %q, %q, %v", c.path, a.Body, a.Why, a.Method, err)
		}
	}
}
