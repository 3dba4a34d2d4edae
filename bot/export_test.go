package bot

import (
	"time"

	"newsdesk/news"
	"newsdesk/trail"
)

var whyNoon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// WhyClass is weighed for Discord.
func WhyClass(e news.Event) []string { return weighed(e, discordVoice) }

// everyStage returns a channel for each stage, in the order of trail.Stages.
func everyStage() []trail.Channel {
	at := func(minutes int) time.Time { return whyNoon.Add(time.Duration(minutes-90) * time.Minute) }
	channel := func(id news.ChannelID) trail.Channel {
		return trail.Channel{Channel: news.Channel{Guild: "1", ID: id}, Topics: []string{"world"}}
	}
	decided := func(id news.ChannelID, o news.Outcome, detail string) trail.Channel {
		c := channel(id)
		c.Verdict = news.Verdict{At: at(5), Article: 11, Event: 5726, Channel: id, Outcome: o, Detail: detail}
		return c
	}
	var out []trail.Channel
	add := func(c trail.Channel, posts ...trail.Post) {
		c.Posts = posts
		out = append(out, c)
	}
	other := channel("701")
	other.Topics = []string{"sports"}
	add(other)
	add(channel("702"))
	add(decided("703", news.OutcomeBelow, "major"))
	add(decided("704", news.OutcomeFiltered, "exclude: *horoscope*"))
	add(decided("706", news.OutcomePosted, ""), trail.Post{Kind: news.PostAlert, State: trail.StatePending})
	add(decided("707", news.OutcomePosted, ""), trail.Post{
		Kind: news.PostAlert, State: trail.StatePending, Attempts: 3, Tried: at(6), Next: at(91), Reason: "post 707: Discord answered 503",
	})
	paused := decided("708", news.OutcomePosted, "")
	paused.Pause = trail.Pause{Since: at(7), Reason: "missing: Embed Links"}
	add(paused, trail.Post{Kind: news.PostAlert, State: trail.StatePending, Tried: at(6)})
	sent := decided("709", news.OutcomeUpdated, "")
	sent.Message, sent.Thread = "99", "98"
	add(
		sent, trail.Post{Kind: news.PostAlert, State: trail.StateSent, Tried: at(5)}, trail.Post{Kind: news.PostEdit, State: trail.StateSent, Tried: at(30)},
		trail.Post{Kind: news.PostLine, State: trail.StateSent, Tried: at(31)}, trail.Post{Kind: news.PostEdit, State: trail.StateSent, Tried: at(40)},
		trail.Post{Kind: news.PostLine, State: trail.StateSent, Tried: at(41)},
	)
	old := decided("710", news.OutcomeUpdated, "")
	old.Message = "97"
	add(
		old, trail.Post{Kind: news.PostAlert, State: trail.StateSent, Tried: at(5)},
		trail.Post{Kind: news.PostEdit, State: trail.StateDead, Attempts: 1, Tried: at(80), Reason: "edit 710:5726:2:edit: the message takes no more edits"},
	)
	add(decided("711", news.OutcomePosted, ""), trail.Post{
		Kind: news.PostAlert, State: trail.StateDead, Attempts: 20, Tried: at(60), Reason: "post 711:5726:1:alert: refused by Discord: (HTTP 400)",
	})
	add(decided("712", news.OutcomeUnconfirmed, ""))
	held := decided("713", news.OutcomeQuietHours, "22:00 to 07:00, UTC")
	held.Held, held.HeldUntil = news.OutcomeQuietHours, at(420)
	add(held)
	told := decided("714", news.OutcomeCapped, "6 an hour")
	told.Told = trail.Told{At: at(60), Message: "96", Post: trail.Post{Kind: news.PostDigest, State: trail.StateSent, Tried: at(61)}}
	add(told)
	told.ID, told.Verdict = "715", news.Verdict{} // a planned digest told it, and nothing else came of it
	add(told)
	told.ID, told.Told.Message, told.Told.Post = "716", "", trail.Post{Kind: news.PostDigest, State: trail.StateDead, Attempts: 1, Reason: "post 716: refused by Discord"}
	add(told)
	told = decided("717", news.OutcomeLate, "")
	told.Told = trail.Told{At: at(60), Counted: true, Message: "95", Post: trail.Post{Kind: news.PostDigest, State: trail.StateSent, Tried: at(61)}}
	add(told)
	told.ID, told.Told.Counted, told.Told.Post = "718", false, trail.Post{Kind: news.PostDigest, State: trail.StatePending, Attempts: 1, Tried: at(61), Next: at(91), Reason: "post 718: Discord answered 503"}
	add(told)
	told.ID, told.Told.Post.Attempts = "719", 0
	add(told)
	rationed := decided("720", news.OutcomeUpdated, "")
	rationed.Message, rationed.EditAfter = "94", at(120)
	add(
		rationed, trail.Post{Kind: news.PostAlert, State: trail.StateSent, Tried: at(5)}, trail.Post{Kind: news.PostEdit, State: trail.StateSent, Tried: at(30)},
		trail.Post{Kind: news.PostEdit, State: trail.StatePending, Attempts: 1, Reason: "edit 720:5726:3:edit: the message takes no more edits for now"},
	)
	announced := decided("721", news.OutcomePosted, "")
	announced.Message, announced.Publication = "93", trail.Publication{State: trail.StatePending}
	alert := trail.Post{Kind: news.PostAlert, State: trail.StateSent, Tried: at(5)}
	add(announced, alert)
	announced.ID, announced.Publication = "722", trail.Publication{State: trail.StateSent, At: at(6)}
	add(announced, alert)
	announced.ID, announced.Publication = "723", trail.Publication{State: trail.StateDead, Reason: "publish: the bot lacks a permission there"}
	add(announced, alert)
	announced.ID, announced.Publication = "724", trail.Publication{State: trail.StatePending, Next: at(91), Reason: "publish: rate limit: 2s"}
	add(announced, alert)
	return out
}

// WhyStages is everyStage for the tests of what is shown.
func WhyStages() []trail.Channel { return everyStage() }
