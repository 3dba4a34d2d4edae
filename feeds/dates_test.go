package feeds

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		// as the standards say
		"Mon, 02 Mar 2026 09:30:00 +0100": "2026-03-02T08:30:00Z",
		"Mon, 02 Mar 2026 09:30:00 GMT":   "2026-03-02T09:30:00Z",
		"2026-03-02T09:30:00Z":            "2026-03-02T09:30:00Z",
		"2026-03-02T09:30:00.25+05:30":    "2026-03-02T04:00:00.25Z",
		// nearly as they say
		"Mon, 2 Mar 2026 9:30:00 EST":             "2026-03-02T14:30:00Z",
		"Mon, 02 Mar 26 09:30:00 -0800":           "2026-03-02T17:30:00Z",
		"02 Mar 2026 09:30":                       "2026-03-02T09:30:00Z",
		"Mon Mar  2 09:30:00 PST 2026":            "2026-03-02T17:30:00Z",
		"Mon Mar 02 2026 09:30:00 GMT+0200 (EET)": "2026-03-02T07:30:00Z",
		"Monday, 02-Mar-26 09:30:00 UTC":          "2026-03-02T09:30:00Z",
		"March 2, 2026, 9:30 p.m.":                "2026-03-02T21:30:00Z",
		"Mar 2, 2026 12:05 AM":                    "2026-03-02T00:05:00Z",
		"2nd March 2026":                          "2026-03-02T00:00:00Z",
		"Mon, 02 Mar 2026":                        "2026-03-02T00:00:00Z",
		"Mon, 02 Mar 2026 15 -0700":               "2026-03-02T22:00:00Z",
		"Mon, 02 Mar 2026 24:00:00 GMT":           "2026-03-03T00:00:00Z",
		"2026-03-02 09:30:00":                     "2026-03-02T09:30:00Z",
		"2026-03-02 09:30:00 +0100":               "2026-03-02T08:30:00Z",
		"2026-03-02T09:30+01:00":                  "2026-03-02T08:30:00Z",
		"2026-03-02t09:30z":                       "2026-03-02T09:30:00Z",
		"2026-3-2T9:3:4":                          "2026-03-02T09:03:04Z",
		"2026-03-02":                              "2026-03-02T00:00:00Z",
		"20260302":                                "2026-03-02T00:00:00Z",
		"20260302T093000Z":                        "2026-03-02T09:30:00Z",
		"20260302093000":                          "2026-03-02T09:30:00Z",
		"1772443800":                              "2026-03-02T09:30:00Z",
		"1772443800000":                           "2026-03-02T09:30:00Z",
		// in numbers
		"2020/1/10 14:33:00":   "2020-01-10T14:33:00Z",
		"13/4/2020":            "2020-04-13T00:00:00Z",
		"4/13/2020":            "2020-04-13T00:00:00Z",
		"3/4/2020 17:06":       "2020-04-03T17:06:00Z",
		"3/4/2020 5:06 PM":     "2020-03-04T17:06:00Z",
		"15.03.2021 09.05":     "2021-03-15T09:05:00Z",
		"15.03.21":             "2021-03-15T00:00:00Z",
		"24-09-2018 10:00":     "2018-09-24T10:00:00Z",
		"2018年9月24日 14:33":     "2018-09-24T14:33:00Z",
		"2018년 9월 24일 오후 2:33": "2018-09-24T14:33:00Z",
		"٢٠٢٦/٠٣/٠٢":           "2026-03-02T00:00:00Z",
		// in words
		"Seg, 24 Set 2018 14:33:00 -0300":      "2018-09-24T17:33:00Z",
		"mer, 16 nov 2022":                     "2022-11-16T00:00:00Z",
		"mar, 16 mar 2022":                     "2022-03-16T00:00:00Z",
		"mar, 15 nov 2022":                     "2022-11-15T00:00:00Z",
		"lun., 1 févr. 2021 08h15":             "2021-02-01T08:15:00Z",
		"1er août 2021 à 10:00":                "2021-08-01T10:00:00Z",
		"Mi, 24. März 2021 18:30 Uhr":          "2021-03-24T18:30:00Z",
		"Do, 4 Dez 2025 10:00:00 MEZ":          "2025-12-04T09:00:00Z",
		"jueves, 5 de enero de 2023 10:00":     "2023-01-05T10:00:00Z",
		"gio, 12 ott 2023 08:00:00 +0200":      "2023-10-12T06:00:00Z",
		"do, 12 mrt 2020 08:00:00 +0100":       "2020-03-12T07:00:00Z",
		"śr., 3 lutego 2021 12:00":             "2021-02-03T12:00:00Z",
		"Пн, 05 окт 2020 10:00:00 +0300":       "2020-10-05T07:00:00Z",
		"5 октября 2020 г., 10:00":             "2020-10-05T10:00:00Z",
		"вівторок, 5 травня 2020":              "2020-05-05T00:00:00Z",
		"5 Mayıs 2021 Çarşamba":                "2021-05-05T00:00:00Z",
		"fre, 7 maj 2021 kl. 09:00":            "2021-05-07T09:00:00Z",
		"ke 3. maaliskuuta 2021 klo 14.30":     "2021-03-03T14:30:00Z",
		"čt, 6 května 2021":                    "2021-05-06T00:00:00Z",
		"Δευ, 02 Μαρ 2026 09:30:00 +0200":      "2026-03-02T07:30:00Z",
		"Sel, 02 Agustus 2022 09:30:00 WIB":    "2022-08-02T02:30:00Z",
		" \n Mon, 02 Mar 2026 09:30:00 GMT \t": "2026-03-02T09:30:00Z",
	} {
		got, ok := parseDate(s)
		if !ok {
			t.Errorf("%q: no date, want %s", s, want)
		} else if got.Format(time.RFC3339Nano) != want {
			t.Errorf("%q = %s, want %s", s, got.Format(time.RFC3339Nano), want)
		}
	}
	for _, s := range []string{
		"", "soon", "yesterday at noon", "Mon", "31 Feb 2021", "2021-13-01", "0000-00-00", "0000-00-00 00:00:00", "12:30",
		"March 2026", "2026", "2026-03", "32 Jan 2026", "1 Jan 1850", "99999999999999999999", "1 Jan 2026 25:61:00",
		"one two three four five six 1 Jan 2026", "-", "+++", "2026-03-02T99:99",
	} {
		if got, ok := parseDate(s); ok {
			t.Errorf("%q = %s, want none", s, got)
		}
	}
}

