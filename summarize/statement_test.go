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
