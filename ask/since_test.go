package ask_test

import (
	"testing"
	"time"

	"newsdesk/ask"
)

// Questions for what changed name a story and a time; other questions are left
// to the articles. // B8
func TestReadSince(t *testing.T) {
	t.Parallel()
	now := time.Date(2031, 5, 8, 15, 30, 0, 0, time.UTC) // a Thursday
	at := func(day, hour int) time.Time { return time.Date(2031, 5, day, hour, 0, 0, 0, time.UTC) }
	for question, want := range map[string]ask.Since{
		"What changed since Monday?":                                             {Time: at(5, 0)},
		"What has changed in the Velmora quake since Monday?":                    {Story: "Velmora quake", Time: at(5, 0)},
		"What's new in the Hallow Bridge trial since yesterday?":                 {Story: "Hallow Bridge trial", Time: at(7, 0)},
		"what is new about storm Odile since Thursday":                           {Story: "storm Odile", Time: at(1, 0)},
		"What happened with the ferry strike after Tuesday evening?":             {Story: "ferry strike", Time: at(6, 18)},
		"Since Monday what changed?":                                             {},
		"Anything new on the Castell merger since this morning?":                 {Story: "Castell merger", Time: at(8, 6)},
		"Has anything changed in the Castell merger in the last 3 days?":         {Story: "Castell merger", Time: now.Add(-72 * time.Hour)},
		"What are the updates on the shark hoax since 3 May?":                    {Story: "shark hoax", Time: at(3, 0)},
		"What's the latest on the shark hoax since May 3rd, please?":             {Story: "shark hoax", Time: at(3, 0)},
		"What has happened in Penvarra since two days ago":                       {Story: "Penvarra", Time: now.Add(-48 * time.Hour)},
		"What changed with the pool over the past week?":                         {Story: "pool", Time: now.Add(-168 * time.Hour)},
		"Updates on the election since last night":                               {Story: "election", Time: at(7, 20)},
		"What changed in the storm since 2031-05-02?":                            {Story: "storm", Time: at(2, 0)},
		"What changed since December 30 in the strike?":                          {Story: "strike", Time: time.Date(2030, 12, 30, 0, 0, 0, 0, time.UTC)},
		"How many people have died since Monday?":                                {},
		"Who has led Ostmark since 2018?":                                        {},
		"What changed the mind of the minister?":                                 {},
		"When was the tsunami warning lifted?":                                   {},
		"What did the company announce after the merger?":                        {},
		"What new rule applies to cheese makers since the court's decision?":     {},
		"Which team has won since Monday?":                                       {},
		"":                                                                       {},
		"What happened to the 14 sailors rescued from the freighter Calder Rose": {},
	} {
		got, ok := ask.ReadSince(question, now)
		if ok != !want.Time.IsZero() || !got.Time.Equal(want.Time) || ok && got.Story != want.Story {
			t.Errorf("ReadSince(%q) = %+v, %t, want %+v", question, got, ok, want)
		}
	}
}

func FuzzReadSince(f *testing.F) {
	f.Add("What changed in the Velmora quake since Monday evening?")
	f.Add("what's new since 31 february")
	now := time.Date(2031, 5, 8, 15, 30, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, question string) {
		if got, ok := ask.ReadSince(question, now); ok && (got.Time.IsZero() || got.Time.After(now)) {
			t.Errorf("%q gives %v", question, got)
		}
	})
}
