package bot

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsdesk/bot/message"
	"newsdesk/digest"
	"newsdesk/events"
	"newsdesk/internal/pattern"
	"newsdesk/news"
)

// Schedules are the digests and quiet hours of channels.
type Schedules interface {
	Channel(ctx context.Context, ch news.ChannelID) (news.Channel, error)
	// EditSchedule changes what is set for a channel; the channel's next digest
	// follows from it. Another guild's channel is news.ErrNotFound.
	EditSchedule(ctx context.Context, guild news.GuildID, ch news.ChannelID, at time.Time, change func(*news.Settings) error) (news.Channel, error)
	// DigestMaterial returns what a digest can be chosen from: of the topics, no
	// topics being all, and from d.Since until a time.
	DigestMaterial(ctx context.Context, d news.DueDigest, topics []string, until time.Time) (digest.Material, error)
}

// The values of options.
const (
	optPass = "pass"
	optHold = "hold"
)

// maxPerHour is the most that a channel's limit can be.
const maxPerHour = 100

// scheduleCommand is /schedule with its subcommands.
func scheduleCommand(channel message.Option) message.Command {
	zone := message.Option{Name: "zone", Description: "The channel's time zone, such as Europe/Berlin; kept if you leave it out", Kind: message.OptionString, Autocomplete: true}
	days := make([]message.Choice, 7)
	for i := range days {
		day := time.Weekday((i + 1) % 7).String() // Monday first
		days[i] = message.Choice{Name: day, Value: strings.ToLower(day)}
	}
	return message.Command{Name: "schedule", Description: "When a channel gets its digest, and when it is left in peace", ManageGuild: true, GuildOnly: true, Subcommands: []message.Command{
		{Name: "digest", Description: "One message with the most important stories, daily or weekly", Options: []message.Option{
			{Name: "every", Description: "How often", Kind: message.OptionString, Required: true, Choices: []message.Choice{
				{Name: "Daily", Value: string(news.Daily)}, {Name: "Weekly", Value: string(news.Weekly)}, {Name: "Off", Value: off},
			}},
			{Name: "time", Description: "When, such as 08:30; 08:00 if you leave it out", Kind: message.OptionString},
			{Name: "weekday", Description: "The day of a weekly digest; Monday if you leave it out", Kind: message.OptionString, Choices: days},
			{Name: "alerts", Description: "Whether stories are posted as they happen beside it; kept if you leave it out", Kind: message.OptionString, Choices: []message.Choice{
				{Name: "on: each story as it happens, and the digest", Value: on}, {Name: "off: only the digest", Value: off},
			}},
			zone, channel,
		}},
		{Name: "quiet", Description: "Hours without new messages; what comes then is told together afterwards", Options: []message.Option{
			{Name: "from", Description: "When they begin, such as 22:00, or off", Kind: message.OptionString, Required: true},
			{Name: "to", Description: "When they end, such as 07:00", Kind: message.OptionString},
			{Name: "breaking", Description: "Breaking stories in these hours; they wait if you leave it out", Kind: message.OptionString, Choices: []message.Choice{
				{Name: "Are posted all the same", Value: optPass}, {Name: "Wait", Value: optHold},
			}},
			zone, channel,
		}},
		{Name: "limit", Description: "The most new messages an hour; what comes above is told together", Options: []message.Option{
			{Name: "messages", Description: "How many an hour; the usual limit if you leave it out", Kind: message.OptionInteger, Min: 1, Max: maxPerHour},
			channel,
		}},
		{Name: "show", Description: "What is set for a channel", Options: []message.Option{channel}},
	}}
}

// sentenceError carries what is wrong with a command to who typed it.
type sentenceError string

// Error is the sentence.
func (e sentenceError) Error() string { return string(e) }

func (c *Commands) schedule(ctx context.Context, in message.Interaction) (message.Reply, error) {
	ch := channelOf(in)
	if in.Guild == "" || ch == "" {
		return say(serverOnly), nil
	}
	if c.schedules == nil {
		return say("Schedules cannot be changed here."), nil
	}
	var change func(*news.Settings) error
	switch in.Command {
	case "schedule digest":
		change = func(s *news.Settings) error { return setDigest(in, s) }
	case "schedule quiet":
		change = func(s *news.Settings) error { return setQuiet(in, s) }
	case "schedule limit":
		change = func(s *news.Settings) error { return setLimit(in, s) }
	default:
		set, err := c.schedules.Channel(ctx, ch)
		if err == nil && set.Guild != "" && set.Guild != news.GuildID(in.Guild) {
			err = news.ErrNotFound
		}
		return c.scheduled(ctx, set, ch, err)
	}
	set, err := c.schedules.EditSchedule(ctx, news.GuildID(in.Guild), ch, c.now(), change)
	return c.scheduled(ctx, set, ch, err)
}

