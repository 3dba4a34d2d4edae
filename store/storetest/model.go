package storetest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/news"
)

var modelTests = map[string]func(*testing.T, *desk){
	"answers are kept and counted": func(t *testing.T, d *desk) {
		ctx := t.Context()
		if _, err := d.ModelAnswer(ctx, "k", noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("an answer nobody gave: %v, want ErrNotFound", err)
		}
		if err := d.SettleModel(ctx, noon, news.ModelUse{Requests: 1}, "k", "one"); err != nil {
			t.Fatal(err)
		}
		if err := d.SettleModel(ctx, noon, news.ModelUse{}, "k", "two"); err != nil {
			t.Fatal(err)
		}
		if got, err := d.ModelAnswer(ctx, "k", noon); err != nil || got != "two" {
			t.Errorf("answer %q, %v; want the latest", got, err)
		}
		if err := d.SettleModel(ctx, noon.AddDate(0, 0, 31), news.ModelUse{}, "other", "three"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.ModelAnswer(ctx, "k", noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("an answer of 31 days ago: %v, want ErrNotFound", err)
		}
		u, err := d.ModelUse(ctx, noon)
		if err != nil || u.Hits != 1 || u.Requests != 1 {
			t.Errorf("use %+v, %v; want one request and one hit", u, err)
		}
	},
	"a day's sum never passes its limit": func(t *testing.T, d *desk) { // M25
		ctx := t.Context()
		var won atomic.Int64
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				ok, err := d.ReserveModel(ctx, noon, 30, 100)
				if err != nil {
					t.Error(err)
				}
				if ok {
					won.Add(1)
				}
			})
		}
		group.Wait()
		if won.Load() != 3 {
			t.Errorf("%d of 20 bookings of 30 went into 100, want 3", won.Load())
		}
		if err := d.SettleModel(ctx, noon, news.ModelUse{Cost: -25, InputTokens: 7}, "", ""); err != nil {
			t.Fatal(err)
		}
		if ok, err := d.ReserveModel(ctx, noon, 30, 100); err != nil || !ok {
			t.Errorf("booking after 25 were given back: %v, %v", ok, err)
		}
		if u, err := d.ModelUse(ctx, noon); err != nil || u.Cost != 95 || u.InputTokens != 7 {
			t.Errorf("use %+v, %v; want a cost of 95", u, err)
		}
		if ok, err := d.ReserveModel(ctx, noon.Add(12*time.Hour), 100, 100); err != nil || !ok {
			t.Errorf("booking on the next day: %v, %v", ok, err)
		}
		if ok, err := d.ReserveModel(ctx, noon, 1<<40, 0); err != nil || !ok {
			t.Errorf("booking without a limit: %v, %v", ok, err)
		}
	},
}
