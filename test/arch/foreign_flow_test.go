package arch_test

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// Untrusted text is followed from where it comes in to where it is drawn. It
// comes in as a text in one of model's types, as an error's text, and as what a
// service answers; it is harmless once it went through package safe. The
// analysis follows values through variables, fields, arguments, results and
// closures of all the packages it is given, ignoring order and branches: what
// may be foreign somewhere is foreign. (A field is one for all values of its
// type.) So it finds more than there is, never less, as long as no text hides
// in reflection or a channel of interfaces.

// finding is a place where untrusted text may be drawn as it is.
type finding struct {
	file string // from the top of the source tree
	line int
	what string
}

func (f finding) String() string { return fmt.Sprintf("%s:%d: %s", f.file, f.line, f.what) }

const (
	modelPath    = module + "/model"
	safePath     = module + "/ui/safe"
	lipglossPath = "charm.land/lipgloss/v2"
	teaPath      = "charm.land/bubbletea/v2"
)

// drawnByRoot are the methods of a screen whose results go to the terminal.
var drawnByRoot = []string{"View", "Title", "Aside", "Rule", "Unsaved"}

// ours are texts in model's types that no server wrote.
var ours = map[string]string{
	"Attribute":       "model's own table of attributes",
	"Setting":         "model's own table of settings",
	"Step.Verb":       "one of model's own words",
	"Hazard.Confirm":  "one of model's own words",
	"Hazard.Kind":     "one of model's own words",
	"Failure.Kind":    "one of model's own words",
	"Exchange.Method": "chosen by the client",
	"Session.Release": "one of model's own words",
	"Operation.Op":    "one of three words in a patch that model made",
	"Entry.ID":        "made by the program",
	"Draft.ID":        "made by the program",
	"Field.Attr":      "an attribute's name from model's table",
	"Field.Part":      "one of model's own words",
	"Request.Method":  "chosen by model",
}

// load builds the packages that the patterns name, for the analysis.
func load(patterns ...string) (*ssa.Program, []*ssa.Package, error) {
	conf := &packages.Config{Mode: packages.LoadSyntax, Dir: root}
	roots, err := packages.Load(conf, patterns...)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range roots {
		for _, e := range p.Errors {
			return nil, nil, e
		}
	}
	program, made := ssautil.Packages(roots, ssa.InstantiateGenerics)
	for _, p := range made {
		if p != nil {
			p.Build()
		}
	}
	return program, made, nil
}

// flow is what is known so far of what may be foreign.
type flow struct {
	program   *ssa.Program
	inside    map[*ssa.Package]bool
	functions []*ssa.Function

	values  map[ssa.Value]bool
	fields  map[string]bool // type and field
	results map[*ssa.Function]map[int]bool

	bySignature map[string][]*ssa.Function // functions that are used as values
	methods     map[string][]*ssa.Function // by name, for calls through an interface
	changed     bool
	findings    map[finding]bool
}

// untrustedText analyzes packages and gives the places where untrusted text may be
// drawn as it is, in order.
func untrustedText(program *ssa.Program, of []*ssa.Package) []finding {
	f := &flow{
		program: program, inside: map[*ssa.Package]bool{}, values: map[ssa.Value]bool{}, fields: map[string]bool{},
		results: map[*ssa.Function]map[int]bool{}, bySignature: map[string][]*ssa.Function{}, methods: map[string][]*ssa.Function{},
		findings: map[finding]bool{},
	}
	for _, p := range of {
		f.inside[p] = p.Pkg.Path() != safePath
	}
	for fn := range everyFunction(program, of) {
		if fn.Blocks != nil && f.within(fn) {
			f.functions = append(f.functions, fn)
			if fn.Signature.Recv() != nil {
				f.methods[fn.Name()] = append(f.methods[fn.Name()], fn)
			}
		}
	}
	slices.SortFunc(f.functions, func(a, b *ssa.Function) int { return cmp.Compare(a.String(), b.String()) })
	for _, fn := range f.functions {
		f.each(fn, f.noteValues)
	}
	for f.changed = true; f.changed; {
		f.changed = false
		for _, fn := range f.functions {
			f.each(fn, f.step)
		}
	}
	var out []finding
	for found := range f.findings {
		out = append(out, found)
	}
	slices.SortFunc(out, func(a, b finding) int { return cmp.Compare(a.String(), b.String()) })
	return out
}

// everyFunction are the functions and methods of the packages, those that
// no one calls among them, and the instances of generic ones.
func everyFunction(program *ssa.Program, of []*ssa.Package) map[*ssa.Function]bool {
	all := ssautil.AllFunctions(program)
	var add func(*ssa.Function)
	add = func(fn *ssa.Function) {
		if fn != nil {
			all[fn] = true
			for _, inner := range fn.AnonFuncs {
				add(inner)
			}
		}
	}
	for _, p := range of {
		for _, m := range p.Members {
			switch m := m.(type) {
			case *ssa.Function:
				add(m)
			case *ssa.Type:
				if n, ok := m.Type().(*types.Named); ok {
					for i := range n.NumMethods() {
						add(program.FuncValue(n.Method(i)))
					}
				}
			}
		}
	}
	return all
}

