package module

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
)

// Analyze gathers the statistics by which the database plans queries. It is for
// the end of many writes: until then, and on PostgreSQL until it finds the time,
// queries are planned as for the tables of before.
func (s *Store) Analyze(ctx context.Context) error {
	d := s.DB.Dialect()
	var tables []string
	for _, m := range s.Graph.Models() {
		tables = append(tables, d.Quote(m.Table))
	}
	_, err := db.Use(ctx, s.DB).Exec(ctx, d.Analyze(tables...))
	return err
}
