// Package schema creates the tables of models and migrates them.
//
// A Schema is the tables that a database should have. It is created from all
// models of a graph: those of the modules, their pivot tables and the link
// tables.
//
//	s := schema.New(graph.Models())
//
// A Plan is the list of changes that bring a database to the schema. It prints as
// SQL with comments. Migrate applies them in one transaction; when several
// replicas start at the same time, one migrates and the others wait. Afterwards
// there is nothing left to do.
//
//	plan, err := s.Plan(ctx, d)
//	applied, err := s.Migrate(ctx, d, schema.Options{})
//
// Indexes of existing tables that no rule needs are built after that transaction,
// one by one, in PostgreSQL without locking out writes. What an interruption leaves
// is built by the next Migrate.
//
// Tables that belong to no model are left alone, and so are indexes whose names
// do not begin with IDX_. Dropping a column, changing its type and making it
// required are destructive changes, which Migrate refuses unless they are
// allowed:
//
//	applied, err := s.Migrate(ctx, d, schema.Options{AllowDestructive: true})
//
// A DataMigration changes rows. It is a function that runs once in each database,
// in the same transaction, after the tables have changed. If it fails, the whole
// migration is rolled back.
//
//	s := schema.New(graph.Models(), schema.DataMigration{Name: "2026-03 split names", Run: splitNames})
//
// Check is for every start of the program. It does not read the tables: the last
// migration has left a fingerprint of the models in the table gorgon_schema. Plan,
// Migrate and Check refuse a database that a newer Gorgon has migrated.
//
//	err := s.Check(ctx, d) // "… run `gorgon migrate`"
//
// # How models become tables
//
// The kind of a field determines the type of its column. In both databases, text
// sorts by bytes and decimals sort by value.
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
// In SQLite several kinds share a type, so changing a field from one to another
// does not change the table. An enum becomes the check <table>_<column>_check, a
// reference the foreign key <table>_<column>_foreign, and an index
// IDX_<table>_<columns>[_unique] over the rows that are not soft-deleted. Names
// of more than 63 bytes are cut and end with a hash.
//
// # How differences are found
//
// Atlas (ariga.io/atlas) reads the tables, compares them and writes the
// statements. PostgreSQL rewrites the expressions of checks and indexes, so what
// it reports cannot be compared with the models: the text of a check is kept as
// its comment, and the name of an index contains a hash of its condition. What
// Atlas does not support, such as collations, conversions and numbering an
// existing column, is added for each database.
//
// In SQLite, triggers keep the number of live rows of counted models in the table
// model.CountTable.
//
// For an empty database nothing is compared: a script, created once per Schema,
// runs in one round trip.
package schema
