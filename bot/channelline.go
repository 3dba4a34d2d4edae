package bot

import (
	"fmt"
	"strconv"
	"strings"

	"newsdesk/news"
	"newsdesk/trail"
)

// channelLine says what a channel got of an event, and why no more.
func channelLine(v voice, ch trail.Channel, e news.Event, topics Topics) string {
	s := trail.In(ch, e)
	topic := v.bold(v.text(topics.Named(e.Topic).Name, nameText))
	name := v.channel(ch) + ": "
	cause := channelReason(s.Outcome, v.text(s.Detail, 200))
	failed := failure(s.Detail)
	if v.raw && s.Detail != "" {
		failed = strings.ReplaceAll(failed, "**", "")
		failed += " (" + v.text(s.Detail, 300) + ")"
	}
	switch s.Stage {
	case trail.StageUnfollowed:
		return name + "it does not follow " + topic + ", the topic of this story."
	case trail.StageUntold:
		return name + "nothing was posted. It follows " + topic + ", but since it does, nothing came of this story that readers should see."
	case trail.StageKeptOut:
		return name + "not posted: " + cause + "."
	case trail.StageHeld:
		return name + "held for the next digest" + dueDigest(v, ch) + ": " + cause + "."
	case trail.StageTold:
		return name + inDigest(v, ch, s) + because(" and not by itself", cause) + "."
	case trail.StageCounted:
		return name + "it waited for a digest, which had no room for it and says only how many more there were" + because("", cause) + "."
	case trail.StageQueued:
		return name + subject(s, "is ") + "in the queue; it goes out within seconds, in its turn."
	case trail.StageRetried:
		tried := fmt.Sprintf("tried %d times", s.Tries)
		if s.Tries == 1 {
			tried = "tried once"
		}
		return name + subject(s, "was ") + tried + ", and tried again " + v.when(s.Next) + ". Last time: " + failed + "."
	case trail.StagePaused:
		return name + subject(s, "") + "waits, as I have not been able to post there since " + v.when(s.At) + ": " + failed + ". What waits is kept for 7 days, and goes out by itself once that is mended."
	case trail.StageSent:
		return name + posted(v, ch, s) + published(v, ch.Publication) + "."
	case trail.StageRationed:
		return name + posted(v, ch, s) + "; the latest change is shown " + v.when(s.Next) + ": Discord takes only a few changes an hour to a message that is old or published" + published(v, ch.Publication) + "."
	case trail.StageOutdated:
		return name + posted(v, ch, s) + "; the latest change is not shown: " + failed + published(v, ch.Publication) + "."
	case trail.StageGivenUp:
		if s.Tries == 0 {
			return name + "not posted: " + failed + "."
		}
		return name + subject(s, "was ") + "given up after " + tries(s.Tries) + ": " + failed + "."
	}
	return name + "nothing is recorded."
}

// dueDigest says when a channel's next digest comes, where that is known.
func dueDigest(v voice, ch trail.Channel) string {
	switch {
	case !ch.Pause.Since.IsZero():
		return ", which comes once I can post there again"
	case ch.HeldUntil.IsZero():
		return ""
	}
	return ", due " + v.when(ch.HeldUntil)
}

// published says whether an announcement channel's message reached the channels
// that follow that one.
func published(v voice, p trail.Publication) string {
	switch p.State {
	case trail.StatePending:
		if p.Reason != "" {
			return "; not published yet, tried again " + v.when(p.Next) + ": " + failure(p.Reason)
		}
		return "; not published yet: Discord lets a channel publish ten messages an hour, and it waits for its turn"
	case trail.StateSent:
		return "; published " + v.when(p.At)
	case trail.StateDead:
		return "; not published: " + failure(p.Reason)
	}
	return ""
}

// subject begins a sentence on what is to be sent, where that is a digest.
func subject(s trail.Step, verb string) string {
	if !s.Digest {
		return ""
	}
	return "the digest that tells it " + verb
}

// because adds a cause, where there is one.
func because(s, cause string) string {
	if cause == "" {
		return ""
	}
	return s + ": " + cause
}

// inDigest says in which digest a channel was told of an event.
func inDigest(v voice, ch trail.Channel, s trail.Step) string {
	out := "told in a digest"
	if address := messageURL(ch, ch.Told.Message); address != "" {
		out = "told in a " + v.link("digest", address, 20)
	}
	if !s.At.IsZero() {
		out += " " + v.when(s.At)
	}
	return out
}

func tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return strconv.Itoa(n) + " tries"
}

// posted says what stands in a channel.
func posted(v voice, ch trail.Channel, s trail.Step) string {
	out := "posted"
	if address := messageURL(ch, ch.Message); address != "" {
		out = v.link("posted", address, 20)
	}
	var then []string
	switch {
	case s.Edits == 1:
		then = append(then, "brought up to date once")
	case s.Edits > 1:
		then = append(then, fmt.Sprintf("brought up to date %d times", s.Edits))
	}
	if s.Lines > 0 {
		then = append(then, plural(s.Lines, "line")+" in its thread")
	}
	if len(then) > 0 {
		out += ", " + strings.Join(then, ", ")
	}
	if !s.At.IsZero() {
		out += ", last " + v.when(s.At)
	}
	return out
}

// messageURL is where a channel's message stands, "" where that has no address.
func messageURL(ch trail.Channel, message string) string {
	for _, id := range []string{string(ch.Guild), string(ch.ID), message} {
		if id == "" || strings.Trim(id, "0123456789") != "" {
			return ""
		}
	}
	return "https://discord.com/channels/" + string(ch.Guild) + "/" + string(ch.ID) + "/" + message
}
