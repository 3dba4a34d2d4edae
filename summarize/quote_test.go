package summarize

import (
	"slices"
	"testing"

	"newsdesk/news"
)

// Speech in single marks that goes over several sentences is nobody's but its
// speaker's; apostrophes and titles open none.
func TestDocument_SpeechInSingleMarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		body   string
		quoted []bool
	}{
		{"Mrs Voss said: 'I am upset about it. To say that my dog broke the chair is unreal.' The shop closed.", []bool{true, true, false}},
		{"‘I am upset about the chairs in the shop. The dog was never near them,’ Mrs Voss said. The shop closed.", []bool{true, true, false}},
		{"The shop called its plan 'Big Chairs' and sold it. Nobody came.", []bool{false, false}},
		{"The play, 'Big Chairs', was sold out. Nobody left.", []bool{false, false}},
		{"'Rude': the sign at the shop shocked walkers. The workers' union laughed.", []bool{false, false}},
		{"Mrs Voss said: 'I am upset.' The workers' union laughed.", []bool{false, false}},
		{"It's the shop's own fault, say the workers' leaders. Nobody came.", []bool{false, false}},
		{"Mrs Voss said: 'I am \xff upset about it. To say so is unreal.'", []bool{true, true}},
	} {
		var got []bool
		for _, x := range newDocument(news.Article{Body: c.body}, newVocabulary("en", nil), "en", new(weigher)).sents {
			got = append(got, x.quoted)
		}
		if !slices.Equal(got, c.quoted) {
			t.Errorf("%q: in quotations %v, want %v", c.body, got, c.quoted)
		}
	}
}

func TestPart_SingleMarks(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][]string{
		"Mrs Voss said: 'I am upset about the broken chairs. Nobody has called me.' The shop closed.":                        {"Mrs Voss said: 'I am upset about the broken chairs.'", "", ""},
		"‘The whole shop smelled of burning plastic. The chairs from the upper floor were taken outside,’ Mrs Voss told us.": {"", "‘The chairs from the upper floor were taken outside,’ Mrs Voss told us."},
	} {
		d := newDocument(news.Article{Body: body}, newVocabulary("en", nil), "en", new(weigher))
		for i, w := range want {
			if got := d.part(i); got != w {
				t.Errorf("part %d of %q is %q, want %q", i, body, got, w)
			}
		}
	}
}

func TestSentences_SpansOfDaysAndHeadings(t *testing.T) {
	t.Parallel()
	for body, n := range map[string]int{
		"The band plays in Halden from June 30-Aug. 23, with guests.":            1,
		"He sits in Parliament.VOSS-BERG DUO WINS again in the northern county.": 2,
		"THE NEW MAYOR OF HALDEN?52-year-old Voss is an engineer.":               2,
	} {
		if got := Sentences(body); len(got) != n {
			t.Errorf("%q has %d sentences, want %d", body, len(got), n)
		}
	}
}

func TestResolve_OrganisationsAreNobody(t *testing.T) {
	t.Parallel()
	body := "Peter Voss will sell his stake to Virgin Atlantic. He keeps a fifth of the shares."
	d := newDocument(news.Article{Body: body}, newVocabulary("en", nil), "en", new(weigher))
	if got, _ := d.resolve(1, d.sents[1].Text); got != "Peter Voss keeps a fifth of the shares." {
		t.Errorf("resolved to %q", got)
	}
}
