package news

// Place is a sentence of an article.
type Place struct {
	Article  ArticleID `json:"article"`
	Sentence int       `json:"sentence"` // index into the article's sentences
	Span     Span      `json:"span"`     // the sentence in Article.Body
}
