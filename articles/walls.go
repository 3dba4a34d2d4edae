package articles

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"newsdesk/internal/pattern"
)

// Lengths that decide about walls, in words.
const (
	// maxWallWords is the length above which a wall's phrases are taken for part of
	// a real article, such as one about cookies.
	maxWallWords = 250
	// oneWallWord is the length up to which a single phrase makes a wall.
	oneWallWord = 120
	// crowded is the number of words below which phrases of walls stand apart where
	// the text is one, however long: screens of consent run to a thousand words.
	crowded = 80
	// lockedWords is the length below which the text of an article that is not free
	// is taken for its beginning, where the page doesn't say which part is locked.
	lockedWords = 150
)

const (
	whyScreen = "the page shows a consent, login or bot check instead of the article"
	whyLocked = "the page shows only the beginning, the rest is for subscribers"
)

// screens match what sites show instead of the article: consent and cookie
// screens, logins, bot checks, demands for JavaScript, and what stands around
// paywalls. A real article may hold one of them.
var screens = anyOf(
	// bots, browsers, missing pages
	`(?:enable|activate|turn on) java ?script`, `java ?script (?:is|must be|seems to be) (?:disabled|enabled|required)`,
	`checking (?:if the site connection is secure|your browser)`, `verify(?:ing)? (?:that )?you are (?:a )?human`, `are you a robot`, `unusual (?:traffic|activity) from your`,
	`access (?:to this page has been |is )?denied`, `(?:please )?complete the (?:captcha|security check)`, `your browser (?:is (?:out of date|not supported|outdated)|does not support)`,
	`(?:the )?page (?:you (?:are looking for|requested)|can ?not be found|not found)`, `ad ?blocker? (?:detected|is on)`, `disable your ad ?blocker`,
	`(?:aktivieren sie|bitte aktiviere?n?(?: sie)?) java ?script`, `bitte (?:aktivieren|stimmen) sie`, `(?:adblocker|werbeblocker) (?:erkannt|aktiv|deaktivieren)`, `(?:diese |die )?seite (?:wurde )?nicht gefunden`,
	`veuillez activer`, `activer java ?script`, `désactiver votre bloqueur`, `page (?:introuvable|non trouvée)`,
	`(?:habilit[ae]|activ[ae]|active) (?:el )?java ?script`, `desactiva(?:r)? (?:tu|su|el) bloqueador`, `página no encontrada`,
	`(?:abilita|attiva|abilitare|attivare) (?:il )?java ?script`, `disattiva(?:re)? (?:il tuo |l')?ad ?block`, `pagina non trovata`,
	`(?:ative|habilite|ativar|habilitar) (?:o )?java ?script`, `desativ(?:e|ar) (?:o seu |seu )?bloqueador`, `página não encontrada`,

	// consent
	`before you continue to`, `we (?:and our (?:\d+ )?partners )?(?:use|store|value) (?:cookies|your privacy|and/or)`,
	`we and (?:our|\d+)(?: \S+){0,3} partners (?:store|access|process|use)\b`, `information on a device, such as cookies`, `personali[sz]ed (?:ads|advertising) and content`, `(?:accept|reject|manage) (?:all )?cookies`, `we use cookies and`,
	`(?:accept|agree) and (?:continue|close)`, `withdraw (?:your )?consent`, `legitimate interest`,
	`wir (?:und unsere (?:\d+ )?partner )?(?:verwenden|nutzen|setzen|speichern|verarbeiten)\b.{0,30}\b(?:cookies|informationen auf|daten\b)`, `(?:verwenden|nutzen) wir cookies`, `(?:alle )?cookies (?:akzeptieren|zulassen|ablehnen)`,
	`(?:mit werbung|werbefrei|mit cookies) (?:weiterlesen|weiter|lesen|nutzen)`, `(?:einwilligung|zustimmung) (?:zu |jederzeit )?(?:erteilen|widerrufen|verwalten|erforderlich)`, `akzeptieren und weiter`, `berechtigte[sn]? interesse`,
	`(?:nous|nos (?:\d+ )?partenaires),? (?:utilisons|stockons|déposons)\b.{0,30}\b(?:cookies|informations|traceurs)`, `continuer sans accepter`, `(?:accepter|refuser|paramétrer) (?:tous )?(?:les )?cookies`, `(?:accepter|refuser) (?:et (?:fermer|continuer)|tout\b)`,
	`gérer (?:mes|vos|les) (?:préférences|choix|cookies)`, `retirer votre consentement`, `intérêt légitime`,
	`(?:utilizamos|usamos|almacenamos)\b.{0,30}\b(?:cookies|información en)`, `(?:aceptar|rechazar|configurar) (?:todas )?(?:las )?cookies`, `(?:aceptar|rechazar) y (?:continuar|suscrib|cerrar)`, `retirar (?:tu|su) consentimiento`, `interés legítimo`,
	`(?:utilizziamo|usiamo|archiviamo|conserviamo)\b.{0,30}\b(?:cookie|informazioni)`, `(?:accett[ao]|accettare|rifiut[ao]|rifiutare|gestisci) (?:tutti )?(?:i )?cookie`, `continua senza accettare`, `accetta e continua`, `revocare il (?:tuo )?consenso`, `legittimo interesse`,
	`(?:utilizamos|usamos|armazenamos)\b.{0,30}\binformações`, `(?:aceitar|recusar|rejeitar|gerir|gerenciar) (?:todos )?(?:os )?cookies`, `continuar sem aceitar`, `aceitar e (?:continuar|fechar)`, `retirar (?:o seu |seu )?consentimento`, `interesse legítimo`,

	// around paywalls
	`to (?:continue|keep) reading`, `you have (?:reached|read) your (?:limit|last)`, `already a (?:subscriber|member)`, `create (?:a free|an) account`, `forgot (?:your )?password`, `cancel (?:at )?any ?time`,
	`weiterlesen mit`, `jetzt weiterlesen`, `(?:bereits|schon) (?:abonnent|registriert|mitglied|ein abo)`, `passwort vergessen`, `jederzeit kündbar`,
	`pour (?:lire la suite|poursuivre (?:la|votre) lecture|continuer (?:la|votre) lecture)`, `déjà (?:abonnée?|inscrite?)\b`, `mot de passe oublié`, `sans engagement`,
	`para (?:seguir|continuar) leyendo`, `ya (?:eres|estás|soy) (?:suscriptor|suscrit|registrad|socio)`, `olvid(?:ado|aste|é) (?:tu|su|mi) contraseña`,
	`per continuare (?:a leggere|la lettura)`, `(?:sei|hai) già (?:abbonat|un abbonamento|iscritt|registrat)`, `password dimenticata`,
	`para continuar (?:lendo|a ler|a leitura)`, `já é (?:assinante|membro|cadastrad)`, `esquec(?:eu|i) (?:a |sua |a sua |minha )?(?:senha|palavra-passe)`,
)

