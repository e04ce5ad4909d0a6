//go:build unix

package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

func (f *finder) typeOf(e ast.Expr) types.Type { return f.pkg.TypesInfo.TypeOf(e) }

// condition makes the parts of a condition true and false. One that alone keeps
// a loop going is not made true: the loop would not end.
func (f *finder) condition(e ast.Expr, loop bool) {
	e = ast.Unparen(e)
	if f.conditions[e] || !isBool(f.typeOf(e)) {
		return
	}
	f.conditions[e] = true
	switch e := e.(type) {
	case *ast.BinaryExpr:
		if e.Op == token.LAND || e.Op == token.LOR {
			f.condition(e.X, false)
			f.condition(e.Y, false)
			return
		}
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			f.condition(e.X, false)
			return
		}
	}
	yes, no := -1, -1
	value := f.pkg.TypesInfo.Types[e].Value
	if !loop && (value == nil || value.String() == "false") {
		yes = f.add(e, "true")
	}
	if value == nil || value.String() == "true" {
		no = f.add(e, "false")
	}
	f.wrap(e, fmt.Sprintf("mutantBool(%d, %d, ", yes, no), ")")
}

func isBool(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

var boundaries = map[token.Token]string{token.LSS: "mutantLess", token.GTR: "mutantMore", token.LEQ: "mutantMost", token.GEQ: "mutantLeast"}

// boundary moves the end of a range by one.
func (f *finder) boundary(e *ast.BinaryExpr) {
	call := boundaries[e.Op]
	if call == "" || f.pkg.TypesInfo.Types[e].Value != nil {
		return
	}
	f.wrap(e, fmt.Sprintf("%s(%d, ", call, f.add(e, "boundary")), ")")
	at := f.at(e.OpPos)
	f.swaps = append(f.swaps, swap{at, at + len(e.Op.String()), ","})
}

// constant adds one to an integer, but not to a capacity, which changes nothing.
func (f *finder) constant(e *ast.BasicLit) {
	t := f.typeOf(e)
	if e.Kind != token.INT || t == nil {
		return
	}
	basic, ok := t.Underlying().(*types.Basic)
	name, nameable := f.typeName(t)
	if !ok || !nameable || basic.Info()&types.IsInteger == 0 || basic.Info()&types.IsUntyped != 0 {
		return
	}
	child := ast.Node(e)
	for n := 1; f.above(n) != nil; n++ {
		switch up := f.above(n).(type) {
		case *ast.KeyValueExpr:
			if up.Key == child {
				return
			}
		case *ast.ArrayType:
			return
		case *ast.CallExpr:
			if fun, ok := up.Fun.(*ast.Ident); ok && fun.Name == "make" && child != up.Fun {
				_, isMap := f.typeOf(up.Args[0]).Underlying().(*types.Map)
				if isMap || len(up.Args) == 3 && up.Args[2] == child {
					return
				}
			}
		case ast.Stmt:
			child = nil
		}
		if child == nil {
			break
		}
		child = f.above(n)
	}
	f.wrap(e, fmt.Sprintf("mutantPlus(%d, %s(", f.add(e, "plus"), name), "))")
}

// typeName is how a file writes a type, where it can.
func (f *finder) typeName(t types.Type) (name string, ok bool) {
	ok = true
	name = types.TypeString(t, func(p *types.Package) string {
		if p == f.pkg.Types {
			return ""
		}
		for _, i := range f.file.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); path == p.Path() {
				if i.Name != nil {
					return i.Name.Name
				}
				return p.Name()
			}
		}
		ok = false
		return p.Name()
	})
	return name, ok
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

func isError(t types.Type) bool { return t != nil && types.Implements(t, errorType) }

// makers make an error and do nothing else.
var makers = []string{"errors.New", "errors.Join", "fmt.Errorf"}

// call leaves out a call whose only result is an error, and gives none.
func (f *finder) call(e *ast.CallExpr) {
	t := f.typeOf(e)
	if !isError(t) || f.pkg.TypesInfo.Types[e.Fun].IsType() || slices.Contains(makers, types.ExprString(e.Fun)) {
		return
	}
	switch up := f.above(1).(type) {
	case *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt:
		return
	case *ast.AssignStmt:
		if len(up.Lhs) == 1 && types.ExprString(up.Lhs[0]) == "_" {
			return // a statement, removed as one
		}
	}
	if name, ok := f.typeName(t); ok {
		f.wrap(e, fmt.Sprintf("mutantSkip(%d, func() %s { return ", f.add(e, "skip"), name), " })")
	}
}

// statements removes statements and drops errors.
func (f *finder) statements(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			f.dropped(s)
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); !ok || types.ExprString(call.Fun) == "panic" {
				continue
			}
			f.removed(s)
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE || len(s.Rhs) == 1 && types.ExprString(s.Lhs[0]) == "_" && !hasCall(s.Rhs[0]) {
				continue
			}
			f.removed(s)
		case *ast.IncDecStmt, *ast.SendStmt, *ast.DeferStmt, *ast.GoStmt:
			f.removed(s)
		}
	}
}

func hasCall(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		if _, ok := n.(*ast.CallExpr); ok {
			found = true
		}
		return !found
	})
	return found
}

func (f *finder) removed(s ast.Stmt) {
	f.wrap(s, fmt.Sprintf("if !mutantOn(%d) { ", f.add(s, "remove")), " }")
}

// dropped returns no error in the place of one.
func (f *finder) dropped(s *ast.ReturnStmt) {
	result := f.results()
	if len(s.Results) == 0 || len(s.Results) != result.Len() || !isError(result.At(result.Len()-1).Type()) {
		return
	}
	last := s.Results[len(s.Results)-1]
	if types.ExprString(last) == "nil" {
		return
	}
	texts := make([]string, 0, len(s.Results))
	for _, e := range s.Results[:len(s.Results)-1] {
		texts = append(texts, f.text(e))
	}
	instead := strings.Join(append(texts, "nil"), ", ")
	if strings.Contains(instead, "\n") {
		return // it would move the lines
	}
	n := f.add(s, "drop")
	if _, named := last.(*ast.Ident); named && types.IsInterface(f.typeOf(last)) {
		f.wrap(s, fmt.Sprintf("if mutantDrop(%d, %s) { return %s }; ", n, f.text(last), instead), "")
		return
	}
	f.wrap(s, fmt.Sprintf("if mutantOn(%d) { return %s }; ", n, instead), "")
}

// results are those of the function around.
func (f *finder) results() *types.Tuple {
	for _, n := range slices.Backward(f.stack) {
		var t types.Type
		switch n := n.(type) {
		case *ast.FuncLit:
			t = f.typeOf(n)
		case *ast.FuncDecl:
			t = f.pkg.TypesInfo.Defs[n.Name].Type()
		default:
			continue
		}
		return t.(*types.Signature).Results()
	}
	return types.NewTuple()
}
