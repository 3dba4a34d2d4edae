package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// maxLine bounds a line of a JSON Lines file, in bytes.
const maxLine = 64 << 20

// openInput opens the file named, or standard input for none and for "-". dir
// is the folder that relative paths inside the file count from.
func openInput(stdin io.Reader, args []string) (r io.ReadCloser, dir string, err error) {
	if len(args) == 0 || args[0] == "-" {
		return io.NopCloser(stdin), ".", nil
	}
	f, err := os.Open(args[0])
	if err != nil {
		return nil, "", fmt.Errorf("read %s: %w", args[0], cause(err))
	}
	return f, filepath.Dir(args[0]), nil
}

// cause drops the path that a file error repeats.
func cause(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}

// eachLine decodes one In from each line of r and writes what do returns, a
// line each, in the order of the input. A line that is no JSON object, or that
// do fails on, is reported on errs with its number, and the rest goes on.
// Unknown fields are ignored. do is called on several lines at once unless
// workers is 1; workers of 0 means as many as there are processors.
func eachLine[In, Out any](ctx context.Context, r io.Reader, w, errs io.Writer, workers int, do func(context.Context, In) (Out, error)) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type job struct {
		line int
		raw  []byte
		done chan struct{}
		out  []byte
		err  error
	}
	ctx, cancel := context.WithCancel(ctx)
	todo := make(chan *job)
	order := make(chan *job, 4*workers)
	var scanErr error
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(todo)
		defer close(order)
		scanner := bufio.NewScanner(r)
		scanner.Buffer(make([]byte, 64<<10), maxLine)
		for n := 1; scanner.Scan(); n++ {
			raw := bytes.TrimSpace(bytes.TrimPrefix(scanner.Bytes(), []byte("\xef\xbb\xbf")))
			if len(raw) == 0 {
				continue
			}
			j := &job{line: n, raw: bytes.Clone(raw), done: make(chan struct{})}
			select {
			case order <- j:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- j:
			case <-ctx.Done():
				return
			}
		}
		if scanErr = scanner.Err(); errors.Is(scanErr, bufio.ErrTooLong) {
			scanErr = fmt.Errorf("a line is longer than %d MB", maxLine>>20)
		}
	})
	for range workers {
		wg.Go(func() {
			for j := range todo {
				var in In
				if j.err = json.Unmarshal(j.raw, &in); j.err != nil {
					j.err = fmt.Errorf("not the JSON object that was expected: %w", j.err)
				} else {
					var out Out
					if out, j.err = do(ctx, in); j.err == nil {
						j.out, j.err = encode(out)
					}
				}
				close(j.done)
			}
		})
	}
	bad := 0
	buf := bufio.NewWriter(w)
	var writeErr error
	for j := range order {
		select {
		case <-j.done:
		case <-ctx.Done():
			continue
		}
		if j.err != nil {
			bad++
			_, _ = fmt.Fprintf(errs, "line %d: %v\n", j.line, j.err)
			continue
		}
		if _, err := buf.Write(j.out); err != nil && writeErr == nil {
			writeErr = err
			cancel()
		}
		if len(order) == 0 { // whoever reads along sees each line as it is ready
			_ = buf.Flush() // the error comes again from the last Flush
		}
	}
	ended := ctx.Err()
	cancel()
	wg.Wait()
	if err := errors.Join(writeErr, buf.Flush()); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	switch {
	case scanErr != nil:
		return fmt.Errorf("read: %w", scanErr)
	case ended != nil:
		return ended
	case bad > 0:
		return fmt.Errorf("%d %s could not be used; the others were written", bad, plural(bad, "line", "lines"))
	}
	return nil
}

// encode is json.Marshal without escaping <, > and &, with a newline.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return b.Bytes(), nil
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
