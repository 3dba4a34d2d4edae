package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead_FindsFiguresInWhatEvaluatorsSay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		said string
		m    measure
		want []figure
	}{
		"a table": {
			"system,n,missing,R1,R2,keyfact,5w1h,dangling\nout,3,0,31.25,11.50,-,80.10,2.00\n",
			measure{group: "summarize", name: "s", metrics: []metric{{name: "R1", path: "R1", target: ">= 30"}, {name: "dangling %", path: "dangling", least: true}}},
			[]figure{{set: "summarize s", metric: "R1", value: 31.25, target: ">= 30"}, {set: "summarize s", metric: "dangling %", value: 2, least: true}},
		},
		"an object": {
			`{"questions": 4, "hit_at": {"1": 0.5, "10": 0.75}, "mrr_10": 0.6, "note": "x"}`,
			measure{group: "ask", name: "q", metrics: []metric{{name: "Hit@1", path: "hit_at/1"}, {name: "MRR@10", path: "mrr_10"}}},
			[]figure{{set: "ask q", metric: "Hit@1", value: 0.5}, {set: "ask q", metric: "MRR@10", value: 0.6}},
		},
		"each set": {
			`{"b": {"f1": 0.9}, "a": {"f1": 0.8, "with": 1}}`,
			measure{group: "extract", name: "pages", metrics: []metric{{name: "F1", path: "*/f1"}}},
			[]figure{{set: "extract pages a", metric: "F1", value: 0.8}, {set: "extract pages b", metric: "F1", value: 0.9}},
		},
		"one set": {
			`{"b": {"f1": 0.9}, "a": {"f1": 0.8, "with": 1}}`,
			measure{group: "extract", name: "pages", metrics: []metric{{of: "b", name: "F1", path: "f1", target: ">= 0.95"}}},
			[]figure{{set: "extract pages b", metric: "F1", value: 0.9, target: ">= 0.95"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := c.m.read([]byte(c.said))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(figure{})); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
	for _, said := range []string{"", "R1\n", "a,b\n1\n", "R1\n1\n2\n", `{"R1": "x"}`, "keyfact\n-\n"} {
		if got, err := (measure{metrics: []metric{{name: "R1", path: "R1"}}}).read([]byte(said)); err == nil {
			t.Errorf("%q was read as %v", said, got)
		}
	}
}

func TestFloors_LieALittleBelow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value float64
		least bool
		want  float64
	}{{31.25, false, 31.0}, {0.878, false, 0.873}, {1, false, 0.995}, {0, false, 0}, {2.03, true, 2.05}, {0, true, 0}, {18.2, true, 18.3}, {0.251, true, 0.253}} {
		if got := floorOf(c.value, c.least); got != c.want {
			t.Errorf("floorOf(%v, %v) = %v, want %v", c.value, c.least, got, c.want)
		}
	}
}

func TestCheck_SaysWhatFell(t *testing.T) {
	t.Parallel()
	f := floors{}
	was := []figure{{set: "a", metric: "F1", value: 0.9}, {set: "a", metric: "dangling", value: 2, least: true}, {set: "a", metric: "ms", value: 7, timed: true}}
	f.raise(was)
	if len(f) != 2 {
		t.Errorf("floors %v, want none of a time", f)
	}
	if err := f.check(was, true); err != nil {
		t.Errorf("the run that made the floors fails: %v", err)
	}
	err := f.check([]figure{{set: "a", metric: "F1", value: 0.8}, {set: "a", metric: "dangling", value: 3, least: true}, {set: "a", metric: "new", value: 1}}, true)
	want := "a: F1 is 0.800, and must be at least 0.895\na: dangling is 3.00, and must be at most 2.01\na: new has no floor: run with -update and commit the file"
	if err == nil || err.Error() != want {
		t.Errorf("got:\n%v\nwant:\n%s", err, want)
	}
	if err := f.check(was[:1], true); err == nil || !strings.Contains(err.Error(), "was not measured") {
		t.Errorf("a floor without a figure: %v", err)
	}
	if err := f.check(was[:1], false); err != nil {
		t.Errorf("part of the measures: %v", err)
	}
}

func TestFloors_AreKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "floor.json")
	f, err := loadFloors(path)
	if err != nil || len(f) != 0 {
		t.Fatalf("no file: %v, %v", f, err)
	}
	f["a: F1"] = 0.9
	if err := f.save(path); err != nil {
		t.Fatal(err)
	}
	if got, err := loadFloors(path); err != nil || !cmp.Equal(got, f) {
		t.Errorf("got %v, %v", got, err)
	}
	var b strings.Builder
	if err := printTable(&b, []figure{{set: "a", metric: "F1", value: 0.8, target: ">= 0.95"}}, f); err != nil {
		t.Fatal(err)
	}
	if want := "set  metric  value  floor  target   \na    F1      0.800  0.900  >= 0.95  BELOW\n"; b.String() != want {
		t.Errorf("table:\n%q\nwant:\n%q", b.String(), want)
	}
}

