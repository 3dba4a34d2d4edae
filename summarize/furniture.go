package summarize

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsdesk/internal/pattern"
)

// furniture are phrases, in small letters, of what a page says about itself.
var furniture = [...]string{
	"views expressed", "click to share", "not a robot", "view photos", "view gallery", "play slideshow", "skip ad", "loading...", "embed x share", "thank you for subscribing", "invalid email", "opinions expressed", "all rights reserved", "sign up", "read more", "click here", "scroll down", "follow us", "subscribe",
	"newsletter", "getty images", "contributed to this report", "for more information", "contributed reporting", "contributed to this", "story has been updated", "article has been updated",
	"copyright", "©", "terms of use", "terms of service", "privacy policy", "cookie", "see also", "more on this", "editor's note", "hide caption", "file photo",
	"download our", "download the app", "share this", "story highlights", "last modified", "may not be published, broadcast", "e-mail to a friend", "advertisement",
	"let us know", "join the conversation", "on facebook", "on twitter", "like us on", "stay up to date", "for confidential support", "call the samaritans",
	"views of the author", "solely those of", "photo by", "image caption", "media caption", "play video", "watch the video", "click to", "back to top", "what do you think",
	"log in", "register to", "already a subscriber", "support our journalism", "donate", "this copy is for your", "recommended stories", "you may also like", "most read",
	"app store", "google play", "podcast", "whatsapp", "breaking news alerts", "our daily", "more from", "related articles", "related stories", "leave a comment", "comments section",
	"originally appeared", "first appeared on", "originally published", "was first published", "translated by", "written by", "edited by", "reporting by", "editing by", "additional reporting",
	"todos los derechos", "suscríbete", "lee también", "síguenos", "haz clic", "lire aussi", "tous droits", "abonnez", "cliquez", "alle rechte", "lesen sie auch", "lesen sie mehr", "newsletter abonnieren",
	"leggi anche", "tutti i diritti", "iscriviti", "lees ook", "lees meer", "alle rechten", "leia também", "leia mais", "todos os direitos", "assine", "hecho en", "pic.twitter.com", "http://", "https://", "opens in new window", "foto:", "photo:", "image:", "video:", "to your inbox", "a version of this story", "a version of this article", "independently chosen", "may earn a commission", "for a request for comment", "to a request for comment", "to requests for comment", "respond to request for comment", "watch:", "related:", "read:", "picture:", "source:",
}

// opensFurniture are first words that label page furniture or a caption.
var opensFurniture = [...]string{"related", "read ", "watch ", "photo", "photograph", "picture", "pictured", "caption", "(photo", "see ", "click", "video", "by ", "published", "updated", "posted", "credit", "source:", "tags", "share", "subscribe", "follow ", "story:", "scroll", "here are", "here is", "here's", "opinion", "image ", "images ", "advert", "more:", "also read", "also see", "see how ", "see what ", "find out ", "take a look", "check out", "copyright", "get involved", "read on "}

// reporters is a closing line on who wrote the report: "CNN's Ana Ruiz reported
// from Lima".
var reporters = pattern.MustCompile(`^[\p{Lu}][\p{L} .]+['’]s? [\p{Lu}][^,]*(?:, [\p{Lu}][^,]*)* (?:reported|contributed|wrote)(?: this story)?(?: from| in)? [\p{Lu}][\p{L}, ]+\.$`)

// aboutWriter is a line on who wrote an opinion: "Ida Moe is a senior fellow at
// the Halden Institute".
var aboutWriter = pattern.MustCompile(`^(?:Dr\. |Professor )?\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3},? is (?:(?:a|an|the) )?(?:[a-z-]+ ){0,3}(?:professor|fellow|columnist|contributor|contributing|editor-in-chief|managing director|correspondent) `)

var furnitureIn = newPhrases(furniture[:])

// furnitureFrom is opensFurniture by the first byte.
var furnitureFrom = func() (from [256][]string) {
	for _, p := range opensFurniture {
		from[p[0]] = append(from[p[0]], p)
	}
	return from
}()

// boilerplate tells what the page says about itself from what it reports.
// Words that reports use too count only in short sentences.
func boilerplate(s string) bool {
	if !likeBoilerplate(s) {
		return false
	}
	lower := strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	if furnitureIn.find(lower, func(p string) bool { return furnishes(p, lower) }) {
		return true
	}
	if len(lower) < 160 && reporters.MatchString(s) || len(lower) < 240 && aboutWriter.MatchString(s) {
		return true
	}
	for _, p := range furnitureFrom[lower[0]] {
		if strings.HasPrefix(lower, p) && !strings.HasPrefix(lower, "shares ") && !strings.HasPrefix(lower, "shareholders ") && (len(lower) < 60 || p == "by " && len(lower) < 80 || p == "click" || p == "pictured" || p == "here are" || p == "here is" || p == "here's" || p == "also read" || p == "see how " || p == "see what " || p == "find out " || p == "take a look" || p == "check out" || p == "get involved" || p == "read on ") {
			return true
		}
	}
	return false
}

// furnitureLike finds what the phrases of furniture begin with.
var furnitureLike = func() *phrases {
	list := make([]string, 0, len(furniture))
	for _, p := range furniture {
		list = append(list, plainBeginning(p))
	}
	return newPhrases(list)
}()

// likeBoilerplate tells a text that may be boilerplate. It takes the text as it is:
// nearly all are none, and a copy in small letters takes more than to see that.
func likeBoilerplate(s string) bool {
	switch {
	case s == "":
		return false
	case furnitureLike.folded(s), reporters.MatchString(s), aboutWriter.MatchString(s),
		s[0] >= utf8.RuneSelf, strings.Contains(s, "\u212a"), strings.Contains(s, "\u0130"): // letters that are an ASCII k and i when they are small
		return true
	}
	return slices.ContainsFunc(furnitureFrom[smallByte[s[0]]], func(p string) bool { return beginsFolded(s, plainBeginning(p)) })
}

// furnishes tells whether a text that holds a phrase of furniture is nothing
// else.
func furnishes(p, lower string) bool {
	switch p {
	case "subscribe", "sign up", "copyright", "cookie", "donate", "podcast", "whatsapp", "on facebook", "on twitter", "newsletter", "advertisement", "log in", "register to", "read more",
		"written by", "edited by", "our daily", "assine", "more from", "click to", "translated by", "let us know", "app store", "google play", "follow us", "hecho en", "play video":
		return len(lower) < 160 && strings.HasPrefix(lower, p) || len(lower) < 90 && !saysSomething(lower)
	}
	return true
}

func saysSomething(lower string) bool {
	for w := range strings.FieldsSeq(lower) {
		if sayings.Has(strings.Trim(w, ".,")) || auxiliary.Has(w) {
			return true
		}
	}
	return false
}
