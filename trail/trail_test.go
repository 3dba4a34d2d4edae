package trail

import (
	"testing"
	"time"

	"newsdesk/news"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// The last stage of an article, and its reason.
func TestOf(t *testing.T) { // M23
	t.Parallel()
	at := noon.Add(time.Minute)
	for name, tt := range map[string]struct {
		item Item
		want Step
	}{
		"waits": {Item{Waiting: true, Article: news.Article{Seen: noon}}, Step{Stage: StageWaiting, At: noon}},
		"page cannot be had": {
			Item{Waiting: true, Attempts: 2, Error: "timeout", Next: at, Article: news.Article{Seen: noon}},
			Step{Stage: StageWaiting, Detail: "timeout", Tries: 2, At: noon, Next: at},
		},
		"joined":                     {Item{Placed: news.Placement{At: at, Reason: "new_facts"}}, Step{Stage: StagePlaced, Outcome: "new_facts", At: at}},
		"a copy":                     {Item{CopyOf: 3, Placed: news.Placement{At: at, Reason: "copy"}}, Step{Stage: StagePlaced, Outcome: "copy", At: at}},
		"a copy that only repeats":   {Item{CopyOf: 3, Placed: news.Placement{At: at, Reason: "repeats"}}, Step{Stage: StagePlaced, Outcome: "copy", At: at}},
		"a copy with another number": {Item{CopyOf: 3, Placed: news.Placement{At: at, Reason: "new_facts"}}, Step{Stage: StagePlaced, Outcome: "new_facts", At: at}},
		"baseline, long ago":         {Item{Article: news.Article{Quiet: true}}, Step{Stage: StagePlaced, Outcome: "quiet"}},
		"copy, long ago":             {Item{CopyOf: 3}, Step{Stage: StagePlaced, Outcome: "copy"}},
		"long ago":                   {Item{}, Step{Stage: StagePlaced}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Of(tt.item)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The last stage of an event in a channel, and its reason.
func TestIn(t *testing.T) { // M23
	t.Parallel()
	sent := func(k news.PostKind) Post { return Post{Kind: k, State: StateSent, Tried: noon} }
	pending := func(k news.PostKind, attempts int) Post {
		return Post{Kind: k, State: StatePending, Attempts: attempts, Reason: "503", Next: noon.Add(time.Hour)}
	}
	dead := func(k news.PostKind) Post {
		return Post{Kind: k, State: StateDead, Attempts: 1, Reason: "refused", Tried: noon}
	}
	digest := func(s State) Post { return Post{Kind: news.PostDigest, State: s, Tried: noon.Add(time.Second)} }
	verdict := func(o news.Outcome) news.Verdict { return news.Verdict{At: noon, Outcome: o, Detail: "d"} }
	for name, tt := range map[string]struct {
		channel Channel
		want    Step
	}{
		"of another topic": {Channel{Topics: []string{"sports"}}, Step{Stage: StageUnfollowed}},
		"of all topics":    {Channel{Topics: []string{news.AllTopics}}, Step{Stage: StageUntold}},
		"of no change":     {Channel{Topics: []string{"world"}}, Step{Stage: StageUntold}},
		"kept out":         {Channel{Verdict: verdict(news.OutcomeBelow)}, Step{Stage: StageKeptOut, Outcome: news.OutcomeBelow, Detail: "d", At: noon}},
		"held": {
			Channel{Held: "later", Verdict: verdict("later")},
			Step{Stage: StageHeld, Outcome: "later", Detail: "d", At: noon},
		},
		"held, and a later article kept out": {
			Channel{Held: "later", Verdict: verdict(news.OutcomeBelow)},
			Step{Stage: StageHeld, Outcome: "later", At: noon},
		},
		"queued": {
			Channel{Verdict: verdict(news.OutcomePosted), Posts: []Post{pending(news.PostAlert, 0)}},
			Step{Stage: StageQueued, Outcome: news.OutcomePosted, Detail: "503", At: noon, Next: noon.Add(time.Hour)},
		},
		"tried again": {
			Channel{Posts: []Post{pending(news.PostAlert, 2), pending(news.PostEdit, 0)}},
			Step{Stage: StageRetried, Detail: "503", Tries: 2, Next: noon.Add(time.Hour)},
		},
		"paused": {
			Channel{Pause: Pause{Since: noon, Reason: "missing: Embed Links"}, Posts: []Post{pending(news.PostAlert, 0)}},
			Step{Stage: StagePaused, Detail: "missing: Embed Links", At: noon, Next: noon.Add(time.Hour)},
		},
		"paused later": {
			Channel{Pause: Pause{Since: noon, Reason: "x"}, Message: "1", Posts: []Post{sent(news.PostAlert)}},
			Step{Stage: StageSent, At: noon},
		},
		"sent, edited, with a line": {
			Channel{Message: "1", Posts: []Post{sent(news.PostAlert), sent(news.PostEdit), sent(news.PostLine), sent(news.PostEdit)}},
			Step{Stage: StageSent, At: noon, Edits: 2, Lines: 1},
		},
		"sent, the edit waits": {
			Channel{Message: "1", Posts: []Post{sent(news.PostAlert), pending(news.PostEdit, 1)}},
			Step{Stage: StageRetried, Detail: "503", Tries: 1, Next: noon.Add(time.Hour)},
		},
		"sent, the edit waits until the message takes one": {
			Channel{Message: "1", EditAfter: noon.Add(2 * time.Hour), Posts: []Post{sent(news.PostAlert), pending(news.PostEdit, 1), pending(news.PostLine, 0)}},
			Step{Stage: StageRationed, Tries: 1, Next: noon.Add(2 * time.Hour)},
		},
		"sent, and changed as often as it may be": {
			Channel{Message: "1", EditAfter: noon.Add(2 * time.Hour), Posts: []Post{sent(news.PostAlert), sent(news.PostEdit)}},
			Step{Stage: StageSent, At: noon, Edits: 1},
		},
		"sent, the edit refused": {
			Channel{Message: "1", Posts: []Post{sent(news.PostAlert), dead(news.PostEdit)}},
			Step{Stage: StageOutdated, Detail: "refused", At: noon, Tries: 1},
		},
		"told in a digest": {
			Channel{Verdict: verdict("capped"), Told: Told{At: noon, Message: "1", Post: digest(StateSent)}},
			Step{Stage: StageTold, Outcome: "capped", Detail: "d", At: noon.Add(time.Second)},
		},
		"told in a digest of long ago": {
			Channel{Verdict: verdict("capped"), Told: Told{At: noon.Add(time.Hour)}},
			Step{Stage: StageTold, Outcome: "capped", Detail: "d", At: noon.Add(time.Hour)},
		},
		"kept out, and told in a planned digest": {
			Channel{Verdict: verdict(news.OutcomeBelow), Told: Told{At: noon, Post: digest(StateSent)}},
			Step{Stage: StageTold, Outcome: news.OutcomeBelow, Detail: "d", At: noon.Add(time.Second)},
		},
		"its post refused, and told in a digest": {
			Channel{Posts: []Post{dead(news.PostAlert)}, Verdict: verdict(news.OutcomePosted), Told: Told{At: noon, Post: digest(StateSent)}},
			Step{Stage: StageTold, Outcome: news.OutcomePosted, Detail: "d", At: noon.Add(time.Second)},
		},
		"its digest is tried again": {
			Channel{Verdict: verdict("later"), Told: Told{At: noon, Post: Post{State: StatePending, Attempts: 1, Reason: "503", Next: noon.Add(time.Hour)}}},
			Step{Stage: StageRetried, Outcome: "later", Detail: "503", Tries: 1, Next: noon.Add(time.Hour), Digest: true},
		},
		"its digest is refused": {
			Channel{Verdict: verdict("later"), Message: "1", Told: Told{At: noon, Post: dead(news.PostDigest)}},
			Step{Stage: StageGivenUp, Outcome: "later", Detail: "refused", At: noon, Tries: 1, Digest: true},
		},
		"counted in a digest": {
			Channel{Verdict: verdict("capped"), Told: Told{At: noon, Counted: true, Post: digest(StateSent)}},
			Step{Stage: StageCounted, Outcome: "capped", Detail: "d", At: noon},
		},
		"counted in a digest, and then posted": {
			Channel{Verdict: verdict(news.OutcomePosted), Message: "1", Posts: []Post{sent(news.PostAlert)}, Told: Told{At: noon, Counted: true}},
			Step{Stage: StageSent, Outcome: news.OutcomePosted, At: noon},
		},
		"waited, and the topic was given up": {Channel{Verdict: verdict("capped")}, Step{Stage: StageUnfollowed}},
		"refused":                            {Channel{Posts: []Post{dead(news.PostAlert)}}, Step{Stage: StageGivenUp, Detail: "refused", At: noon, Tries: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, In(tt.channel, news.Event{Topic: "world"})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
