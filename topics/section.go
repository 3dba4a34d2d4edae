package topics

import (
	"net/url"
	"strings"
	"sync"
)

// sections are words of addresses by the topic of the articles below them.
var sections = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for topic, words := range map[string]string{
		Business:      "business money economy investing markets finance companies economics personal-finance wirtschaft economia economie bourse",
		Technology:    "tech technology gadgets cybersecurity technologie tecnologia digital netzwelt",
		Science:       "science space environment-science wissenschaft ciencia ciencias sciences astronomy physics",
		Health:        "health health-wellness healthcare wellness gesundheit salud sante saude",
		Sports:        "sport sports football soccer tennis golf cricket nfl nba mlb nhl ncaab ncaaf wnba rugby f1 formula1 motorsport olympics deportes desporto esportes",
		Entertainment: "entertainment celebrities movies music tv film films culture arts books celebrity showbiz tv-and-radio kultur cultura",
		Politics:      "politics us-politics us-policy elections white-house congress",
		Europe:        "europe uk uk-news uk-politics europa",
		Asia:          "asia china india asia-pacific asien",
		MiddleEast:    "middleeast middle-east israel-hamas middle_east",
		US:            "us us-news us-canada nation national usa",
		World:         "world world-news international africa americas latin-america welt mundo monde",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = topic
		}
	}
	return m
})

// wide are sections that many things are filed under, some of them in a section
// below.
func wide(topic string) bool { return topic == World || topic == US }

// maxSegments is how far an address is read: what stands deeper is the
// article's own name.
const maxSegments = 4

// Section returns the topic of the section in an article's address, and "" where
// it names none. The narrowest one counts: /news/world/asia is of asia.
func Section(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	parts := strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	parts = parts[:max(0, min(len(parts)-1, maxSegments))] // the last names the article
	if host, _, ok := strings.Cut(strings.TrimPrefix(u.Hostname(), "www."), "."); ok {
		parts = append([]string{host}, parts...) // money.example.com
	}
	found := ""
	for _, p := range parts {
		t, ok := sections()[p]
		if ok && (found == "" || wide(found) && t != found) {
			found = t
		}
	}
	return found
}
