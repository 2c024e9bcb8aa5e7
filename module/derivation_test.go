package module_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// A jar knows how many coins are in it, through its purses, times its factor.
type jar struct {
	model.Record
	Factor int64  `json:"factor" model:"default=1"`
	Note   string `json:"note"`
	worth

	Purses []*purse `json:"purses,omitzero" model:"many=jar_id"`
}

// worth is what is computed.
type worth struct {
	Coins int64 `json:"coins" model:"default=0,follows"`
}

type purse struct {
	model.Record
	Label string `json:"label"`
	JarID string `json:"jar_id"`

	computed bool

	Jar   *jar    `json:"jar,omitzero" model:"belongs"`
	Coins []*coin `json:"coins,omitzero" model:"many=purse_id"`
}

type coin struct {
	model.Record
	Value   int64  `json:"value"`
	PurseID string `json:"purse_id"`

	computed bool

	Purse *purse `json:"purse,omitzero" model:"belongs"`
}

// bank is the service of the module of jars, purses and coins.
type bank struct {
	jars   module.Records[jar]
	purses module.Records[purse]
	coins  module.Records[coin]
	worth  module.Derivation[jar]
	*log
}

// log is what all services of a bank share.
type log struct {
	ran   [][]string // the jars that were computed together
	fails error      // the error of computing
}

func newBank(s *module.Store, models []*model.Model, l *log) *bank {
	b := &bank{log: l, jars: module.For[jar](s, models[0]), purses: module.For[purse](s, models[1]), coins: module.For[coin](s, models[2])}
	b.worth = module.Derivation[jar]{Owners: b.jars, Compute: b.compute}
	return b
}

func (b *bank) compute(ctx context.Context, t *module.Tracker, jars map[string]*jar) error {
	var all []*jar
	for _, j := range jars {
		all = append(all, j)
	}
	ids := module.IDs(all, func(j *jar) string { return j.ID })
	b.ran = append(b.ran, slices.Sorted(slices.Values(ids)))
	r := module.NewReader(ctx)
	purses := module.Read(r, b.purses, module.Where{"jar_id": ids})
	coins := module.Group(
		module.Read(r, b.coins, module.Where{"purse_id": module.IDs(purses, func(p *purse) string { return p.ID })}),
		func(c *coin) string { return c.PurseID },
	)
	module.Track(t, b.jars, all, func(j *jar) worth { return j.worth })
	for _, j := range all {
		j.Coins = 0
	}
	for _, p := range purses {
		for _, c := range coins[p.ID] {
			jars[p.JarID].Coins += c.Value * jars[p.JarID].Factor
		}
	}
	return errors.Join(r.Err(), b.fails)
}

func (b *bank) ofPurses() module.Cause[purse] {
	return module.Cause[purse]{
		Records: b.purses, Later: b.worth.Later, Parent: func(p *purse) string { return p.JarID }, Computed: func(p *purse) *bool { return &p.computed },
	}
}

func (b *bank) ofCoins() module.Cause[coin] {
	return module.Cause[coin]{
		Records: b.coins, Later: b.worth.Later, Parent: func(c *coin) string { return c.PurseID }, Computed: func(c *coin) *bool { return &c.computed },
		Owners: module.Parents(b.purses, func(p *purse) string { return p.JarID }),
	}
}

// opened returns a bank with a jar "j1" of two purses, "p1" and "p2", with 5 and 2,
// and an empty jar "j2". These are computed in memory.
func opened(t *testing.T, d db.DB) *bank {
	t.Helper()
	l, models := &log{}, []*model.Model{model.Define[jar]("jar"), model.Define[purse]("purse"), model.Define[coin]("coin")}
	m := &module.Module{
		Name: "bank", Models: models,
		Rules: func(s *module.Store) []module.Rule {
			b := newBank(s, models, l)
			return []module.Rule{
				module.On(models[0], module.Rules[jar]{New: inMemory}),
				module.On(models[1], module.Rules[purse]{Before: b.ofPurses().Before, After: b.ofPurses().After}),
				module.On(models[2], module.Rules[coin]{Before: b.ofCoins().Before, After: b.ofCoins().After}),
			}
		},
		Service: module.Provide(func(s *module.Store) *bank {
			b := newBank(s, models, l)
			b.ofPurses().Watch()
			b.ofCoins().Watch()
			b.worth.Watch("factor")
			return b
		}),
	}
	g, err := model.NewGraph(module.Models(m)...)
	if err != nil {
		t.Fatal(err)
	}
	createTables(t, d, g)
	b := module.ServiceOf[*bank](module.NewStore(d, g, m))
	p1, p2 := &purse{Label: "red", Coins: []*coin{nil, {Value: 5}}}, &purse{Label: "blue", Coins: []*coin{{Value: 2}}}
	j1, j2 := &jar{Purses: []*purse{p1, nil, p2}}, &jar{}
	j1.ID, j2.ID, p1.ID, p2.ID, p1.Coins[1].ID, p2.Coins[0].ID = "j1", "j2", "p1", "p2", "c5", "c2"
	if err := b.jars.Create(t.Context(), j1, j2); err != nil {
		t.Fatal(err)
	}
	return b
}