// locked match sentences that say that this very article goes on for subscribers
// only. No free article says so of itself.
var locked = anyOf(
	`\b(?:this|the rest of (?:this|the)|the full) (?:article|content|story|page|report|post|piece) (?:is|remains) (?:only |exclusively )?(?:for|available (?:only |exclusively )?(?:to|for)|reserved for|exclusive (?:to|for)|limited to) (?:(?:our|registered|paying|paid|digital|premium|logged-in|existing) )*(?:subscribers|members)\b`,
	`\b(?:subscribe|log ?in|sign ?in|register|sign ?up)(?: now| today| here)?(?: or (?:log ?in|sign ?in|register|subscribe))? (?:to|and) (?:continue|keep|unlock|read (?:the (?:full|rest)|this|on|more)|access (?:the full|this|all))`, `\bto (?:continue|keep) reading(?: this (?:article|story))?,? (?:please )?(?:subscribe|log ?in|sign ?in|sign ?up|register|create|become|choose)\b`,
	`\bunlock (?:this|the (?:full|rest of the)) (?:article|story|content)\b`, `\byou(?:'ve|’ve| have) (?:reached|used|read) (?:your|all(?: of)? your|the) (?:(?:monthly|last|free|limit(?: of)?|\d+) )+(?:articles?|stories|reads)\b`,

	`\b(?:diese[rn]?|de[rn] (?:ganzen?|vollständigen?|kompletten?)) (?:artikel|text|beitrag|inhalt)\b[^.!?]{0,40}\b(?:nur (?:für|mit)|exklusiv für|abonnent|abonnieren|abonnement)`, `\bnur für (?:(?:registrierte|digitale?|zahlende|unsere) )*(?:abonnent|mitglieder|plus-?(?:leser|abonnent|mitglied))`,
	`\b(?:jetzt|sofort|kostenlos|gratis) (?:\S+ )?(?:testen|anmelden|registrieren|abonnieren|freischalten) und (?:\S+ )?(?:weiterlesen|lesen)\b`, `\bum (?:diesen|den) (?:(?:ganzen|vollständigen|kompletten) )?(?:artikel|text|beitrag) (?:weiter ?zu ?lesen|zu lesen|lesen zu können)`,
	`\b(?:weiterlesen|lesen sie weiter) mit (?:\S+ ){0,3}(?:abo|abonnement|plus)\b`,

	`\b(?:article|contenu|(?:la )?suite(?: de (?:cet article|l['’]article))?|lecture)\b[^.!?]{0,30}\b(?:est |sont )?(?:réservée?s?|exclusivement|exclusi(?:f|ve)s?) (?:à |aux |pour )(?:(?:nos|les) )?(?:abonnée?s|membres|adhérents)`, `\bil vous reste \d+(?:[.,]\d+)? ?% (?:de cet article|à lire|de l['’]article)`,
	`\b(?:abonnez|connectez|inscrivez|identifiez)[- ]vous (?:\S+ ){0,3}(?:pour|afin de|d['’]) ?(?:lire|accéder|poursuivre|continuer|débloquer|découvrir)`,

	`\b(?:artículo|contenido|noticia|lectura|nota)\b[^.!?]{0,30}\b(?:exclusiv[oa]s?|reservad[oa]s?|s[oó]lo|únicamente|disponible) (?:s[oó]lo |únicamente )?(?:para|a) (?:(?:nuestros|los|usuarios|personas) )*(?:suscriptor|suscrit|abonad|socios|registrad)`,
	`\b(?:suscríb[ea](?:te|se)|suscribite|regístr[ae](?:te|se)|inicia sesión|hazte (?:socio|suscriptor)) (?:\S+ ){0,3}(?:para|y) (?:seguir|sigue|continuar|continúa|leer|lee|acceder|accede)\b`, `\bhas (?:alcanzado|superado|agotado) (?:el límite|tus) (?:de )?(?:art[íi]culos|noticias|lecturas)`,

	`\b(?:articolo|contenuto|lettura|resto)\b[^.!?]{0,30}\b(?:riservat[oaie]|esclusiv[oaie]|disponibile (?:solo|soltanto)) (?:(?:solo|esclusivamente) )?(?:agli|ai|per gli|per i) (?:nostri )?(?:abbonati|iscritti|soci|membri|utenti)`,
	`\b(?:abbonati|accedi|registrati|iscriviti) (?:\S+ ){0,3}(?:per|e) (?:continuare|continua|leggere|leggi|proseguire|sbloccare|accedere)\b`, `\bhai (?:raggiunto|esaurito|letto) (?:il limite|tutti gli articoli|gli articoli) `,

	`\b(?:artigo|conteúdo|matéria|reportagem|texto|leitura|notícia)\b[^.!?]{0,30}\b(?:exclusiv[oa]s?|reservad[oa]s?|restrit[oa]s?|disponível (?:apenas|só|somente)|apenas|só|somente) (?:para|a|aos) (?:(?:os|nossos) )*(?:assinantes|membros|subscritores|usuários cadastrados|utilizadores registados)`,
	`\b(?:assine|faça (?:o |o seu |seu )?login|cadastre-se|registe-se|inscreva-se|subscreva) (?:\S+ ){0,3}(?:para|e) (?:continuar|continue|ler|leia|acessar|aceder|desbloquear)\b`, `\bvocê (?:atingiu|alcançou) (?:o|seu|o seu) limite`,
)

