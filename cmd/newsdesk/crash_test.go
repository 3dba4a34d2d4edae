package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"modernc.org/sqlite"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
)

// crashCommit is set for a program that shall kill itself just before its n-th
// commit. What a kill leaves behind is what is in the database and at Discord,
// so being killed after a commit is being killed before the next commit or
// request, whichever comes first.
const crashCommit = "NEWSDESK_CRASH_COMMIT"

// crashing is the program with a hook on its commits.
func crashing() {
	n, err := strconv.Atoi(os.Getenv(crashCommit))
	if err != nil {
		panic(err)
	}
	var commits atomic.Int64
	sqlite.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		conn.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 {
			if commits.Add(1) == int64(n) {
				me, err := os.FindProcess(os.Getpid())
				if err != nil {
					panic(err)
				}
				if err := me.Kill(); err != nil {
					panic(err)
				}
				select {} // until it is gone
			}
			return 0
		})
		return nil
	})
	main()
}

// kill is when a program is killed.
type kill struct {
	name   string
	step   discordtest.Step // of a request
	method string
	suffix string        // of the request's path
	commit int           // before this commit
	after  time.Duration // by chance
	cut    bool          // the next message's answer is lost first
	long   bool          // the program stays away until nonces are forgotten
	digest int           // digests are due; suffix is that of a message in this one of the crash's channels
}

// kills returns the plan of a number of kills: each named step in turn, the
// rest by chance.
func kills(r *rand.Rand, n int) []kill {
	var plan []kill
	for len(plan) < n {
		for _, step := range []discordtest.Step{discordtest.StepDone, discordtest.StepArrived, discordtest.StepAnswered} {
			plan = append(plan,
				kill{name: "message " + string(step), step: step, method: "POST", suffix: "/messages", long: r.IntN(3) == 0},
				kill{name: "before a commit", commit: 1 + r.IntN(24)},
				kill{name: "digest " + string(step), step: step, method: "POST", digest: dailyChannel + r.IntN(2), long: r.IntN(3) == 0},
				kill{name: "digest, before a commit", commit: 1 + r.IntN(12), digest: dailyChannel},
				kill{name: "edit " + string(step), step: step, method: "PATCH"},
				kill{name: "by chance", after: time.Duration(r.IntN(900)) * time.Millisecond, cut: r.IntN(2) == 0, long: r.IntN(4) == 0},
				kill{name: "thread " + string(step), step: step, method: "POST", suffix: "/threads", cut: r.IntN(2) == 0},
				kill{name: "before a commit", commit: 1 + r.IntN(40), cut: r.IntN(3) == 0},
			)
		}
	}
	return plan[:n]
}

// TestCrash_NothingLostNothingTwice kills the program again and again, at
// random and at each step of a delivery, and counts what readers see.
func TestCrash_NothingLostNothingTwice(t *testing.T) { // M17
	t.Parallel()
	crashes(t, 8, func(t *testing.T, _ func()) crashDatabase {
		t.Helper()
		path := filepath.Join(t.TempDir(), "news.db")
		source := (&url.URL{Scheme: "file", Opaque: path, RawQuery: "_pragma=busy_timeout(5000)"}).String()
		return crashDatabase{driver: "sqlite", source: source, setting: "database.path", value: path}
	})
}

// crashDatabase is where a program stores what it must not lose.
type crashDatabase struct {
	driver, source string      // how the test reads it
	setting, value string      // how the program is told of it
	arm            func(n int) // has it kill the program before its n-th commit; nil where the program does so itself
}

