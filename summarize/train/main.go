// Command train fits the weights by which package summarize tells which words
// of an article belong in its summary, on articles with summaries that people
// wrote, and writes them to summarize/termweights.go. It prints how well they
// do on articles, and on sets, that they were not fitted on. The data are not
// part of this repository; -data names the folder that holds summarize/. The
// same data give the same weights.
//
//	go run ./summarize/train -data ../shared/data
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"newsdesk/news"
	"newsdesk/summarize"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// sets are the files that are fitted on, and what each article of one counts.
// Articles with answers to the five questions are few and count more.
var sets = []struct {
	file   string
	weight float64
}{{"cnndm_val", 1}, {"cnndm_train", 1}, {"inshorts", 1.5}, {"fivew1h", 3}}

// folds is how many parts the articles are held out in, in turn.
const folds = 5

func run(args []string, w io.Writer) error {
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	data := flags.String("data", "../shared/data", "folder that holds summarize/")
	source := flags.String("source", "summarize", "folder of package summarize, whose termweights.go is written")
	dry := flags.Bool("n", false, "print how well it does, and write nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir := filepath.Join(*data, "summarize")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no %s: name the folder that holds summarize/ with -data", dir)
	}
	var words, pairs []row
	for i, set := range sets {
		ws, ps, err := load(filepath.Join(dir, set.file+".jsonl"), i, set.weight)
		if err != nil {
			return err
		}
		words, pairs = append(words, ws...), append(pairs, ps...)
	}
	for _, part := range []struct {
		name string
		rows []row
	}{{"words", words}, {"pairs", pairs}} {
		held := func(group func(row) int) float64 {
			sum, n := 0.0, 0.0
			for g := range folds {
				in := slices.DeleteFunc(slices.Clone(part.rows), func(r row) bool { return group(r) == g })
				out := slices.DeleteFunc(slices.Clone(part.rows), func(r row) bool { return group(r) != g })
				if len(out) > 0 {
					sum += fit(in).auc(out)
					n++
				}
			}
			return sum / n
		}
		if _, err := fmt.Fprintf(w, "%s: %d; AUROC on articles held out %.3f, on sets held out %.3f, on those fitted on %.3f\n", part.name, len(part.rows),
			held(func(r row) int { return r.fold }), held(func(r row) int { return r.kind }), fit(part.rows).auc(part.rows)); err != nil {
			return err
		}
	}
	if *dry {
		return nil
	}
	return write(*source, fit(words), fit(pairs))
}

// load reads a set. Pairs are taken from whole summaries only: the answers to
// the five questions are phrases.
func load(path string, set int, weight float64) (words, pairs []row, err error) {
	f, err := os.Open(path) //nolint:gosec // the operator names the folder
	if err != nil {
		return nil, nil, fmt.Errorf("read articles: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var a struct {
			ID, Title, Text string
			Reference       []string
			Extra           struct {
				Event   string
				FiveW1H map[string][]struct {
					Text   string
					Coders int
				}
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", path, err)
		}
		told, apart := a.Reference, a.ID
		if len(a.Extra.FiveW1H) > 0 {
			told, apart = nil, a.Extra.Event // the articles of an event are held out together
			for _, answers := range a.Extra.FiveW1H {
				best := -1
				for i, x := range answers {
					if best < 0 || x.Coders > answers[best].Coders {
						best = i
					}
				}
				if best >= 0 {
					told = append(told, answers[best].Text)
				}
			}
		}
		ws, ps := summarize.TermRows(news.Article{ID: 1, Title: a.Title, Body: a.Text}, told)
		h := fnv.New32a()
		_, _ = io.WriteString(h, apart) // a hash takes everything
		base := row{weight: weight, fold: int(h.Sum32() % folds), kind: max(0, set-1)}
		words = append(words, rowsOf(ws, base)...)
		if len(a.Extra.FiveW1H) == 0 {
			base.weight = 1
			pairs = append(pairs, rowsOf(ps, base)...)
		}
	}
	return words, pairs, lines.Err()
}

func rowsOf(rs []summarize.TermRow, base row) []row {
	out := make([]row, len(rs))
	for i, r := range rs {
		out[i] = base
		out[i].features, out[i].told = r.Features, r.Told
	}
	return out
}
