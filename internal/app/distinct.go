package app

import (
	"slices"

	"newsdesk/news"
	"newsdesk/summarize"
)

// distinct leaves out of the facts of an event, and of what its newcomer states,
// those that only say again what another says: one that readers know, else one that
// ranks higher. What takes something back, or is in dispute, stays.
func distinct(d *summarize.Dossier, shown, merged, own []news.Fact) (facts, stated []news.Fact) {
	restates := d.Restating()
	plain := func(f news.Fact) bool { return f.Was == (news.Version{}) && len(f.Differs) == 0 }
	again := func(f news.Fact, known []news.Fact) bool {
		return plain(f) && slices.ContainsFunc(known, func(k news.Fact) bool { return k.Article != f.Article && restates(f, k) })
	}
	known := slices.DeleteFunc(slices.Clone(shown), func(s news.Fact) bool { // that are among the facts no longer
		return !slices.ContainsFunc(merged, func(f news.Fact) bool { return f.Article == s.Article && f.Text == s.Text })
	})
	for _, f := range merged {
		if slices.ContainsFunc(known, func(k news.Fact) bool { return k.Article == f.Article && k.Text == f.Text }) || !again(f, slices.Concat(known, facts)) {
			facts = append(facts, f)
		}
	}
	stated = slices.DeleteFunc(slices.Clone(own), func(f news.Fact) bool { return again(f, facts) })
	return facts, stated
}
