// Command bench measures Gorgon against hand-written SQL, each pair in the same run,
// and prints their ratios.
//
//	go run ./bench                  every case, on SQLite and PostgreSQL
//	go run ./bench -short           small data, for a few seconds
//	go run ./bench -million         the cases of a million orders
//	go run ./bench -filter page     the cases whose names contain "page"
//	go run ./bench -filter lists    the lists of a million orders beside those of 10,000
//
// Times on a busy machine mean little, but ratios within one run are reliable: Gorgon
// and the yardstick take turns, and the median of their ratios is printed. The
// yardstick of a read is the fastest of several hand-written statements (folder sql),
// which must return the same bytes. The yardstick of a write is a hand-written insert
// of the same rows.
//
// Neither side waits for the disk: SQLite runs with synchronous=off, PostgreSQL with
// fsync=off. A shop's own commits are durable by default, and cost a write to the disk.
//
// Times are processor time: of the process, and of the PostgreSQL server that it starts.
//
// It writes bench/results.json and bench/results.svg, and bench/growth.json and
// bench/growth.svg, the cost against the number of orders; with -million or -filter, the
// other results of the last run stay in them, and with -short it writes neither.
package main