// Most phrases counted of each kind: with them all a text of longWords is no screen.
const (
	maxScreens = 12
	maxLocked  = 4
	longWords  = (maxScreens + 2*maxLocked) * crowded
)

// screen tells whether a text of n words, of which notices were taken, is a screen
// instead of an article.
func screen(paras []string, n int) bool {
	if n >= longWords {
		return false
	}
	shown, shut := 0, 0
	for _, p := range paras { // what a paragraph rules out by its letters is not searched
		shown += len(screens.FindAllStringIndex(p, maxScreens))
		if len(p) > maxNotice { // else it would have been taken
			shut += len(locked.FindAllStringIndex(p, maxLocked))
		}
	}
	hits := min(shown, maxScreens) + 2*min(shut, maxLocked)
	switch {
	case hits == 0:
		return false
	case n < oneWallWord:
		return true
	case n < maxWallWords:
		return hits >= 2
	}
	return hits >= 4 && hits*crowded > n
}

// behindWall tells whether a text of n words is only the beginning of an article
// that is not free: the page says so in JSON-LD or meta, or to its readers. Where
// the locked part stands on the page all the same, or the text is long enough,
// it is the article.
func (h *head) behindWall(n int) bool {
	switch {
	case n >= maxWallWords || h.ld.free:
		return false
	case h.ld.paid && h.lockedParts >= minWords:
		return false
	case h.ld.paid && len(h.ld.lockedParts) > 0:
		return true
	case h.ld.paid, h.first("article:content_tier", "og:article:content_tier") == "locked":
		return n < lockedWords || h.saysLocked()
	}
	return h.saysLocked()
}

