package articles

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Sentences that share words with page furniture and are news all the same.
func TestClean_KeepsNews(t *testing.T) {
	t.Parallel()
	for _, p := range []string{
		"The remarks do not reflect the views of the government, a spokeswoman said.",
		"Copyright law is to change next year, the minister said.",
		"Images from satellites show that the ice has shrunk by a third.",
		"Writing by hand is in decline, teachers say.",
		"Subscribers of the rail pass may travel free on Sundays.",
		"By Tuesday, three hundred people had left the town.",
		"Related cases were found in two other districts, the ministry said.",
		"The regulator fined the firm for breaking its own privacy policy.",
		"Follow the money, the prosecutor told the jury.",
		"Comments by the bank's governor sent shares lower on Friday.",
		"Advertisements for betting are to be banned before nine in the evening.",
		"More people moved to the coast than in any year since 1990.",
		"Video shot by a passer-by shows the crane as it falls.",
		"Published figures for May show that prices rose again.",
		"Share prices fell by four per cent in early trading.",
		"The newspaper will close its print edition in June.",
		"Read out in court, the letter took eleven minutes.",
		"Reuters is to cut two hundred jobs, its owner announced.",
	} {
		paras := []string{strings.Repeat("The council met on Monday. ", 20), p, strings.Repeat("It will meet again in May. ", 20)}
		got := clean(paras, nil, headline)
		if len(got) != 3 {
			t.Errorf("dropped in the middle: %q", p)
		}
		if got := clean(append([]string{p}, paras[0], paras[2]), nil, headline); len(got) != 3 {
			t.Errorf("dropped at the start: %q", p)
		}
	}
}

func TestClean_DropsFurniture(t *testing.T) {
	t.Parallel()
	for _, p := range []string{
		"ADVERTISEMENT", "Advertisement - Continue Reading Below", "Story continues below", "Read more: Ferry fares to rise", "[Related: Ferry fares to rise]",
		"Sign up for our free newsletter", "Get the day's stories in your inbox every morning.", "Follow us on Twitter and Facebook", "Share on Facebook | Twitter | Email",
		"Photo: Paul Ney", "(Photo: Paul Ney/Agency)", "Image credit: County Archive", "Getty Images", "© 2026 The Harwick Post", "Copyright 2026 Harwick Post. All rights reserved.",
		"Reporting by Ann Lee in Harwick; Editing by Ben Ray", "Ann Lee contributed to this report.", "https://example.org/harwick", "desk@example.org", "* * *",
		"The views expressed in this article are the author's own.", "The views expressed in this article do not reflect the opinion of the publisher, or any of its affiliates.",
		"This website uses cookies to improve your visit.", "Table of Contents", "5 min read", "Tags: bridge, council", "The post Bridge approved appeared first on Harwick Post.",
		"Lesen Sie auch: Fähre wird teurer", "Читайте также: паром подорожает", "関連記事：渡し船が値上げ", "Thanks for signing up!",
	} {
		paras := []string{strings.Repeat("The council met on Monday. ", 20), p, strings.Repeat("It will meet again in May. ", 20)}
		if got := clean(paras, nil, headline); len(got) != 2 {
			t.Errorf("kept: %q", p)
		}
	}
}

func TestClean_Ends(t *testing.T) {
	t.Parallel()
	prose := []string{strings.Repeat("The council met on Monday. ", 20), strings.Repeat("It will meet again in May. ", 20)}
	later := strings.Repeat("The mayor spoke for an hour. ", 6)
	for _, c := range []struct {
		name       string
		tail, want []string
	}{
		{"related links", []string{"Related", "- Ferry fares", "- Ten walks"}, nil},
		{"a lone heading", []string{"Related"}, nil},
		{"teasers in the middle", []string{"Don't miss", "Ferry fares to rise", later}, []string{later}},
		{"comments", []string{"12 Comments", later}, nil},
		{"about the author", []string{"About the author", later}, nil},
		{"a section called contacts", []string{"Contacts", later, later + "Twice. ", later + "Thrice."}, []string{later, later + "Twice. ", later + "Thrice."}},
		{"told twice", []string{prose[0]}, nil},
	} {
		got := clean(append(append([]string{headline, "By Ann Lee", "March 5, 2026"}, prose...), c.tail...), nil, headline)
		if diff := cmp.Diff(got, append(append([]string{}, prose...), c.want...)); diff != "" {
			t.Errorf("%s (-got +want)\n%s", c.name, diff)
		}
	}
}

func TestReconcile(t *testing.T) {
	t.Parallel()
	p := paragraphs
	teaser := "Ferry fares to rise in spring"
	for _, c := range []struct {
		name               string
		strict, wide, want []string
	}{
		{"nothing strict", nil, p, p},
		{"nothing wide", p, nil, p},
		{"a section put back", []string{p[0], p[1], p[3]}, p, p},
		{"teasers not put back", p, []string{p[0], teaser, p[1], p[2], p[3]}, p},
		{"menu before and teasers after dropped", append(append([]string{teaser}, p...), teaser+" again"), p, p},
		{"prose at the end kept", p, p[:3], p},
		{"a list announced by a colon", []string{p[0], "The plan has three parts:", p[1]}, []string{p[0], "The plan has three parts:", "- mud\n- tides", p[1]}, []string{p[0], "The plan has three parts:", "- mud\n- tides", p[1]}},
		{"a broken reading replaced", p[:1], p, p},
	} {
		if diff := cmp.Diff(reconcile(c.strict, c.wide), c.want); diff != "" {
			t.Errorf("%s (-got +want)\n%s", c.name, diff)
		}
	}
}

// The table that looks at a line's first letter says what all patterns say.
func TestLineTable_MissesNothing(t *testing.T) {
	t.Parallel()
	lines := []string{
		"", "-", "- ", "- Read more: a story", "Advertisement", "ADVERTISEMENT", "\u017fhare this", "\u212Aeyword: x", "(c) 2024 The Paper", "© 2024", "\"Photo: Ann Lee\"",
		"Jane Roe can be reached at jane@example.org", "The post A walk appeared first on Example", "mail@example.org", "1 of 5", "12 min read", "###", "* * *", "@paper",
		"Photo by Ann Lee", "A sentence of the article, which goes on for a while and ends here.", "Share", "广告", "реклама", "Disclosure: none",
	}
	pages, err := filepath.Glob("testdata/*")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages to take lines from: %v", err)
	}
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			continue // a folder
		}
		for l := range strings.FieldsFuncSeq(string(b), func(r rune) bool { return r == '<' || r == '>' || r == '\n' }) {
			lines = append(lines, strings.TrimSpace(l))
		}
	}
	found := 0
	for _, l := range lines {
		got, want := furniture.match(l), furniture.all.MatchString(l)
		if got != want {
			t.Errorf("%q: %v by its first letters, %v by all patterns", l, got, want)
		}
		if want {
			found++
		}
	}
	if found < 20 {
		t.Errorf("only %d of %d lines are furniture: too few to tell", found, len(lines))
	}
}
