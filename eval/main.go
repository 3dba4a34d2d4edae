// Command eval measures quality on labelled news: it runs the built program
// over the development data, scores what it says with the evaluators that come
// with the data, and prints one table. The data are not part of this
// repository; -data names the folder that holds data/ and tools/.
//
//	go run ./eval -data ../shared                          the table
//	go run ./eval -data ../shared -only summarize,events
//	go run ./eval -data ../shared -check                   fails where a figure is below its floor
//	go run ./eval -data ../shared -update                  makes floors of this run's figures
//
// The floors are in eval/floor.json. Times are shown and never fail.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	data, only, floors       string
	check, update, ifPresent bool
}

func run(ctx context.Context, args []string, w io.Writer) error {
	var o options
	flags := flag.NewFlagSet("eval", flag.ContinueOnError)
	flags.StringVar(&o.data, "data", "../shared", "folder that holds data/ and tools/")
	flags.StringVar(&o.only, "only", "", "comma-separated: summarize, verify, events, ask, extract, feeds, topics, languages")
	flags.StringVar(&o.floors, "floors", filepath.Join("eval", "floor.json"), "file of the floors")
	flags.BoolVar(&o.check, "check", false, "fail where a figure is below its floor")
	flags.BoolVar(&o.update, "update", false, "make floors of this run's figures")
	flags.BoolVar(&o.ifPresent, "if-present", false, "where there are no data, say so and end well")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := present(o.data); err != nil {
		if o.ifPresent {
			_, err = fmt.Fprintf(w, "eval: SKIPPED, NOTHING WAS MEASURED: %v\n", err)
		}
		return err
	}
	held, err := loadFloors(o.floors)
	if err != nil {
		return err
	}
	got, err := measureAll(ctx, o)
	if len(got) > 0 {
		err = errors.Join(err, printTable(w, got, held))
	}
	if err != nil {
		return err
	}
	if o.update {
		held.raise(got)
		if err := held.save(o.floors); err != nil {
			return err
		}
	}
	if o.check {
		return held.check(got, o.only == "")
	}
	return nil
}

// present says what is missing of the data.
func present(root string) error {
	for _, dir := range []string{"data", "tools"} {
		if _, err := os.Stat(filepath.Join(root, dir)); err != nil {
			return fmt.Errorf("there is no %s: name the folder that holds data/ and tools/ with -data", filepath.Join(root, dir))
		}
	}
	return nil
}

// measureAll takes the measures asked for. Where one fails, the others go on.
func measureAll(ctx context.Context, o options) ([]figure, error) {
	base, err := filepath.Abs(o.data)
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "newsdesk-eval-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp) //nolint:errcheck // scratch
	b := bench{base: base, tmp: tmp, built: map[string]string{}, said: map[string]answer{}}
	groups := strings.FieldsFunc(o.only, func(r rune) bool { return r == ',' })
	var got []figure
	var failed []error
	for _, m := range measures() {
		if len(groups) > 0 && !slices.Contains(groups, m.group) {
			continue
		}
		figures, err := b.measure(ctx, m)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s, %s: %w", m.group, m.name, err))
		}
		got = append(got, figures...)
	}
	if len(groups) == 0 || slices.Contains(groups, "topics") {
		figures, err := topicFigures(base)
		if err != nil {
			failed = append(failed, err)
		}
		got = append(got, figures...)
	}
	if len(groups) == 0 || slices.Contains(groups, "headlines") {
		figures, err := headlineFigures(base)
		if err != nil {
			failed = append(failed, err)
		}
		got = append(got, figures...)
	}
	if len(groups) == 0 || slices.Contains(groups, "languages") {
		figures, err := languageFigures()
		if err != nil {
			failed = append(failed, err)
		}
		got = append(got, figures...)
	}
	return got, errors.Join(failed...)
}
