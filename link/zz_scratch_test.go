package link_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"slices"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

type zzA struct {
	model.Record
	Name string `json:"name"`
}
type zzB struct {
	model.Record
	Name string `json:"name"`
}

func zzText(d db.Dialect, n, mode int, tail string) string {
	var b strings.Builder
	b.WriteString(`INSERT INTO zz_link (zza_id, zzb_id, id, created_at, updated_at) VALUES `)
	k := 2
	if mode != 1 {
		b.Reset()
		b.WriteString(`INSERT INTO zz_link (created_at, updated_at, zza_id, zzb_id, id) VALUES `)
	}
	if mode == 1 {
		k = 1
	}
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		if mode == 1 {
			b.WriteString("(" + d.InOrder(k) + "," + d.InOrder(k+1) + "," + d.InOrder(k+2) + "," + d.InOrder(k+3) + "," + d.InOrder(k+4) + ")")
			k += 5
		} else {
			b.WriteString("(" + d.Placeholder(1) + "," + d.Placeholder(1) + "," + d.InOrder(k) + "," + d.InOrder(k+1) + "," + d.InOrder(k+2) + ")")
			k += 3
		}
	}
	return b.String() + tail
}

func TestZZ(b *testing.T) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.T) {
				var d db.DB
				if name == "sqlite" {
					d = dbtest.SQLite(b)
				} else {
					d = dbtest.Postgres(b)
				}
				as, bs := model.Define[zzA]("zza"), model.Define[zzB]("zzb")
				l := &model.Model{Name: "zz_link", Table: "zz_link", Module: "link", Key: []string{"id"}}
				l.AddField(&model.Field{Name: "zza_id", References: &model.Reference{Model: as, Column: "id", OnDelete: "CASCADE"}})
				l.AddField(&model.Field{Name: "zzb_id", References: &model.Reference{Model: bs, Column: "id", OnDelete: "CASCADE"}})
				l.AddField(&model.Field{Name: "id"})
				for _, n := range []string{"created_at", "updated_at", "deleted_at"} {
					l.AddField(&model.Field{Name: n, Kind: model.Time, Null: n == "deleted_at"})
				}
				l.Unique("zza_id", "zzb_id").Index("zzb_id")
				g, err := model.NewGraph(as, bs, l)
				if err != nil {
					b.Fatal(err)
				}
				ctx := b.Context()
				if _, err := schema.New(g.Models()).Migrate(ctx, d, schema.Options{}); err != nil {
					b.Fatal(err)
				}
				for i := range 1000 {
					if _, err := d.Exec(ctx, fmt.Sprintf("INSERT INTO zzb (id,name,created_at,updated_at) VALUES ('b%d','x','2024-01-01T00:00:00.000Z','2024-01-01T00:00:00.000Z')", i)); err != nil {
						b.Fatal(err)
					}
				}
				if _, err := d.Exec(ctx, "INSERT INTO zza (id,name,created_at,updated_at) SELECT 'a'||substr(id,2), name, created_at, updated_at FROM zzb"); err != nil {
					b.Fatal(err)
				}
				q := d.Dialect()
				now := time.Now()
				round := 0
				times := map[string][]time.Duration{}
				modes := []string{"plain5", "plain5tx", "plain3tx", "nothing3tx", "update3tx", "unnest3tx", "arr3tx", "rec3tx"}
				for k := range 60*len(modes) {
					mode := modes[k%len(modes)]
					start := time.Now()
					var args []any
					five := strings.HasPrefix(mode, "plain5")
					if !five {
						args = append(args, now)
					}
					var ls, rs, ids []string
					for i := range 1000 {
						l, r, id := fmt.Sprint("a", i), fmt.Sprint("b", (i+round)%1000), model.NewID("link")
						if mode == "unnest3tx" || mode == "arr3tx" || mode == "rec3tx" {
							ls, rs, ids = append(ls, l), append(rs, r), append(ids, id)
							continue
						}
						args = append(args, l, r, id)
						if five {
							args = append(args, now, now)
						}
					}
					round++
					run := func(ctx context.Context) error {
						c := db.Use(ctx, d)
						switch mode {
						case "plain5", "plain5tx":
							_, err := c.Exec(ctx, zzText(q, 1000, 1, ""), args...)
							return err
						case "plain3", "plain3tx":
							_, err := c.Exec(ctx, zzText(q, 1000, 3, ""), args...)
							return err
						case "nothing3tx":
							_, err := c.Exec(ctx, zzText(q, 1000, 3, " ON CONFLICT DO NOTHING"), args...)
							return err
						case "nothingret3tx":
							_, err := db.Collect[string](ctx, c, zzText(q, 1000, 3, " ON CONFLICT DO NOTHING RETURNING id"), args...)
							return err
						case "update3tx":
							_, err := db.Collect[string](ctx, c, zzText(q, 1000, 3, " ON CONFLICT (zza_id, zzb_id) WHERE deleted_at IS NULL DO UPDATE SET zza_id = excluded.zza_id RETURNING id"), args...)
							return err
						}
						if name == "postgres" && mode == "unnest3tx" {
							_, err := c.Exec(ctx, "INSERT INTO zz_link (zza_id, zzb_id, id, created_at, updated_at) SELECT l, r, i, $1, $1 FROM unnest($2::text[], $3::text[], $4::text[]) x(l, r, i) ON CONFLICT DO NOTHING", now, ls, rs, ids)
							return err
						}
						var t [][3]string
						for i := range ls {
							t = append(t, [3]string{ls[i], rs[i], ids[i]})
						}
						js, _ := json.Marshal(t)
						if name == "postgres" && mode == "rec3tx" {
							var t []map[string]string
							for i := range ls {
								t = append(t, map[string]string{"l": ls[i], "r": rs[i], "i": ids[i]})
							}
							js, _ := json.Marshal(t)
							_, err := c.Exec(ctx, "INSERT INTO zz_link (zza_id, zzb_id, id, created_at, updated_at) SELECT l, r, i, $1, $1 FROM json_to_recordset($2::json) AS x(l text, r text, i text) ON CONFLICT DO NOTHING", now, string(js))
							return err
						}
						if name == "postgres" {
						_, err := c.Exec(ctx, "INSERT INTO zz_link (zza_id, zzb_id, id, created_at, updated_at) SELECT x.value->>0, x.value->>1, x.value->>2, $1, $1 FROM json_array_elements($2::json) AS x(value) ON CONFLICT DO NOTHING", now, string(js))
						return err
						}
						_, err := c.Exec(ctx, "INSERT INTO zz_link (zza_id, zzb_id, id, created_at, updated_at) SELECT value->>0, value->>1, value->>2, ?1, ?1 FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING", now, string(js))
						return err
					}
					var err error
					if strings.HasSuffix(mode, "tx") {
						err = db.Do(ctx, d, run)
					} else {
						err = run(ctx)
					}
					if err != nil {
						b.Fatal(err)
					}
					times[mode] = append(times[mode], time.Since(start))
				}
				for _, m := range modes {
					slices.Sort(times[m])
					b.Log(m, times[m][0], times[m][5], times[m][30])
				}
			})
	}
}
