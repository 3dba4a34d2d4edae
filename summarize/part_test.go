package summarize

import (
	"strings"
	"testing"

	"newsdesk/news"
)

// What is said in several sentences is told with its speaker, or not at all.
func TestArticle_PartsOfAQuotationNameTheirSpeaker(t *testing.T) {
	t.Parallel()
	lead := "The harbour at Halden was closed on Monday after a crane fell onto the northern quay, the port authority said."
	for _, c := range []struct{ name, body, want, never string }{
		{
			"the first sentence gets its closing mark",
			`Mayor Peter Voss told reporters: "The northern quay stays closed until the crane has been lifted out. Nobody knows how long that takes. Please stay away."`,
			`Mayor Peter Voss told reporters: "The northern quay stays closed until the crane has been lifted out."`, "Nobody knows",
		},
		{
			"the last one gets its opening mark",
			`"Nobody knows how long that takes. Four divers will look at the foundations before Friday," said Peter Voss, the mayor.`,
			`"Four divers will look at the foundations before Friday," said Peter Voss, the mayor.`, "Nobody knows",
		},
		{
			"what a contrast follows stays out",
			`Mayor Peter Voss told reporters: "The northern quay stays closed until the crane has been lifted out. But that may change tonight. Please stay away."`,
			"", "northern quay stays closed",
		},
		{
			"so does what leans on the sentence before",
			`"Nobody knows how long that takes. It stays closed until the crane has been lifted out of the water," said Peter Voss, the mayor of Halden.`,
			"", "stays closed until",
		},
		{
			"and what names no speaker",
			`"Nobody knows how long that takes. The northern quay stays closed until the crane has been lifted out," he said.`,
			"", "northern quay stays closed",
		},
		{
			"a mark that stands at the wrong word",
			`Four divers will look at the foundations before Friday."Thank you for all the patience. We are tired," said Peter Voss.`,
			"Four divers will look at the foundations before Friday.", "\nThank you",
		},
	} {
		var facts []string
		for _, f := range New(Options{Words: 70}).Article(news.Article{ID: 1, Title: "Halden harbour closed", Body: lead + " " + c.body}).Facts {
			facts = append(facts, f.Text)
		}
		got := "\n" + strings.Join(facts, "\n")
		if c.want != "" && !strings.Contains(got, c.want) {
			t.Errorf("%s: want %q among%s", c.name, c.want, got)
		}
		if strings.Contains(got, c.never) {
			t.Errorf("%s: %q must not be told:%s", c.name, c.never, got)
		}
	}
}

func TestResolve_WhoSpokeLastGoesOnSpeaking(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, s, want string }{
		{"Referring to a letter from Mayor Anna Berg, Peter Voss said on Monday that the quay would open.", "He added that the crane was insured.", "Peter Voss added that the crane was insured."},
		{"Peter Voss said the quay would open, and Erik Lund said it would not.", "He added that the crane was insured.", ""},
		{"Anna Berg said the quay would open.", "He added that the crane was insured.", ""},
		{"The quay would open, the port authority said.", "He added that the crane was insured.", ""},
	} {
		body := "Peter Voss, the mayor, met Erik Lund, the head of the port, and Anna Berg. " + c.before + " " + c.s
		d := newDocument(news.Article{Body: body}, newVocabulary("en", nil), "en", new(weigher))
		got, ok := d.resolve(len(d.sents)-1, c.s)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("after %q: %q, %v, want %q", c.before, got, ok, c.want)
		}
	}
}
