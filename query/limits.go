package query

import (
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Limits bounds the cost of one request. A zero field means its default.
type Limits struct {
	DefaultPage int           // records when a request has no Limit; default MaxPage
	MaxPage     int           // the largest Limit; default 10,000
	MaxDepth    int           // relations in one path; default 10
	MaxEdges    int           // relations in one request, with those in filters and order; default 100
	MaxFields   int           // fields in one request; default 1,000
	MaxFilters  int           // conditions in one request; default 500
	MaxValues   int           // values in one list of a filter; default 50,000
	MaxCount    int           // matches that a count reads before it becomes an estimate; default 10,000
	MaxList     int           // records in one list inside a record; default 10,000
	MaxBytes    int           // of one result, unless it is streamed; default 32 MiB. One record has at most db.MaxRow
	Timeout     time.Duration // of the statement; default 20 seconds
	Wait        time.Duration // for a connection, while others are busy; default 5 seconds
}

// Check returns an invalid_data error if a limit is negative.
func (l Limits) Check() error {
	for name, n := range map[string]int{
		"DefaultPage": l.DefaultPage, "MaxPage": l.MaxPage, "MaxDepth": l.MaxDepth, "MaxEdges": l.MaxEdges,
		"MaxFields": l.MaxFields, "MaxCount": l.MaxCount, "MaxFilters": l.MaxFilters, "MaxValues": l.MaxValues,
	} {
		if err := fault.NotNegative("Limits."+name, n); err != nil {
			return err
		}
	}
	return fault.NotNegative("Limits.Timeout", l.Timeout)
}

func (l Limits) orDefaults() Limits {
	set := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.MaxPage, 10_000)
	set(&l.DefaultPage, l.MaxPage)
	set(&l.MaxDepth, 10)
	set(&l.MaxEdges, 100)
	set(&l.MaxFields, 1_000)
	set(&l.MaxFilters, 500)
	set(&l.MaxValues, 50_000)
	set(&l.MaxCount, 10_000)
	set(&l.MaxList, 10_000)
	set(&l.MaxBytes, 32<<20)
	if l.Timeout <= 0 {
		l.Timeout = 20 * time.Second
	}
	if l.Wait <= 0 {
		l.Wait = 5 * time.Second
	}
	return l
}
