package discordtest

import (
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	nonceMemory   = 5 * time.Minute // how long a nonce keeps its message
	editAge       = time.Hour       // after which edits run dry
	maxCrossposts = 10              // an hour and channel
	maxNewsEdits  = 3               // an hour, of a crossposted message
	maxOldEdits   = 3               // an hour, of a message older than editAge
)

// channelOf finds the channel of a request.
func (s *Server) channelOf(c *call) (*Channel, *apiError) {
	id := c.params["channel_id"]
	if ch, found := s.channels[id]; found {
		return ch, nil
	}
	if s.gone[id] {
		return nil, errMissingAccess
	}
	return nil, errUnknownChannel
}

// messageOf finds the channel and message of a request that needs permissions.
func (s *Server) messageOf(c *call, need uint64) (*Channel, *message, *apiError) {
	ch, err := s.channelOf(c)
	if err != nil {
		return nil, nil, err
	}
	if err := s.allowed(ch, need); err != nil {
		return nil, nil, err
	}
	m := ch.find(c.params["message_id"])
	if m == nil {
		return nil, nil, errUnknownMessage
	}
	return ch, m, nil
}

func (s *Server) postMessage(c *call) answer {
	ch, err := s.channelOf(c)
	if err == nil {
		err = s.mayPost(ch, c)
	}
	if err != nil {
		return refuse(err)
	}
	body := c.object()
	nonce, enforced := nonceOf(body), body["enforce_nonce"] == true
	if enforced && nonce != "" {
		if m := s.sameNonce(nonce); m != nil {
			return ok(s.messageJSON(m))
		}
	}
	ch.archived = false
	m := s.store(ch, s.o.BotID, body, c)
	m.nonce, m.enforced = nonce, enforced
	return ok(s.messageJSON(m))
}

// mayPost checks that the bot may post such a body in the channel now.
func (s *Server) mayPost(ch *Channel, c *call) *apiError {
	if ch.guild == nil && s.dmClosed[ch.recipient] {
		return errDMClosed
	}
	need := ch.sendPermission()
	if err := s.allowed(ch, need); err != nil {
		return err
	}
	if ch.Kind == ForumChannel {
		return errNotText
	}
	body := c.object()
	if len(items(body["embeds"])) > 0 {
		need |= PermEmbedLinks
	}
	if len(c.files) > 0 {
		need |= PermAttachFiles
	}
	if body["message_reference"] != nil {
		need |= PermReadHistory
	}
	if err := s.allowed(ch, need); err != nil {
		return err
	}
	switch {
	case ch.archived && ch.locked:
		return errArchived
	case ch.locked && s.permissions(s.o.BotID, ch)&PermManageThreads == 0:
		return errThreadLocked
	}
	return nil
}

// nonceOf reads a nonce, which may be a number.
func nonceOf(body map[string]any) string {
	switch n := body["nonce"].(type) {
	case string:
		return n
	case json.Number:
		return n.String()
	}
	return ""
}

// ForgetNonces makes the server forget which nonces it has seen, as Discord
// does after some minutes.
func (s *Server) ForgetNonces() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ch := range s.channels {
		for _, m := range ch.messages {
			m.enforced = false
		}
	}
}

// sameNonce finds a message of the bot with the nonce, some minutes old at
// most.
func (s *Server) sameNonce(nonce string) *message {
	for _, ch := range s.channels {
		for _, m := range ch.messages {
			if m.enforced && m.nonce == nonce && m.author == s.o.BotID && s.now().Sub(m.created) < nonceMemory {
				return m
			}
		}
	}
	return nil
}

func (s *Server) patchMessage(c *call) answer {
	ch, m, err := s.messageOf(c, 0)
	switch {
	case err != nil:
		return refuse(err)
	case m.author != s.o.BotID:
		return refuse(errNotAuthor)
	case ch.archived:
		return refuse(errArchived)
	}
	if err := fits(m, c.object()); err != nil {
		s.refusal(c, err.message)
		return refuse(err)
	}
	now := s.now()
	if now.Sub(m.created) > editAge {
		if wait, dry := hourly(&m.oldEdits, s.o.OldEdits, now); dry {
			return s.dryAnswer(c, 30046, "Maximum number of edits to messages older than 1 hour reached. Try again later.", wait)
		}
	}
	if m.flags&FlagCrossposted != 0 {
		if wait, dry := hourly(&m.newsEdits, maxNewsEdits, now); dry {
			return s.dryAnswer(c, 0, "The resource is being rate limited.", wait)
		}
	}
	s.edit(m, c)
	return ok(s.messageJSON(m))
}

