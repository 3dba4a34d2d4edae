package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var waitTests = map[string]func(*testing.T, *desk){
	"WaitsLastUntilTheyAreOver": func(t *testing.T, d *desk) { // M18
		ctx := t.Context()
		d.must(d.SaveWait(ctx, "a", noon.Add(time.Hour)))
		d.must(d.SaveWait(ctx, "a", noon.Add(2*time.Minute)))
		d.must(d.SaveWait(ctx, "b", noon.Add(time.Minute+time.Nanosecond)))
		for _, tt := range []struct {
			after time.Duration
			want  map[string]time.Time
		}{
			{0, map[string]time.Time{"a": noon.Add(2 * time.Minute), "b": noon.Add(time.Minute + time.Millisecond)}},
			{90 * time.Second, map[string]time.Time{"a": noon.Add(2 * time.Minute)}},
			{2 * time.Minute, map[string]time.Time{}},
			{0, map[string]time.Time{}}, // what is over is dropped
		} {
			got, err := d.Waits(ctx, noon.Add(tt.after))
			d.must(err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("after %s (-want +got):\n%s", tt.after, diff)
			}
		}
	},
}
