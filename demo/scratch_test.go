package demo_test

import (
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/verify"
)

func TestScratch(t *testing.T) {
	for _, n := range []int{1, 60, 2000} {
		dbtest.Each(t, func(t *testing.T, d db.DB) {
			s := open(t, d)
			at := time.Now()
			res := s.seed(t, n)
			t.Log(n, time.Since(at), res)
			r, err := verify.Run(t.Context(), s.Store, verify.Options{})
			t.Log(r, err)
			if n == 2000 {
				total := int64(0)
				for _, m := range s.Store.Graph.Models() {
					c := one[int64](t, s, `SELECT count(*) FROM "`+m.Table+`"`)
					total += c
					t.Log(m.Table, c)
				}
				t.Log(total)
			}
		})
	}
}
