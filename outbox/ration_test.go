package outbox

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

// ration is an account of edits in which there is room for some.
type ration struct {
	store  *rows
	room   int
	putOff []time.Time
}

func (r *ration) BookEdit(_ context.Context, p news.Post, _ time.Time, hourly int) (bool, error) {
	if r.room--; r.room >= 0 && hourly == OldEdits {
		return true, nil
	}
	return false, r.store.mark(p.ID, "apart", "")
}

func (r *ration) PutOff(_ context.Context, p news.Post, until time.Time, why string) error {
	r.putOff = append(r.putOff, until)
	return r.store.mark(p.ID, "apart", why)
}

// B14: an edit that its message does not take for now, by our count or by
// Discord's, holds nothing back.
func TestRelay_EditsThatMustWaitHoldNothingBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		edit := func(key string) news.Post { return news.Post{Channel: "c", Kind: news.PostEdit, Key: key} }
		store := newRows(edit("made"), edit("refused"), edit("too many"), news.Post{Channel: "c", Kind: news.PostAlert, Key: "alert"})
		count := &ration{store: store, room: 2}
		send := &script{answers: map[string][]error{"refused": {Rationed(After(20*time.Minute, errors.New("30046")))}}}
		start := time.Now()
		play(t, store, send, Options{Edits: count})
		if diff := cmp.Diff([]string{"made", "alert"}, send.arrived["c"]); diff != "" {
			t.Errorf("arrived (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]time.Time{start.Add(20 * time.Minute)}, count.putOff); diff != "" {
			t.Errorf("put off until (-want +got):\n%s", diff)
		}
	})
}
