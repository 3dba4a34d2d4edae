// Command eval measures quality on labelled news: it runs the built program
// over the development data and scores what it says with the evaluators that
// come with the data. The data are not part of this repository; -data names the
// folder that holds data/ and tools/.
//
//	go run ./eval -data ../shared
//	go run ./eval -data ../shared -only summarize,events
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// measure is one figure, or one line of figures.
type measure struct {
	group string   // what -only names
	name  string   // what is printed
	input string   // below data/: what the program reads
	args  []string // of the program; "%" is the input
	stdin string   // below data/: what the program reads from standard input
	tool  string   // below tools/: what scores
	score []string // of the tool; "@" is the prediction, a leading "%/" the data folder
	// byEvent summarizes the articles of an event together, and scores the
	// summary for each of them.
	byEvent bool
}

func measures() []measure {
	var out []measure
	for _, set := range []struct {
		file  string
		words string
	}{{"cnndm_val", "65"}, {"inshorts", "75"}, {"fivew1h", "60"}, {"basse_es", "100"}} {
		out = append(out, measure{
			group: "summarize", name: set.file + ", at most " + set.words + " words", input: "summarize/" + set.file + ".jsonl",
			args: []string{"summarize", "--jsonl", "--words", set.words, "%"},
			tool: "sumeval", score: []string{"-set", "%/summarize/" + set.file + ".jsonl", "-pred", "@"},
		})
	}
	out = append(out, measure{
		group: "summarize", name: "fivew1h, at most 120 words an event", input: "summarize/fivew1h.jsonl", byEvent: true,
		args: []string{"summarize", "--jsonl", "--events", "--words", "120", "%"},
		tool: "sumeval", score: []string{"-set", "%/summarize/fivew1h.jsonl", "-pred", "@"},
	})
	for _, set := range []string{"uci", "allsides", "week", "basil"} {
		out = append(out, measure{
			group: "events", name: set, input: "events/" + set + ".jsonl", args: []string{"events", "--jsonl", "%"},
			tool: "eventseval", score: []string{"-gold", "%/events/" + set + ".jsonl", "-pred", "@"},
		})
	}
	return append(out,
		measure{
			group: "events", name: "copies", input: "events/neardup_pairs.jsonl", args: []string{"events", "--pairs", "%"},
			tool: "eventseval", score: []string{"-mode", "neardup", "-gold", "%/events/neardup_pairs.jsonl", "-pred", "@"},
		},
		measure{
			group: "ask", name: "articles found", input: "qa/rtqa_corpus.jsonl", stdin: "qa/rtqa_questions.jsonl",
			args: []string{"ask", "--corpus", "%", "--jsonl"},
			tool: "qaeval", score: []string{"-mode", "retrieval", "-gold", "%/qa/rtqa_questions.jsonl", "-pred", "@"},
		},
		measure{
			group: "ask", name: "answers", input: "qa/rtqa_corpus.jsonl", stdin: "qa/rtqa_questions.jsonl",
			args: []string{"ask", "--corpus", "%", "--jsonl"},
			tool: "qaeval", score: []string{"-mode", "answer", "-gold", "%/qa/rtqa_questions.jsonl", "-pred", "@"},
		},
		measure{
			group: "ask", name: "evidence for questions over several articles", input: "qa/multihop_corpus.jsonl", stdin: "qa/multihop_questions.jsonl",
			args: []string{"ask", "--corpus", "%", "--jsonl"},
			tool: "qaeval", score: []string{"-mode", "retrieval", "-gold", "%/qa/multihop_questions.jsonl", "-pred", "@"},
		},
		measure{
			group: "extract", name: "pages", input: "extract/input.jsonl", args: []string{"extract", "--jsonl", "%"},
			tool: "extracteval", score: []string{"-truth", "%/extract/truth.json", "-pred", "@"},
		},
		measure{
			group: "feeds", name: "feeds", input: "feeds/input.jsonl", args: []string{"feeds", "parse", "--jsonl", "%"},
			tool: "extracteval", score: []string{"-mode", "feeds", "-truth", "%/feeds/truth.json", "-pred", "@"},
		},
	)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, w io.Writer) error {
	flags := flag.NewFlagSet("eval", flag.ContinueOnError)
	root := flags.String("data", "../shared", "folder that holds data/ and tools/")
	only := flags.String("only", "", "comma-separated: summarize, events, ask, extract, feeds")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, dir := range []string{"data", "tools"} {
		if _, err := os.Stat(filepath.Join(*root, dir)); err != nil {
			return fmt.Errorf("there is no %s: name the folder that holds data/ and tools/ with -data", filepath.Join(*root, dir))
		}
	}
	base, err := filepath.Abs(*root)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "newsdesk-eval-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp) //nolint:errcheck // scratch
	b := bench{base: base, tmp: tmp, built: map[string]string{}, out: w}
	groups := strings.FieldsFunc(*only, func(r rune) bool { return r == ',' })
	var failed []error
	for _, m := range measures() {
		if len(groups) > 0 && !slices.Contains(groups, m.group) {
			continue
		}
		if err := b.measure(ctx, m); err != nil {
			failed = append(failed, fmt.Errorf("%s, %s: %w", m.group, m.name, err))
		}
	}
	return errors.Join(failed...)
}

