package main

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"newsdesk/ask"
)

// scores are sums over questions.
type scores struct {
	answerable, unanswerable float64

	first, reciprocal     float64 // the best article is right; one over the rank of the first right one
	evidence4, evidence10 float64 // share of the right articles among the first 4 and 10
	held                  float64 // the answer stands in the quotations
	exact, overlap        float64 // the short answer is right; F1 of its words
	answered, refused     float64 // answerable: was answered, and the answer stands in it; unanswerable: was refused
	yes, no               []float64
}

const quoted = 300 // characters of an answer that count

func (s *scores) add(e *example, r *ask.Inspection, threshold float64) {
	if !e.answerable {
		s.unanswerable++
		s.no = append(s.no, r.Score)
		if r.Score < threshold {
			s.refused++
		}
		return
	}
	s.answerable++
	s.yes = append(s.yes, r.Score)
	found, first := 0., 0
	for k, d := range r.Docs[:min(len(r.Docs), 10)] {
		if !e.gold[d.Article] {
			continue
		}
		if found++; first == 0 {
			first = k + 1
			s.reciprocal += 1 / float64(first)
		}
		if k < 4 {
			s.evidence4 += 1 / float64(len(e.gold))
		}
		s.evidence10 += 1 / float64(len(e.gold))
	}
	if first == 1 {
		s.first++
	}
	text := strings.Join(r.Quotes, " ")
	if utf8.RuneCountInString(text) > quoted {
		text = string([]rune(text)[:quoted])
	}
	if strings.Contains(" "+words(text)+" ", " "+e.answer+" ") {
		s.held++
		if r.Score >= threshold {
			s.answered++
		}
	}
	short := words(r.Short)
	if short == e.answer {
		s.exact++
	}
	s.overlap += f1(strings.Fields(short), strings.Fields(e.answer))
}

// right is the share of questions that were answered or refused rightly.
func (s *scores) right() float64 { return (s.answered + s.refused) / (s.answerable + s.unanswerable) }

func (s *scores) String() string {
	n := s.answerable
	return fmt.Sprintf("Hit@1 %.3f MRR@10 %.3f evidence@4 %.3f @10 %.3f; answer held %.3f, short EM %.3f F1 %.3f; AUROC %.3f refused %.3f right %.3f",
		s.first/n, s.reciprocal/n, s.evidence4/n, s.evidence10/n, s.held/n, s.exact/n, s.overlap/n, auroc(s.yes, s.no), s.refused/s.unanswerable, s.right())
}

// auroc is the chance that one of yes is higher than one of no.
func auroc(yes, no []float64) float64 {
	wins := 0.
	for _, y := range yes {
		for _, n := range no {
			switch {
			case y > n:
				wins++
			case y == n:
				wins += 0.5
			}
		}
	}
	return wins / float64(len(yes)*len(no))
}

func f1(got, want []string) float64 {
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	same := 0.
	for _, w := range got {
		if left[w] > 0 {
			left[w]--
			same++
		}
	}
	if same == 0 {
		return 0
	}
	return 2 * same / float64(len(got)+len(want))
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
