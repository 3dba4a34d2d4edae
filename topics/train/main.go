// Command train fits the model by which topics are told from words, on articles
// that are not part of this repository; -data names the folder that holds data/.
// It prints how well the topics of articles are told that were kept out of the
// fitting, and writes the model. The same data gives the same file.
//
//	go run ./topics/train -data ../shared
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"newsdesk/topics"
	"newsdesk/topics/labelled"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	data := fs.String("data", "../shared", "folder that holds data/")
	to := fs.String("o", "topics/model.bin", "where the model is written")
	rounds := fs.Int("rounds", 8, "times that each article is looked at")
	rate := fs.Float64("rate", 0.2, "how far a weight moves")
	shrink := fs.Float64("shrink", 3e-3, "how fast a weight fades")
	if err := fs.Parse(args); err != nil {
		return err
	}
	list, err := labelled.Read(*data)
	if err != nil {
		return err
	}
	var examples []topics.Example
	for _, a := range list {
		if !a.Held {
			examples = append(examples, a.Example)
		}
	}
	m, err := topics.Fit(examples, *rounds, *rate, *shrink)
	if err != nil {
		return err
	}
	text := m.Encode()
	if m, err = topics.ParseModel(text); err != nil {
		return err
	}
	precision, recall, n := 0.0, 0.0, 0.0
	for _, s := range labelled.Measure(topics.With(m), list) {
		printf(out, "%-14s %4d articles kept out: precision %.3f, recall %.3f\n", s.Topic, s.Articles, s.Precision, s.Recall)
		precision, recall, n = precision+s.Precision, recall+s.Recall, n+1
	}
	printf(out, "mean: precision %.3f, recall %.3f; fitted on %d articles\n", precision/n, recall/n, len(examples))
	moves := labelled.Follow(topics.With(m), list)
	printf(out, "kept by a feed of their own topic: %.3f; taken out of a feed of the world: %.3f, of them to where they belong: %.3f\n", moves.Kept, moves.Moved, moves.Right)
	return os.WriteFile(*to, text, 0o600)
}

func printf(out io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(out, format, args...) }
