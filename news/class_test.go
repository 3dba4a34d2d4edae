package news

import "testing"

func TestClass_RankOrders(t *testing.T) {
	for i, c := range []Class{ClassNormal, ClassMajor, ClassBreaking} {
		if c.Rank() != i {
			t.Errorf("%q.Rank() = %d, want %d", c, c.Rank(), i)
		}
	}
	if got := Class("").Rank(); got != ClassNormal.Rank() {
		t.Errorf(`Class("").Rank() = %d, want that of normal`, got)
	}
}
