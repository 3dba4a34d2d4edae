package app

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The operator is told each minute how many articles wait, how many were read and how
// long the rest takes, and once that they are read; of a few nothing is said.
func TestBacklog_TellsHowFarItIs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		counts := []int{499, 9000, 6000, 6500, -1, 300, 200}
		b := &backlog{
			waiting: func(context.Context) (int, error) {
				n := counts[0]
				if counts = counts[1:]; n < 0 {
					return 0, errors.New("the database is busy")
				}
				return n, nil
			},
			now: time.Now,
			log: slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
				if a.Key == slog.TimeKey {
					return slog.Attr{}
				}
				return a
			}})),
		}
		ctx, stop := context.WithTimeout(t.Context(), 7*backlogEvery+time.Second)
		defer stop()
		if err := b.run(ctx); err != nil {
			t.Fatal(err)
		}
		want := strings.Join([]string{
			`level=INFO msg="articles wait to be read; new ones come first" waiting=9000`,
			`level=INFO msg="articles wait to be read; new ones come first" waiting=6000 read=3000 left=2m0s`,
			`level=INFO msg="articles wait to be read; new ones come first" waiting=6500`,
			`level=ERROR msg="waiting articles not counted" error="the database is busy"`,
			`level=INFO msg="articles are read" waiting=300`,
		}, "\n") + "\n"
		if said.String() != want {
			t.Errorf("got\n%s\nwant\n%s", said.String(), want)
		}
	})
}
