package news_test

import (
	"testing"

	"newsdesk/news"
)

func TestClass_RankOrders(t *testing.T) {
	order := []news.Class{news.ClassNormal, news.ClassMajor, news.ClassBreaking}
	for i, c := range order {
		if c.Rank() != i {
			t.Errorf("%q.Rank() = %d, want %d", c, c.Rank(), i)
		}
	}
	if got := news.Class("").Rank(); got != news.ClassNormal.Rank() {
		t.Errorf(`Class("").Rank() = %d, want that of normal`, got)
	}
}
