package db

import "context"

// Collect runs a query of one column and returns the values of all rows.
func Collect[T any](ctx context.Context, c Conn, sql string, args ...any) ([]T, error) {
	rows, err := c.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// One runs a query of one column and returns the value of the first row. ok is
// false if there are no rows.
func One[T any](ctx context.Context, c Conn, sql string, args ...any) (v T, ok bool, err error) {
	all, err := Collect[T](ctx, c, sql, args...)
	if err != nil || len(all) == 0 {
		return v, false, err
	}
	return all[0], true, nil
}
