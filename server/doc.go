// Package server serves a shop over HTTP: it joins the routes of all areas, and
// listens.
//
//	err := server.ListenAndServe(ctx, s, server.Config{Address: ":9000"}, nil, nil)
//
// New returns the same as handlers, for a program with a server of its own.
//
// GET /health is 200 as long as the process responds, and GET /ready while it
// should get requests: the database responds and has its tables, and the server
// is not about to end. Both are for machines and need no credentials. Counters
// for Prometheus are served at an address of their own.
package server
