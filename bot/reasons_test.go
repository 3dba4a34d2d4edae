package bot

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"newsdesk/news"
	"newsdesk/trail"
)

// constants returns the values of a package's constants of a string type.
func constants(t *testing.T, folder, typ string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if id, ok := spec.Type.(*ast.Ident); !ok || id.Name != typ {
				return true
			}
			for _, v := range spec.Values {
				if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					s, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, s)
				}
			}
			return true
		})
	}
	return out
}

// Whoever adds a reason or an outcome must say what it means.
func TestReasons_AllHaveWords(t *testing.T) { // M23
	t.Parallel()
	reasons, outcomes := constants(t, "../events", "Reason"), constants(t, "../news", "Outcome")
	if len(reasons) < 8 || len(outcomes) < 3 {
		t.Fatalf("found the reasons %q and outcomes %q only", reasons, outcomes)
	}
	for _, r := range reasons {
		if s := articleReason(news.Outcome(r)); !strings.HasSuffix(s, ".") {
			t.Errorf("articleReason has no sentence for the reason %q of package events", r)
		}
	}
	for _, o := range outcomes {
		for _, detail := range []string{"", "major"} {
			if s := channelReason(news.Outcome(o), detail); s == "" || strings.HasSuffix(s, ".") {
				t.Errorf("channelReason has no end of a sentence for the outcome %q of package news: %q", o, s)
			}
		}
	}
}

// Every stage of a channel is told in a line of its own.
func TestChannelLine_EveryStageHasWords(t *testing.T) { // M23
	t.Parallel()
	seen := map[string]trail.Stage{}
	said := map[trail.Stage]bool{trail.StageWaiting: true, trail.StagePlaced: true} // an article's
	for _, ch := range everyStage() {
		s := trail.In(ch, news.Event{Topic: "world"})
		line := channelLine(discordVoice, ch, news.Event{Topic: "world"}, nil)
		if strings.Contains(line, "nothing is recorded") || strings.Contains(line, ": .") || strings.Contains(line, "  ") {
			t.Errorf("%s: %s", s.Stage, line)
		}
		if other, ok := seen[line]; ok && other != s.Stage {
			t.Errorf("%s and %s are told alike: %s", s.Stage, other, line)
		}
		seen[line], said[s.Stage] = s.Stage, true
	}
	for _, s := range trail.Stages() {
		if !said[s] {
			t.Errorf("no case for the stage %s", s)
		}
	}
}

// Whoever adds a reason for a short digest must say what it means.
func TestDigest_EveryNoteHasWords(t *testing.T) { // B17
	t.Parallel()
	notes := constants(t, "../news", "DigestNote")
	if len(notes) < 6 {
		t.Fatalf("found the notes %q only", notes)
	}
	seen := map[string]bool{}
	for _, n := range notes {
		s := digestNote(news.Digest{Note: news.DigestNote(n)})
		if s == "" || seen[s] {
			t.Errorf("digestNote says %q for %q", s, n)
		}
		seen[s] = true
	}
}

// A recorded failure is told by its cause.
func TestFailure(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]string{
		"missing: Embed Links":                 "**Embed Links** is missing. Grant it in Server settings",
		"missing: View Channel, Send Messages": "**View Channel** and **Send Messages** are missing.",
		"post c:1:1:alert: channel 5: the bot lacks a permission there: it needs …":           "Grant View Channel",
		"edit c:1:2:edit: the message takes no more edits; what is new is told in its thread": "what is new stands in its thread",
		"the channel was deleted":                           "the channel was deleted",
		"post c: dial tcp 10.0.0.1:443: connection refused": "could not be reached",
	} {
		got := failure(reason)
		if !strings.Contains(got, want) || strings.Contains(got, "10.0.0.1") {
			t.Errorf("failure(%q) = %q, want %q in it", reason, got, want)
		}
	}
}