// saysLocked tells whether the page tells its readers that the article goes on
// for subscribers.
func (h *head) saysLocked() bool { return h.doc != nil && lockedNotice(h.doc) }

// withoutNotices drops the sentences of a paywall from an article that is long
// enough to be one, and says whether there were any.
func withoutNotices(paras []string) ([]string, bool) {
	kept := make([]string, 0, len(paras))
	for _, p := range paras {
		if len(p) > maxNotice || !locked.MatchString(p) {
			kept = append(kept, p)
		}
	}
	return kept, len(kept) < len(paras)
}

// Bounds of a notice: bytes of its text and nodes that it is looked for in.
const (
	maxNotice      = 400
	maxNoticeNodes = 24
)

// lockedNotice looks for a notice of a paywall among what a page shows: not in
// menus, lists, links and cards, which speak of other articles, and not in what
// is hidden, since many sites keep the notice at hand on every page.
func lockedNotice(n *html.Node) bool {
	if n.Type == html.ElementNode {
		switch n.Data {
		case "script", "style", "template", "noscript", "nav", "footer", "aside", "li", "a", "head", "iframe", "svg", "form":
			return false
		case "dialog":
			if !has(n, "open") {
				return false
			}
		}
		if hidden(n) || foreign.MatchString(attr(n, "class")) {
			return false
		}
		switch n.Data {
		case "p", "div", "h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "em", "td":
			if text, ok := notice(n); ok && len(text) <= maxNotice && locked.MatchString(text) {
				return true
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if lockedNotice(c) {
			return true
		}
	}
	return false
}

// notice returns the text below n, unless it is longer than a notice or nothing
// but links.
func notice(n *html.Node) (string, bool) {
	var b strings.Builder
	nodes, plain := 0, false
	var walk func(n *html.Node, linked bool) bool
	walk = func(n *html.Node, linked bool) bool {
		if nodes++; nodes > maxNoticeNodes || b.Len() > 2*maxNotice {
			return false
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			b.WriteByte(' ')
			plain = plain || !linked && strings.TrimSpace(n.Data) != ""
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if !walk(c, linked || c.Data == "a" && c.Type == html.ElementNode) {
				return false
			}
		}
		return true
	}
	if !walk(n, false) || !plain {
		return "", false
	}
	return fold(b.String()), true
}

func hidden(n *html.Node) bool {
	if has(n, "hidden") || attr(n, "aria-hidden") == "true" {
		return true
	}
	style := attr(n, "style")
	return style != "" && strings.Contains(strings.ReplaceAll(strings.ToLower(style), " ", ""), "display:none")
}

// wordsAt counts the words of the elements that simple selectors name: ".class",
// "#id", "tag.class".
func wordsAt(doc *html.Node, selectors []string) int {
	n := 0
	visit(doc, func(e *html.Node) bool {
		for _, s := range selectors {
			if selects(s, e) {
				n += countOf([]string{textOf(e)})
				break
			}
		}
		return n < minWords
	})
	return n
}

// selects tells whether a simple selector names an element.
func selects(selector string, n *html.Node) bool {
	if tag, class, ok := strings.Cut(selector, "."); ok {
		if tag != "" && tag != n.Data {
			return false
		}
		have := strings.Fields(attr(n, "class"))
		for want := range strings.SplitSeq(class, ".") {
			if !slices.Contains(have, want) {
				return false
			}
		}
		return true
	}
	if tag, id, ok := strings.Cut(selector, "#"); ok {
		return (tag == "" || tag == n.Data) && attr(n, "id") == id
	}
	return selector == n.Data && selector != "html" && selector != "body"
}

// gates are hosts and paths that sites send readers to before they show a page.
var gates = pattern.MustCompile(`^(?:consent|cmp|myprivacy|privacy|login|signin|account|accounts|auth|sso|idp?)\.|^[^/]*/(?:[a-z]{2}/)?(?:consent|privacy-?(?:gate|wall)|cookie-?(?:wall|consent)|login|signin|sign-in|log-in|anmelden|connexion|subscribe|paywall|captcha|challenge)(?:[/.?]|$)`)

// sentToGate tells whether a page that was asked for under one address is a gate
// by the address it came from.
func sentToGate(asked, came string) bool {
	gate := func(address string) bool {
		u, err := url.Parse(address)
		return err == nil && u.Host != "" && gates.MatchString(strings.ToLower(u.Host+u.Path))
	}
	return asked != "" && came != "" && gate(came) && !gate(asked)
}