// within reports whether a function belongs to the packages analyzed; closures and
// instances of generic functions belong to where they were written.
func (f *flow) within(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	return fn.Pkg != nil && f.inside[fn.Pkg]
}

func (f *flow) each(fn *ssa.Function, do func(*ssa.Function, ssa.Instruction)) {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			do(fn, i)
		}
	}
}

// noteValues collects the functions that are used as values, for calls that do
// not say which function they call.
func (f *flow) noteValues(_ *ssa.Function, i ssa.Instruction) {
	var called ssa.Value
	if c, ok := i.(ssa.CallInstruction); ok {
		called = c.Common().Value
	}
	for _, o := range i.Operands(nil) {
		fn, ok := (*o).(*ssa.Function)
		if ok && *o != called && f.within(fn) {
			key := signature(fn.Signature)
			if !slices.Contains(f.bySignature[key], fn) {
				f.bySignature[key] = append(f.bySignature[key], fn)
			}
		}
	}
}

// signature is the type of a function without its parameters' names.
func signature(s *types.Signature) string {
	var b strings.Builder
	for _, tuple := range []*types.Tuple{s.Params(), s.Results()} {
		for n := range tuple.Len() {
			b.WriteString(types.TypeString(tuple.At(n).Type(), nil) + ",")
		}
		b.WriteByte(';')
	}
	return b.String()
}

// mark says that a value may be foreign, where its type can hold a text.
func (f *flow) mark(v ssa.Value) {
	if _, isConst := v.(*ssa.Const); isConst || f.values[v] || !holdsText(v.Type(), 0) {
		return
	}
	f.values[v] = true
	f.changed = true
}

func (f *flow) foreign(v ssa.Value) bool { return f.values[v] }

// holdsText reports whether a value of a type can carry a text somewhere in it.
func holdsText(t types.Type, depth int) bool {
	if depth > 6 {
		return false
	}
	if path, name := named(t); path == "charm.land/bubbles/v2/spinner" && name == "TickMsg" {
		return false // its time is of this program's clock
	}
	if path, name := named(t); path == "time" && name == "Time" {
		return false // no server names its zone
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0 || u.Kind() == types.Byte || u.Kind() == types.UnsafePointer
	case *types.Slice:
		return holdsText(u.Elem(), depth+1)
	case *types.Array:
		return holdsText(u.Elem(), depth+1)
	case *types.Pointer:
		return holdsText(u.Elem(), depth+1)
	case *types.Map:
		return holdsText(u.Elem(), depth+1) || holdsText(u.Key(), depth+1)
	case *types.Struct:
		for n := range u.NumFields() {
			if holdsText(u.Field(n).Type(), depth+1) {
				return true
			}
		}
		return false
	case *types.Tuple:
		for n := range u.Len() {
			if holdsText(u.At(n).Type(), depth+1) {
				return true
			}
		}
		return false
	case *types.Signature:
		return false
	}
	return true // interfaces, type parameters, channels
}

// text reports whether a value of a type is a text, or a list or table of texts.
func isText(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		return isText(u.Elem()) || isByte(u.Elem())
	case *types.Map:
		return isText(u.Key()) || isText(u.Elem())
	case *types.Interface:
		return u.Empty()
	}
	return false
}

func isByte(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

// named is the package path and the name of a type; pointers are looked
// through.
func named(t types.Type) (path, name string) {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return "", ""
	}
	return n.Obj().Pkg().Path(), n.Obj().Name()
}

// isOurs reports whether a field of model's is of our own making.
func isOurs(typeName, field string) bool {
	return ours[typeName] != "" || ours[typeName+"."+field] != ""
}

// field marks or asks for a field; key names it, and source says whether it is a
// text in one of model's types.
func fieldOf(t types.Type, n int) (key string, source bool) {
	path, name := named(t)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return "", false
	}
	v := s.Field(n)
	if name == "" {
		return fmt.Sprintf("%s.%s", types.TypeString(t, nil), v.Name()), false
	}
	return path + "." + name + "." + v.Name(), within(path, modelPath) && isText(v.Type()) && !isOurs(name, v.Name())
}

// isError reports whether a type is an error, whatever its kind.
func isError(t types.Type) bool {
	return types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

func (f *flow) report(at token.Pos, format string, args ...any) {
	p := f.program.Fset.Position(at)
	file := p.Filename
	if top, err := filepath.Abs(root); err == nil {
		if within, err := filepath.Rel(top, file); err == nil {
			file = filepath.ToSlash(within)
		}
	}
	f.findings[finding{file, p.Line, fmt.Sprintf(format, args...)}] = true
}
