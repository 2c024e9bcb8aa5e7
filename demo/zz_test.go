package demo_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/demo"
)

func TestZSeeds(t *testing.T) {
	for i := range 40 {
		s := seeded(t, dbtest.SQLite(t), demo.Options{Seed: int64(i * 31), Orders: few})
		wantSound(t, s)
		totalsAddUp(t, s)
		paymentsAddUp(t, s)
		parcelsHoldWhatLinesSay(t, s)
		storiesAreConsistent(t, s)
		timesAreInOrder(t, s)
		idsTellTheirTime(t, s)
		everyLinkHasRows(t, s)
	}
}

func TestZBig(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for _, n := range []int{20000} {
			at := time.Now()
			s.seed(t, n)
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			t.Log(n, time.Since(at), m.Sys>>20, "MiB")
			wantSound(t, s)
		}
	})
}
