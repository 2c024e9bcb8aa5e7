package query

import "time"

// Limits bound what one query may cost. The zero value of each means its
// default.
type Limits struct {
	DefaultPage int           // records when no Limit is given; default 10,000
	MaxPage     int           // the largest Limit; default 10,000
	MaxDepth    int           // relations in one path; default 10
	MaxEdges    int           // relations in one query, filters and sorts included; default 100
	MaxFields   int           // fields in one query; default 1,000
	MaxFilters  int           // conditions in one query; default 500
	MaxValues   int           // values in one list of a filter; default 50,000
	Timeout     time.Duration // of one statement; default 30 seconds
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
	if l.Timeout <= 0 {
		l.Timeout = 30 * time.Second
	}
	return l
}
