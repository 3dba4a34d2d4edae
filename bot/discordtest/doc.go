// Package discordtest is a Discord on loopback: the REST interface and the
// gateway in one process, for tests and for trying the program by hand.
//
//	d := discordtest.New(t, discordtest.Options{})
//	guild := d.AddGuild("Newsroom")
//	channel := guild.AddTextChannel("world")
//	... start the bot with token d.Token() and discord.api_url d.APIURL() ...
//	answer, err := d.Interact(ctx, discordtest.Interaction{Channel: channel, Command: "latest"})
//	messages, err := d.WaitMessages(ctx, channel, 1)
//
// # What it does as Discord does
//
// The gateway says HELLO, checks IDENTIFY (token, intents, shard,
// properties), answers READY with a resume address on a port of its own,
// sends GUILD_CREATE for each guild, acknowledges heartbeats, keeps what it
// sent and replays it on RESUME. REST knows the routes that a bot of this
// kind needs; any other is answered 404 and counts as a problem. Permissions
// are computed from roles and overwrites; rate limits, nonces, interaction
// deadlines and the hourly limits on edits and crossposts are kept.
//
// # The judge
//
// Every request body is judged, whatever is answered to it: by Discord's own
// OpenAPI document where there is one (Options.Spec), and by rules that the
// document does not know. A refused body is answered as Discord would, is
// listed by Problems and fails the test, unless Options.Lenient is set.
// Lengths are counted in code points or UTF-16 units, whichever is more.
//
// # Time
//
// Options.Now drives identifiers, timestamps, the three seconds and fifteen
// minutes of interactions, the age of messages and the limits by the hour.
// Short rate limits, heartbeats and faults that wait run on the real clock,
// because a client really sleeps for them.
//
// # Faults
//
// Each is one call: those of the gateway are methods of Server (WithholdHello,
// Reconnect, InvalidSession, DropConnections, ...), those of REST are given to
// FailNext.
package discordtest
