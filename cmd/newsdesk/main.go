// Command newsdesk is a Discord bot that posts summaries of news events. See
// README.md for what it does and config.example.toml for its configuration.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitFailure = 1
	exitUsage   = 2
)

func main() {
	g := newGarbage()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := execute(ctx, g, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// usageError is a command line that makes no sense.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// execute runs one command line and returns the exit code.
func execute(ctx context.Context, g *garbage, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot(g)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch usage := (usageError{}); {
	case err == nil:
		return 0
	case errors.As(err, &usage), strings.HasPrefix(err.Error(), "unknown command"):
		_, _ = fmt.Fprintf(stderr, "newsdesk: %v. See \"newsdesk --help\".\n", firstLine(err))
		return exitUsage
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return exitFailure // interrupted: the person knows
	default:
		_, _ = fmt.Fprintf(stderr, "newsdesk: %v\n", err)
		return exitFailure
	}
}

// firstLine drops the suggestions that are set below an error.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return strings.TrimSuffix(line, ".")
}

func newRoot(g *garbage) *cobra.Command {
	root := &cobra.Command{
		Use:   "newsdesk",
		Short: "A Discord bot that posts summaries of news events",
		Long: `Newsdesk reads news feeds, condenses each article into its key facts, makes
one event of the articles that tell of the same happening, and posts it into
the Discord channels that follow the topic.

Begin with "newsdesk demo": it plays invented news on a page on this machine.`,
		Example:       "  newsdesk demo\n  newsdesk run --config config.toml",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		newRun(g), newDemo(g), newSetup(), newDoctor(), newPoll(g), newVersion(),
		newExtract(), newSummarize(), newVerify(), newEvents(), newAsk(), newFeeds(),
		newReplay(), newWhy(), newBackup(), newRestore(), newMigrate(),
	)
	return root
}

// atMost is cobra's check of the number of arguments as a usage error.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usageError{fmt.Errorf("%s takes at most %d %s, not %d", cmd.CommandPath(), n, plural(n, "argument", "arguments"), len(args))}
		}
		return nil
	}
}