// scheduled says what is set for a channel.
func (c *Commands) scheduled(ctx context.Context, set news.Channel, ch news.ChannelID, err error) (message.Reply, error) {
	if wrong, ok := errors.AsType[sentenceError](err); ok {
		return say(string(wrong)), nil
	}
	if errors.Is(err, news.ErrNotFound) {
		return say(channelName(ch) + " belongs to another server. Name a channel of this one."), nil
	}
	if err != nil {
		return message.Reply{}, err
	}
	lines := []string{channelName(ch) + ":", c.digestSet(set)}
	if !set.DigestOnly || !set.Quiet.None() { // there is nothing to hold back where nothing else is posted
		lines = append(lines, c.quietSet(set))
	}
	if !set.DigestOnly || set.PerHour > 0 {
		lines = append(lines, c.limitSet(set))
	}
	if set.Zone == "" && (set.Digest.Every != "" || !set.Quiet.None()) {
		lines = append(lines, "These times are UTC. Add `zone:` for your own.")
	}
	topics, err := c.subs.ChannelTopics(ctx, ch)
	if err != nil {
		return message.Reply{}, err
	}
	if len(topics) == 0 {
		lines = append(lines, "It follows no topic yet, so there is nothing to tell: `/subscribe` adds one.")
	}
	return say(strings.Join(lines, "\n")), nil
}

// times says in few words when a channel gets its news: nothing where it gets
// each story as it happens.
func times(s news.Settings) []string {
	var parts []string
	if s.Digest.Every != "" {
		what := "a digest, "
		if s.DigestOnly {
			what = "only a digest, "
		}
		when := "daily"
		if s.Digest.Every == news.Weekly {
			when = s.Digest.Weekday.String() + "s"
		}
		parts = append(parts, what+when+" at "+events.Clock(s.Digest.Minute))
	}
	if !s.Quiet.None() {
		parts = append(parts, "quiet "+events.Clock(s.Quiet.From)+"-"+events.Clock(s.Quiet.To))
	}
	if len(parts) > 0 {
		parts[len(parts)-1] += " (" + message.EscapeTo(events.ZoneName(s.Zone), nameText) + ")"
	}
	return parts
}

func (c *Commands) digestSet(set news.Channel) string {
	next, ok := digest.Next(set.Digest, set.Zone, c.now())
	if !ok {
		return "• No digest. `/schedule digest` sets one."
	}
	when := "every day"
	if set.Digest.Every == news.Weekly {
		when = "every " + set.Digest.Weekday.String()
	}
	line := fmt.Sprintf("• A digest %s at %s (%s), the next one %s. It comes without a notification.",
		when, events.Clock(set.Digest.Minute), message.EscapeTo(events.ZoneName(set.Zone), nameText), stamp(next, "f"))
	if set.DigestOnly {
		line += " No story is posted beside it."
	}
	return line
}

func (c *Commands) quietSet(set news.Channel) string {
	if set.Quiet.None() {
		return "• No quiet hours. `/schedule quiet` sets them."
	}
	then := "a catch-up when they end"
	if set.Digest.Every == news.Daily {
		then = "the next digest"
	}
	breaking := "Breaking stories wait too."
	if set.Quiet.Breaking {
		breaking = "Breaking stories are posted all the same."
	}
	return fmt.Sprintf("• Quiet hours from %s to %s (%s): what comes then is told by %s. %s",
		events.Clock(set.Quiet.From), events.Clock(set.Quiet.To), message.EscapeTo(events.ZoneName(set.Zone), nameText), then, breaking)
}

// limitSet tells the limit that holds, the channel's own or the operator's.
func (c *Commands) limitSet(set news.Channel) string {
	then := "at the next full hour"
	if set.Digest.Every == news.Daily {
		then = "by the next digest"
	}
	limit, whose := set.PerHour, ""
	if limit == 0 {
		limit, whose = c.console.Program.PerHour, ", as usual here"
	}
	if limit == 0 {
		return "• No limit of new messages an hour. `/schedule limit` sets one."
	}
	return fmt.Sprintf("• At most %s an hour%s; what comes above is told together %s. Breaking stories are not held up.", plural(limit, "new message"), whose, then)
}

