package arch_test

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// step carries what is foreign through one instruction.
func (f *flow) step(fn *ssa.Function, i ssa.Instruction) {
	switch i := i.(type) {
	case *ssa.Store:
		f.store(i)
	case *ssa.MapUpdate:
		f.pass(i.Map, i.Key, i.Value)
		f.assigned(i.Map, i.Key, i.Value)
	case *ssa.Return:
		f.returned(fn, i)
	case *ssa.Send:
		f.pass(i.Chan, i.X)
	case ssa.CallInstruction:
		f.call(i)
	case *ssa.FieldAddr:
		f.field(i, i.X.Type(), i.Field, i.X)
	case *ssa.Field:
		f.field(i, i.X.Type(), i.Field, i.X)
	case *ssa.UnOp:
		if i.Op == token.MUL || i.Op == token.ARROW {
			f.pass(i, i.X)
		}
	case *ssa.BinOp:
		if i.Op == token.ADD {
			f.pass(i, i.X, i.Y)
		}
	case *ssa.MakeClosure:
		inner := i.Fn.(*ssa.Function)
		for n, b := range i.Bindings {
			f.pass(inner.FreeVars[n], b)
			f.pass(b, inner.FreeVars[n])
		}
	case *ssa.Extract:
		f.extract(i)
	case *ssa.Lookup:
		f.pass(i, i.X)
	case *ssa.Phi:
		f.pass(i, i.Edges...)
	case *ssa.Index:
		f.pass(i, i.X)
	case *ssa.IndexAddr:
		f.pass(i, i.X)
	case *ssa.Slice:
		f.pass(i, i.X)
	case *ssa.Next:
		f.pass(i, i.Iter)
	case *ssa.Range:
		f.pass(i, i.X)
	case *ssa.Convert:
		f.pass(i, i.X)
	case *ssa.ChangeType:
		f.pass(i, i.X)
	case *ssa.ChangeInterface:
		f.pass(i, i.X)
		if isError(i.X.Type()) && !isError(i.Type()) { // it will be printed
			f.mark(i)
		}
	case *ssa.MultiConvert:
		f.pass(i, i.X)
	case *ssa.MakeInterface:
		f.pass(i, i.X)
		// What fmt prints whole: an error, or a text of model's.
		path, name := named(i.X.Type())
		if isError(i.X.Type()) || within(path, modelPath) && isText(i.X.Type()) && ours[name] == "" && !constant(i.X) {
			f.mark(i)
		}
	case *ssa.TypeAssert:
		f.pass(i, i.X)
	case *ssa.SliceToArrayPointer:
		f.pass(i, i.X)
	}
}

func constant(v ssa.Value) bool { _, ok := v.(*ssa.Const); return ok }

// pass marks a value where one of others is marked.
func (f *flow) pass(to ssa.Value, from ...ssa.Value) {
	if slices.ContainsFunc(from, f.foreign) {
		f.mark(to)
	}
}

// field is foreign where it is a source, or something foreign was put into it.
func (f *flow) field(v ssa.Value, t types.Type, n int, _ ssa.Value) {
	key, source := fieldOf(t, n)
	if source || f.fields[key] {
		f.mark(v)
	}
}

// store marks what an address leads to: a field, a variable, an array.
func (f *flow) store(i *ssa.Store) {
	if !f.foreign(i.Val) {
		return
	}
	f.assigned(i.Addr, i.Val)
	if a, ok := i.Addr.(*ssa.FieldAddr); ok {
		if path, name := named(a.X.Type()); path == teaPath && name == "View" {
			f.report(i.Pos(), "untrusted text goes into the terminal's view")
		}
	}
}

