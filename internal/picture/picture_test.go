package picture

import "testing"

func TestPicture_Leads(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why  string
		p    Picture
		want bool
	}{
		{"plain", Picture{URL: "https://echo.example/i/basin-dredging.jpg"}, true},
		{"large", Picture{URL: "https://echo.example/i/1.jpg", Width: 1200, Height: 630}, true},
		{"a feed's", Picture{URL: "https://echo.example/i/1.jpg", Width: 240, Height: 135}, true},
		{"without an ending", Picture{URL: "https://img.echo.example/im-127940/social"}, true},
		{"a logo in the news", Picture{URL: "https://echo.example/i/2026/brightwater-logo-on-tower.jpg"}, true},
		{"a size of a story's picture", Picture{URL: "https://img.echo.example/vi/x7Yz/maxresdefault.jpg"}, true},
		{"large by name", Picture{URL: "https://echo.example/i/basin-1024x683.jpg"}, true},
		{"a proportion by name", Picture{URL: "https://echo.example/i/basin-21x9.jpg"}, true},
		{"one side by name", Picture{URL: "https://echo.example/i/1600x0/basin.jpg"}, true},
		{"shares of a company", Picture{URL: "https://echo.example/i/share-price-falls.jpg"}, true},
		{"a picture in a folder named default", Picture{URL: "https://echo.example/sites/default/files/basin.jpg"}, true},

		{"nothing", Picture{}, false},
		{"no scheme", Picture{URL: "//echo.example/i/1.jpg"}, false},
		{"data", Picture{URL: "data:image/png;base64,AAAA"}, false},
		{"script", Picture{URL: "javascript:alert(1)"}, false},
		{"another protocol", Picture{URL: "ftp://echo.example/1.jpg"}, false},
		{"password", Picture{URL: "https://a:b@echo.example/1.jpg"}, false},
		{"pixel", Picture{URL: "https://echo.example/i/1.jpg", Width: 1, Height: 1}, false},
		{"narrow", Picture{URL: "https://echo.example/i/1.jpg", Width: 140}, false},
		{"low", Picture{URL: "https://echo.example/i/1.jpg", Height: 60}, false},
		{"strip", Picture{URL: "https://echo.example/i/1.jpg", Width: 970, Height: 120}, false},
		{"small by name", Picture{URL: "https://echo.example/i/basin-150x150.jpg"}, false},
		{"small by folder", Picture{URL: "https://echo.example/72x72/basin.jpg"}, false},
		{"small by query", Picture{URL: "https://echo.example/basin.jpg?width=140&q=85"}, false},
		{"drawing", Picture{URL: "https://echo.example/i/chart.svg"}, false},
		{"film", Picture{URL: "https://echo.example/i/basin.mp4"}, false},
		{"icon", Picture{URL: "https://echo.example/favicon.ico"}, false},
		{"counter by host", Picture{URL: "https://pixel.wp.com/g.gif?blog=1"}, false},
		{"counter by a network", Picture{URL: "https://sb.scorecardresearch.com/p?c1=2"}, false},
		{"counter by path", Picture{URL: "https://www.facebook.com/tr?id=1&noscript=1"}, false},
		{"counter by name", Picture{URL: "https://echo.example/s/pixel.gif?u=1"}, false},
		{"feed's counter", Picture{URL: "http://feeds.feedburner.com/~r/echo/~4/x"}, false},
		{"logo", Picture{URL: "https://echo.example/i/logo-dark.png"}, false},
		{"the site's logo", Picture{URL: "https://www.saltbyecho.example/i/saltby_fb_logo.jpg"}, false},
		{"the site's card", Picture{URL: "https://www.saltby-echo.example/i/echo-social-wide.jpg"}, false},
		{"for what has none", Picture{URL: "https://echo.example/i/og-image.png"}, false},
		{"the standing one", Picture{URL: "https://echo.example/i/opengraph_default.png"}, false},
		{"no picture", Picture{URL: "https://echo.example/i/no-image-available.png"}, false},
		{"folder of logos", Picture{URL: "https://echo.example/images/logos/saltby.png"}, false},
		{"a theme's", Picture{URL: "https://echo.example/wp-content/themes/paper/head.jpg"}, false},
		{"a face", Picture{URL: "https://secure.gravatar.com/avatar/1234?s=512"}, false},
	} {
		if got := c.p.Leads(); got != c.want {
			t.Errorf("%s: %+v: %v, want %v", c.why, c.p, got, c.want)
		}
	}
}

func TestFirst_TakesWhatIsFit(t *testing.T) {
	t.Parallel()
	offered := []Picture{
		{URL: "https://echo.example/i/1-s.jpg", Width: 140, Height: 84},
		{URL: "https://echo.example/i/1-m.jpg", Width: 460, Height: 276},
		{URL: "https://echo.example/i/1-l.jpg", Width: 700, Height: 420},
		{URL: "https://echo.example/i/logo.png", Width: 2000, Height: 2000},
	}
	if got := First(offered); got != offered[1].URL {
		t.Errorf("First: %q", got)
	}
	if got := Widest(offered); got != offered[2].URL {
		t.Errorf("Widest: %q", got)
	}
	if got := Widest(offered[:1]); got != "" {
		t.Errorf("Widest of a thumbnail: %q", got)
	}
}

func TestLocal(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://echo.example/1.jpg": false, "https://93.184.216.34/1.jpg": false, "https://[2606:2800:220:1::1]/1.jpg": false,
		"http://127.0.0.1/1.jpg": true, "http://10.0.0.1/1.jpg": true, "http://192.168.1.1/reboot?.jpg": true, "http://169.254.169.254/1.jpg": true,
		"http://[::1]/1.jpg": true, "http://[fd00::1]/1.jpg": true, "http://[::ffff:10.0.0.1]/1.jpg": true,
		"http://localhost/1.jpg": true, "http://router/1.jpg": true, "http://printer.local/1.jpg": true, "http://127.1/1.jpg": true, "http://localhost./1.jpg": true,
	} {
		if got := Local(address); got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

func TestPixels(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{"1200": 1200, " 630px ": 630, "1200.0": 1200, "": 0, "auto": 0, "-3": 0, "1e9": 0, "NaN": 0, "0": 0} {
		if got := Pixels(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}
