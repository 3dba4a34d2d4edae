package discordtest

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// route is one operation of the REST interface.
type route struct {
	method  string
	pattern string // as Discord's document writes it
	handler func(*Server, *call) answer
	open    bool // needs no Authorization: the token is in the path
	exempt  bool // outside the global rate limit
	limit   int  // requests
	window  time.Duration
	// rules are ours for the body: violations that make a 50035, or another refusal.
	rules     func(*call) ([]violation, *apiError)
	schema    string // pattern of the document's path that describes the body, "" = none
	needsBody bool
	parts     []string
}

// routes is the table of what the fake serves. Anything else is answered 404
// and recorded as a problem.
var routes = makeRoutes()

func makeRoutes() []*route {
	const (
		channel  = "/channels/{channel_id}"
		message  = channel + "/messages/{message_id}"
		app      = "/applications/{application_id}"
		guild    = "/guilds/{guild_id}"
		webhook  = "/webhooks/{webhook_id}/{webhook_token}"
		original = webhook + "/messages/@original"
		follow   = webhook + "/messages/{message_id}"
		callback = "/interactions/{interaction_id}/{interaction_token}/callback"
	)
	get := func(p string, h func(*Server, *call) answer) *route {
		return &route{method: http.MethodGet, pattern: p, handler: h}
	}
	body := func(m, p string, h func(*Server, *call) answer, rules func(*call) ([]violation, *apiError)) *route {
		return &route{method: m, pattern: p, handler: h, rules: rules, schema: p, needsBody: true}
	}
	bare := func(m, p string, h func(*Server, *call) answer) *route {
		return &route{method: m, pattern: p, handler: h}
	}
	list := []*route{
		get("/gateway", (*Server).getGateway).opened(),
		get("/gateway/bot", (*Server).getGatewayBot),
		get("/users/@me", (*Server).getSelf),
		body(http.MethodPost, "/users/@me/channels", (*Server).postDM, nil),
		get("/users/@me/guilds", (*Server).getGuilds),
		bare(http.MethodDelete, "/users/@me/guilds/{guild_id}", (*Server).leaveGuild),
		get("/users/{user_id}", (*Server).getUser),
		get("/applications/@me", (*Server).getApplication),
		get("/oauth2/applications/@me", (*Server).getApplication),

		get(app+"/commands", (*Server).getCommands),
		body(http.MethodPut, app+"/commands", (*Server).putCommands, commandListRules).limited(20, 60*time.Second),
		get(app+"/guilds/{guild_id}/commands", (*Server).getCommands),
		body(http.MethodPut, app+"/guilds/{guild_id}/commands", (*Server).putCommands, commandListRules).limited(20, 60*time.Second),

		body(http.MethodPost, callback, (*Server).postCallback, callbackRules).opened().freed(),
		get(original, (*Server).getWebhookMessage).opened().freed(),
		body(http.MethodPatch, original, (*Server).patchWebhookMessage, editRules).opened().freed(),
		bare(http.MethodDelete, original, (*Server).deleteWebhookMessage).opened().freed(),
		body(http.MethodPost, webhook, (*Server).postFollowup, createRules).opened().freed(),
		get(follow, (*Server).getWebhookMessage).opened().freed(),
		body(http.MethodPatch, follow, (*Server).patchWebhookMessage, editRules).opened().freed(),
		bare(http.MethodDelete, follow, (*Server).deleteWebhookMessage).opened().freed(),

		get(channel, (*Server).getChannel),
		bare(http.MethodDelete, channel, (*Server).deleteChannel),
		bare(http.MethodPost, channel+"/typing", (*Server).postTyping),
		body(http.MethodPost, channel+"/messages", (*Server).postMessage, createRules).limited(5, 5*time.Second),
		get(channel+"/messages", (*Server).getMessages),
		get(message, (*Server).getMessage),
		body(http.MethodPatch, message, (*Server).patchMessage, editRules).limited(5, 5*time.Second),
		bare(http.MethodDelete, message, (*Server).deleteMessage).limited(5, time.Second),
		bare(http.MethodPost, message+"/crosspost", (*Server).crosspost),
		body(http.MethodPost, message+"/threads", (*Server).threadFromMessage, threadRules),
		bare(http.MethodPut, message+"/reactions/{emoji}/@me", (*Server).putReaction).limited(1, 250*time.Millisecond),
		bare(http.MethodDelete, message+"/reactions/{emoji}/@me", (*Server).deleteReaction).limited(1, 250*time.Millisecond),
		body(http.MethodPost, channel+"/threads", (*Server).postThread, threadRules),
		get(channel+"/threads/active", (*Server).getActiveThreads),
		get(channel+"/threads/archived/public", (*Server).getArchivedThreads),
		bare(http.MethodPut, channel+"/thread-members/@me", (*Server).joinThread),
		get(channel+"/pins", (*Server).getPins),
		bare(http.MethodPut, channel+"/pins/{message_id}", (*Server).putPin),
		bare(http.MethodDelete, channel+"/pins/{message_id}", (*Server).deletePin),
		get(channel+"/messages/pins", (*Server).getPinPage),
		bare(http.MethodPut, channel+"/messages/pins/{message_id}", (*Server).putPin),
		bare(http.MethodDelete, channel+"/messages/pins/{message_id}", (*Server).deletePin),

		get(guild, (*Server).getGuild),
		get(guild+"/channels", (*Server).getGuildChannels),
		get(guild+"/roles", (*Server).getGuildRoles),
		get(guild+"/threads/active", (*Server).getGuildThreads),
		get(guild+"/members/{user_id}", (*Server).getMember),
	}
	for _, r := range list {
		r.parts = strings.Split(r.pattern, "/")
		if r.limit == 0 {
			r.limit, r.window = 50, time.Second
		}
		if r.rules == nil {
			r.rules = func(*call) ([]violation, *apiError) { return nil, nil }
		}
	}
	return list
}

func (r *route) opened() *route { r.open = true; return r }
func (r *route) freed() *route  { r.exempt = true; return r }
func (r *route) limited(n int, window time.Duration) *route {
	r.limit, r.window = n, window
	return r
}

// findRoute finds the operation for a path; a pattern with fewer parameters
// wins over one with more.
func findRoute(method, path string) (*route, map[string]string) {
	parts := strings.Split(path, "/")
	var best *route
	var bestParams map[string]string
	for _, r := range routes {
		if r.method != method || len(r.parts) != len(parts) {
			continue
		}
		params, matches := r.match(parts)
		if matches && (best == nil || len(params) < len(bestParams)) {
			best, bestParams = r, params
		}
	}
	return best, bestParams
}

func (r *route) match(parts []string) (map[string]string, bool) {
	params := map[string]string{}
	for i, want := range r.parts {
		if !strings.HasPrefix(want, "{") {
			if want != parts[i] {
				return nil, false
			}
			continue
		}
		value, err := url.PathUnescape(parts[i])
		if err != nil || value == "" {
			return nil, false
		}
		params[strings.Trim(want, "{}")] = value
	}
	return params, true
}
