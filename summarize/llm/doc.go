// Package llm condenses an article with a language model, and with the built-in
// summarizer where the model cannot or may not.
//
//	s := llm.New(llm.Options{Model: llm.NewOpenAI(llm.HTTPClient(), url, key, name), ...})
//	summary, reason := s.Article(ctx, article)
//
// # Trust
//
// The article is hostile and so is what a model makes of it. The article is sent
// between marks that it cannot hold, as text to be condensed; paragraphs that
// speak to a machine are left out (addressed.go). The model has no tools. Its
// answer is one JSON object of a headline and facts, each a text: there is no
// place for a link, and a fact with a link, a mention or markup is dropped
// (plain.go).
//
// Each fact is then located in the article: a sentence, alone or with a
// neighbour, must hold every content word of it, every number and name, in the
// same order, with the same negations, hedges and conditions, said by the same
// speaker, and word for word where it is quoted (check.go, align.go). What fails is
// dropped and counted. The check is strict by design: it keeps what shortens the
// article's own words and drops what rewords them, because a true fact lost is
// replaced by one of the built-in summarizer's and a false one kept is not.
// Languages whose negations and hedges are not known to it (lexicon.go) are left
// to the built-in summarizer.
//
// # Failing
//
// An article gets a time limit, in which a request that fails in passing is
// repeated with jitter and with the wait that the server asks for (ask.go). A
// server that goes on failing is left alone for a while (breaker.go). Whatever
// happens, Article returns a summary; its Method says who wrote it.
//
// # Money
//
// A request is booked at the most it can cost before it is sent, and set right
// when its answer says what it used; one that may have been worked on without an
// answer stays booked. A request that would pass the day's cap is not sent. An
// answer is kept under a hash of the model, the prompt and the text, so that no
// text is paid for twice, not after a restart either.
//
// There are two caps. The day's is over everything. The other is each guild's, and
// over what is condensed for it alone, the articles of feeds that it added by
// itself; where several guilds added one, those that have room share the cost.
// Summaries of the operator's feeds are made once and shown in every guild: no
// guild can be said to have asked for one.
//
// Answers are not streamed: nothing of an answer can be shown before all of it was
// checked.
package llm
