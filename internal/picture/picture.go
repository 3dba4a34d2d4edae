// Package picture tells which of the pictures that a feed or a page offers may
// stand at the head of a story. It judges by address and declared size alone:
// nothing is fetched.
//
// Refused are pictures that readers can't make out (thumbnails, strips), that
// Discord doesn't show (drawings, icons), that are no pictures (pixels that
// count readers), and that say nothing of the story (an outlet's logo, its
// picture for whatever has none).
package picture

import (
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"newsdesk/internal/pattern"
	"newsdesk/internal/wordset"
)

// Picture is one that is offered.
type Picture struct {
	URL           string // absolute
	Width, Height int    // in pixels as declared, 0 where nothing is
}

// Sizes below which a picture is a thumbnail, in pixels, and how much longer one
// side may be than the other before it is a strip. Open Graph asks for 200 by
// 200 at least; BBC's feeds have 240 by 135.
const (
	minWidth  = 200
	minHeight = 100
	maxRatio  = 4
	maxURL    = 2000 // bytes
)

// First returns the address of the first picture that may lead a story, ""
// where none may.
func First(offered []Picture) string {
	for _, p := range offered {
		if p.Leads() {
			return p.URL
		}
	}
	return ""
}

// plenty is the width beyond which more is of no use, in pixels: Discord shows no
// picture wider than half of it.
const plenty = 1200

// Widest is First, but for where widths are declared: then it is the widest that
// may lead, since feeds list one picture in several sizes.
func Widest(offered []Picture) string {
	sorted := slices.Clone(offered)
	slices.SortStableFunc(sorted, func(a, b Picture) int { return min(b.Width, plenty) - min(a.Width, plenty) })
	return First(sorted)
}

// Leads tells whether a picture may stand at the head of a story.
func (p Picture) Leads() bool {
	if p.URL == "" || len(p.URL) > maxURL {
		return false
	}
	u, err := url.Parse(p.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return false
	}
	return !small(p.Width, p.Height) && !smallByName(u) && shown(u.Path) && !counts(u) && !furniture(u)
}

// small tells whether a size is too little. 0 is an unknown side.
func small(w, h int) bool {
	return w > 0 && w < minWidth || h > 0 && h < minHeight ||
		w > 0 && h > 0 && (w > maxRatio*h || h > maxRatio*w)
}

// sizeInName is a size that a file's name or a folder bears: "-150x150.jpg",
// "/72x72/".
var sizeInName = regexp.MustCompile(`(?:^|[/_-])(\d{1,4})x(\d{1,4})(?:[./_-]|$)`)

// proportion is the number up to which both numbers of a name are a proportion,
// "16x9", and no size.
const proportion = 32

// smallByName tells whether the address itself asks for a picture that is too
// little. One side of a size in a name may be the side it was cut to, so both
// have to be little.
func smallByName(u *url.URL) bool {
	if all := sizeInName.FindAllStringSubmatch(u.Path, 8); len(all) > 0 {
		last := all[len(all)-1]
		w, _ := strconv.Atoi(last[1])
		h, _ := strconv.Atoi(last[2])
		if max(w, h) > proportion && w < minWidth && h < minWidth {
			return true
		}
	}
	q := u.Query()
	for _, k := range []string{"w", "width"} {
		if w, err := strconv.Atoi(q.Get(k)); err == nil && w > 0 && w < minWidth {
			return true
		}
	}
	return false
}

// shown tells whether a file is of a kind that Discord shows in an embed.
// Addresses without an ending are believed.
func shown(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".svg", ".svgz", ".ico", ".cur", ".tif", ".tiff", ".psd", ".eps", ".pdf",
		".mp4", ".m4v", ".mov", ".webm", ".m3u8", ".mp3", ".m4a", ".ogg", ".wav", ".js", ".css":
		return false
	}
	return true
}

