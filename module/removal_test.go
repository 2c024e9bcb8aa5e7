package module_test

import (
	"context"
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

// The models of these tests hang on one another by foreign keys: the database
// deletes the novels of a writer with the remarks on them, and clears the
// novel of a mention and of a sequel.

type writer struct {
	model.Record
}

type novel struct {
	model.Record
	WriterID string  `json:"writer_id"`
	SequelTo *string `json:"before_id"`
	Writer   *writer `json:"writer,omitzero" model:"belongs"`
	Before   *novel  `json:"before,omitzero" model:"belongs"`
}

type remark struct {
	model.Record
	NovelID string `json:"novel_id"`
	Novel   *novel `json:"novel,omitzero" model:"belongs"`
}

type mention struct {
	model.Record
	NovelID *string `json:"novel_id"`
	Novel   *novel  `json:"novel,omitzero" model:"belongs"`
}

// series is a database with two writers. W1 wrote n1 and n2; w2 wrote n3, the
// sequel to n1. R1 is a remark on n1. M1 mentions n1, m3 mentions n3.
type series struct {
	store                               *module.Store
	writers, novels, remarks, mentioned *model.Model
	seen                                []string
}

func published(t *testing.T, d db.DB) *series {
	t.Helper()
	s := &series{writers: model.Define[writer]("writer"), novels: model.Define[novel]("novel"),
		remarks: model.Define[remark]("remark"), mentioned: model.Define[mention]("mention")}
	m := module.New("series", s.writers, s.novels, s.remarks, s.mentioned)
	g, err := model.NewGraph(module.Models(m)...)
	if err != nil {
		t.Fatal(err)
	}
	createTables(t, d, g)
	s.store = module.NewStore(d, g, m)
	for _, sql := range []string{
		"INSERT INTO writer (id, created_at, updated_at) SELECT v.column1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z' FROM (VALUES ('w1'), ('w2')) v",
		"INSERT INTO novel (id, writer_id, before_id, created_at, updated_at) SELECT v.column1, v.column2, v.column3, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z' FROM (VALUES ('n1', 'w1', NULL), ('n2', 'w1', 'n1'), ('n3', 'w2', 'n1')) v",
		"INSERT INTO remark (id, novel_id, created_at, updated_at) VALUES ('r1', 'n1', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')",
		"INSERT INTO mention (id, novel_id, created_at, updated_at) SELECT v.column1, v.column2, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z' FROM (VALUES ('m1', 'n1'), ('m3', 'n3')) v",
	} {
		if d.Dialect().Name() != "sqlite" {
			sql = strings.ReplaceAll(sql, "'2026-01-01T00:00:00.000Z'", "timestamptz '2026-01-01'")
		}
		if _, err := d.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// watch collects the changes of some models, and makes each fail with an error
// that may be nil.
func (s *series) watch(t *testing.T, failure error, models ...*model.Model) {
	s.store.Watch(module.Watcher{
		Of: func(m *model.Model) bool { return slices.Contains(models, m) },
		See: func(ctx context.Context, of *module.Store, c module.Change) error {
			if !db.InTx(ctx, of.DB) {
				t.Errorf("the change of %s is seen outside a transaction", c.Model)
			}
			slices.Sort(c.IDs)
			op := map[module.Op]string{module.Removed: "removed", module.Updated: "updated"}[c.Op]
			s.seen = append(s.seen, strings.TrimSpace(fmt.Sprintln(op, c.Model, strings.Join(c.IDs, ","), strings.Join(c.Columns, ","))))
			return failure
		},
	})
}

func TestRemovalOfAChildIsSeenByWhoWatchesOnlyTheChild(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := published(t, d)
		s.watch(t, fault.New(fault.NotAllowed, "no"), s.novels)
		wantFault(t, module.For[writer](s.store, s.writers).Delete(t.Context(), "w1"), fault.NotAllowed, "no")
		wantChanges(t, &s.seen, "removed novel n1,n2")
		if count(t, d, "writer") != 2 || count(t, d, "novel") != 3 || count(t, d, "remark") != 1 {
			t.Error("the error of the watcher did not undo the removal")
		}
	})
}

func TestRemovalOfAGrandchildIsSeen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := published(t, d)
		s.watch(t, nil, s.remarks)
		writers := module.For[writer](s.store, s.writers)
		if err := writers.Delete(t.Context(), "w2"); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, &s.seen)
		if err := writers.Delete(t.Context(), "w1"); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, &s.seen, "removed remark r1")
		if count(t, d, "remark") != 0 {
			t.Error("the remark is still there")
		}
	})
}

// A row that loses its reference is updated; one that is deleted anyhow is not.
func TestClearedReferencesAreSeen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := published(t, d)
		s.watch(t, nil, s.writers, s.novels, s.mentioned)
		if err := module.For[writer](s.store, s.writers).Delete(t.Context(), "w1", "w_unknown"); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, &s.seen, "removed novel n1,n2", "removed writer w1", "updated mention m1 novel_id", "updated novel n3 before_id")
	})
}

// Who watches only those that refer sees that they lose their reference.
func TestClearedReferencesAreSeenByWhoWatchesOnlyThem(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := published(t, d)
		s.watch(t, nil, s.mentioned)
		if err := module.For[writer](s.store, s.writers).Delete(t.Context(), "w1"); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, &s.seen, "updated mention m1 novel_id")
	})
}

// Removing is seen while the rows are there, by those who ask for it.
func TestRemovingIsSeenBefore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := published(t, d)
		s.watch(t, nil, s.novels)
		s.store.Watch(module.Watcher{Ops: []module.Op{module.Removing}, See: func(ctx context.Context, of *module.Store, c module.Change) error {
			n, _, err := db.One[int64](ctx, db.Use(ctx, d), "SELECT count(*) FROM "+c.Model.Table)
			s.seen = append(s.seen, fmt.Sprint("removing ", c.Model, " of ", n))
			return err
		}})
		if err := module.For[writer](s.store, s.writers).Delete(t.Context(), "w1"); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, &s.seen, "removing novel of 3", "removing remark of 1", "removing writer of 2", "removed novel n1,n2", "updated novel n3 before_id")
	})
}

// A statement may join other tables that have a column like the key.
func TestUpdateSetSeesARowOfAJoin(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := published(t, d)
		s.watch(t, nil, s.mentioned)
		n, err := s.store.UpdateSet(t.Context(), s.mentioned, []string{"novel_id"},
			"UPDATE mention SET novel_id = novel.before_id FROM novel WHERE novel.id = mention.novel_id AND novel.writer_id = 'w2'")
		if n != 1 || err != nil {
			t.Fatal(n, err)
		}
		wantChanges(t, &s.seen, "updated mention m3 novel_id")
	})
}

func TestUpdateSetRefusesWhatWatchersWouldMistake(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := published(t, d)
		set := func(of *model.Model, column string) error {
			_, err := s.store.UpdateSet(t.Context(), of, []string{column}, "UPDATE novel SET deleted_at = created_at")
			return err
		}
		wantFault(t, set(s.novels, "deleted_at"), fault.NotAllowed, "novel.deleted_at", "SoftDelete", "Restore")
		wantFault(t, set(s.novels, "writer"), fault.InvalidData, "writer_id")
		wantFault(t, set(model.Define[tag]("tag"), "value"), fault.UnexpectedState, "tag")
		if n := live(t, d, "novel"); n != 3 {
			t.Errorf("%d novels are live, want 3", n)
		}
	})
}
