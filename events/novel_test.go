package events

import "testing"

// What was to come is news once it has come, and an outcome in other words is
// not.
func TestNovel(t *testing.T) { // B1
	t.Parallel()
	for name, tc := range map[string]struct {
		known []string
		fact  string
		want  novelty
	}{
		"came to pass": {
			[]string{"Opposition leader Sigrid Moe called on transport minister Henrik Dahlgaard to resign.", "Transport minister Dahlgaard under pressure to resign"},
			"Transport minister Henrik Dahlgaard resigned on Monday.", novelFact,
		},
		"somebody else's": {
			[]string{"Engineer Yusra Tamm wrote the reports and later resigned.", "Minister Henrik Dahlgaard said that he had never seen the report, and that transport was safe."},
			"Transport minister Henrik Dahlgaard resigned on Monday.", novelFact,
		},
		"known to have come to pass": {
			[]string{"Transport minister Henrik Dahlgaard has resigned over the reports."},
			"Minister Dahlgaard resigned on Monday.", notNovel,
		},
		"the names are known, the deed is not": {
			[]string{"Prime Minister Viktor Hallam seeks a third term in Ostmark.", "Polls show Viktor Hallam level with his rival."},
			"Ostmark's Prime Minister Viktor Hallam conceded defeat late on Sunday.", novelFact,
		},
		"the same outcome": {
			[]string{"The former head of the agency was sentenced to seven years in prison on Monday for gross negligence."},
			"Marten Osk will go to prison for seven years, less than prosecutors wanted and more than his lawyers had feared.", notNovel,
		},
		"another figure": {
			[]string{"The former head of the agency was sentenced to seven years in prison on Monday for gross negligence."},
			"The former head of the agency was sentenced to nine years in prison.", novelNumber,
		},
		"words known from several, with a figure that is not": {
			[]string{"Polls put the Alliance for Renewal level with the Union.", "An exit poll will be published when polling stations close in Ostmark's election.", "The Alliance came second in the last vote."},
			"The Alliance for Renewal came first in Ostmark's election with 38% of the vote, an exit poll published when stations closed shows.", novelFact,
		},
	} {
		var known []content
		for _, k := range tc.known {
			known = append(known, newContents().of(k))
		}
		if got := novel(newContents().of(tc.fact), known); got != tc.want {
			t.Errorf("%s: novel(%q) = %d, want %d", name, tc.fact, got, tc.want)
		}
	}
}

// What was before the happening is no change, unless the happening is set
// against it.
func TestBefore(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"The last storm of such force, Benno in 2019, killed four people.":          true,
		"The line's last strike, in 2009, ended after four days.":                   true,
		"Turnout was 74%, the highest since 1998, the electoral commission said.":   false,
		"The ferry ran aground on Monday, and its 40 passengers were taken ashore.": false,
	} {
		if got := before(text); got != want {
			t.Errorf("before(%q) = %v", text, got)
		}
	}
}
