// Command bench measures Gorgon against SQL written by hand, each pair in one
// run, and prints their ratio.
//
//	go run ./bench                  every case, on SQLite and PostgreSQL
//	go run ./bench -short           small data: seconds
//	go run ./bench -filter page     the cases whose names contain "page"
//
// Times of a busy machine mean little, ratios within one run a good deal: ours
// and the yardstick take turns, and what is printed is the median of their
// ratios. The yardstick of a read is the fastest of several hand-written
// statements (folder sql), which must answer the same bytes; that of a write
// is a hand-written insert of the same rows.
//
// It writes bench/results.json and bench/results.svg.
package main
