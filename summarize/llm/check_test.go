package llm

import (
	"testing"

	"newsdesk/news"
)

// An invented article, with something of everything that the check looks at.
var strike = news.Article{
	ID: 1, Lang: "en", Title: "Arden tram drivers vote to strike for three days over pay",
	Body: `Tram drivers in Arden have voted to walk out for three days from Monday in a dispute over pay, the Transport Workers' League said on Tuesday.

The union said 87 percent of its 1,150 members at the city's tram company backed the strike. It wants a rise of 9 percent; the company has offered 4.5 percent.

Arden Trams, which carries 260,000 passengers on a working day, said it would run buses on the two busiest lines. It did not say how many buses it would hire.

Mayor Petra Lindqvist denied that the city had told the company to reject the union's demand. "We have given no orders to anyone," Lindqvist said in a letter to the council. The strike may last longer if no deal is reached by Friday, she added.

A fire at the Norrgate depot in March killed two workers and injured 31. The company was fined 400,000 crowns by the safety board. At least 12 trams were destroyed.

Police allege that a former manager sold copper wire from the depot. The manager, Olav Brenner, was arrested by police in Velmora on Sunday.`,
}

func TestFact_KeptOnlyWhereTheArticleSaysIt(t *testing.T) { // M24
	t.Parallel()
	c := newChecker(strike)
	for _, tc := range []struct {
		name, fact string
		want       Verdict
	}{
		// What shortens is kept.
		{"whole sentence", "Tram drivers in Arden have voted to walk out for three days from Monday in a dispute over pay, the Transport Workers' League said on Tuesday.", Kept},
		{"shortened", "Tram drivers in Arden voted to walk out for three days from Monday, the Transport Workers' League said.", Kept},
		{"sayer in front", "The Transport Workers' League said tram drivers in Arden voted to walk out for three days from Monday.", Kept},
		{"number as word", "A fire at the Norrgate depot in March killed 2 workers and injured 31.", Kept},
		{"sign for percent", "The union said 87% of its members at the tram company backed the strike.", Kept},
		{"aside left out", "Arden Trams said it would run buses on the two busiest lines.", Kept},
		{"quotation", "\"We have given no orders to anyone,\" Lindqvist said in a letter to the council.", Kept},
		{"negation kept", "Mayor Petra Lindqvist denied that the city had told the company to reject the union's demand.", Kept},
		{"passive kept", "Olav Brenner was arrested by police in Velmora on Sunday.", Kept},
		{"hedge kept", "Police allege that a former manager sold copper wire from the depot.", Kept},
		{"number kept with its bound", "At least 12 trams were destroyed.", Kept},

		// Lies.
		{"invented", "The drivers burned three buses in Arden on Monday.", NotFound},
		{"changed number", "The union said 78 percent of its 1,150 members backed the strike.", NotFound},
		{"numbers swapped", "A fire at the Norrgate depot in March killed 31 workers and injured two.", NumberMoved},
		{"number of another thing", "A fire at the Norrgate depot in March killed 31 workers.", NumberMoved},
		{"number of another clause", "The company wants a rise of 4.5 percent.", OtherOrder},
		{"changed name", "Tram drivers in Brackwater voted to walk out for three days from Monday, the Transport Workers' League said.", NotFound},
		{"changed day", "Tram drivers in Arden voted to walk out from Sunday, the Transport Workers' League said.", NotFound},
		{"denial dropped", "The city told the company to reject the union's demand, Mayor Petra Lindqvist said.", Polarity},
		{"refusal dropped", "Mayor Petra Lindqvist denied that the city had told the company of the union's demand.", Polarity},
		{"negation dropped", "\"We have given orders to anyone,\" Lindqvist said in a letter to the council.", Polarity},
		{"negation added", "Arden Trams said it would not run buses on the two busiest lines.", Polarity},
		{"will made done", "Arden Trams said it ran buses on the two busiest lines.", NotFound},
		{"would dropped", "Arden Trams said it run buses on the two busiest lines.", Hedge},
		{"plan made done", "Tram drivers in Arden walked out for three days from Monday, the Transport Workers' League said.", Hedge},
		{"may dropped", "The strike will last longer if no deal is reached by Friday, Lindqvist added.", Hedge},
		{"condition dropped", "The strike may last longer, Lindqvist added.", Polarity},
		{"allegation made fact", "A former manager sold copper wire from the depot.", Beginning},
		{"bound dropped", "Exactly 12 trams were destroyed.", NotFound},
		{"bound lost", "In all 12 trams were destroyed at Norrgate.", NotFound},
		{"roles swapped", "Police were arrested by the manager Olav Brenner in Velmora on Sunday.", OtherOrder},
		{"passive made active", "The company fined the safety board 400,000 crowns.", OtherOrder},
		{"speaker changed", "The company said 87 percent of its 1,150 members backed the strike.", Beginning},
		{"speaker made up", "Tram drivers in Arden have voted to walk out for three days from Monday, the drivers said.", Speaker},
		{"cut out from under a verb", "Arden had told the company to reject the union's demand.", NotFound},
		{"fused from two sentences", "Arden Trams backed the strike, the union said.", Beginning},
		{"speaker of another sentence", "Petra Lindqvist said 87 percent of its 1,150 members backed the strike.", NotFound},
		{"speaker dropped", "Tram drivers in Arden have voted to walk out for three days from Monday.", Speaker},
		{"quotation changed", "\"We given no orders to anyone,\" Lindqvist said in a letter to the council.", Quotation},
		{"quotation invented", "Arden Trams said it would \"run buses\" on the two busiest lines.", Quotation},
		{"interpretation", "The vote underscores a deepening dispute over pay at the tram company in Arden.", NotFound},

		// Form.
		{"too long", "Tram drivers in Arden have voted to walk out for three days from Monday in a dispute over pay, the Transport Workers' League said on Tuesday, and Arden Trams said buses would run.", TooLong},
		{"pronoun", "It wants a rise of 9 percent.", Leans},
		{"link", "Tram drivers in Arden voted to walk out, see arden-trams.example.", BadShape},
		{"mention", "Tram drivers in Arden voted to walk out for three days from Monday, @everyone.", BadShape},
		{"markdown", "**Tram drivers** in Arden voted to walk out for three days from Monday.", BadShape},
		{"question", "Have tram drivers in Arden voted to walk out?", BadShape},
		{"hidden", "Tram drivers in Arden voted\u200b to walk out for three days.", BadShape},
		{"nothing", "Yes.", BadShape},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			i, got := c.fact(tc.fact)
			if got != tc.want {
				t.Errorf("%q: %s, want %s", tc.fact, got, tc.want)
			}
			if got == Kept {
				s := c.sents[i]
				if strike.Body[s.span.Start:s.span.End] != s.text {
					t.Errorf("the span is not sentence %d", i)
				}
			}
		})
	}
}
