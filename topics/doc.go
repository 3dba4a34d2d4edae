// Package topics says of which topic of the catalogue an article is. It is pure:
// the model by which words are weighed is part of the program.
//
//	c, err := topics.New()
//	found := c.Of(article, feedTopic, topicsInUse)   // found.Topic, found.By
//
// Three things speak for a topic. The feed's own topic is the prior: who made a
// feed of technology news knows best. The section in the article's address, such
// as /sport/, is the outlet's own word. And the words of title and lead are
// weighed by a multinomial logistic regression over hashed words, which
// `make train` fits on articles whose outlets filed them in a section.
//
// A topic that is none of the catalogue's is its owner's: an article of such a
// feed is never filed elsewhere. A feed of a place, such as Europe, says what
// matters there: an article of it may be moved to a subject, such as sports, and
// not to another place.
// Only topics that some feed is of are told, as nobody could follow another.
// Words speak English only; an article in another language keeps its feed's
// topic unless its address says otherwise.
package topics

// The topics of the catalogue, as feeds and subscriptions name them.
const (
	World         = "world"
	US            = "us"
	Politics      = "politics"
	Business      = "business"
	Technology    = "technology"
	Science       = "science"
	Health        = "health"
	Sports        = "sports"
	Entertainment = "entertainment"
	MiddleEast    = "middle-east"
	Europe        = "europe"
	Asia          = "asia"
)

// All returns the topics of the catalogue.
func All() []string {
	return []string{World, US, Politics, Business, Technology, Science, Health, Sports, Entertainment, MiddleEast, Europe, Asia}
}

// ofPlace says whether a topic is the news of a place, and not of a subject.
func ofPlace(topic string) bool { return topic == US || topic == Politics || InWorld(topic) }

// InWorld says whether a topic is the world or one of its regions.
func InWorld(topic string) bool {
	return topic == World || topic == Europe || topic == Asia || topic == MiddleEast
}
