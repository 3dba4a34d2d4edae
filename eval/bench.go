package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// bench builds what is needed once, and runs measures.
type bench struct {
	base, tmp string
	built     map[string]string // program by folder
	said      map[string]answer // what the program said, by its command line and input
}

// answer is what the program said, and how long it took.
type answer struct {
	lines []byte
	took  time.Duration
}

// measure runs the program over a set and returns its figures.
func (b *bench) measure(ctx context.Context, m measure) ([]figure, error) {
	program, err := b.build(ctx, ".", "./cmd/newsdesk")
	if err != nil {
		return nil, err
	}
	input, members, err := b.prepare(m)
	if err != nil {
		return nil, err
	}
	heard, err := b.ask(ctx, m, program, input)
	if err != nil {
		return nil, err
	}
	said := heard.lines
	lines := bytes.Count(said, []byte("\n"))
	if m.byEvent {
		if said, err = spread(said, members); err != nil {
			return nil, err
		}
	}
	scored, err := b.scored(ctx, m, program, input, said)
	if err != nil {
		return nil, err
	}
	figures, err := m.read(scored)
	if err == nil && m.each != "" && lines > 0 {
		figures = append(figures, figure{
			set: m.group + " " + m.name, metric: "ms a " + m.each + ", start included",
			value: heard.took.Seconds() * 1000 / float64(lines), least: true, timed: true,
		})
	}
	return figures, err
}

// ask runs the program on a measure's input, once for measures that differ only
// in their scoring.
func (b *bench) ask(ctx context.Context, m measure, program, input string) (answer, error) {
	key := fmt.Sprint(m.args, m.input, m.stdin, m.undated)
	if heard, ok := b.said[key]; ok {
		return heard, nil
	}
	cmd := exec.CommandContext(ctx, program, replaced(m.args, "%", input)...)
	if m.stdin != "" {
		questions, err := os.ReadFile(filepath.Join(b.base, "data", m.stdin))
		if err != nil {
			return answer{}, err
		}
		if m.undated {
			if questions, err = undated(questions); err != nil {
				return answer{}, err
			}
		}
		cmd.Stdin = bytes.NewReader(questions)
	}
	start := time.Now() //nolint:forbidigo // a measurement
	said, err := output(cmd)
	if err != nil {
		return answer{}, err
	}
	b.said[key] = answer{said, time.Since(start)}
	return b.said[key], nil
}

// prepare returns the file that the program is to read: the set, or a copy that
// it and the evaluator can use.
func (b *bench) prepare(m measure) (input string, members map[string][]string, err error) {
	input = filepath.Join(b.base, "data", m.input)
	switch {
	case m.byEvent:
		return b.lift(input)
	case slices.Contains(m.score, "="):
		in, err := os.ReadFile(input)
		if err != nil {
			return "", nil, err
		}
		if in, err = uniqueIDs(in); err != nil {
			return "", nil, fmt.Errorf("read %s: %w", input, err)
		}
		input = filepath.Join(b.tmp, "set.jsonl")
		return input, nil, os.WriteFile(input, in, 0o600)
	}
	return input, nil, nil
}

// scored returns what the evaluator says of what the program said.
func (b *bench) scored(ctx context.Context, m measure, program, input string, said []byte) ([]byte, error) {
	if m.tool == "" {
		articles, err := os.ReadFile(input)
		if err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, program, "verify", "--jsonl")
		facts, err := claimed(articles, said)
		if err != nil {
			return nil, err
		}
		cmd.Stdin = bytes.NewReader(facts)
		verdicts, err := output(cmd)
		if err != nil {
			return nil, err
		}
		return unsupported(verdicts)
	}
	tool, err := b.build(ctx, filepath.Join(b.base, "tools", m.tool), ".")
	if err != nil {
		return nil, err
	}
	pred := filepath.Join(b.tmp, "predictions.jsonl")
	if err := os.WriteFile(pred, said, 0o600); err != nil {
		return nil, err
	}
	args := replaced(replaced(m.score, "@", pred), "=", input)
	for i, a := range args {
		if rest, ok := strings.CutPrefix(a, "%/"); ok {
			args[i] = filepath.Join(b.base, "data", rest)
		}
	}
	return output(exec.CommandContext(ctx, tool, args...))
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