// crashes is the test for one database, which can kill the program.
func crashes(t *testing.T, n int, open func(t *testing.T, kill func()) crashDatabase) {
	t.Helper()
	if s := os.Getenv("NEWSDESK_KILLS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatalf("NEWSDESK_KILLS: %v", err)
		}
	}
	r := rand.New(rand.NewPCG(17, uint64(n)))
	c := newCrash(t, r, open)
	counts := map[string]int{}
	for _, k := range kills(r, n) {
		c.publish()
		c.schedule(k.digest > 0)
		if k.digest > 0 && k.method != "" {
			k.suffix = c.channels[k.digest].ID + "/messages"
		}
		planned := c.run(k)
		if planned {
			counts[k.name]++
		} else {
			counts[k.name+", not reached"]++
		}
		if k.digest > 0 {
			counts["of these: "+c.afterKill()]++
		}
	}
	c.finish()
	c.Log(c.judge(len(c.channels)))
	c.Log(c.judgeDigests())
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%4d × %s", counts[name], name)
	}
}

// crash is a program between a news server and a Discord, both of which outlive
// it.
type crash struct {
	readers
	reporter
	news   *feedstest.Server
	feeds  [2]*feedstest.Feed
	items  [2][]feedstest.Item
	config string
	arm    func(n int)
	last   story

	mu     sync.Mutex
	plan   kill
	victim *exec.Cmd // nil once the plan was carried out
}

func newCrash(t *testing.T, r *rand.Rand, open func(t *testing.T, kill func()) crashDatabase) *crash {
	t.Helper()
	c := &crash{readers: readers{judgement: &judgement{T: t}}, reporter: reporter{r}, news: feedstest.New(t)}
	d := open(t, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.killVictim()
	})
	c.arm = d.arm
	c.discord = discordtest.New(t, discordtest.Options{NoRateLimits: true, OnStep: c.onStep})
	guild := c.discord.AddGuild("Readers")
	for _, name := range []string{"world", "everything", "daily", "caught-up"} {
		c.channels = append(c.channels, guild.AddTextChannel(name))
	}
	var text strings.Builder
	fmt.Fprintf(&text, `
%s = %q
poll.interval = "5s"
posts.per_hour = 0
http.allow_private = ["127.0.0.0/8"]
[discord]
token = %q
api_url = %q
`, d.setting, d.value, c.discord.Token(), c.discord.APIURL())
	for i, name := range []string{"Wire", "Courier"} {
		c.feeds[i] = c.news.Feed("/" + name + ".xml")
		c.feeds[i].SetRSS(name)
		fmt.Fprintf(&text, "[[feeds]]\nurl = %q\nname = %q\ntopic = \"world\"\n", c.feeds[i].URL(), name)
	}
	for i, topic := range []string{"world", "all", "world", "all"} {
		fmt.Fprintf(&text, "[[subscriptions]]\nchannel = %q\ntopics = [%q]\n", c.channels[i].ID, topic)
	}
	c.config = filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(c.config, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c.open(d.driver, d.source)
	// The feeds are read once while they are empty: what comes later is news.
	c.start(kill{})
	c.wait("the first polls", func() bool { return c.count(`SELECT count(*) FROM feeds WHERE polled = 1`) == 2 })
	c.stop(syscall.SIGTERM)
	return c
}

// onStep kills the program when a request has come to the step of the plan.
func (c *crash) onStep(step discordtest.Step, method, path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.plan
	if c.victim == nil || k.step != step || k.method != method || !strings.HasSuffix(path, k.suffix) || !strings.HasPrefix(path, "/channels/") {
		return
	}
	c.killVictim()
}

// killVictim kills the program, if it has not been yet. The lock is held.
func (c *crash) killVictim() {
	if c.victim != nil {
		_ = c.victim.Process.Kill() // it may have ended by itself, which the run then reports
		c.victim = nil
	}
}

// start starts the program, to be killed as planned.
func (c *crash) start(k kill) *exec.Cmd {
	c.Helper()
	name, env := "newsdesk", ""
	if c.arm != nil {
		c.arm(k.commit)
	} else if k.commit > 0 {
		name, env = "newsdesk-crashing", crashCommit+"="+strconv.Itoa(k.commit)
	}
	program, err := exec.LookPath(name)
	if err != nil {
		c.Fatal(err)
	}
	cmd := exec.CommandContext(context.WithoutCancel(c.Context()), program, "run", "--config", c.config)
	cmd.Env = append(os.Environ(), env)
	cmd.Stderr = &bytes.Buffer{}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	c.plan, c.victim = k, cmd
	return cmd
}

