package docs_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/gorgon-commerce/gorgon"

// A checker checks the types of packages as the compiler does. Those of an overlay,
// and those that import them, are checked from source; others are read as compiled.
type checker struct {
	overlay  overlay
	known    map[string]*listed
	fset     *token.FileSet
	compiled types.Importer
	checked  map[string]*types.Package
}

// listed is what the go tool says of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles, Imports        []string
	changed                 *bool // by the overlay
}

func newChecker(t *testing.T, o overlay) *checker {
	t.Helper()
	c := &checker{overlay: o, known: list(t), fset: token.NewFileSet(), checked: map[string]*types.Package{}}
	c.compiled = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		if p := c.known[path]; p != nil {
			return os.Open(p.Export)
		}
		return nil, errors.New("no such package")
	})
	return c
}

// list returns every package that the module is made of, compiled.
func list(t *testing.T) map[string]*listed {
	t.Helper()
	out, err := goTool(t, "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Imports", ".", "./gorgontest").Output()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]*listed{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return known
		} else if err != nil {
			t.Fatal(err)
		}
		known[p.ImportPath] = &p
	}
}

// check checks every package of the overlay.
func (c *checker) check(t *testing.T) {
	t.Helper()
	for _, file := range slices.Sorted(maps.Keys(c.overlay)) {
		if _, err := c.Import(path.Join(module, path.Dir(file))); err != nil {
			t.Error(err)
		}
	}
}

// Import implements types.Importer.
func (c *checker) Import(path string) (*types.Package, error) {
	if !c.changed(path) {
		return c.compiled.Import(path)
	}
	if p, ok := c.checked[path]; ok {
		return p, nil
	}
	files, err := c.files(path)
	if err != nil {
		return nil, err
	}
	p, err := (&types.Config{Importer: c}).Check(path, c.fset, files, nil)
	c.checked[path] = p
	return p, err
}

// changed reports whether a package is in the overlay or imports one that is.
func (c *checker) changed(path string) bool {
	if !strings.HasPrefix(path, module) {
		return false
	}
	p := c.known[path]
	if p == nil || len(c.overlay.in(path)) > 0 {
		return true
	}
	if p.changed == nil {
		p.changed = new(slices.ContainsFunc(p.Imports, c.changed))
	}
	return *p.changed
}

// files parses the files of a package, those of the overlay first.
func (c *checker) files(path string) ([]*ast.File, error) {
	sources := map[string]any{}
	if p := c.known[path]; p != nil {
		for _, name := range p.GoFiles {
			sources[filepath.Join(p.Dir, name)] = nil // is read
		}
	}
	for _, file := range c.overlay.in(path) {
		name, err := filepath.Abs(filepath.Join("..", file))
		if err != nil {
			return nil, err
		}
		sources[name] = c.overlay[file]
	}
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		f, err := parser.ParseFile(c.fset, name, sources[name], parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// in returns the files of the overlay that are in a package.
func (o overlay) in(pkg string) []string {
	var files []string
	for file := range o {
		if path.Join(module, path.Dir(file)) == pkg {
			files = append(files, file)
		}
	}
	return files
}
