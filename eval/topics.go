package main

import (
	"fmt"

	"newsdesk/topics"
	"newsdesk/topics/labelled"
)

// topicFigures measures how well topics are told of articles that were kept out
// of the fitting: by words alone, and as they come from feeds.
func topicFigures(root string) ([]figure, error) {
	c, err := topics.New()
	if err != nil {
		return nil, err
	}
	list, err := labelled.Read(root)
	if err != nil {
		return nil, fmt.Errorf("topics: %w", err)
	}
	var out []figure
	precision, recall := 0.0, 0.0
	scores := labelled.Measure(c, list)
	for _, s := range scores {
		precision += s.Precision / float64(len(scores))
		recall += s.Recall / float64(len(scores))
		name := "topics " + s.Topic
		out = append(out, figure{set: name, metric: "precision", value: s.Precision}, figure{set: name, metric: "recall", value: s.Recall})
	}
	moves := labelled.Follow(c, list)
	return append(out,
		figure{set: "topics all", metric: "precision", value: precision}, figure{set: "topics all", metric: "recall", value: recall},
		figure{set: "topics feeds", metric: "kept in a feed of their topic", value: moves.Kept, target: ">= 0.99"},
		figure{set: "topics feeds", metric: "taken out of a feed of the world", value: moves.Moved},
		figure{set: "topics feeds", metric: "put where they belong", value: moves.Right, target: ">= 0.95"},
	), nil
}
