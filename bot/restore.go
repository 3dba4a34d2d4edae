package bot

import (
	"newsdesk/bot/message"
	"newsdesk/news"
)

// Message renders a post as Send shows it, for a surface that has to show
// earlier posts again.
func (p *Poster) Message(post news.Post) message.Message {
	switch post.Kind {
	case news.PostLine:
		if post.Event.Into != 0 {
			return message.Fit(message.Message{Content: LastLine(post), Silent: true})
		}
		return message.Fit(message.Message{Content: Line(post, p.now()), Silent: true})
	case news.PostRise:
		return Rise(post)
	}
	return p.render(post, post.Kind == news.PostEdit)
}

// ThreadName is the name of the thread of a post's message.
func ThreadName(post news.Post) string { return threadName(post.Event) }
