package news

// Kind says what sort of piece an article is. The zero value is a report, or
// what nothing tells from one.
type Kind string

// The kinds, as they are stored.
const (
	KindReport  Kind = ""
	KindRoundup Kind = "roundup" // many happenings under one title: a digest, a list of headlines or links
	KindLive    Kind = "live"    // a running account, which its outlet adds to
	KindGallery Kind = "gallery" // pictures with captions
	KindVideo   Kind = "video"
	KindAudio   Kind = "audio" // a podcast or another recording
)

// Shows reports whether the piece is to be looked at or listened to, so that
// the words on its page are not its text.
func (k Kind) Shows() bool { return k == KindGallery || k == KindVideo || k == KindAudio }