// inMemory computes a new jar with everything in it.
func inMemory(j *jar) error {
	for p := range module.Present(j.Purses) {
		p.computed = true
		for c := range module.Present(p.Coins) {
			c.computed = true
			j.Coins += c.Value
		}
	}
	return nil
}

// holds checks what is stored of both jars.
func (b *bank) holds(t *testing.T, what string, j1, j2 int64) {
	t.Helper()
	all, err := b.jars.List(t.Context(), nil, module.Page{Order: []string{"id"}, WithDeleted: true})
	if err != nil || len(all) != 2 || all[0].Coins != j1 || all[1].Coins != j2 {
		t.Errorf("%s: %d and %d coins, want %d and %d (%v)", what, all[0].Coins, all[1].Coins, j1, j2, err)
	}
}

func TestDerivationFollowsEveryChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		b, ctx := opened(t, d), t.Context()
		b.holds(t, "created", 7, 0)
		three := &coin{Value: 3, PurseID: "p1"}
		three.ID = "c3"
		patch := func(ids string, p module.Patch) func() error {
			return func() error {
				_, err := b.coins.Update(ctx, strings.Fields(ids), p)
				return err
			}
		}
		for _, step := range []struct {
			what   string
			j1, j2 int64
			do     func() error
		}{
			{"a coin", 10, 0, func() error { return b.coins.Create(ctx, three) }},
			{"coins of another value", 15, 0, patch("c3 c2", module.Patch{"value": 5})},
			{"a coin that was created with its jar", 11, 0, patch("c5", module.Patch{"value": 1})},
			{"a purse is deleted with its coins", 5, 0, func() error { return b.purses.SoftDelete(ctx, "p1") }},
			{"and restored", 11, 0, func() error { return b.purses.Restore(ctx, "p1") }},
			{"a coin is deleted for good", 6, 0, func() error { return b.coins.Delete(ctx, "c3") }},
			{"a purse moves", 1, 5, func() error {
				_, err := b.purses.Update(ctx, []string{"p2"}, module.Patch{"jar_id": "j2"})
				return err
			}},
			{"a coin moves", 0, 6, patch("c5", module.Patch{"purse_id": "p2"})},
			{"a factor", 0, 12, func() error {
				_, err := b.jars.Update(ctx, []string{"j2"}, module.Patch{"factor": 2})
				return err
			}},
			{"a purse is deleted for good with its coins", 0, 0, func() error { return b.purses.Delete(ctx, "p2") }},
		} {
			if err := step.do(); err != nil {
				t.Fatalf("%s: %v", step.what, err)
			}
			b.holds(t, step.what, step.j1, step.j2)
		}
	})
}

// What a transaction changes is computed once, at its end; what cannot change
// anything, never.
func TestDerivationRunsOnceATransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		b, ctx := opened(t, d), t.Context()
		if _, err := b.jars.Update(ctx, []string{"j1"}, module.Patch{"note": "mine"}); err != nil || len(b.ran) != 0 {
			t.Errorf("a note: computed %v (%v)", b.ran, err)
		}
		err := db.Do(ctx, d, func(ctx context.Context) error {
			for _, id := range []string{"c5", "c2", "c5"} {
				if _, err := b.coins.Update(ctx, []string{id}, module.Patch{"value": 4}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || fmt.Sprint(b.ran) != "[[j1]]" {
			t.Errorf("computed %v, want j1 once (%v)", b.ran, err)
		}
		b.holds(t, "the end", 8, 0)
		b.fails = fault.New(fault.Conflict, "no")
		_, err = b.coins.Update(ctx, []string{"c5"}, module.Patch{"value": 1})
		wantFault(t, err, fault.Conflict, "no")
		b.holds(t, "an error", 8, 0)
		if c, err := b.coins.Retrieve(ctx, "c5"); err != nil || c.Value != 4 {
			t.Errorf("the error did not undo the change: %v, %v", c, err)
		}
	})
}

// Settle finds what differs, and writes it unless it is dry.
func TestDerivationSettles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		b, ctx := opened(t, d), t.Context()
		var more []*jar
		for range 450 { // more than are computed together
			more = append(more, &jar{})
		}
		if err := b.jars.Create(ctx, more...); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Exec(ctx, "UPDATE jar SET coins = 9 WHERE id <> 'j1'"); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			dry   bool
			found int
		}{{true, 451}, {false, 451}, {true, 0}} {
			b.ran = nil
			var found []module.Wrong
			if err := b.worth.Settle(ctx, step.dry, func(w module.Wrong) { found = append(found, w) }); err != nil {
				t.Fatal(err)
			}
			if len(b.ran) != 3 || len(slices.Concat(b.ran...)) != 452 {
				t.Errorf("computed %d jars together %d times", len(slices.Concat(b.ran...)), len(b.ran))
			}
			if len(found) != step.found {
				t.Errorf("dry %t: found %d, want %d", step.dry, len(found), step.found)
			}
			for _, w := range found {
				if w.Model != b.jars.Model() || w.ID == "j1" || w.Column != "coins" || w.Stored != "9" || w.Computed != "0" {
					t.Fatalf("found %v", w)
				}
			}
		}
	})
}
