package articles

import (
	"net/url"
	"slices"
	"strings"

	"newsdesk/internal/pattern"
	"newsdesk/news"
)

// shortPiece is the number of words below which a title that is marked as a
// video or a gallery is believed: longer texts only come with one.
const shortPiece = 150

// kindOf tells what sort of piece an article is from its address, its titles and
// its text. It is wary: what is told by a lesser sign alone stays a report.
func kindOf(address string, paras []string, titles ...string) news.Kind {
	strong, weak := addressKind(address)
	if strong != news.KindReport {
		return strong
	}
	for _, t := range titles {
		k := titleKind(t)
		if k.Shows() && countOf(paras) >= shortPiece {
			continue
		}
		if k != news.KindReport {
			return k
		}
	}
	switch {
	case ticking(paras):
		return news.KindLive
	case scattered(paras, weak == news.KindRoundup, titles...):
		return news.KindRoundup
	}
	return news.KindReport
}

// kindOf is the kind of a page: what it says of itself before all else.
func (h *head) kindOf(address string, paras []string, titles ...string) news.Kind {
	switch {
	case h.ld.live:
		return news.KindLive
	case h.ld.found: // an article, whatever it shows beside its text
	case h.ld.shows != news.KindReport:
		return h.ld.shows
	case strings.HasPrefix(h.meta["og:type"], "video"):
		return news.KindVideo
	case strings.HasPrefix(h.meta["og:type"], "music."):
		return news.KindAudio
	}
	return kindOf(address, paras, titles...)
}

// ldKinds are types of JSON-LD for what is looked at or listened to.
var ldKinds = []struct {
	kind  news.Kind
	types []string
}{
	{news.KindGallery, []string{"ImageGallery", "MediaGallery"}},
	{news.KindVideo, []string{"VideoObject", "VideoGallery"}},
	{news.KindAudio, []string{"AudioObject", "PodcastEpisode", "RadioEpisode"}},
}

// sort notes what sort of piece a node of JSON-LD describes.
func (l *ld) sort(m map[string]any) {
	l.live = l.live || isType(m, []string{"LiveBlogPosting"})
	for _, k := range ldKinds {
		if l.shows == news.KindReport && isType(m, k.types) {
			l.shows = k.kind
		}
	}
}

// Segments of addresses by which sites name a section, and what stands in it.
var segmentKinds = func() map[string]news.Kind {
	m := map[string]news.Kind{}
	for k, list := range map[news.Kind]string{
		news.KindLive: `live liveblog live-blog live-blogs live-news live-updates liveticker live-ticker en-direct en-vivo en-directo ao-vivo aovivo
			diretta in-diretta minuto-a-minuto`,
		news.KindGallery: `gallery galleries photos photo-gallery photo-galleries picture-gallery picture-galleries picture-gallery photogallery in-pictures
			slideshow slideshows fotostrecke fotostrecken bildergalerie bildergalerien bilderstrecke diaporama diaporamas portfolio fotogalerie fotogalerien
			fotogaleria fotogalerias fotogallery galeria galerias galerie photo-essay`,
		news.KindVideo:   `video videos av videogallery videogalerie videoteca`,
		news.KindAudio:   `podcast podcasts audio audios`,
		news.KindRoundup: `news-in-brief news-briefs newsbriefs in-brief kurzmeldungen daily-briefing morning-briefing evening-briefing`,
	} {
		for s := range strings.FieldsSeq(list) {
			m[s] = k
		}
	}
	return m
}()

var (
	slugLive    = pattern.MustCompile(`(?:^|-)(?:live-?updates?|live-?blog|live-?ticker|minuto-a-minuto)(?:-|$|\.)`)
	slugGallery = pattern.MustCompile(`^(?:in-pictures|photo-gallery|slideshow|fotostrecke|bildergalerie|diaporama|fotogaleria|fotogalerie)-`)
	slugRoundup = pattern.MustCompile(`(?:^|-)(?:news-in-brief|morning-briefing|evening-briefing|daily-briefing|news-roundup|top-headlines)(?:-|$|\.)`)
	videoHosts  = []string{"youtube.com", "youtu.be", "vimeo.com", "dailymotion.com"}
	newsletters = []string{"newsletter", "newsletters", "briefing", "briefings"}
)

// addressKind tells the kind from an address. weak is one that has to be
// confirmed by something else.
func addressKind(address string) (strong, weak news.Kind) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return news.KindReport, news.KindReport
	}
	host := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), "m.")
	if slices.Contains(videoHosts, host) {
		return news.KindVideo, news.KindReport
	}
	parts := strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	for _, p := range parts[:len(parts)-1] { // the last is the piece itself
		if k, ok := segmentKinds[p]; ok {
			return k, news.KindReport
		}
		if slices.Contains(newsletters, p) {
			weak = news.KindRoundup
		}
	}
	switch slug := parts[len(parts)-1]; {
	case slugLive.MatchString(slug):
		return news.KindLive, weak
	case slugGallery.MatchString(slug):
		return news.KindGallery, weak
	case slugRoundup.MatchString(slug):
		return news.KindRoundup, weak
	}
	return news.KindReport, weak
}

