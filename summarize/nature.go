package summarize

import (
	"math"
	"strings"
)

// nature says how a value behaves as time goes by.
type nature byte

const (
	grows  nature = iota // the dead
	shifts               // the missing, homes without power
	fixed                // a magnitude, an age, a price
)

func natureOf(c *claim) nature {
	head, class, _ := strings.Cut(c.kind, ":")
	switch {
	case head == "dead" || head == "injured" || head == "arrested" || head == "moved" || head == "infected" || head == "score":
		return grows
	case head == "missing" || c.unit == "percent" || c.context.has("power") || c.context.has("without") || c.undone:
		return shifts
	case head == "magnitude" || head == "aftershock" || head == "ballot" || head == "prison" || head == "age" || head == "date":
		return fixed
	case c.unit == "km" || c.unit == "meter" || c.unit == "mile" || c.unit == "job":
		return fixed
	case class == "deal" || class == "fine" || class == "bail" || class == "ransom" || class == "each":
		return fixed
	case class == "damage" || class == "gifts" || class == "aid":
		return grows
	case head == "money":
		return fixed
	}
	return grows
}

// compatible says whether two values can both be right as they are worded.
func compatible(a, b *claim) bool {
	if a.value == b.value {
		return true
	}
	if n := a.kind; n == "age" || n == "date" || n == "ballot" || n == "score" {
		return false
	}
	near := func(share float64) bool { return math.Abs(a.value-b.value) <= share*max(a.value, b.value) }
	bound := func(x, y *claim) bool { // y keeps what x says is the least or the most
		return x.hedge == least && y.value >= x.value && y.value <= 1.5*x.value || x.hedge == most && y.value <= x.value && y.value >= x.value/1.5
	}
	switch {
	case bound(a, b) || bound(b, a):
		return true
	case a.hedge != exact || b.hedge != exact:
		return near(0.05)
	case min(a.value, b.value) >= fullRound:
		return near(0.03) && math.Abs(a.value-b.value) <= max(lastPlace(a.value), lastPlace(b.value))/2
	}
	return false
}

// lastPlace is the weight of the last digit of a number that is not a zero.
func lastPlace(v float64) float64 {
	p := 1.0
	for v >= 10 && math.Mod(v, 10) == 0 {
		v, p = v/10, p*10
	}
	return p
}
