package auth

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// errRefused undoes the attempts of a transaction.
var errRefused = fault.New(fault.TooManyRequests, "refused")

// takeThere takes attempts in the database: all of them, or none if one has to
// wait, which it returns. The numbers are those of the keys it has seen.
func (l *Limiter) takeThere(ctx context.Context, all []attempt, now int64) (numbers map[string]int64, refused *attempt, err error) {
	err = db.Do(ctx, l.store.DB, func(ctx context.Context) error {
		numbers = map[string]int64{}
		for i, a := range all {
			n, ok, err := l.takeOne(ctx, a, now)
			switch {
			case err != nil:
				return err
			case !ok:
				numbers, refused = map[string]int64{a.id: n}, &all[i]
				return errRefused
			}
			numbers[a.id] = n
		}
		return nil
	})
	if refused != nil {
		err = nil
	}
	return numbers, refused, err
}

// takeOne takes an attempt and returns the number of its key. It reports false if
// the attempt has to wait.
func (l *Limiter) takeOne(ctx context.Context, a attempt, now int64) (fullAt int64, ok bool, err error) {
	d, conn := l.store.DB.Dialect(), db.Use(ctx, l.store.DB)
	table, id, full := d.Quote(attemptsTable), d.Quote("id"), d.Quote("full_at")
	old := table + "." + full
	sql := "INSERT INTO " + table + " (" + id + ", " + full + ") VALUES (" + d.Placeholder(1) + ", " + d.Placeholder(2) +
		") ON CONFLICT (" + id + ") DO UPDATE SET " + full +
		" = CASE WHEN " + old + " > " + d.Placeholder(3) + " THEN " + old + " ELSE " + d.Placeholder(3) + " END + " + d.Placeholder(4) +
		" WHERE " + old + " <= " + d.Placeholder(5) + " RETURNING " + full
	fullAt, ok, err = db.One[int64](ctx, conn, sql, a.id, now+a.every, now, a.every, now+a.ahead)
	if ok || err != nil {
		return fullAt, ok, err
	}
	fullAt, _, err = db.One[int64](ctx, conn, "SELECT "+full+" FROM "+table+" WHERE "+id+" = "+d.Placeholder(1), a.id)
	return fullAt, false, err
}

// giveBackThere gives attempts back in the database. If that fails, they are lost.
func (l *Limiter) giveBackThere(ctx context.Context, all []attempt) {
	d := l.store.DB.Dialect()
	full := d.Quote("full_at")
	sql := "UPDATE " + d.Quote(attemptsTable) + " SET " + full + " = " + full + " - " + d.Placeholder(1) + " WHERE " + d.Quote("id") + " = " + d.Placeholder(2)
	_ = db.Do(ctx, l.store.DB, func(ctx context.Context) error {
		for _, a := range all {
			if _, err := db.Use(ctx, l.store.DB).Exec(ctx, sql, a.every, a.id); err != nil {
				return err
			}
		}
		return nil
	})
}
