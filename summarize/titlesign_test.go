package summarize

import (
	"testing"

	"newsdesk/news"
)

func TestWithSigns(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ title, text, want string }{
		{`Bridge of "40 cr opens in Velmora`, "The bridge, which cost Rs 40 crore, opened.", "Bridge of Rs 40 cr opens in Velmora"},
		{`Bridge of "40 cr opens in Velmora`, "The bridge, which cost ₹40 crore, opened.", "Bridge of ₹40 cr opens in Velmora"},
		{`Bridge of "40 cr opens in Velmora`, "The bridge has $400 million and $40.5 million of debts.", "Bridge of 40 cr opens in Velmora"},
		{`"1,800 crore for bridge and "40 cr for ferries`, "Rs. 1,800 crore goes to the bridge.", "Rs. 1,800 crore for bridge and 40 cr for ferries"},
		{`Fine of "6.17 crore`, "", "Fine of 6.17 crore"},
		{`Mayor sees "10 years of failure" at port`, "", `Mayor sees "10 years of failure" at port`},
		{`Mayor pays "10 cr" and "20 cr" bribes`, "", `Mayor pays "10 cr" and "20 cr" bribes`},
		{`"40 cr is too much," mayor says of bridge`, "", `"40 cr is too much," mayor says of bridge`},
		{`Mayor calls bridge "a folly of "40 cr`, "", `Mayor calls bridge "a folly of "40 cr`},
		{`Shelf of 40" falls on mayor`, "", `Shelf of 40" falls on mayor`},
		{`Mayor says "no`, "", `Mayor says "no`},
		{``, "", ``},
	} {
		if got := withSigns(tt.title, tt.text); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.title, got, tt.want)
		}
	}
}

// A title whose currency sign was lost is still the best headline there is.
func TestHeadline_LostSign(t *testing.T) {
	t.Parallel()
	a := news.Article{
		ID: 1, Lang: "en", Outlet: "Ledger", Title: `Velmora opens harbour bridge that cost "40 crore`,
		Body: "Officials gathered at the harbour of Velmora early on Saturday in heavy rain. The bridge, which cost Rs 40 crore, carries trams and bicycles, the harbour office said.",
	}
	if _, s := New(Default).Read(a); s.Headline != "Velmora opens harbour bridge that cost Rs 40 crore" {
		t.Errorf("headline %q", s.Headline)
	}
}
