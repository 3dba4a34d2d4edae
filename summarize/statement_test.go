package summarize

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"newsdesk/news"
)

// A fact that is a sentence of its article states what was read there, and is not
// read again.
func TestStatement_SentencesAreReadOnce(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/disputes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	for line := range strings.Lines(string(text)) {
		c := strings.Split(strings.TrimSpace(line), "\t")
		if len(c) != 6 {
			continue
		}
		body := "The ferry ran aground on Monday. " + c[4] + " " + c[5]
		st := statementOf(news.Article{ID: 1, Lang: "en", Title: "Ferry aground", Body: body, Published: time.Date(2031, 5, 3, 8, 0, 0, 0, time.UTC)}, newVocabulary("en", nil), nil, new(weigher))
		for _, s := range Sentences(body) {
			if _, known := st.of[s.Text]; known {
				taken++
			}
			got, want := st.in(s.Text).claims, st.document.claims(s.Text)
			if diff := cmp.Diff(got, want, cmp.AllowUnexported(claim{}, figure{}), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%q: as read with its article, and alone:\n%s", s.Text, diff)
			}
		}
	}
	if taken < 100 {
		t.Errorf("%d sentences were read with their article", taken)
	}
}

// What a ledger is made with is used again for another event: it keeps nothing of the
// first, also where the last article was the shortest.
func TestWeigher_LetsGoOfClaimsAndNames(t *testing.T) {
	t.Parallel()
	long := news.Article{ID: 1, Lang: "en", Title: "Storm hits Halden", Body: "Mayor Ana Berg of Halden said 12 people died and 40 were injured. Police in Vestby counted 3 missing boats and 700 homes without power. Karl Lund of Norvik lost 5 barns."}
	short := news.Article{ID: 2, Lang: "en", Title: "Storm over", Body: "Two bridges opened."}
	s, w, v := New(Options{}), new(weigher), newVocabulary("en", nil)
	if st := statementOf(long, v, nil, w); len(st.claims) < 3 || len(st.names) < 3 {
		t.Fatalf("%d claims and %d names: the test says little", len(st.claims), len(st.names))
	}
	statementOf(short, v, nil, w)
	s.release(w)
	for _, c := range w.claims[:cap(w.claims)] {
		if c.text != "" {
			t.Errorf("the claim %q is kept", c.text)
		}
	}
	for _, n := range w.names[:cap(w.names)] {
		if n != "" {
			t.Errorf("the name %q is kept", n)
		}
	}
}
