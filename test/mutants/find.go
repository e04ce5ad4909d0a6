//go:build unix

package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// mutant is one small mistake.
type mutant struct {
	number          int
	directory, file string
	line            int
	inside          string // the function, or "var"
	kind, text      string
	nth             int // of those that are otherwise alike
}

// key names a mutant beyond a change of line numbers.
func (m mutant) key() string {
	key := fmt.Sprintf("%s %s: %s: %s", m.directory, m.inside, m.kind, m.text)
	if m.nth > 1 {
		key += fmt.Sprintf(" #%d", m.nth)
	}
	return key
}

// instrumented is a package with all its mutants behind switches.
type instrumented struct {
	directory, dir string
	mutants        []mutant
	sources        map[string]string // by the full name of the file
}

// instrument finds the mutants of a target.
func instrument(root string, t target) (*instrumented, error) {
	found, err := packages.Load(&packages.Config{
		Dir:  root,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedTypesSizes,
	}, "./"+t.directory)
	if err != nil {
		return nil, err
	}
	if len(found) != 1 || len(found[0].Errors) > 0 {
		return nil, fmt.Errorf("%s: not one package without faults: %v", t.directory, found)
	}
	pkg := found[0]
	dir, err := filepath.Abs(filepath.Join(root, t.directory))
	if err != nil {
		return nil, err
	}
	p := &instrumented{directory: t.directory, dir: dir, sources: map[string]string{}}
	seen := 0
	for i, file := range pkg.Syntax {
		name := pkg.CompiledGoFiles[i]
		if len(t.files) > 0 && !slices.Contains(t.files, filepath.Base(name)) {
			continue
		}
		seen++
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		f := &finder{p: p, pkg: pkg, file: file, name: name, src: string(src), conditions: map[ast.Expr]bool{}}
		f.walk()
		p.sources[name] = rewrite(f.src, f.wraps, f.swaps)
	}
	if len(t.files) > 0 && seen != len(t.files) {
		return nil, fmt.Errorf("%s: of the files named for it %d are there", t.directory, seen)
	}
	number(p.mutants)
	p.sources[filepath.Join(dir, "zz_mutants.go")] = fmt.Sprintf(support, pkg.Name, len(p.mutants))
	return p, nil
}

func number(mutants []mutant) {
	alike := map[string]int{}
	for i, m := range mutants {
		alike[m.key()]++
		mutants[i].nth = alike[m.key()]
	}
}

// finder finds the mutants of a file.
type finder struct {
	p          *instrumented
	pkg        *packages.Package
	file       *ast.File
	name, src  string
	stack      []ast.Node
	conditions map[ast.Expr]bool // those that were looked at
	wraps      []wrap
	swaps      []swap
}

func (f *finder) walk() {
	ast.Inspect(f.file, func(n ast.Node) bool {
		if n == nil {
			f.stack = f.stack[:len(f.stack)-1]
			return true
		}
		switch n := n.(type) {
		case *ast.FuncType, *ast.TypeSpec, *ast.ImportSpec:
			return false
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				return false
			}
		}
		f.look(n)
		f.stack = append(f.stack, n)
		return true
	})
}

func (f *finder) look(n ast.Node) {
	switch n := n.(type) {
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
		if s, ok := f.above(1).(*ast.SwitchStmt); ok && s.Tag == nil {
			for _, e := range n.List {
				f.condition(e, false)
			}
		}
	case *ast.CommClause:
		f.statements(n.Body)
	case *ast.IfStmt:
		f.condition(n.Cond, false)
	case *ast.ForStmt:
		if n.Cond != nil {
			f.condition(n.Cond, true)
		}
	case *ast.ReturnStmt:
		for _, e := range n.Results {
			f.condition(e, false)
		}
	case *ast.BinaryExpr:
		f.condition(n, false)
		f.boundary(n)
	case *ast.UnaryExpr:
		f.condition(n, false)
	case *ast.BasicLit:
		f.constant(n)
	case *ast.CallExpr:
		f.call(n)
	}
}

// above is the node so far up.
func (f *finder) above(n int) ast.Node {
	if n > len(f.stack) {
		return nil
	}
	return f.stack[len(f.stack)-n]
}

// add makes a mutant of a node and gives its number.
func (f *finder) add(n ast.Node, kind string) int {
	inside := "var"
	for _, up := range f.stack {
		if d, ok := up.(*ast.FuncDecl); ok {
			inside = d.Name.Name
			if d.Recv != nil && len(d.Recv.List) > 0 {
				inside = strings.TrimLeft(types.ExprString(d.Recv.List[0].Type), "*") + "." + inside
			}
		}
	}
	text := []rune(strings.Join(strings.Fields(f.text(n)), " "))
	if len(text) > 90 {
		text = append(text[:89], '…')
	}
	number := len(f.p.mutants)
	f.p.mutants = append(f.p.mutants, mutant{
		number: number, directory: f.p.directory, file: f.p.directory + "/" + filepath.Base(f.name), line: f.pkg.Fset.Position(n.Pos()).Line,
		inside: inside, kind: kind, text: string(text),
	})
	return number
}

func (f *finder) at(p token.Pos) int { return f.pkg.Fset.Position(p).Offset }

func (f *finder) text(n ast.Node) string { return f.src[f.at(n.Pos()):f.at(n.End())] }

func (f *finder) wrap(n ast.Node, before, after string) {
	f.wraps = append(f.wraps, wrap{f.at(n.Pos()), f.at(n.End()), before, after})
}