// titleKinds are marks that outlets put at the beginning or the end of titles.
// Each pattern is one language's, or one that several share.
var titleKinds = []struct {
	kind    news.Kind
	pattern *pattern.Regexp
}{
	{news.KindRoundup, anyOf(
		`^(?:the )?(?:(?:day|week|world|local|state|nation|business|sports?|morning|evening)(?:'s|’s)? )?(?:news )in brief\b`, `\bnews in brief$`, `^in brief ?[:|–—-]`,
		`^(?:the )?(?:top|main) (?:news|stories|headlines) (?:of the day|today|this (?:morning|evening|week))\b`, `^(?:morning|evening|daily|weekly) (?:headlines|news wrap|links)\b`,
		`^das wichtigste (?:in kürze|vom tage?|des tages|zum tag|am (?:morgen|mittag|abend|\S+tag))`, `^der (?:tag|morgen|abend) (?:im überblick|kompakt|in kürze)`,
		`^(?:die )?(?:nachrichten|meldungen|schlagzeilen|news) (?:im überblick|des tages|kompakt|in kürze|vom (?:morgen|abend|\S+tag))`, `^kurz(?:meldungen| und bündig| notiert| gemeldet)\b`,
		`^l['’]essentiel de l['’]actu`, `^l['’]actu(?:alité)? (?:du (?:jour|matin|soir)|de la (?:semaine|journée|matinée)|en bref)`, `^(?:les )?(?:titres|infos|actualités) (?:du (?:jour|matin|soir)|de la (?:matinée|journée))`,
		`^(?:ce qu['’]il faut|à) retenir (?:de l['’]actu|du|de ce|cette)`, `^(?:en bref|brèves) ?[:|–—-]`,
		`^(?:las )?(?:noticias|titulares|claves) (?:más importantes )?(?:del día|de hoy|de la (?:mañana|semana|jornada)|de este)`, `^resumen (?:de (?:noticias|la (?:jornada|semana))|del día)`, `^(?:en breve|noticias breves|breves) ?[:|–—-]`,
		`^(?:le )?notizie (?:del giorno|di oggi|della (?:settimana|giornata|mattina)|in breve)`, `^rassegna stampa\b`, `^(?:i )?fatti del giorno\b`, `^in breve ?[:|–—-]`,
		`^(?:as )?(?:principais )?notícias (?:do dia|de hoje|da (?:manhã|semana|noite))`, `^resumo (?:do dia|da semana|das notícias)`, `^giro de notícias\b`,
		`^het (?:laatste )?nieuws (?:van (?:de dag|vandaag)|in het kort)`, `^kort nieuws\b`, `^(?:najważniejsze )?(?:wydarzenia|informacje|wiadomości) (?:dnia|tygodnia)`,
		`^главн(?:ое|ые (?:новости|события)) (?:за |к |дня|недели|утра)`, `^итоги (?:дня|недели)`, `^коротко о главном`, `^(?:утренний |вечерний )?дайджест`,
		`^(?:今日|本日)の(?:主な)?ニュース`, `ニュースまとめ`, `^(?:早报|晚报|早報|晚報|今日要闻|一周要闻|新闻早知道)`)},
	{news.KindLive, anyOf(
		`^(?:en direct|en directo|en vivo|ao vivo|in diretta|diretta|minuto a minuto|live[- ]?ticker|live[- ]?blog|ticker|newsticker|онлайн|прямая трансляция|хроника|na żywo|relacja na żywo|canlı|live) ?(?:[:|–—,•-]|$)`,
		`[:|–—-] ?(?:live[- ]?ticker|live[- ]?blog|en direct|en directo|en vivo|ao vivo|la diretta|in diretta|minuto a minuto|relacja na żywo|онлайн|прямая трансляция|die entwicklungen im (?:live)?ticker)$`,
		`\b(?:live[- ]?ticker|liveblog|minuto a minuto|suivez (?:\S+ )?en direct|siga en directo|segui la diretta|acompanhe ao vivo)\b`, `^(?:مباشر|直播|速報中)`)},
	{news.KindGallery, anyOf(
		`^(?:in (?:pictures|pics|photos)|(?:photo |picture )?gallery|slideshow|fotostrecke|bildergalerie|bilderstrecke|in bildern|bilder des tages|en images|diaporama|les photos du jour|foto ?galer[ií]a|galer[ií]a|en im[aá]genes|las fotos|fotogallery|in foto|em imagens|galeria de fotos|фотогалерея|фоторепортаж|w obiektywie) ?(?:[:|–—-]|$)`,
		`[:|–—-] ?(?:in pictures|in bildern|en images|en imágenes|em imagens|fotogallery|фоторепортаж)$`)},
	{news.KindVideo, anyOf(`^[\[(]?(?:videos?|vidéos?|vídeos?|watch|видео|wideo|im video|en vidéo|en vídeo)[\])]? ?[:|–—-]`, `^[\[(](?:videos?|vidéos?|vídeos?|watch|видео)[\])]`)},
	{news.KindAudio, anyOf(`^(?:podcast|listen|écoutez|escucha|ascolta|ouça|подкаст) ?[:|–—-]`, `[|–—-] ?(?:(?:the|der|le|il|el|o) )?podcast$`)},
}

func anyOf(alternatives ...string) *pattern.Regexp {
	return pattern.MustCompile(`(?i)` + strings.Join(alternatives, `|`))
}

// titleKind tells the kind from a mark in a title.
func titleKind(title string) news.Kind {
	title = strings.TrimSpace(title)
	if title == "" || len(title) > maxTitle {
		return news.KindReport
	}
	for _, k := range titleKinds {
		if k.pattern.MatchString(title) {
			return k.kind
		}
	}
	return news.KindReport
}