// Hosts, and the first part of their paths, that count readers with pictures.
var counters = pattern.MustCompile(`(?i)^(?:[^/]*\.)?(?:doubleclick\.net|google-analytics\.com|googletagmanager\.com|googlesyndication\.com|scorecardresearch\.com|quantserve\.com|chartbeat\.(?:com|net)|` +
	`imrworldwide\.com|omtrdc\.net|2o7\.net|pixel\.wp\.com|stats\.wordpress\.com|stats\.wp\.com|feeds\.wordpress\.com|feeds\.feedburner\.com|feedsportal\.com|` +
	`px\.ads\.linkedin\.com|ioam\.de|ivwbox\.de|xiti\.com|adform\.net|outbrain\.com|taboola\.com)/|^(?:[^/]*\.)?facebook\.com/tr\b|^(?:pixel|pixels|beacon|tracking|tracker|counter|count)\.`)

// counter is a file that is there to be counted.
var counter = pattern.MustCompile(`(?i)^(?:pixel|beacon|spacer|blank|clear|transparent|trans|dot|1x1|count(?:er)?|impression|track(?:er|ing)?)(?:[._-].*)?\.(?:gif|png|php|aspx?)$`)

func counts(u *url.URL) bool {
	return counters.MatchString(u.Host+u.Path+"/") || counter.MatchString(path.Base(u.Path))
}

// Local tells whether an address leads to a machine of the reader's own network.
func Local(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		ip = ip.Unmap()
		return !ip.IsGlobalUnicast() || ip.IsPrivate()
	}
	if host == "localhost" || !strings.Contains(host, ".") {
		return true
	}
	switch host[strings.LastIndexByte(host, '.')+1:] {
	case "localhost", "local", "internal", "lan", "home", "intranet", "corp":
		return true
	}
	_, err = strconv.Atoi(host[strings.LastIndexByte(host, '.')+1:]) // "127.1", which browsers take for an address
	return err == nil
}

// Words of files' names that say what a picture is for. One of marks makes a name
// of nothing but such words and the site's own name an emblem; of hints it
// takes two words.
var (
	marks  = wordset.Of(`logo logos logotype icon icons favicon emblem placeholder fallback opengraph avatar gravatar noimage nophoto`)
	hints  = wordset.Of(`default social share sharing og fb facebook twitter card thumb thumbnail image img site brand banner header preview cover main`)
	traits = wordset.Of(`the square round dark light white black blue red grey gray full wide large small big mini new final for of no with and rgb transparent bg background sm md lg xl retina hd v`)
	always = wordset.Of(`favicon placeholder sprite avatar gravatar noimage nophoto`)
)

// folders hold what belongs to a site and not to a story.
var folders = pattern.MustCompile(`(?i)/(?:logos?|icons?|favicons?|avatars?|emojis?|sprites|placeholders?|themes)/`)

// furniture tells whether a picture belongs to the site, whatever the story.
func furniture(u *url.URL) bool {
	if folders.MatchString(u.Path) || strings.HasSuffix(u.Hostname(), "gravatar.com") {
		return true
	}
	name := path.Base(u.Path)
	ext := path.Ext(name)
	if ext == "" { // ".../im-127940/social" is a size of a story's picture
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(strings.TrimSuffix(name, ext)), func(r rune) bool { return !unicode.IsLetter(r) })
	mark, hinted, others, own := false, 0, 0, 0
	host := squeeze(u.Hostname())
	for i, w := range words {
		switch {
		case always.Has(w), w == "no" && i+1 < len(words) && (words[i+1] == "image" || words[i+1] == "photo" || words[i+1] == "picture"), w == "touch" && i+1 < len(words) && words[i+1] == "icon":
			return true
		case marks.Has(w):
			mark = true
		case hints.Has(w):
			hinted++
		case traits.Has(w), len(w) == 1:
		case len(w) >= 2 && strings.Contains(host, w):
			own++
		default:
			others++
		}
	}
	return others == 0 && (mark || hinted+min(own, 1) >= 2 && hinted >= 1)
}

// squeeze keeps letters only.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// Pixels reads a declared length: "1200", "1200px"; 0 where it is none.
func Pixels(s string) int {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.ToLower(s)), "px"))
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n >= 1 && n <= 1e5) { // so that NaN is none
		return 0
	}
	return int(n)
}
