package main

// measure is one run of the program over a set, and its figures.
type measure struct {
	group   string   // what -only names
	name    string   // the set, as the table shows it
	input   string   // below data/: what the program reads
	args    []string // of the program; "%" is the input
	stdin   string   // below data/: what the program reads from standard input
	undated bool     // the questions' days are taken out
	tool    string   // below tools/: what scores; "" for verify, which scores itself
	score   []string // of the tool; "@" is the prediction, "=" the input, a leading "%/" the data folder
	byEvent bool     // articles of an event are summarized together, and scored each
	metrics []metric
	each    string // what one line is, for its time; "" shows none
}

// metric is a figure to be read from what an evaluator says.
type metric struct {
	name   string
	of     string // the part of the set that it is of, and the key before its path; "" for all of it
	path   string // its place: a column, or keys joined by "/"
	least  bool   // the less the better
	target string // of the development set, "" where none is set
}

func measures() []measure {
	shape := []metric{
		{name: "dangling %", path: "dangling", least: true, target: "<= 3"},
		{name: "connectives %", path: "connective", least: true, target: "0"},
		{name: "unclosed quotes %", path: "badquote", least: true, target: "0"},
		{name: "overlap %", path: "redundant", least: true, target: "<= 20"},
	}
	invented := metric{name: "numbers not in source %", path: "novel_num", least: true, target: "0"}
	rouge := func(targets ...string) []metric {
		return []metric{{name: "R1", path: "R1", target: targets[0]}, {name: "R2", path: "R2", target: targets[1]}, {name: "RLsum", path: "RLsum", target: targets[2]}}
	}
	var out []measure
	add := func(file, words string, metrics ...metric) {
		score := []string{"-csv", "-set", "%/summarize/" + file + ".jsonl", "-pred", "@"}
		if file == "basse_es" {
			score = append(score, "-unicode")
		}
		out = append(out, measure{
			group: "summarize", name: file + " " + words + "w", input: "summarize/" + file + ".jsonl", each: "article",
			args: []string{"summarize", "--jsonl", "--words", words, "%"}, tool: "sumeval", score: score, metrics: metrics,
		})
	}
	add("cnndm_val", "65", append(append(rouge(">= 33.5", ">= 13.3", ">= 29.5"), shape...), invented)...)
	add("inshorts", "75", append(append(rouge(">= 49.5", ">= 26", ">= 43"), shape...), invented)...)
	add("fivew1h", "60", append([]metric{{name: "5W1H", path: "5w1h", target: ">= 80"}}, shape...)...)
	add("basse_es", "100", rouge("", "", "")...)
	out = append(out, measure{
		group: "summarize", name: "fivew1h event 120w", input: "summarize/fivew1h.jsonl", byEvent: true, tool: "sumeval",
		args: []string{"summarize", "--jsonl", "--events", "--words", "120", "%"}, score: []string{"-csv", "-set", "%/summarize/fivew1h.jsonl", "-pred", "@"},
		metrics: append([]metric{{name: "5W1H", path: "5w1h", target: ">= 82"}}, shape...),
	})
	for _, file := range []string{"cnndm_val", "inshorts", "fivew1h", "basse_es"} {
		out = append(out, measure{
			group: "verify", name: file, input: "summarize/" + file + ".jsonl", args: []string{"summarize", "--jsonl", "--words", "100", "%"},
			metrics: []metric{{name: "facts not supported %", path: "unsupported", least: true, target: "<= 1"}},
		})
	}
	out = append(out, eventMeasures()...)
	out = append(out, askMeasures()...)
	return append(out,
		measure{
			group: "extract", name: "pages", input: "extract/input.jsonl", args: []string{"extract", "--jsonl", "%"}, each: "page",
			tool: "extracteval", score: []string{"-json", "-truth", "%/extract/truth.json", "-pred", "@"},
			metrics: []metric{
				// Targets stand beside what they are set for: on pages of other
				// languages words cannot be told apart everywhere, on scrapinghub's
				// there is no title.
				{of: "scrapinghub", name: "F1", path: "f1", target: ">= 0.972"},
				{of: "scrapinghub", name: "recall", path: "recall", target: ">= 0.978"},
				{of: "scrapinghub", name: "word F1", path: "word_f1"},
				{of: "wcxb", name: "F1", path: "f1"},
				{of: "wcxb", name: "word F1", path: "word_f1", target: ">= 0.967"},
				{of: "wcxb", name: "snippets kept out", path: "without", target: ">= 0.92"},
				{of: "wcxb", name: "snippets kept", path: "with"},
				{of: "wcxb", name: "title exact", path: "meta_title", target: ">= 0.85"},
				{of: "wcxb", name: "byline right", path: "meta_byline", target: ">= 0.72"},
				{of: "wcxb", name: "byline made up", path: "meta_byline_made_up", least: true, target: "<= 0.20"},
				{of: "wcxb", name: "date right", path: "meta_date", target: ">= 0.75"},
				{of: "wcxb", name: "date wrong", path: "meta_date_wrong", least: true, target: "<= 0.02"},
				{of: "wcxb", name: "date made up", path: "meta_date_made_up", least: true, target: "<= 0.03"},
				{of: "multi", name: "5-letter F1", path: "char_f1", target: ">= 0.955"},
				{of: "multi", name: "title exact", path: "meta_title", target: ">= 0.85"},
				{of: "multi", name: "language", path: "meta_language"},
				{of: "multi", name: "image", path: "meta_image"},
				{of: "multi", name: "canonical", path: "meta_canonical"},
				{name: "pages without a text", path: "*/empty", least: true, target: "0"},
			},
		},
		measure{
			group: "feeds", name: "feeds", input: "feeds/input.jsonl", args: []string{"feeds", "parse", "--jsonl", "%"},
			tool: "extracteval", score: []string{"-json", "-mode", "feeds", "-truth", "%/feeds/truth.json", "-pred", "@"},
			metrics: []metric{
				{name: "documents right", path: "ALL/docs_right", target: "1"},
				{name: "feed titles", path: "ALL/feed_title", target: ">= 0.998"},
				{name: "titles", path: "ALL/item_title", target: ">= 0.998"},
				{name: "addresses", path: "ALL/item_url", target: ">= 0.998"},
				{name: "ids", path: "ALL/item_id", target: ">= 0.998"},
				{name: "dates", path: "ALL/item_date", target: ">= 0.998"},
			},
		},
	)
}

