package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What packages make before main runs is made at every start, whatever for. It is
// counted in bytes, which differ little from one machine to the next: making it takes
// time, most of it for the memory.
func TestStart_MakesLittle(t *testing.T) {
	t.Parallel()
	const ours, unused = 900 << 10, 1 << 10
	program, err := exec.LookPath("newsdesk")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, trace)
	}
	// init newsdesk/events @21 ms, 0.14 ms clock, 12616 bytes, 160 allocs
	lines := regexp.MustCompile(`(?m)^init (\S+) @.* (\d+) bytes,`).FindAllSubmatch(trace, -1)
	if len(lines) < 50 {
		t.Fatalf("%d packages were traced", len(lines))
	}
	standIns := regexp.MustCompile(`go-shiori/go-readability|go-domdistiller|go-htmldate|dateparser|gomoji`)
	for _, l := range lines {
		n, err := strconv.Atoi(string(l[2]))
		if err != nil {
			t.Fatal(err)
		}
		switch name := string(l[1]); {
		case strings.HasPrefix(name, "newsdesk/") && !strings.HasSuffix(name, "test") && n > ours:
			t.Errorf("%s makes %d bytes before main runs, at most %d", name, n, ours)
		case standIns.MatchString(name) && n > unused:
			t.Errorf("%s makes %d bytes before main runs: it has a stand-in in third_party", name, n)
		}
	}
}