// bench builds what is needed once, and runs measures.
type bench struct {
	base, tmp string
	built     map[string]string // program by folder
	out       io.Writer
}

func (b *bench) measure(ctx context.Context, m measure) error {
	program, err := b.build(ctx, ".", "./cmd/newsdesk")
	if err != nil {
		return err
	}
	tool, err := b.build(ctx, filepath.Join(b.base, "tools", m.tool), ".")
	if err != nil {
		return err
	}
	input := filepath.Join(b.base, "data", m.input)
	var members map[string][]string
	if m.byEvent {
		if input, members, err = b.lift(input); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, program, replaced(m.args, "%", input)...)
	if m.stdin != "" {
		f, err := os.Open(filepath.Join(b.base, "data", m.stdin))
		if err != nil {
			return err
		}
		defer f.Close()
		cmd.Stdin = f
	}
	pred := filepath.Join(b.tmp, "predictions.jsonl")
	start := time.Now() //nolint:forbidigo // a measurement
	said, err := output(cmd)
	if err != nil {
		return err
	}
	took := time.Since(start)
	if m.byEvent {
		if said, err = spread(said, members); err != nil {
			return err
		}
	}
	if err := os.WriteFile(pred, said, 0o600); err != nil {
		return err
	}
	args := replaced(m.score, "@", pred)
	for i, a := range args {
		if rest, ok := strings.CutPrefix(a, "%/"); ok {
			args[i] = filepath.Join(b.base, "data", rest)
		}
	}
	scored, err := output(exec.CommandContext(ctx, tool, args...))
	if err != nil {
		return err
	}
	lines := bytes.Count(said, []byte("\n"))
	_, err = fmt.Fprintf(b.out, "## %s: %s (%d lines in %.1f s)\n%s\n", m.group, m.name, lines, took.Seconds(), bytes.TrimSpace(scored))
	return err
}

// lift writes articles whose event stands in "extra" anew, with the event where
// the program looks for it, and returns the articles of each event.
func (b *bench) lift(input string) (path string, members map[string][]string, err error) {
	in, err := os.ReadFile(input)
	if err != nil {
		return "", nil, err
	}
	var out bytes.Buffer
	members = map[string][]string{}
	for line := range bytes.Lines(in) {
		var a struct {
			ID    string `json:"id"`
			Title string `json:"title"`
			Text  string `json:"text"`
			Extra struct {
				Event string `json:"event"`
			} `json:"extra"`
		}
		if err := json.Unmarshal(line, &a); err != nil {
			return "", nil, fmt.Errorf("read %s: %w", input, err)
		}
		members[a.Extra.Event] = append(members[a.Extra.Event], a.ID)
		row, err := json.Marshal(map[string]string{"id": a.ID, "title": a.Title, "text": a.Text, "event": a.Extra.Event})
		if err != nil {
			return "", nil, err
		}
		out.Write(append(row, '\n'))
	}
	path = filepath.Join(b.tmp, "events.jsonl")
	return path, members, os.WriteFile(path, out.Bytes(), 0o600)
}

// spread gives the summary of an event to each of its articles.
func spread(said []byte, members map[string][]string) ([]byte, error) {
	var out bytes.Buffer
	for line := range bytes.Lines(said) {
		var row struct {
			Event   string   `json:"event"`
			Summary []string `json:"summary"`
		}
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, err
		}
		for _, id := range members[row.Event] {
			one, err := json.Marshal(map[string]any{"id": id, "summary": row.Summary})
			if err != nil {
				return nil, err
			}
			out.Write(append(one, '\n'))
		}
	}
	return out.Bytes(), nil
}

func (b *bench) build(ctx context.Context, dir, pkg string) (string, error) {
	if p, ok := b.built[dir]; ok {
		return p, nil
	}
	p := filepath.Join(b.tmp, fmt.Sprintf("program%d", len(b.built)))
	cmd := exec.CommandContext(ctx, "go", "build", "-o", p, pkg)
	cmd.Dir = dir
	if _, err := output(cmd); err != nil {
		return "", err
	}
	b.built[dir] = p
	return p, nil
}

// output runs a command and returns what it wrote; what it complained of is
// part of the error.
func output(cmd *exec.Cmd) ([]byte, error) {
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", filepath.Base(cmd.Path), err, bytes.TrimSpace(errs.Bytes()))
	}
	return out, nil
}

func replaced(args []string, mark, value string) []string {
	out := slices.Clone(args)
	for i, a := range out {
		if a == mark {
			out[i] = value
		}
	}
	return out
}
