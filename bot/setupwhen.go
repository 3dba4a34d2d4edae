package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/digest"
	"newsdesk/events"
	"newsdesk/news"
)

// The paces that one press sets, as they stand in custom ids.
const (
	paceAtOnce = "now"    // each story as it happens
	paceNights = "nights" // the same, but not from 22:00 to 07:00
	paceDigest = "digest" // one digest a day at 08:00, and nothing else
)

// paces are the choices of /setup.
var paces = []struct{ pace, label string }{
	{paceAtOnce, "As it happens"}, {paceNights, "Quiet 22:00-07:00"}, {paceDigest, "One digest at 08:00"},
}

// setPace sets what a pace stands for, and leaves the rest alone.
func setPace(s *news.Settings, pace string) {
	breaking := s.Quiet.Breaking
	s.Quiet, s.Digest, s.DigestOnly = news.Quiet{}, news.DigestPlan{}, false
	switch pace {
	case paceNights:
		s.Quiet = news.Quiet{From: 22 * 60, To: 7 * 60, Breaking: breaking}
	case paceDigest:
		s.Digest, s.DigestOnly = news.DigestPlan{Every: news.Daily, Minute: 8 * 60}, true
	}
}

// paceOf returns the pace that is set, "" where it is none of these.
func paceOf(s news.Settings) string {
	for _, x := range paces {
		want := s
		setPace(&want, x.pace)
		if s.Quiet == want.Quiet && s.Digest == want.Digest && s.DigestOnly == want.DigestOnly {
			return x.pace
		}
	}
	return ""
}

// setupWhen asks when the news shall come.
func (c *Commands) setupWhen(set news.Channel) (message.Reply, error) {
	if c.schedules == nil {
		return c.setupPing(set, ""), nil
	}
	lines := []string{
		"When shall it come?",
		"• **As it happens**: each story at once.",
		"• **Quiet 22:00-07:00**: the same, but at night nothing comes; what waited is told together in the morning.",
		"• **One digest at 08:00**: one message a day with the most important stories, and nothing else.",
		"The times are " + message.EscapeTo(events.ZoneName(set.Zone), nameText) + ", where it is now " + c.now().In(digest.ZoneOr(set.Zone)).Format("15:04") +
			". If that is not your time, choose the line that shows it.",
		"`/schedule` sets any other hours, a weekly digest, any other time zone.",
	}
	pace := paceOf(set.Settings)
	if pace == "" {
		lines = append(lines, "Set now:", c.digestSet(set), c.quietSet(set))
	}
	var row message.Row
	for _, x := range paces {
		style := message.Secondary
		if x.pace == pace {
			style = message.Primary
		}
		row.Buttons = append(row.Buttons, message.Button{Style: style, Label: x.label, ID: stepID(stepPace, set.ID, x.pace)})
	}
	return setupPage(stepWhen, strings.Join(lines, "\n"), message.Row{Menu: c.zoneMenu(set)}, row, turn(stepWhen, set.ID)), nil
}

// setupZone sets the time zone.
func (c *Commands) setupZone(ctx context.Context, in message.Interaction, set news.Channel) (message.Reply, error) {
	if len(in.Values) != 1 {
		return c.setupWhen(set)
	}
	in.Options = map[string]string{"zone": in.Values[0]}
	return c.setupScheduled(ctx, in, set, func(s *news.Settings) error { return setZone(in, s) }, c.setupWhen)
}

// setupPace sets a pace and goes on to the role.
func (c *Commands) setupPace(ctx context.Context, in message.Interaction, set news.Channel, pace string) (message.Reply, error) {
	if !slices.ContainsFunc(paces, func(x struct{ pace, label string }) bool { return x.pace == pace }) {
		return c.setupWhen(set)
	}
	return c.setupScheduled(ctx, in, set, func(s *news.Settings) error { setPace(s, pace); return nil },
		func(set news.Channel) (message.Reply, error) { return c.setupPing(set, ""), nil })
}

// setupScheduled changes when the news comes, and shows the next page.
func (c *Commands) setupScheduled(ctx context.Context, in message.Interaction, set news.Channel, change func(*news.Settings) error, next func(news.Channel) (message.Reply, error)) (message.Reply, error) {
	if c.schedules == nil {
		return next(set)
	}
	set, err := c.schedules.EditSchedule(ctx, news.GuildID(in.Guild), set.ID, c.now(), change)
	if wrong, ok := errors.AsType[sentenceError](err); ok {
		return say(string(wrong)), nil
	}
	if errors.Is(err, news.ErrNotFound) {
		return say(otherServer), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	return next(set)
}

// usualZones are the time zones that the wizard offers: one of each of the most
// peopled rules, at most one fewer than a menu has room for.
var usualZones = []string{
	"Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Mexico_City", "America/Chicago", "America/Bogota", "America/New_York",
	"America/Sao_Paulo", "UTC", "Europe/London", "Africa/Lagos", "Europe/Berlin", "Africa/Johannesburg", "Europe/Athens", "Europe/Istanbul", "Africa/Nairobi",
	"Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Jakarta", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
}

// zoneMenu lists zones by the time that it is there, that of the channel among
// them.
func (c *Commands) zoneMenu(set news.Channel) *message.Menu {
	at := c.now()
	names := slices.Clone(usualZones)
	own := events.ZoneName(set.Zone)
	if !slices.Contains(names, own) {
		names = append(names, own)
	}
	offset := func(name string) int {
		_, seconds := at.In(digest.ZoneOr(name)).Zone()
		return seconds
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(offset(a), offset(b)) })
	menu := &message.Menu{ID: stepID(stepZone, set.ID), Placeholder: "Your time zone"}
	for _, name := range names {
		menu.Options = append(menu.Options, message.Choice{Name: zoneLine(name, at), Value: name, Chosen: name == own})
	}
	return menu
}

// zoneLine names a zone and the time that it is there.
func zoneLine(name string, at time.Time) string {
	return name + " · now " + at.In(digest.ZoneOr(name)).Format("15:04")
}
