// Command train fits the weights of package ask on labelled questions and
// writes them to ask/weights.go. It prints how well they do on weeks that they
// were not fitted on. The data are not part of this repository; -data names the
// folder that holds qa/. The same data give the same weights.
//
//	go run ./ask/train -data ../shared/data
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, w io.Writer) error {
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	data := flags.String("data", "../shared/data", "folder that holds qa/")
	source := flags.String("source", "ask", "folder of package ask, whose weights.go is written")
	folds := flags.Int("folds", 5, "parts of the weeks that are held out in turn")
	dry := flags.Bool("n", false, "print how well it does, and write nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir := filepath.Join(*data, "qa")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no %s: name the folder that holds qa/ with -data", dir)
	}
	examples, err := load(ctx, dir)
	if err != nil {
		return err
	}
	names, err := featureNames(*source)
	if err != nil {
		return err
	}
	t, err := newTrainer(ctx, examples, names["numConfidence"])
	if err != nil {
		return err
	}
	weights, err := t.train(ctx, w, *folds)
	if err != nil || *dry {
		return err
	}
	return write(*source, names, &weights)
}
