// Package server serves a shop over HTTP: it joins the routes of all areas, and
// listens.
//
//	err := server.ListenAndServe(ctx, s, server.Config{Address: ":9000"}, nil, nil)
//
// Handler is the same API as an http.Handler, for a program with a server of
// its own.
//
// The server answers GET /health, which is 200 as long as the database answers,
// and GET /metrics with counters for Prometheus.
package server