func eventMeasures() []measure {
	var out []measure
	for _, set := range [][2]string{{"uci", ">= 0.82"}, {"allsides", ">= 0.90"}, {"week", ">= 0.94"}, {"basil", ">= 0.99"}} {
		metrics := []metric{{name: "B-cubed F1", path: "bcubed_f1", target: set[1]}}
		if set[0] == "week" {
			metrics = append(metrics, metric{name: "posts an event", path: "posts_per_event", least: true, target: "<= 1.15"},
				metric{name: "mixed posts", path: "mixed_posts", least: true, target: "<= 0.25"})
		}
		out = append(out, measure{
			group: "events", name: set[0], input: "events/" + set[0] + ".jsonl", args: []string{"events", "--jsonl", "%"}, each: "article",
			tool: "eventseval", score: []string{"-gold", "=", "-pred", "@"}, metrics: metrics,
		})
	}
	return append(out, measure{
		group: "events", name: "copies", input: "events/neardup_pairs.jsonl", args: []string{"events", "--pairs", "%"},
		tool: "eventseval", score: []string{"-mode", "neardup", "-gold", "=", "-pred", "@"},
		metrics: []metric{
			{name: "F1", path: "f1", target: ">= 0.985"},
			{name: "boilerplate traps taken for copies", path: "said_duplicate_by_kind/trap", least: true, target: "<= 0.375"}, // 3 of the 8
		},
	})
}

// askMeasures have each figure with the day of the question and without it: the
// day flatters.
func askMeasures() []measure {
	found := func(hit, mrr string) []metric {
		return []metric{{name: "Hit@1", path: "hit_at/1", target: hit}, {name: "MRR@10", path: "mrr_10", target: mrr}}
	}
	answers := []metric{
		{name: "answer in 300 chars", path: "contains_answer", target: ">= 0.87"},
		{name: "AUROC of nothing found", path: "auroc_score", target: ">= 0.96"},
		{name: "right overall", path: "right_overall", target: ">= 0.82"},
		{name: "right refusals", path: "abstain_recall", target: ">= 0.90"},
	}
	var out []measure
	for _, undated := range []bool{false, true} {
		name, targets := "rtqa dated", found(">= 0.975", "")
		if undated {
			name, targets = "rtqa undated", found(">= 0.87", ">= 0.92")
		}
		for _, part := range []struct {
			mode    string
			metrics []metric
		}{{"retrieval", targets}, {"answer", answers}} {
			m := measure{
				group: "ask", name: name, input: "qa/rtqa_corpus.jsonl", stdin: "qa/rtqa_questions.jsonl", undated: undated,
				args: []string{"ask", "--corpus", "%", "--jsonl"}, tool: "qaeval",
				score: []string{"-mode", part.mode, "-gold", "%/qa/rtqa_questions.jsonl", "-pred", "@"}, metrics: part.metrics,
			}
			if part.mode == "retrieval" {
				m.each = "question"
			}
			out = append(out, m)
		}
	}
	return append(out, measure{
		group: "ask", name: "multihop", input: "qa/multihop_corpus.jsonl", stdin: "qa/multihop_questions.jsonl", each: "question",
		args: []string{"ask", "--corpus", "%", "--jsonl"}, tool: "qaeval",
		score:   []string{"-mode", "retrieval", "-gold", "%/qa/multihop_questions.jsonl", "-pred", "@"},
		metrics: []metric{{name: "evidence@4", path: "evidence_at/4", target: ">= 0.80"}, {name: "evidence@10", path: "evidence_at/10", target: ">= 0.92"}},
	})
}
