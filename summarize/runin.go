package summarize

import (
	"strings"
	"unicode"
)

// runIns are labels and buttons of a page that are run into the sentence after
// them, written as pages write them.
var runIns = [...]string{
	"Invalid Email", "(Opens in new window)", "Video Unavailable", "Click to play", "Tap to play", "Play now", "Watch this video again", "Watch Next",
	"Video will play in", "Embed x Share", "x Share", "Read more", "Read More", "READ MORE", "Buy Photo", "Skip Ad", "Loading...", "Image copyright", "Image caption",
	"Media caption", "Caption", "hide caption", "toggle caption", "Enlarge this image", "Story highlights", "Share this with", "Advertisement", "ADVERTISEMENT",
	"Continue reading the main story", "Thank you for subscribing!", "Getty Images", "Getty", "Photograph by", "Sign Up", "Lire aussi", "Lesen Sie auch",
}

var runInsIn = newPhrases(runIns[:])

// runInReach is how far into a sentence such a label is looked for, in bytes.
const runInReach = 400

// cutRunIn removes labels, buttons and captions that a page ran together with
// the sentence after them, and what stands before them.
func cutRunIn(s string, early bool) string {
	head := s[:min(len(s), runInReach)]
	end := 0
	labels := runIns[:]
	if !runInsIn.find(head, func(string) bool { return true }) {
		labels = nil
	}
	for _, l := range labels {
		i := strings.LastIndex(head, l)
		if i < 0 || i+len(l) <= end {
			continue
		}
		rest := s[i+len(l):]
		if body := strings.TrimLeft(rest, " "); len(body) < len(rest) && startsSentence(body) && countWords(body) >= 6 {
			end = len(s) - len(body)
		}
	}
	s = s[end:]
	if early {
		if i := capitalArticle(s); i > 0 {
			s = s[i:]
		}
	}
	return s
}

func startsSentence(s string) bool {
	r := firstRune(strings.TrimLeft(s, "\"“'‘"))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// capitalArticle returns where, after a caption or a headline without a stop,
// the sentence proper begins: at a capital "The", "A", "Five" or "Police" between
// words in small letters. It returns 0 where there is none.
func capitalArticle(s string) int {
	for _, w := range [...]string{" The ", " A ", " An ", " Two ", " Three ", " Four ", " Five ", " Six ", " Seven ", " Eight ", " Nine ", " Ten ", " Police "} {
		i := strings.Index(s[:min(len(s), runInReach)], w)
		if i <= 0 || !balanced(s[:i]) {
			continue
		}
		prev := s[strings.LastIndexByte(s[:i], ' ')+1 : i]
		rest := s[i+len(w):]
		if r := lastRune(prev); !unicode.IsLower(r) && !unicode.IsDigit(r) || !unicode.IsLower(firstRune(prev)) && !unicode.IsDigit(firstRune(prev)) {
			continue
		}
		if englishStops.Has(prev) || !unicode.IsLower(firstRune(rest)) && !unicode.IsDigit(firstRune(rest)) || countWords(rest) < 8 {
			continue
		}
		return i + 1
	}
	return 0
}
