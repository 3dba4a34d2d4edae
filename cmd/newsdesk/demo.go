package main

import (
	"errors"
	"fmt"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"

	"github.com/spf13/cobra"
)

func newDemo(g *garbage) *cobra.Command {
	var once, verbose bool
	var pace float64
	listen := config.Default().Preview.Listen
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Play invented news on a page on this machine",
		Long: `Play invented news on a page on this machine: thirteen articles by four outlets
on four happenings come in over a minute, are condensed, grouped and posted, and
a question is answered. It needs no network, no configuration and no Discord, and
leaves nothing behind.`,
		Example: "  newsdesk demo\n  newsdesk demo --once --pace 10",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if pace < 0.1 || pace > 100 {
				return usageError{errors.New("--pace must be between 0.1 and 100")}
			}
			logging := config.Default().Log
			if !verbose {
				logging.Level = "warn"
			}
			g.lasts()
			_ = releaseProgram() // where the system does not let it, the program only takes more memory
			return app.Demo(cmd.Context(), app.DemoOptions{
				Version: version(), Log: newLogger(logging, cmd.ErrOrStderr()), Now: time.Now,
				Pace: pace, Listen: listen, Once: once, Out: cmd.OutOrStdout(),
				Ready: func(address string) {
					_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "Open %s in a browser. Ctrl-C ends the demo.\n", address)
				},
			})
		},
	}
	f := cmd.Flags()
	f.BoolVar(&once, "once", false, "end when everything was played, and print the channels")
	f.Float64Var(&pace, "pace", 1, "how many times faster than a minute")
	f.StringVar(&listen, "listen", listen, "loopback address and port of the page; another port is taken if that one is not free")
	f.BoolVarP(&verbose, "verbose", "v", false, "show what the pipeline does")
	return cmd
}
