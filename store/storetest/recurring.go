package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var recurringTests = map[string]func(*testing.T, *desk){
	"RecurringLinesAreKeptForEachSiteAndBounded": func(t *testing.T, d *desk) {
		ctx := t.Context()
		d.must(d.SaveRecurring(ctx, "a.example", []int64{-3, 7}, noon, 10))
		d.must(d.SaveRecurring(ctx, "b.example", []int64{7}, noon, 10))
		d.must(d.SaveRecurring(ctx, "a.example", []int64{7, 9}, noon.Add(time.Hour), 10))
		check := func(site string, since time.Time, want map[int64]time.Time) {
			t.Helper()
			got, err := d.RecurringLines(ctx, site, since)
			d.must(err)
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("%s: got, want:\n%s", site, diff)
			}
		}
		check("a.example", noon, map[int64]time.Time{-3: noon, 7: noon.Add(time.Hour), 9: noon.Add(time.Hour)})
		check("a.example", noon.Add(time.Minute), map[int64]time.Time{7: noon.Add(time.Hour), 9: noon.Add(time.Hour)})
		check("c.example", noon, map[int64]time.Time{})
		d.must(d.SaveRecurring(ctx, "a.example", []int64{-3}, noon.Add(2*time.Hour), 2))
		check("a.example", noon, map[int64]time.Time{-3: noon.Add(2 * time.Hour), 9: noon.Add(time.Hour)})
		d.must(d.DropRecurring(ctx, noon.Add(time.Minute)))
		check("b.example", noon, map[int64]time.Time{})
		check("a.example", noon, map[int64]time.Time{-3: noon.Add(2 * time.Hour), 9: noon.Add(time.Hour)})
	},
}
