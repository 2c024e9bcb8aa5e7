package shop

import (
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
)

// DefaultDatabase is where a shop keeps its data unless told otherwise.
const DefaultDatabase = "sqlite:gorgon.db"

// Config describes a shop. Its zero value is a shop of the built-in modules
// and links, on an SQLite file in the working folder.
type Config struct {
	// Database is sqlite:FILE or postgres://user:password@host:port/name. Default: DefaultDatabase.
	Database string
	// Modules are the shop's own modules, beside the built-in ones.
	Modules []*module.Module
	// Links are the shop's own links, beside the built-in ones.
	Links []link.Definition
	// Limits bound what one query may cost; each has a default.
	Limits query.Limits
	// Auth is how people and programs log in. Default: tokens that live a day, signed with a key kept in the database.
	Auth auth.Config
	// Migrations are changes of data, in order; each runs once per database, by Migrate.
	Migrations []Migration
}

// Check returns an invalid_data error if a setting is not valid.
func (c Config) Check() error { return module.FirstError(c.Limits.Check(), c.Auth.Check()) }
