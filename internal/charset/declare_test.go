package charset

import (
	"strings"
	"testing"
)

func TestOwnCharset(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ head, want string }{
		{``, ""},
		{`<`, ""},
		{`<p>charset=koi8-r`, ""},
		{`<?xml version="1.0" encoding='KOI8-R'?>`, "KOI8-R"},
		{`<!-- < --><?XML version="1.0" Encoding="koi8-r"?><meta charset="big5">`, "koi8-r"},
		{`<!doctype html><title>a <b</title><metadata><META HTTP-EQUIV="Content-Type" CONTENT="text/html; CharSet=windows-1251">`, "windows-1251"},
		{`<meta name="viewport"><meta charset=shift_jis>`, "shift_jis"},
		{`<meta charset="utf-16">`, "utf-8"},
		{`<meta`, ""},
		{`<meta name="description" content="` + strings.Repeat("to write ", 80) + `charset=koi8-r"><meta charset="big5">`, "big5"},
	} {
		if got := ownCharset([]byte(c.head)); got != c.want {
			t.Errorf("%q: %q, want %q", c.head, got, c.want)
		}
	}
}
