// Package uitest helps to test screens without a terminal: it types keys, runs
// the commands that screens return, and compares what is drawn with golden
// files. Only tests import it.
//
// A test reads as a story:
//
//	f := form.New(uitest.Context(fakeservice.New(image)), image)
//	uitest.Start(f, 80, 24)
//	out := uitest.Run(f, uitest.Type("x"), uitest.Keys("tab", "ctrl+s"))
//	review, ok := uitest.Find[screen.Review](out)
//	uitest.Golden(t, "form-80x24", uitest.Shot(t, f, 80, 24))
//
// Golden files are rewritten by: go test ./ui/form -update
package uitest
