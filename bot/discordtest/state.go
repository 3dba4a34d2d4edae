package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// discordEpoch is the first millisecond of 2015, from which ids count.
const discordEpoch = 1420070400000

// state is what the server remembers; Server.mu guards it.
type state struct {
	lastID uint64
	bot    *user
	users  map[string]*user

	guilds       []*Guild
	channels     map[string]*Channel
	gone         map[string]bool // ids of removed channels and left guilds' channels: 50001 rather than 10003
	dmClosed     map[string]bool // users who take no direct messages
	commands     []json.RawMessage
	guildCmds    map[string][]json.RawMessage
	interactions map[string]*interaction // by token
	tokens       []string                // of interactions, oldest first
	modals       map[string]shownModal   // by user and custom id

	conns       []*conn
	sessions    map[string]*session
	connections []Connection
	identifies  []time.Time
	lastStart   map[string]time.Time // by shard
	tokenReset  bool
	gatewayFaults

	requests []Request
	problems []string
	faults   []*plannedFault
	limits
}

// user is an account.
type user struct {
	id, name string
	bot      bool
}

func (s *Server) init() {
	s.users = make(map[string]*user)
	s.channels = make(map[string]*Channel)
	s.gone = make(map[string]bool)
	s.dmClosed = make(map[string]bool)
	s.guildCmds = make(map[string][]json.RawMessage)
	s.interactions = make(map[string]*interaction)
	s.modals = make(map[string]shownModal)
	s.sessions = make(map[string]*session)
	s.lastStart = make(map[string]time.Time)
	s.buckets = make(map[string]*bucket)
	if s.o.ApplicationID == "" {
		s.o.ApplicationID = s.newID()
	}
	if s.o.BotID == "" {
		s.o.BotID = s.o.ApplicationID
	}
	s.bot = &user{id: s.o.BotID, name: "Newsdesk", bot: true}
	s.users[s.o.BotID] = s.bot
}

// newID makes a snowflake: the clock's milliseconds, then a counter. Ids rise
// also where the clock stands still.
func (s *Server) newID() string {
	ms := max(s.now().UnixMilli()-discordEpoch, 0)
	id := max(uint64(ms)<<22, s.lastID+1)
	s.lastID = id
	return strconv.FormatUint(id, 10)
}

// touch wakes those who wait for something to change. Callers hold s.mu.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// problem records a refusal. Callers hold s.mu; the test is told by tell.
func (s *Server) problem(text string) {
	s.problems = append(s.problems, text)
	s.log.Warn("refused", "reason", text)
	if s.tb != nil && !s.o.Lenient && !s.closed {
		s.tb.Errorf("discordtest: %s", text)
	}
	s.touch()
}

// Problems lists what the judge and our own rules refused, oldest first.
func (s *Server) Problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.problems)
}

// Commands returns the registered global commands, as they were registered.
func (s *Server) Commands() []json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands)
}

// GuildCommands returns the commands registered for one guild.
func (s *Server) GuildCommands(g *Guild) []json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.guildCmds[g.ID])
}

// userByID returns an account, making one for an id that is not known yet.
func (s *Server) userByID(id string) *user {
	if u, ok := s.users[id]; ok {
		return u
	}
	u := &user{id: id, name: "reader" + id}
	s.users[id] = u
	return u
}

// AddUser makes an account and returns its id.
func (s *Server) AddUser(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := &user{id: s.newID(), name: name}
	s.users[u.id] = u
	return u.id
}

// CloseDMs makes a user refuse direct messages (50007).
func (s *Server) CloseDMs(userID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dmClosed[userID] = true
}
