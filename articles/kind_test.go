package articles

import (
	"strings"
	"testing"

	"newsdesk/news"
)

// What tells the kind of a piece, and what only looks as if it did.
func TestKindOf(t *testing.T) {
	t.Parallel()
	brief := []string{
		"Orvale reopens its station", "The main station of Orvale opened again on Monday after the flood, the railway said.",
		"Mill fire in Kestrin", "A fire at a mill in Kestrin was put out within three hours and nobody was hurt.",
		"New head for Dunmarrow zoo", "The zoo of Dunmarrow is to be led by a biologist from Havrin from June.",
		"Tollerby wins the cup", "The rowers of Tollerby beat last year's winners by two lengths on Sunday.",
		"Lisker to pave two streets", "The council of Lisker voted to pave two streets near the market this summer.",
	}
	var list []string
	for i := 1; i < len(brief); i += 2 {
		list = append(list, "- "+brief[i])
	}
	guide := []string{
		"What happened", "The dam at Velmora gave way on Monday night, and the river flooded Orvale within an hour.",
		"Who is hurt", "Forty people were taken to hospitals in Velmora, most of them with broken bones.",
		"What comes next", "The government sent two hundred soldiers to Velmora to shore up what is left of the dam.",
		"Who is to blame", "An engineer had warned the owner of the Velmora dam of cracks last year, the ministry said.",
		"Can people go home", "The mayor of Velmora asked everybody to stay away for at least a week.",
	}
	ticker := []string{
		"16:42", "The last boat is in.", "16:10 The mayor thanks the rescuers.", "15.31 The coast guard has found the second boat.",
		"14:58 Two boats are missing.", "14:20: The storm reaches the harbour.", "13:05 Schools close.",
	}
	timeline := []string{
		"13:05 Schools close.", "14:20: The storm reaches the harbour.", "14:58 Two boats are missing.",
		"15.31 The coast guard has found the second boat.", "16:10 The mayor thanks the rescuers.", "16:42 The last boat is in.",
	}
	long := []string{strings.Repeat("The council of Lisker spoke of the harbour at length. ", 20)}
	for _, c := range []struct {
		name, address, title string
		paras                []string
		want                 news.Kind
	}{
		{"a report", "https://a.test/world/2031/05/bridge-falls", "Bridge at Oskvale falls into river", paragraphs, ""},
		{"live by section", "https://a.test/news/live/2031/storm", "Storm nears the coast", nil, news.KindLive},
		{"live by slug", "https://a.test/world/storm-live-updates-coast", "Storm nears the coast", nil, news.KindLive},
		{"a section of concerts", "https://a.test/live", "Concerts this week", nil, ""},
		{"animals that live long", "https://a.test/nature/whales-live-longer", "Whales live longer than thought", nil, ""},
		{"live in French", "https://a.test/x", "EN DIRECT, tempête : la côte évacuée", nil, news.KindLive},
		{"live in German", "https://a.test/x", "Sturm an der Küste – Liveticker", nil, news.KindLive},
		{"live in Spanish", "https://a.test/x", "Tormenta en la costa | Minuto a minuto", nil, news.KindLive},
		{"live in Italian", "https://a.test/x", "Tempesta sulla costa, in diretta: evacuato il porto", nil, ""},
		{"live in Italian, marked", "https://a.test/x", "Diretta: tempesta sulla costa", nil, news.KindLive},
		{"live in Portuguese", "https://a.test/x", "AO VIVO: tempestade na costa", nil, news.KindLive},
		{"live in Russian", "https://a.test/x", "Шторм у берега. Онлайн", nil, ""},
		{"live in Russian, marked", "https://a.test/x", "Онлайн: шторм у берега", nil, news.KindLive},
		{"live by its entries", "https://a.test/x", "Storm nears the coast", ticker, news.KindLive},
		{"a timeline is no running account", "https://a.test/x", "How the storm hit the harbour", timeline, ""},
		{"pictures by section", "https://a.test/gallery/2031/storm", "The storm", nil, news.KindGallery},
		{"pictures in German", "https://a.test/x", "Fotostrecke: Der Sturm", nil, news.KindGallery},
		{"pictures in French", "https://a.test/x", "En images - la tempête", nil, news.KindGallery},
		{"pictures beside a long text", "https://a.test/x", "Photo gallery: Lisker council", long, ""},
		{"an art gallery", "https://a.test/culture/gallery-opens-in-lisker", "Gallery opens in Lisker", nil, ""},
		{"video by section", "https://a.test/video/2031/storm", "The storm", nil, news.KindVideo},
		{"video by host", "https://www.youtube.com/watch?v=abc", "The storm", nil, news.KindVideo},
		{"video by title", "https://a.test/x", "Watch: Lynx walks through Perlow", nil, news.KindVideo},
		{"video games", "https://a.test/video-games/sales", "Video game sales fall", nil, ""},
		{"watch that is no mark", "https://a.test/x", "Watch maker of Lisker closes", nil, ""},
		{"a recording", "https://a.test/podcasts/2031/harbour", "The harbour deal", nil, news.KindAudio},
		{"brief by address", "https://a.test/news-in-brief/3-may", "Orvale, Kestrin", nil, news.KindRoundup},
		{"brief in English", "https://a.test/x", "The day's news in brief", nil, news.KindRoundup},
		{"brief of the world", "https://a.test/x", "World news in brief: Orvale, Kestrin", nil, news.KindRoundup},
		{"brief in German", "https://a.test/x", "Das Wichtigste am Morgen", nil, news.KindRoundup},
		{"brief in German, of the day", "https://a.test/x", "Nachrichten im Überblick: Der 3. Mai", nil, news.KindRoundup},
		{"brief in French", "https://a.test/x", "L’essentiel de l’actualité du 3 mai", nil, news.KindRoundup},
		{"brief in Spanish", "https://a.test/x", "Las noticias más importantes de hoy", nil, news.KindRoundup},
		{"brief in Italian", "https://a.test/x", "Le notizie di oggi, 3 maggio", nil, news.KindRoundup},
		{"brief in Portuguese", "https://a.test/x", "As principais notícias do dia", nil, news.KindRoundup},
		{"brief in Russian", "https://a.test/x", "Главное за день: мост, завод и река", nil, news.KindRoundup},
		{"brief in Japanese", "https://a.test/x", "今日のニュース 5月3日", nil, news.KindRoundup},
		{"a brief meeting", "https://a.test/x", "Ministers meet in brief ceremony", nil, ""},
		{"brief by its form", "https://a.test/x", "Monday, 3 May", brief, news.KindRoundup},
		{"a list of links", "https://a.test/x", "Monday, 3 May", list, news.KindRoundup},
		{"one story under headings", "https://a.test/x", "What we know of the dam", guide, ""},
		{"a newsletter's plain paragraphs", "https://a.test/newsletters/morning", "Good morning", list, news.KindRoundup},
		{"a newsletter on one thing", "https://a.test/newsletters/morning", "The dam of Velmora", guide, ""},
		{"no address", "", "", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := kindOf(c.address, c.paras, c.title); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A page's own word goes before its address and its title.
func TestExtract_Kind(t *testing.T) {
	t.Parallel()
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	for _, c := range []struct {
		name, head, url string
		want            news.Kind
	}{
		{"nothing said", "", "https://a.test/x", ""},
		{"a running account", ld(`{"@type":"LiveBlogPosting","headline":"x"}`), "https://a.test/x", news.KindLive},
		{"one of two types", ld(`{"@graph":[{"@type":["NewsArticle","LiveBlogPosting"]}]}`), "https://a.test/x", news.KindLive},
		{"a video", ld(`{"@type":"VideoObject","name":"x"}`), "https://a.test/x", news.KindVideo},
		{"an article with a video", ld(`{"@type":"VideoObject"}`) + ld(`{"@type":"NewsArticle"}`), "https://a.test/x", ""},
		{"a gallery", ld(`{"@type":"https://schema.org/ImageGallery"}`), "https://a.test/x", news.KindGallery},
		{"a podcast", ld(`{"@type":"PodcastEpisode"}`), "https://a.test/x", news.KindAudio},
		{"og:type", `<meta property="og:type" content="video.other">`, "https://a.test/x", news.KindVideo},
		{"og:type of an article", `<meta property="og:type" content="article">`, "https://a.test/x", ""},
		{"address", "", "https://a.test/galleries/dredging", news.KindGallery},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Extract(pageOf(c.head, article()), "text/html", news.Item{}, c.url)
			if err != nil || p.Kind != c.want {
				t.Errorf("got %q, %v; want %q", p.Kind, err, c.want)
			}
		})
	}
}