// Every moment is read back from each of the usual forms.
func TestParseDate_ReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	layouts := []string{
		time.RFC3339, time.RFC1123Z, time.RFC850, time.RubyDate, "2006-01-02 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 -0700",
		"2 January 2006 15:04:05 -07:00", "January 2, 2006 3:04:05 PM -0700", "02.01.2006 15:04:05 -0700", "20060102150405",
	}
	rapid.Check(t, func(t *rapid.T) {
		want := time.Unix(rapid.Int64Range(0, 3_000_000_000).Draw(t, "unix"), 0).UTC()
		layout := rapid.SampledFrom(layouts).Draw(t, "layout")
		text := want.Format(layout)
		if layout == time.RFC850 && (want.Year() >= 2069) {
			return // two digits name no century
		}
		if got, ok := parseDate(text); !ok || !got.Equal(want) {
			t.Fatalf("%q = %s (%v), want %s", text, got, ok, want)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{
		"Mon, 02 Mar 2026 09:30:00 +0100", "2026-03-02T09:30:00Z", "mer, 16 nov 2022", "2018年9月24日 14:33", "3/4/2020 5:06 PM",
		"20260302T093000Z", "1772443800", "+0100", "12:", "1.2.3.4", "\xff\xfe", "İ 1 Mayıs 2021",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := parseDate(s)
		if !ok {
			if !got.IsZero() {
				t.Errorf("%q: %s without ok", s, got)
			}
			return
		}
		if y := got.Year(); y < 1970 || y > 2200 || got.Location() != time.UTC {
			t.Errorf("%q = %s", s, got)
		}
		if again, ok := parseDate(got.Format(time.RFC3339Nano)); !ok || !again.Equal(got) {
			t.Errorf("%q = %s, read again %s", s, got, again)
		}
	})
}
