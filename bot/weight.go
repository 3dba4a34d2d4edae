package bot

import (
	"fmt"
	"strconv"
	"strings"

	"newsdesk/events"
	"newsdesk/news"
)

// weighed says in words, a line each, why an event has its class: what it
// weighs and from where on that class begins, then what the weight is made of,
// the largest part first. The lines are markdown.
func weighed(e news.Event, v voice) []string {
	if len(e.Terms) == 0 {
		return []string{"It was stored before events were weighed: it counts as " + className(e.Class) + "."}
	}
	bar, weight := "", fmt.Sprintf("%.2f", e.Weight)
	var lines []string
	for _, t := range e.Terms {
		if class, ok := strings.CutPrefix(t.Name, events.TermBar); ok {
			begins := "begins at"
			if e.Weight < t.Value && news.Class(class) == e.Class { // it was higher once, and a class that was shown stays
				begins = "now begins at"
			}
			from := fmt.Sprintf("%.2f", t.Value)
			if from == weight && t.Value != e.Weight { // rounded alike, which would look like a mistake
				weight, from = fmt.Sprintf("%.4f", e.Weight), fmt.Sprintf("%.4f", t.Value)
			}
			bar = fmt.Sprintf(", and %s %s %s", className(news.Class(class)), begins, from)
			continue
		}
		what := v.text(t.Name, 100)
		if !strings.Contains(t.Name, ":") { // else the name says all
			what += ": " + strconv.FormatFloat(t.Value, 'f', -1, 64)
		}
		lines = append(lines, strings.Replace(fmt.Sprintf("%+.2f", t.Gives), "-", "−", 1)+" "+what)
	}
	if len(lines) == 0 {
		lines = append(lines, "One owner tells of it so far, and nothing in it is grave.")
	}
	return append([]string{fmt.Sprintf("%s: it weighs %s of 1%s.", v.bold(titled(className(e.Class))), weight, bar)}, lines...)
}

// dots shows importance in four steps, "●●●○" where an event is major and all
// four where it is breaking. It is "" where the event was never weighed.
func dots(e news.Event) string {
	n := 1
	switch {
	case e.Class == "":
		return ""
	case e.Class == news.ClassBreaking:
		n = 4
	case e.Class == news.ClassMajor:
		n = 3
	case e.Weight >= twoDots:
		n = 2
	}
	return strings.Repeat("●", n) + strings.Repeat("○", 4-n)
}

// twoDots is the weight from which on a normal event has a second dot: it has a
// second owner, or something grave.
const twoDots = 0.10

// className is a class as readers see it.
func className(c news.Class) string {
	if c == "" {
		c = news.ClassNormal
	}
	return string(c)
}
