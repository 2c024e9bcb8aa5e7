// Package schema turns models and links into tables.
//
// A Schema is what a database shall look like. It is made once, of all models
// of a graph: those of the modules, their pivot tables and the link tables.
//
//	s := schema.New(graph.Models())
//
// A Plan is what turns a database into that, and prints as commented SQL.
// Migrate makes it, in one transaction, one replica at a time; a second run
// finds nothing to do.
//
//	plan, err := s.Plan(ctx, d)
//	applied, err := s.Migrate(ctx, d, schema.Options{})
//
// Tables that no model has are left alone, and so are indexes that do not begin
// with IDX_. A column that no model has would have to be dropped; that, another
// type, or a value required where none was, is Destructive and refused unless
// it is asked for:
//
//	applied, err := s.Migrate(ctx, d, schema.Options{AllowDestructive: true})
//
// What a change of tables cannot say is a DataMigration: a function that runs
// once in each database, after the tables have changed and in the same
// transaction. When it fails, all of it is undone.
//
//	s := schema.New(graph.Models(), schema.DataMigration{Name: "2026-03 split names", Run: splitNames})
//
// Check tells at every start, without reading the tables, whether the database
// is at the schema: the last migration left a fingerprint of the models in the
// table gorgon_schema. A database that a newer Gorgon has migrated is refused by
// all three.
//
//	err := s.Check(ctx, d) // "… run `gorgon migrate`"
//
// # How models become tables
//
// A column's type follows from the field's kind; text sorts by bytes in both
// databases, decimals by value.
//
//	model.Text       text COLLATE "C"     text
//	model.Int        bigint               integer
//	model.Float      double precision     real
//	model.Decimal    numeric              text COLLATE decimal
//	model.Bool       boolean              integer, 0 or 1
//	model.Time       timestamptz(3)       text, model.TimeFormat
//	model.JSON       jsonb                text
//	model.TextList   text[]               text, a JSON array
//
// In SQLite several kinds share a type, so changing one into the other changes
// no table there. An enum becomes the check <table>_<column>_check, a reference
// the foreign key <table>_<column>_foreign, an index
// IDX_<table>_<columns>[_unique] over the rows that are not deleted. Names
// beyond 63 bytes are cut and end in a hash.
//
// # How the difference is found
//
// Atlas (ariga.io/atlas) reads the tables, compares and writes the statements.
// PostgreSQL rewrites the expressions it is given, so text cannot be compared
// with what it shows: a check's own text is kept as its comment, and the
// condition of an index is part of its name as a hash. What Atlas cannot say
// (collations, conversions, numbering an old column) stands beside each
// database's engine.
//
// An empty database is not compared at all: a script made once per Schema is run
// in one trip.
package schema