func setDigest(in message.Interaction, s *news.Settings) error {
	every := news.Rhythm(strings.ToLower(strings.TrimSpace(in.Options["every"])))
	switch every {
	case off:
		s.Digest, s.DigestOnly = news.DigestPlan{}, false
		return nil
	case news.Daily, news.Weekly:
	default:
		return sentenceError("`every` is daily, weekly or off. Run the command again with one of these.")
	}
	plan := news.DigestPlan{Every: every, Minute: 8 * 60, Weekday: time.Monday}
	if s.Digest.Every != "" {
		plan.Minute, plan.Weekday = s.Digest.Minute, s.Digest.Weekday
	}
	if typed := strings.TrimSpace(in.Options["time"]); typed != "" {
		minute, ok := parseClock(typed)
		if !ok {
			return sentenceError(noClock("time", typed, "08:30"))
		}
		plan.Minute = minute
	}
	if typed := strings.TrimSpace(in.Options["weekday"]); typed != "" {
		day, ok := parseWeekday(typed)
		if !ok {
			return sentenceError("There is no weekday “" + message.EscapeTo(typed, 40) + "”. Choose one from the list.")
		}
		plan.Weekday = day
	}
	if every == news.Daily {
		plan.Weekday = 0
	}
	s.Digest = plan
	if alerts := strings.ToLower(strings.TrimSpace(in.Options["alerts"])); alerts != "" {
		s.DigestOnly = alerts == off
	}
	return setZone(in, s)
}

func setQuiet(in message.Interaction, s *news.Settings) error {
	from, to := strings.TrimSpace(in.Options["from"]), strings.TrimSpace(in.Options["to"])
	if strings.EqualFold(from, off) {
		s.Quiet = news.Quiet{}
		return nil
	}
	var q news.Quiet
	var ok bool
	if q.From, ok = parseClock(from); !ok {
		return sentenceError(noClock("from", from, "22:00") + " `from:off` ends the quiet hours.")
	}
	if q.To, ok = parseClock(to); !ok {
		return sentenceError(noClock("to", to, "07:00"))
	}
	if q.None() {
		return sentenceError("Quiet hours that begin and end at the same time would be none. Give two times, or `from:off`.")
	}
	q.Breaking = strings.EqualFold(in.Options["breaking"], optPass)
	s.Quiet = q
	return setZone(in, s)
}

func setLimit(in message.Interaction, s *news.Settings) error {
	n, sentence := number(in, "messages", 0, maxPerHour)
	if sentence != "" {
		return sentenceError(sentence)
	}
	s.PerHour = n
	return nil
}

func setZone(in message.Interaction, s *news.Settings) error {
	typed := strings.TrimSpace(in.Options["zone"])
	if typed == "" {
		return nil
	}
	name := typed
	for _, z := range zones() {
		if strings.EqualFold(z, typed) {
			name = z
		}
	}
	if _, err := digest.Zone(name); err != nil {
		return sentenceError("There is no time zone “" + message.EscapeTo(typed, 40) + "”. Type a city and pick one from the list, such as Europe/Berlin.")
	}
	if s.Zone = name; name == "UTC" {
		s.Zone = ""
	}
	return nil
}

func noClock(option, typed, example string) string {
	if typed == "" {
		return fmt.Sprintf("`%s` is missing. Write it as %s.", option, example)
	}
	return fmt.Sprintf("`%s` is not a time I can read: “%s”. Write it as %s.", option, message.EscapeTo(typed, 40), example)
}

// clockForm is a time of the day: 8, 8:30, 08.30, 20h15, 8:30 pm.
var clockForm = pattern.MustCompile(`^(\d{1,2})(?:[:.hH](\d{2})?)?\s*([aApP][mM])?$`)

// parseClock reads a time of the day into its minute, 0 to 1439. 24:00 is
// midnight.
func parseClock(s string) (minute int, ok bool) {
	m := clockForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, false
	}
	h, _ := strconv.Atoi(m[1]) // one or two digits
	rest := 0
	if m[2] != "" {
		rest, _ = strconv.Atoi(m[2])
	}
	if half := strings.ToLower(m[3]); half != "" {
		if h < 1 || h > 12 {
			return 0, false
		}
		h %= 12
		if half == "pm" {
			h += 12
		}
	}
	if rest > 59 || h > 24 || h == 24 && rest > 0 {
		return 0, false
	}
	return (h*60 + rest) % (24 * 60), true
}

func parseWeekday(s string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), s) || len(s) >= 3 && strings.EqualFold(d.String()[:3], s) {
			return d, true
		}
	}
	return 0, false
}

// zoneList are the places that time zones are named after.
//
//go:embed zones.txt
var zoneList string

func zones() []string { return strings.Fields(zoneList) }

// suggestZones lists the zones that have what was typed, those first whose place
// begins with it, each with the time it is there.
func suggestZones(typed string, now time.Time) []message.Choice {
	typed = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(typed), " ", "_"))
	var first, rest []message.Choice
	for _, name := range zones() {
		lower := strings.ToLower(name)
		if !strings.Contains(lower, typed) {
			continue
		}
		choice := message.Choice{Name: zoneLine(name, now), Value: name}
		if strings.HasPrefix(lower[strings.LastIndexByte(lower, '/')+1:], typed) && typed != "" {
			first = append(first, choice)
		} else {
			rest = append(rest, choice)
		}
		if len(first) == message.MaxChoices {
			break
		}
	}
	return append(first, rest...)
}
