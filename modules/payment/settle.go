package payment

import (
	"context"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// settled is how many payments are added up together.
const settled = 500

// settle adds up all payments and then, from what they come to, all collections; see
// module.Module. An import, which passes no found, keeps the collections that it brought;
// payments that it brought beyond the bounds are marked.
func settle(ctx context.Context, store *module.Store, dry bool, found func(module.Wrong)) error {
	s := New(store)
	if dry && !db.InTx(ctx, store.DB) {
		return db.DoWith(ctx, store.DB, store.DB.Snapshot, func(ctx context.Context) error { return s.settle(ctx, true, found) })
	}
	return s.settle(ctx, dry, found)
}

func (s *Service) settle(ctx context.Context, dry bool, found func(module.Wrong)) error {
	err := s.eachSome(ctx, Payments, func(ids []string) error {
		if !dry {
			return s.repair(ctx, ids, found)
		}
		_, err := s.wrongSums(ctx, ids, found)
		return err
	})
	if err != nil || found == nil {
		return err
	}
	return s.eachSome(ctx, Collections, func(ids []string) error { return s.compareCollections(ctx, ids, dry, found) })
}

// eachSome calls do with the ids of all live records of a model, some at a time.
func (s *Service) eachSome(ctx context.Context, m *model.Model, do func(ids []string) error) error {
	d := s.store.DB.Dialect()
	next := "SELECT id FROM " + d.Quote(m.Table) + " WHERE deleted_at IS NULL AND id > " + d.Placeholder(1) + " ORDER BY id LIMIT " + d.Placeholder(2)
	for after := ""; ; {
		ids, err := db.Collect[string](ctx, db.Use(ctx, s.store.DB), next, after, settled)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := do(ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

// compareCollections compares the amounts and the statuses of collections with what
// follows from their sessions and payments. Unless dry, it writes them.
func (s *Service) compareCollections(ctx context.Context, ids []string, dry bool, found func(module.Wrong)) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if !dry {
			if _, err := s.Collections.Lock(ctx, ids...); err != nil {
				return err
			}
		}
		r := module.NewReader(ctx)
		all := module.Read(r, s.Collections, module.Where{"id": ids})
		sessions := module.Group(module.Read(r, s.Sessions, module.Where{"payment_collection_id": ids}), func(x *Session) string { return x.PaymentCollectionID })
		stored := module.Read(r, s.Payments, module.Where{"payment_collection_id": ids})
		if r.Err() != nil {
			return r.Err()
		}
		added, err := s.sumsOf(ctx, stored) // what is stored may be wrong, too
		if err != nil {
			return err
		}
		payments := module.Group(added, func(p *Payment) string { return p.PaymentCollectionID })
		for _, c := range all {
			next := c.refreshed(sessions[c.ID], payments[c.ID])
			wrong := c.wrong(next, found)
			if dry || len(wrong) == 0 {
				continue
			}
			wrong["completed_at"] = next.completed(s.store.Now())
			if _, err := s.Collections.Update(ctx, []string{c.ID}, wrong); err != nil {
				return err
			}
		}
		return nil
	})
}

// wrong calls found with each column in which a collection differs from what it is, and
// returns the patch that sets them. No amount is the same as 0.
func (c *Collection) wrong(is *Collection, found func(module.Wrong)) module.Patch {
	p := module.Patch{}
	differs := func(column string, stored, computed any) {
		found(module.Wrong{Model: Collections, ID: c.ID, Column: column, Stored: string(model.ToJSON(stored)), Computed: string(model.ToJSON(computed))})
		p[column] = computed
	}
	for _, sum := range []struct {
		column           string
		stored, computed *money.Amount
	}{
		{"authorized_amount", c.AuthorizedAmount, is.AuthorizedAmount},
		{"captured_amount", c.CapturedAmount, is.CapturedAmount},
		{"refunded_amount", c.RefundedAmount, is.RefundedAmount},
	} {
		if sum.stored == nil && sum.computed.IsZero() || sum.stored != nil && sum.stored.Equal(*sum.computed) {
			continue
		}
		differs(sum.column, sum.stored, sum.computed)
	}
	if c.Status != is.Status {
		differs("status", c.Status, string(is.Status))
	}
	return p
}

// repair writes the sums of payments under their locks.
func (s *Service) repair(ctx context.Context, ids []string, found func(module.Wrong)) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if _, err := s.Payments.Lock(ctx, ids...); err != nil {
			return err
		}
		wrong, err := s.wrongSums(ctx, ids, found)
		if err != nil {
			return err
		}
		return s.Payments.Derive(refreshes(ctx), sums, wrong...)
	})
}

// wrongSums returns the payments whose stored sums are wrong, with the right ones.
func (s *Service) wrongSums(ctx context.Context, ids []string, found func(module.Wrong)) ([]*Payment, error) {
	stored, err := s.Payments.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return nil, err
	}
	computed, err := s.sumsOf(ctx, stored)
	if err != nil {
		return nil, err
	}
	var out []*Payment
	for i, p := range computed {
		if p.sumsEqual(stored[i]) {
			continue
		}
		out = append(out, p)
		if found == nil {
			continue
		}
		if err := p.differences(stored[i], found); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// differences calls found with each sum in which the payment differs from what is
// stored of it.
func (p *Payment) differences(stored *Payment, found func(module.Wrong)) error {
	was, is := stored.sums(), p.sums()
	for i, name := range sums {
		before, err := json.Marshal(was[i])
		if err != nil {
			return err
		}
		after, err := json.Marshal(is[i])
		if err != nil {
			return err
		}
		if string(before) != string(after) {
			found(module.Wrong{Model: Payments, ID: p.ID, Column: name, Stored: string(before), Computed: string(after)})
		}
	}
	return nil
}

// sums returns the values of the columns sums.
func (p *Payment) sums() []any {
	return []any{p.CapturedAmount, p.RefundedAmount, p.CaptureClaims, p.RefundClaims, p.Overdrawn}
}
