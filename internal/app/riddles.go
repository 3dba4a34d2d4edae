package app

import (
	"context"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/store"
)

// riddle is a channel that refused a post though the bot has all permissions there
// that it knows of: it may be timed out, or not be let into a private thread.
type riddle struct {
	tried time.Time // when it was last tried all the same
	told  time.Time // when somebody was last told, zero for never
}

// riddleTold is how often somebody is told of a channel that refuses for no
// reason that is known.
const riddleTold = 24 * time.Hour

// refusesAgain reports whether a channel in which nothing is missing has refused
// a post twice within the time between two looks. After the first refusal it is
// tried again at once: the permission may have come back in the meantime.
func (k *keeper) refusesAgain(p store.Pause) bool {
	if p.Lost != store.LostNothing || strings.HasPrefix(p.Reason, missingPrefix) || strings.Contains(p.Reason, bot.Untagged(nil)) {
		return false
	}
	r := k.riddles[p.Channel]
	if !r.tried.IsZero() && k.now().Sub(r.tried) < recheck {
		return true
	}
	r.tried = k.now()
	k.riddles[p.Channel] = r
	return false
}

// saveRiddle leaves a channel paused until the next look, and tells of it once a
// day.
func (k *keeper) saveRiddle(ctx context.Context, p store.Pause) error {
	r := k.riddles[p.Channel]
	p.Checked = k.now()
	if !p.Told {
		k.log.WarnContext(ctx, "channel refuses posts though nothing is missing", "channel", string(p.Channel), "guild", string(p.Guild))
		p.Told = p.Guild == "" || !r.told.IsZero() && k.now().Sub(r.told) < riddleTold
		if !p.Told && k.tell(ctx, p, bot.Refused(p.Channel)) {
			p.Told, r.told = true, k.now()
			k.riddles[p.Channel] = r
		}
	}
	return k.db.SavePause(ctx, p)
}
