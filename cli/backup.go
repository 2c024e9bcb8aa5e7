package cli

import (
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/shop"
	"github.com/gorgon-commerce/gorgon/show"
)

func backupCommand(pr *Program) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Back up an SQLite database, also while the shop is running",
		Long: `Writes a copy of the SQLite database to a new file, which only its owner can read.
The copy is the database at one moment, complete and compact; a running server goes
on meanwhile. A file that exists is not overwritten. To restore, stop the server and
put the copy in place of the database.

For PostgreSQL it prints the pg_dump command that makes a backup, without the
password, and fails, because it has backed up nothing itself.`,
		Example: `  gorgon backup shop-monday.db
  gorgon backup shop-monday.db --database sqlite:/var/lib/gorgon/shop.db`,
		Args: arguments("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, ok := shop.SQLitePath(pr.Database()); !ok {
				return printDump(cmd, pr.Database(), args[0])
			}
			if path, missing := pr.missingFile(); missing {
				return fault.New(fault.UnexpectedState, "there is no SQLite file %s to back up", path)
			}
			to := args[0]
			if path, ok := shop.SQLitePath(to); ok {
				to = path
			}
			return pr.connected(func(cmd *cobra.Command, _ []string) error { return pr.backup(cmd, to) })(cmd, args)
		},
	}
}

// backedUp is the result of a backup.
type backedUp struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
}

func (pr *Program) backup(cmd *cobra.Command, path string) error {
	if err := mustNotExist(path); err != nil {
		return err
	}
	f, err := createFile(path)
	if err != nil {
		return err
	}
	defer f.discard()
	if _, err := pr.DB().Exec(cmd.Context(), "VACUUM INTO ?1", f.Name()); err != nil { // which takes an empty file
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return cannotWrite(path, err)
	}
	if err := f.place(); err != nil {
		return err
	}
	return done(cmd, backedUp{path, info.Size()}, "backed up to %s, %s bytes\n", show.OneLine(path), show.Int(info.Size()))
}

// dump is how to back up a PostgreSQL database.
type dump struct {
	Command string `json:"command"`
}

// printDump prints the command that backs up a PostgreSQL database. It always
// fails: a script that went on would believe that it has a backup.
func printDump(cmd *cobra.Command, database, path string) error {
	line, password, err := dumpLine(database, path)
	if err != nil {
		return err
	}
	if err := done(cmd, dump{line}, "%s\n", line); err != nil {
		return err
	}
	note := ""
	if password {
		note = ", with the password in PGPASSWORD or ~/.pgpass"
	}
	return fault.New(fault.NotAllowed, "nothing was backed up: a backup of PostgreSQL is made by the pg_dump command on standard output%s", note)
}

// dumpLine returns the pg_dump command for a database, without the password, and
// whether there was one. Parameters that only our driver knows are left out.
func dumpLine(database, path string) (line string, password bool, err error) {
	u, err := url.Parse(database)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return "", false, fault.New(fault.InvalidData, "invalid database URL: want sqlite:FILE or postgres://user:password@host:5432/name")
	}
	if _, password = u.User.Password(); password {
		u.User = url.User(u.User.Username())
	}
	options := []string{"pg_dump", "--format=custom", "--no-owner", "--file=" + shellQuote(path)}
	q := u.Query()
	for name := range q {
		switch {
		case name == "password":
			password = true
			q.Del(name)
		case name == "search_path":
			options = append(options, "--schema="+shellQuote(q.Get(name)))
			q.Del(name)
		case strings.HasPrefix(name, "pool_"):
			q.Del(name)
		}
	}
	u.RawQuery = q.Encode()
	return strings.Join(append(options, shellQuote(u.String())), " "), password, nil
}

// shellQuote quotes a word for a shell.
func shellQuote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