// stop ends the program that runs and waits for it.
func (c *crash) stop(sig os.Signal) {
	c.Helper()
	c.mu.Lock()
	cmd := c.victim
	c.victim = nil
	c.mu.Unlock()
	if cmd == nil {
		c.Fatal("the program is not running")
	}
	_ = cmd.Process.Signal(sig) // it may have ended by itself, which is told below
	if err := cmd.Wait(); err != nil && sig != syscall.SIGKILL {
		c.Fatalf("the program ended: %v\n%s", err, cmd.Stderr)
	}
}

// run starts the program and sees it killed. It reports whether that was at
// the planned step, and not because all was done without coming to it.
func (c *crash) run(k kill) (planned bool) {
	c.Helper()
	// The program would poll in five seconds.
	c.exec(`UPDATE feeds SET next_poll = 0`)
	if k.cut {
		c.discord.FailNext("POST", "/channels/*/messages", discordtest.FaultCutAfter())
	}
	cmd := c.start(k)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait() // it was killed
	}()
	chance := make(<-chan time.Time)
	if k.after > 0 {
		chance = time.After(k.after)
	}
	tick := time.NewTicker(50 * time.Millisecond) // another process works
	defer tick.Stop()
	for looking := true; looking; {
		select {
		case <-ended:
			planned, looking = true, false
		case <-chance:
			planned, looking = true, false
		case <-tick.C:
			looking = !c.done() || k.digest > 0 && c.undigested() > 0
		}
	}
	_ = cmd.Process.Kill() // it may have ended
	<-ended
	c.mu.Lock()
	c.victim = nil
	c.mu.Unlock()
	if cmd.ProcessState.Exited() {
		c.Fatalf("the program ended by itself: %v\n%s", cmd.ProcessState, cmd.Stderr)
	}
	if k.long {
		// Longer than nonces live, and too short for a message to count as old or
		// its channel as one that takes nothing.
		c.exec(`UPDATE posts SET tried = tried - 120000 WHERE tried > 0 AND state = 'pending'`)
		c.discord.ForgetNonces()
	}
	return planned
}

// finish runs the program until all is done.
func (c *crash) finish() {
	c.Helper()
	for _, tell := range []bool{false, true} { // first all is read, then what waits is told
		c.schedule(tell)
		c.exec(`UPDATE feeds SET next_poll = 0`)
		c.start(kill{})
		c.wait("everything to be posted", func() bool {
			return c.count(`SELECT count(*) FROM feeds WHERE next_poll = 0`) == 0 && c.done() && c.undigested() == 0
		})
		c.stop(syscall.SIGTERM)
	}
}

func (c *crash) wait(what string, cond func() bool) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), 10*time.Minute) // killed again and again, it leaves much to do
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond) // another process works
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			c.mu.Lock()
			log := ""
			if c.victim != nil {
				_ = c.victim.Process.Kill()
				_ = c.victim.Wait()
				log = fmt.Sprint(c.victim.Stderr)
			}
			c.mu.Unlock()
			c.Fatalf("waited in vain for %s: %d articles done of %d; %s\n%s", what,
				c.count(`SELECT count(*) FROM articles WHERE state = 'done'`), len(c.links), c.waiting(), log)
		}
	}
}

// waiting says what is not done yet, and why.
func (c *crash) waiting() string {
	rows, err := c.db.QueryContext(c.Context(), `SELECT 'article ' || id || ': ' || attempts || ' tries: ' || last_error FROM articles WHERE state = 'new'
		UNION ALL SELECT 'post ' || id || ': ' || attempts || ' tries: ' || reason FROM posts WHERE state = 'pending'`)
	if err != nil {
		return err.Error()
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err.Error()
		}
		out = append(out, s)
	}
	return strings.Join(append(out, fmt.Sprint(rows.Err())), "; ")
}