// assigned marks what holds the place that an address or a map names.
func (f *flow) assigned(place ssa.Value, values ...ssa.Value) {
	if !slices.ContainsFunc(values, f.foreign) {
		return
	}
	switch a := place.(type) {
	case *ssa.FieldAddr:
		if key, _ := fieldOf(a.X.Type(), a.Field); key != "" && !f.fields[key] && holdsText(a.Type(), 0) {
			f.fields[key] = true
			f.changed = true
		}
		return
	case *ssa.IndexAddr:
		f.mark(a.X)
		f.assigned(a.X, values...)
		return
	case *ssa.UnOp: // what a pointer in a variable or field leads to
		f.mark(a)
		f.assigned(a.X, values...)
		return
	case *ssa.Slice:
		f.mark(a.X)
		f.assigned(a.X, values...)
		return
	case *ssa.Call, *ssa.Phi, *ssa.Parameter, *ssa.FreeVar, *ssa.Alloc, *ssa.Global:
	}
	f.mark(place)
}

func (f *flow) returned(fn *ssa.Function, i *ssa.Return) {
	for n, v := range i.Results {
		if !f.foreign(v) {
			continue
		}
		if f.results[fn] == nil {
			f.results[fn] = map[int]bool{}
		}
		if !f.results[fn][n] && holdsText(v.Type(), 0) {
			f.results[fn][n] = true
			f.changed = true
		}
		if fn.Signature.Recv() != nil && slices.Contains(drawnByRoot, fn.Name()) && isText(v.Type()) {
			f.report(i.Pos(), "%s gives untrusted text to be drawn", fn.Name())
		}
	}
}

// extract takes one result of a call that has several.
func (f *flow) extract(i *ssa.Extract) {
	call, ok := i.Tuple.(*ssa.Call)
	if !ok {
		f.pass(i, i.Tuple)
		return
	}
	if callees, known := f.callees(call.Common()); known {
		for _, c := range callees {
			if f.results[c][i.Index] {
				f.mark(i)
			}
		}
		return
	}
	if call.Common().IsInvoke() && isText(i.Type()) { // what a service says
		f.mark(i)
	}
	f.pass(i, i.Tuple)
}

// callees are the functions that a call may reach among those analyzed; known
// is false where it leads elsewhere.
func (f *flow) callees(c *ssa.CallCommon) (callees []*ssa.Function, known bool) {
	switch {
	case c.IsInvoke():
		for _, m := range f.methods[c.Method.Name()] {
			if recv := m.Signature.Recv().Type(); types.Implements(recv, c.Value.Type().Underlying().(*types.Interface)) {
				callees = append(callees, m)
			}
		}
	case c.StaticCallee() != nil:
		if callee := c.StaticCallee(); f.within(callee) && callee.Blocks != nil {
			return []*ssa.Function{callee}, true
		}
		return nil, false
	default:
		callees = f.bySignature[signature(c.Signature())]
	}
	return callees, len(callees) > 0
}

func (f *flow) call(i ssa.CallInstruction) {
	c := i.Common()
	result, _ := i.(*ssa.Call)
	if b, ok := c.Value.(*ssa.Builtin); ok {
		f.builtin(b, c, result)
		return
	}
	f.sink(i)
	if callees, known := f.callees(c); known {
		f.enter(callees, c, result)
		if !c.IsInvoke() {
			return
		}
	}
	if result == nil {
		f.through(c)
		return
	}
	path, name := calleeName(c)
	switch {
	case path == safePath && (name == "Text" || name == "Escape" || name == "EscapeBytes" || name == "Rune" || name == "Lines"):
		return
	case path == lipglossPath && name == "Render":
		return // reported where it was foreign
	case within(path, modelPath) && isText(result.Type()) && !slices.Contains(oursByModel, name):
		f.mark(result)
	case name == "Error" && isText(result.Type()):
		f.mark(result)
	case c.IsInvoke() && name != "String" && isText(result.Type()):
		if _, known := f.callees(c); !known {
			f.mark(result) // what a service says
		}
	}
	f.through(c)
	args := c.Args
	if c.IsInvoke() {
		args = append([]ssa.Value{c.Value}, args...)
	}
	if _, known := f.callees(c); !known {
		f.pass(result, args...)
	}
}

