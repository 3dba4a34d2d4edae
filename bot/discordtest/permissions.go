package discordtest

import "slices"

// Permissions, as bits of a role or an overwrite.
const (
	PermAddReactions        uint64 = 1 << 6
	PermAdministrator       uint64 = 1 << 3
	PermManageChannels      uint64 = 1 << 4
	PermManageGuild         uint64 = 1 << 5
	PermViewChannel         uint64 = 1 << 10
	PermSendMessages        uint64 = 1 << 11
	PermManageMessages      uint64 = 1 << 13
	PermEmbedLinks          uint64 = 1 << 14
	PermAttachFiles         uint64 = 1 << 15
	PermReadHistory         uint64 = 1 << 16
	PermMentionEveryone     uint64 = 1 << 17
	PermUseCommands         uint64 = 1 << 31
	PermManageThreads       uint64 = 1 << 34
	PermCreatePublicThreads uint64 = 1 << 35
	PermSendInThreads       uint64 = 1 << 38
	PermPinMessages         uint64 = 1 << 51

	permAll uint64 = 1<<53 - 1
)

// everyonePerms is what @everyone may do in a new guild.
const everyonePerms = PermAddReactions | PermViewChannel | PermSendMessages | PermEmbedLinks | PermAttachFiles |
	PermReadHistory | PermUseCommands | PermCreatePublicThreads | PermSendInThreads

type overwrite struct {
	id          string
	member      bool // else a role
	allow, deny uint64
}

// permissions computes what a user may do in a channel: the union of the
// roles, then the channel's overwrites for @everyone, for the roles taken
// together, and for the member, each denying before it allows. Threads take
// their parent's. (Discord's documentation, "Permissions".)
func (s *Server) permissions(userID string, c *Channel) uint64 {
	if c.guild == nil {
		return PermViewChannel | PermSendMessages | PermEmbedLinks | PermAttachFiles | PermReadHistory | PermAddReactions
	}
	if c.parent != nil && c.isThread() {
		return s.permissions(userID, c.parent)
	}
	g := c.guild
	p := g.basePermissions(userID)
	if p&PermAdministrator != 0 {
		return permAll
	}
	roles := g.members[userID]
	var allow, deny uint64
	for _, o := range c.overwrites {
		switch {
		case o.member:
		case o.id == g.ID:
			p = p&^o.deny | o.allow
		case slices.Contains(roles, o.id):
			allow |= o.allow
			deny |= o.deny
		}
	}
	p = p&^deny | allow
	for _, o := range c.overwrites {
		if o.member && o.id == userID {
			p = p&^o.deny | o.allow
		}
	}
	if p&PermViewChannel == 0 {
		return 0
	}
	if p&PermSendMessages == 0 {
		p &^= PermMentionEveryone | PermAttachFiles | PermEmbedLinks
	}
	return p
}

// basePermissions is the union of a member's roles.
func (g *Guild) basePermissions(userID string) uint64 {
	if userID == g.owner {
		return permAll
	}
	var p uint64
	for _, r := range g.roles {
		if r.ID == g.ID || slices.Contains(g.members[userID], r.ID) {
			p |= r.permissions
		}
	}
	if p&PermAdministrator != 0 {
		return permAll
	}
	return p
}

// allowed checks that the bot may see a channel and has all of need there.
func (s *Server) allowed(c *Channel, need uint64) *apiError {
	p := s.permissions(s.o.BotID, c)
	if p&PermViewChannel == 0 {
		return errMissingAccess
	}
	if p&need != need {
		return errMissingPermissions
	}
	return nil
}

// sendPermission is the permission that posting in the channel takes.
func (c *Channel) sendPermission() uint64 {
	if c.isThread() {
		return PermSendInThreads
	}
	return PermSendMessages
}