func TestRun_WithoutData(t *testing.T) {
	t.Parallel()
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	var b strings.Builder
	if err := run(t.Context(), []string{"-check", "-data", nowhere}, &b); err == nil || !strings.Contains(err.Error(), "there is no") {
		t.Errorf("without data: %v", err)
	}
	if err := run(t.Context(), []string{"-check", "-if-present", "-data", nowhere}, &b); err != nil || !strings.Contains(b.String(), "SKIPPED") {
		t.Errorf("if present: %v, said %q", err, b.String())
	}
}

// The committed floors are of figures that are measured.
func TestPrintTable_SaysWhichTargetsAreMissed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f      figure
		missed bool
	}{
		{figure{value: 0.96, target: ">= 0.95"}, false},
		{figure{value: 0.9497, target: ">= 0.95"}, false}, // shown as 0.950
		{figure{value: 0.94, target: ">= 0.95"}, true},
		{figure{value: 0.02, target: "<= 0.02", least: true}, false},
		{figure{value: 0.05, target: "<= 0.02", least: true}, true},
		{figure{value: 1, target: "1"}, false},
		{figure{value: 0.99, target: "1"}, true},
		{figure{value: 0.01, target: "0", least: true}, true},
		{figure{value: 0.01}, false},
	} {
		var b bytes.Buffer
		if err := printTable(&b, []figure{c.f}, floors{}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(b.String(), "missed"); got != c.missed {
			t.Errorf("%+v: missed %v, want %v", c.f, got, c.missed)
		}
	}
}

func TestFloors_NameMeasures(t *testing.T) {
	t.Parallel()
	f, err := loadFloors("floor.json")
	if err != nil || len(f) == 0 {
		t.Fatalf("%d floors: %v", len(f), err)
	}
	for key := range f {
		known := strings.HasPrefix(key, "topics ") || strings.HasPrefix(key, "languages ") || strings.HasPrefix(key, "headlines: ") // what eval measures by itself
		for _, m := range measures() {
			for _, x := range m.metrics {
				known = known || strings.HasPrefix(key, m.group+" "+m.name) && strings.HasSuffix(key, ": "+x.name)
			}
		}
		if !known {
			t.Errorf("floor.json holds %q, which nothing measures", key)
		}
	}
}

func TestPrepare_RewritesSets(t *testing.T) {
	t.Parallel()
	got, err := uniqueIDs([]byte("{\"id\":\"a\",\"n\":1}\n\n{\"id\":\"b\"}\n{\"id\":\"a\"}\n"))
	if want := "{\"id\":\"a\",\"n\":1}\n{\"id\":\"b\"}\n{\"id\":\"a#2\"}\n"; err != nil || string(got) != want {
		t.Errorf("uniqueIDs: %s, %v", got, err)
	}
	got, err = undated([]byte(`{"asked":"2026-03-01","qid":"q"}` + "\n"))
	if want := `{"qid":"q"}` + "\n"; err != nil || string(got) != want {
		t.Errorf("undated: %s, %v", got, err)
	}
	got, err = claimed([]byte(`{"id":"a","text":"T."}`+"\n"), []byte(`{"id":"a","facts":[{"text":"T."}]}`+"\n"))
	if want := `{"facts":[{"text":"T."}],"id":"a","text":"T."}` + "\n"; err != nil || string(got) != want {
		t.Errorf("claimed: %s, %v", got, err)
	}
	got, err = unsupported([]byte(`{"facts":[{"supported":true},{"supported":false}]}` + "\n" + `{"facts":[{"supported":true},{"supported":true}]}` + "\n"))
	if want := `{"facts":4,"unsupported":25}`; err != nil || string(got) != want {
		t.Errorf("unsupported: %s, %v", got, err)
	}
	if _, err := unsupported(nil); err == nil {
		t.Error("no facts at all are no good result")
	}
	got, err = spread([]byte(`{"event":"e","summary":["x"]}`+"\n"), map[string][]string{"e": {"a", "b"}})
	if want := "{\"id\":\"a\",\"summary\":[\"x\"]}\n{\"id\":\"b\",\"summary\":[\"x\"]}\n"; err != nil || string(got) != want {
		t.Errorf("spread: %s, %v", got, err)
	}
	b := bench{tmp: t.TempDir()}
	set := filepath.Join(b.tmp, "in.jsonl")
	if err := os.WriteFile(set, []byte(`{"id":"a","text":"T","extra":{"event":"e"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	path, members, err := b.lift(set)
	if err != nil || !cmp.Equal(members, map[string][]string{"e": {"a"}}) {
		t.Fatalf("lift: %v, %v", members, err)
	}
	if out, err := os.ReadFile(path); err != nil || !strings.Contains(string(out), `"event":"e"`) {
		t.Errorf("lift wrote %s, %v", out, err)
	}
}