// oursByModel are functions of model's whose texts are of our own making.
var oursByModel = []string{"Choices", "Attributes", "AttributeNamed", "FilterKeys"}

// enter passes arguments to the functions that a call reaches, and takes their
// result.
func (f *flow) enter(callees []*ssa.Function, c *ssa.CallCommon, result *ssa.Call) {
	for _, callee := range callees {
		params := callee.Params
		args := c.Args
		if c.IsInvoke() && len(params) > 0 {
			f.pass(params[0], c.Value)
			params = params[1:]
		}
		for n, a := range args {
			if n < len(params) {
				f.pass(params[n], a)
				if pointer(a.Type()) && f.foreign(params[n]) { // written through
					f.mark(a)
				}
			}
		}
		if result != nil && f.results[callee][0] && callee.Signature.Results().Len() == 1 {
			f.mark(result)
		}
	}
}

func pointer(t types.Type) bool { _, ok := t.Underlying().(*types.Pointer); return ok }

// through: what a method of someone else's gets, its receiver may keep: a
// strings.Builder.
func (f *flow) through(c *ssa.CallCommon) {
	if c.IsInvoke() || len(c.Args) < 2 || c.StaticCallee() == nil || c.StaticCallee().Signature.Recv() == nil {
		if path, name := calleeName(c); path == "fmt" && strings.HasPrefix(name, "Fprint") && slices.ContainsFunc(c.Args[1:], f.foreign) {
			f.assigned(c.Args[0], c.Args[1:]...)
			if m, ok := c.Args[0].(*ssa.MakeInterface); ok {
				f.assigned(m.X, c.Args[1:]...)
			}
		}
		return
	}
	if path, _ := named(c.Args[0].Type()); path == lipglossPath || !pointer(c.Args[0].Type()) {
		return
	}
	f.assigned(c.Args[0], c.Args[1:]...)
}

func (f *flow) builtin(b *ssa.Builtin, c *ssa.CallCommon, result *ssa.Call) {
	switch b.Name() {
	case "append", "min", "max":
		if result != nil {
			f.pass(result, c.Args...)
		}
	case "copy":
		f.assigned(c.Args[0], c.Args[1])
	}
}

// calleeName is the package and the name of what is called.
func calleeName(c *ssa.CallCommon) (path, name string) {
	if c.IsInvoke() {
		if p := c.Method.Pkg(); p != nil {
			return p.Path(), c.Method.Name()
		}
		return "", c.Method.Name()
	}
	callee := c.StaticCallee()
	if callee == nil {
		return "", ""
	}
	if callee.Origin() != nil {
		callee = callee.Origin()
	}
	if o := callee.Object(); o != nil && o.Pkg() != nil {
		return o.Pkg().Path(), callee.Name()
	}
	return "", callee.Name()
}

// sink reports untrusted text that is drawn or printed.
func (f *flow) sink(i ssa.CallInstruction) {
	c := i.Common()
	path, name := calleeName(c)
	args := c.Args
	switch {
	case path == lipglossPath && name == "Render", path == teaPath && (name == "SetContent" || name == "NewView" || name == "Println" || name == "Printf"):
	case path == "fmt" && strings.HasPrefix(name, "Fprint"), path == "bufio" && strings.HasPrefix(name, "Write"), path == "io" && name == "WriteString",
		path == "io" && name == "Write" && c.IsInvoke():
		if !prints(path, args) {
			return
		}
		args = args[1:] // the writer is no text, whatever went there before
	default:
		return
	}
	if slices.ContainsFunc(args, f.foreign) {
		f.report(i.Pos(), "untrusted text goes to %s", name)
	}
}

// prints reports whether a call writes to the program's output rather than into a
// text that is still in the making.
func prints(path string, args []ssa.Value) bool {
	if path == "fmt" || path == "io" && len(args) > 1 {
		if m, ok := args[0].(*ssa.MakeInterface); ok {
			_, name := named(m.X.Type())
			return name != "Builder" && name != "Buffer"
		}
	}
	return len(args) > 0
}