// edit applies a body to a message and announces it.
func (s *Server) edit(m *message, c *call) {
	body := c.object()
	m.edits++
	if v := body["flags"]; v != nil {
		m.flags = m.flags&^FlagSuppressEmbeds | number(v)&(FlagSuppressEmbeds|FlagComponentsV2)
	}
	m.object["edited_timestamp"] = timestamp(s.now())
	s.fill(m, body, c)
	if !m.ephemeral {
		s.dispatchMessage(m.channel, "MESSAGE_UPDATE", s.messageJSON(m))
	}
}

// hourly takes one out of an allowance by the hour. It reports how long to
// wait where there is none left.
func hourly(spent *[]time.Time, limit int, now time.Time) (wait time.Duration, dry bool) {
	*spent = slices.DeleteFunc(*spent, func(t time.Time) bool { return now.Sub(t) >= time.Hour })
	if len(*spent) < limit {
		*spent = append(*spent, now)
		return 0, false
	}
	if len(*spent) == 0 {
		return time.Hour, true
	}
	return time.Hour - now.Sub((*spent)[0]), true
}

// AllowEdits lets old messages be edited as often as any, from now on: as if the
// hours had passed in which they may be.
func (s *Server) AllowEdits() {
	s.set(func() { s.o.OldEdits = math.MaxInt })
}

// SpendOldEdits uses up what edits a message takes in the next hour once it is
// older than one.
func (s *Server) SpendOldEdits(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ch := range s.channels {
		if m := ch.find(id); m != nil {
			for dry := false; !dry; {
				_, dry = hourly(&m.oldEdits, s.o.OldEdits, s.now())
			}
		}
	}
}

// dryAnswer is the 429 of a limit by the hour. Its body names the true time,
// its header one second (discord-api-docs#6109).
func (s *Server) dryAnswer(c *call, code int, message string, wait time.Duration) answer {
	s.countInvalid()
	h := s.limitHeader(c)
	h.Set("Retry-After", "1")
	h.Set("X-RateLimit-Scope", "shared")
	body := map[string]any{"message": message, "retry_after": roundSeconds(wait), "global": false}
	if code != 0 {
		body["code"] = code
	}
	return answer{status: http.StatusTooManyRequests, header: h, body: body}
}

func (s *Server) getMessage(c *call) answer {
	_, m, err := s.messageOf(c, PermReadHistory)
	if err != nil {
		return refuse(err)
	}
	return ok(s.messageJSON(m))
}

func (s *Server) getMessages(c *call) answer {
	ch, err := s.channelOf(c)
	if err == nil {
		err = s.allowed(ch, 0)
	}
	if err != nil {
		return refuse(err)
	}
	limit := 50
	if text := c.query.Get("limit"); text != "" {
		n, perr := strconv.Atoi(text)
		if perr != nil || n < 1 || n > 100 {
			s.refusal(c, "limit "+text+" is not 1 to 100")
			return refuse(invalidForm([]violation{{[]string{"limit"}, "NUMBER_TYPE_COERCE", "int value should be 1 to 100."}}))
		}
		limit = n
	}
	list := []any{}
	if s.permissions(s.o.BotID, ch)&PermReadHistory == 0 {
		return ok(list)
	}
	for _, m := range between(ch.messages, c.query.Get("before"), c.query.Get("after"), c.query.Get("around"), limit) {
		object := s.messageJSON(m)
		delete(object, "nonce") // told once, to the one who posted
		list = append(list, object)
	}
	return ok(list)
}

// between selects up to limit messages, newest first.
func between(all []*message, before, after, around string, limit int) []*message {
	list := slices.Clone(all)
	switch {
	case around != "":
		i := slices.IndexFunc(list, func(m *message) bool { return !older(m.id, around) })
		if i < 0 {
			i = len(list)
		}
		low := max(i-limit/2, 0)
		list = list[low:min(low+limit, len(list))]
	case after != "":
		list = slices.DeleteFunc(list, func(m *message) bool { return !older(after, m.id) })
		list = list[:min(limit, len(list))]
	default:
		if before != "" {
			list = slices.DeleteFunc(list, func(m *message) bool { return !older(m.id, before) })
		}
		list = list[max(len(list)-limit, 0):]
	}
	slices.Reverse(list)
	return list
}

// older compares snowflakes.
func older(a, b string) bool {
	return len(a) < len(b) || len(a) == len(b) && a < b
}

func (s *Server) deleteMessage(c *call) answer {
	ch, m, err := s.messageOf(c, 0)
	if err == nil && m.author != s.o.BotID {
		err = s.allowed(ch, PermManageMessages)
	}
	if err == nil && ch.archived {
		err = errArchived
	}
	if err != nil {
		return refuse(err)
	}
	ch.delete(m.id)
	return noContent()
}
