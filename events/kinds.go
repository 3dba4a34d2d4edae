package events

import (
	"slices"
	"strings"

	"newsdesk/internal/pattern"
	"newsdesk/news"
)

// kind sorts articles by what their pages and titles promise.
type kind uint8

const (
	kindNews      kind = iota
	kindRoundup        // many happenings under one title: an event of its own, always
	kindOpinion        // what somebody thinks of it: may join an event, never draws others in
	kindLive           // a running account, whose subject moves: the same
	kindExplainer      // background to it: the model knows that these reach further than reports
	kindMarkets        // prices of the day: each day's are alike
)

const dayPattern = `(today|tonight|tomorrow|this (morning|evening|week|weekend)|monday|tuesday|wednesday|thursday|friday|saturday|sunday|` +
	`(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\d+ (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))`

var (
	roundupTitle = pattern.MustCompile(`(?i)` +
		`^(\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen) (things|stories)( (to |you (need |should |may |might )?(to )?|we (need )?(to )?)(know|watch|learned|read|have missed))?( (for|on|this|today|before|of the)\b|:|$)` +
		`|^(what (you need )?to know|(the )?(top|biggest) (stories|headlines|news)|(news|stories|headlines)) (for |on |of )?` + dayPattern +
		`|\b(morning|evening|daily|weekly|nightly|weekend|lunchtime|midday) (news )?(briefing|brief|bulletin|digest|round-?up|recap|wrap|rundown|newsletter|headlines|catch-?up)\b` +
		`|\b(briefing|round-?up|digest|newsletter|news quiz|weekly quiz)(:|$| for | - | \|)` +
		`|^(your|the|today's|this week's|the week's|the day's) (morning|evening|daily|weekly|top|biggest|news|front)[ -](stories|headlines|news|photos|pictures|pages?|briefing|quiz)\b` +
		`|^(start your (day|week)|catch up (quick|on)|in case you missed it|icymi)\b` +
		`|[,?].*: \d+( things\b.*)?$` +
		`|^(week|day|month|year) in (review|pictures|photos|news|brief)\b|\bin pictures$|\bphotos of the (day|week)\b` +
		`|\bnews (quiz|roundup)\b|^quiz\b|\bcrossword\b|\bhoroscopes?\b|\blottery (numbers|results)\b|\bwordle (hints?|answers?|today)\b` +
		`|^(market|business|world|sports?|tech|politics|health|entertainment) (highlights|briefs?|round-?up|in brief|wrap)\b` +
		`|\b(weather forecast|tv (listings|schedule|guide)|obituaries|births and deaths|corrections and clarifications)\b`)
	liveTitle    = pattern.MustCompile(`(?i)^live( updates?| blog| coverage)?[:|–—-]|\blive (updates?|blog|coverage|news|tracker)\b|\bas it happened\b|^[\p{L} ]{3,30} (latest|live|updates):`)
	explainTitle = pattern.MustCompile(`(?i)^(explainer|factbox|timeline|analysis|q ?& ?a|profile|q\+a)\b ?[:|–—-]|^(what|who|where|how|why) (is|are|was|were|did|does|do|will|to|happens|could)\b|` +
		`\b((everything|what) (you )?(need )?to know|explained|a brief history|the history of|here's (what|why|how)|what we know|step by step)\b`)
	marketTitle = pattern.MustCompile(`(?i)^(premarket|pre-market|global markets|u\.?s\.? stocks|stocks|forex|commodities|metals|precious|em asia fx|treasur(y|ies)|canada stocks|india morning call)\b|` +
		`\b(stocks?|shares|wall street|dow|s&p 500|nasdaq|ftse|nikkei|hang seng|sensex|index-futures|futures|treasuries)\b.*\b(rise|rises|rally|rallies|fall|falls|drop|drops|slip|slips|slump|slumps|retreat|gain|gains|advance|decline|declines|flat|higher|lower|climb|climbs|steady|steadies|rebound|rebounds|tumble|tumbles|sink|sinks|edge up|edge down)\b`)
	opinionTitle = pattern.MustCompile(`(?i)^(opinions?|editorial|column|commentary|op-?ed|letters?|letters? to the editor|perspective|review|comment|viewpoint|essay|guest essay|podcast|cartoon) ?[:|–—-]` +
		`|[|–—-] ?(opinion|editorial|commentary|column|op-?ed)$|^(dear (abby|prudence|annie)|ask amy)\b`)
)

// kindOf sorts an article by what is known of it and by its title.
func kindOf(known news.Kind, title string) kind {
	switch known {
	case news.KindRoundup:
		return kindRoundup
	case news.KindLive:
		if k := titleKind(title); k == kindRoundup || k == kindOpinion {
			return k
		}
		return kindLive
	case news.KindReport, news.KindGallery, news.KindVideo, news.KindAudio:
	}
	return titleKind(title)
}

// Lists says whether all that an event has are lists of many happenings: it is
// kept, and never posted as one.
func Lists(e news.Event) bool {
	return len(e.Sources) > 0 && !slices.ContainsFunc(e.Sources, func(s news.Source) bool { return kindOf(s.Kind, s.Title) != kindRoundup })
}

// Opinion says whether a source is opinion, of which nothing is a fact of its event.
func Opinion(s news.Source) bool { return opines(s) }

// opinionAddress tells the addresses at which outlets keep their opinion pieces.
var opinionAddress = pattern.MustCompile(`(?i)^https?://[^?#]*/(opinions?|commentisfree|editorials?|op-?eds?|columnists?|meinung|kommentare?|opini[aã]o|opinioni|idees)/`)

// opines says whether a source is opinion, by its address or its title. Nearly all
// are seen to be none by a look at both.
func opines(s news.Source) bool {
	return opinionAddress.MatchString(s.URL) || opinionTitle.MatchString(titleSeen(s.Title)) && kindOf(s.Kind, s.Title) == kindOpinion
}

// titleSeen is as much of a title as is looked at.
func titleSeen(title string) string {
	title = strings.TrimSpace(title)
	return title[:min(len(title), maxTitleBytes)]
}

// titleKind sorts an article by its title alone.
func titleKind(title string) kind {
	title = titleSeen(title)
	switch {
	case roundupTitle.MatchString(title), subjectList(title):
		return kindRoundup
	case opinionTitle.MatchString(title):
		return kindOpinion
	case liveTitle.MatchString(title):
		return kindLive
	case explainTitle.MatchString(title):
		return kindExplainer
	case marketTitle.MatchString(title):
		return kindMarkets
	}
	return kindNews
}

// guidePart is a part of a list that is no subject: the list is of what one
// article tells ("Final: Time, channel, line-up, how to watch").
var guidePart = pattern.MustCompile(`(?i)^(and|how|what|when|where|who|why) |^(time|date|channel|tickets|score|odds|results)$`)

// subjectList recognises a newsletter's title, which strings four or more
// subjects together: "Elections, the new budget, heat wave, chess".
func subjectList(title string) bool {
	if i := strings.LastIndex(title, ": "); i >= 0 {
		title = title[i+2:]
	}
	if strings.Count(title, ", ") < 3 {
		return false
	}
	parts := 0
	for part := range strings.SplitSeq(title, ", ") {
		if n := strings.Count(strings.TrimSpace(part), " ") + 1; n > 3 || guidePart.MatchString(part) {
			return false
		}
		parts++
	}
	return parts >= 4
}
