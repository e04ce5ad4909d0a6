package demo_test

import (
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/model"
)

func TestUploadAndDownload(t *testing.T) {
	a := open(t, demo.Options{Empty: true}).admin()
	id := a.ready("one")
	const data = "0123456789"
	a.upload(id, data).want(204)
	got := a.show(id)
	sum := md5.Sum([]byte(data))
	if got.Status != model.StatusActive || got.Size != model.Some(int64(10)) || got.VirtualSize != model.Some(int64(10)) ||
		got.Checksum != model.Some(hex.EncodeToString(sum[:])) || got.HashAlgo != model.Some("sha512") || len(got.HashValue.Value) != 128 {
		t.Errorf("%+v", got)
	}
	if len(got.Locations) != 1 || !strings.HasPrefix(got.Locations[0].URL, "file:///") || !strings.HasSuffix(got.Locations[0].URL, id) ||
		got.Locations[0].Metadata["store"] != "local" {
		t.Errorf("%v", got.Locations)
	}
	for _, c := range []struct {
		asked, body, part string
		code              int
	}{
		{"", data, "", 200},
		{"bytes=1-3", "123", "bytes 1-3/10", 206},
		{"bytes=7-", "789", "bytes 7-9/10", 206},
		{"bytes=-2", "89", "bytes 8-9/10", 206},
		{"bytes=5-99", "56789", "bytes 5-9/10", 206},
		{"bytes=10-", "", "", 416},
		{"bytes=3-1", "", "", 416},
		{"nonsense", "", "", 416},
		{"bytes=0-1,4-5", "", "", 400},
	} {
		headers := []string{"Range", c.asked}
		if c.asked == "" {
			headers = nil
		}
		got := a.send("GET", "/v2/images/"+id+"/file", "", headers...).want(c.code)
		if c.code < 300 && (string(got.body) != c.body || got.header.Get("Content-Range") != c.part) {
			t.Errorf("Range %q: %q, %q", c.asked, got.body, got.header.Get("Content-Range"))
		}
	}
	if sent := a.get("/v2/images/" + id + "/file").header.Get("Content-Md5"); sent != hex.EncodeToString(sum[:]) {
		t.Errorf("Content-MD5 %q", sent)
	}
}

func TestUploadRefuses(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	admin, member := a.admin(), a.member()
	bare, ready := admin.create(`{"visibility":"public"}`), admin.ready("one")
	admin.upload(bare, "x").want(400).says("Properties disk_format, container_format must be set")
	admin.patch(bare, `[{"op":"replace","path":"/disk_format","value":"raw"}]`).want(200)
	admin.upload(bare, "x").want(400).says("Property container_format must be set")
	member.upload(bare, "x").want(403).says("Not allowed to upload")
	member.upload(ready, "x").want(404)
	admin.put("/v2/images/"+ready+"/file", "x").want(415)
	store := func(id string) answer {
		return admin.send("PUT", "/v2/images/"+ready+"/file", "x", "Content-Type", "application/octet-stream", "X-Image-Meta-Store", id)
	}
	store("nosuch").want(400)
	store("web").want(410)
	if s := admin.show(ready).Status; s != model.StatusQueued {
		t.Errorf("after a refused upload: %s", s)
	}
	admin.upload(ready, "").want(204)
	if got := admin.show(ready); got.Size != model.Some(int64(0)) || got.VirtualSize.Set || got.Status != model.StatusActive {
		t.Errorf("an empty upload: %+v", got)
	}
	admin.upload(ready, "x").want(409).says("transition from active to saving")
}

// slowUpload begins an upload; finish sends the rest and gives the status of
// the answer, 0 without one.
func slowUpload(t *testing.T, a apiClient, id, where string) (finish func(rest string, err error) (code int)) {
	reader, writer := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), "PUT", a.url+"/v2/images/"+id+"/"+where, reader)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/octet-stream")
	done := make(chan int, 1)
	go func() {
		response, err := a.web.RoundTrip(request)
		if err != nil {
			done <- 0
			return
		}
		response.Body.Close()
		done <- response.StatusCode
	}()
	if _, err := writer.Write([]byte("begin ")); err != nil {
		t.Fatal(err)
	}
	return func(rest string, err error) int {
		_, _ = writer.Write([]byte(rest)) // the other side may have hung up
		writer.CloseWithError(err)
		return <-done
	}
}

func (a apiClient) waitFor(id string, want model.Status) model.Image {
	a.t.Helper()
	deadline := time.Now().Add(5 * time.Minute)
	for {
		i := a.show(id)
		if i.Status == want {
			return i
		}
		if time.Now().After(deadline) {
			a.t.Fatalf("the image is %s, not %s", i.Status, want)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestAnUploadIsSavingMeanwhile(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	id := a.ready("one")
	finish := slowUpload(t, a, id, "file")
	a.waitFor(id, model.StatusSaving)
	a.patch(id, `[{"op":"replace","path":"/name","value":"lost"}]`).want(200)
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f1.raw","metadata":{}}}]`).want(409)
	a.upload(id, "other").want(409)
	if code := finish("end", nil); code != 204 {
		t.Fatalf("the upload was answered with %d", code)
	}
	if got := a.show(id); got.Status != model.StatusActive || got.Name != model.Some("one") || got.Size != model.Some(int64(9)) {
		t.Errorf("%s %q %v", got.Status, got.Name.Value, got.Size)
	}
}

func TestABrokenUploadIsQueuedAgain(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	for where, meanwhile := range map[string]model.Status{"file": model.StatusSaving, "stage": model.StatusUploading} {
		id := a.ready("one")
		finish := slowUpload(t, a, id, where)
		a.waitFor(id, meanwhile)
		finish("", io.ErrUnexpectedEOF)
		if got := a.waitFor(id, model.StatusQueued); got.Size.Set {
			t.Errorf("size %v", got.Size)
		}
		a.upload(id, "data").want(204)
	}
}

func TestAnImageDeletedDuringItsUpload(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	id := a.ready("one")
	finish := slowUpload(t, a, id, "file")
	a.waitFor(id, model.StatusSaving)
	a.delete("/v2/images/" + id).want(204)
	if code := finish("end", nil); code != 410 {
		t.Errorf("the upload was answered with %d", code)
	}
	a.get("/v2/images/" + id).want(404)
}

func TestLongUploadsAreCountedButNotKept(t *testing.T) {
	if testing.Short() {
		t.Skip("hashes 65 MiB")
	}
	a := open(t, demo.Options{Empty: true})
	id := a.ready("long")
	a.upload(id, strings.Repeat("x", 65<<20)).want(204)
	if got := a.show(id); got.Size != model.Some(int64(65<<20)) || got.Status != model.StatusActive {
		t.Errorf("%v %s", got.Size, got.Status)
	}
	a.get("/v2/images/" + id + "/file").want(204)
}

func TestQcow2HeadersGiveTheVirtualSize(t *testing.T) {
	a := open(t, demo.Options{Empty: true})
	header := make([]byte, 512)
	copy(header, "QFI\xfb")
	binary.BigEndian.PutUint64(header[24:], 5<<30)
	id := a.create(`{"disk_format":"qcow2","container_format":"bare"}`)
	a.upload(id, string(header)).want(204)
	if got := a.show(id).VirtualSize; got != model.Some(int64(5<<30)) {
		t.Errorf("virtual size %v", got)
	}
}

func TestImports(t *testing.T) {
	clock := demotest.NewClock()
	a := open(t, demo.Options{Empty: true, Now: clock.Now, ImportTime: 8 * time.Second}).admin()
	id := a.ready("one")
	imports := func(id, body string) answer { return a.post("/v2/images/"+id+"/import", body) }
	const download = `{"method":{"name":"web-download","uri":"http://mirror/f17.raw"}}`
	for body, code := range map[string]int{
		`{}`:                                 400,
		`[]`:                                 500,
		`{"method":{}}`:                      400,
		`{"method":{"name":"x"}}`:            400,
		`{"method":{"name":"web-download"}}`: 400,
		`{"method":{"name":"web-download","uri":"http://localhost/x"}}`:                       400,
		`{"method":{"name":"web-download","uri":"http://mirror/f1.raw"},"stores":["nosuch"]}`: 409,
		`{"method":{"name":"web-download","uri":"http://mirror/f1.raw"},"all_stores":5}`:      400,
		`{"method":{"name":"glance-direct"}}`:                                                 409,
		`{"method":{"name":"copy-image"}}`:                                                    409,
	} {
		imports(id, body).want(code)
	}
	imports(a.create(`{}`), download).want(409).says("'container_format' needs to be set")
	imports("nosuch", download).want(404)

	imports(id, download).want(202)
	property := func(i model.Image, name string) string { return strings.Trim(string(i.Extra[name]), `"`) }
	begun := a.show(id)
	if begun.Status != model.StatusQueued || property(begun, "os_glance_import_task") == "" {
		t.Errorf("at once: %s %s", begun.Status, begun.Extra)
	}
	imports(id, download).want(409).says("active task")
	clock.Advance(time.Second)
	running := a.show(id)
	if running.Status != model.StatusImporting || property(running, "os_glance_importing_to_stores") != "local" || running.Size.Set {
		t.Errorf("after a second: %s %s", running.Status, running.Extra)
	}
	var tasks struct{ Tasks []map[string]any }
	a.get("/v2/images/" + id + "/tasks").want(200).decode(&tasks)
	if len(tasks.Tasks) != 1 || tasks.Tasks[0]["status"] != "processing" || tasks.Tasks[0]["id"] != property(begun, "os_glance_import_task") {
		t.Errorf("%v", tasks.Tasks)
	}
	// What changes while the data is written to the store is lost.
	a.patch(id, `[{"op":"replace","path":"/name","value":"kept"}]`).want(200)
	clock.Advance(6 * time.Second)
	a.patch(id, `[{"op":"replace","path":"/name","value":"lost"}]`).want(200)
	clock.Advance(2 * time.Second)
	done := a.show(id)
	if done.Status != model.StatusActive || done.Size != model.Some(int64(17<<10)) || done.Name != model.Some("kept") || !done.Checksum.Set {
		t.Errorf("at the end: %s %v %q", done.Status, done.Size, done.Name.Value)
	}
	_, task := done.Extra["os_glance_import_task"]
	_, importing := done.Extra["os_glance_importing_to_stores"]
	if task || !importing || property(done, "os_glance_failed_import") != "" {
		t.Errorf("at the end: %s", done.Extra)
	}
	a.get("/v2/images/" + id + "/tasks").decode(&tasks)
	if tasks.Tasks[0]["status"] != "success" || tasks.Tasks[0]["result"] == nil || tasks.Tasks[0]["expires_at"] == nil {
		t.Errorf("%v", tasks.Tasks)
	}
	if data := a.get("/v2/images/" + id + "/file").want(200); len(data.body) != 17<<10 {
		t.Errorf("%d bytes", len(data.body))
	}
	imports(id, download).want(409)
	imports(id, `{"method":{"name":"copy-image"},"stores":["local"]}`).want(400).says("already present")
	imports(id, `{"method":{"name":"copy-image"},"all_stores":true}`).want(202)
}

func TestAFailedImportIsQueuedAgain(t *testing.T) {
	a := open(t, demo.Options{Empty: true, ImportTime: -1})
	id := a.ready("one")
	a.post("/v2/images/"+id+"/import", `{"method":{"name":"web-download","uri":"http://mirror/missing.raw"}}`).want(202)
	got := a.show(id)
	if got.Status != model.StatusQueued || string(got.Extra["os_glance_failed_import"]) != `"local"` || got.Size.Set {
		t.Errorf("%s %s", got.Status, got.Extra)
	}
	var tasks struct{ Tasks []map[string]any }
	a.get("/v2/images/" + id + "/tasks").decode(&tasks)
	if tasks.Tasks[0]["status"] != "failure" || tasks.Tasks[0]["message"] == "" {
		t.Errorf("%v", tasks.Tasks)
	}
	a.post("/v2/images/"+id+"/import", `{"method":{"name":"web-download","uri":"http://mirror/f2.raw"}}`).want(202)
	if s := a.show(id).Status; s != model.StatusActive {
		t.Errorf("the second try: %s", s)
	}
}

func TestStagedDataIsImported(t *testing.T) {
	a := open(t, demo.Options{Empty: true, ImportTime: -1})
	id := a.ready("one")
	stage := func() answer {
		return a.send("PUT", "/v2/images/"+id+"/stage", "staged", "Content-Type", "application/octet-stream")
	}
	a.put("/v2/images/"+id+"/stage", "x").want(415)
	stage().want(204)
	if got := a.show(id); got.Status != model.StatusUploading || got.Size != model.Some(int64(6)) || got.Checksum.Set {
		t.Errorf("staged: %+v", got)
	}
	stage().want(409).says("transition from uploading to uploading")
	a.post("/v2/images/"+id+"/import", `{"method":{"name":"web-download","uri":"http://mirror/f1.raw"}}`).want(409)
	a.post("/v2/images/"+id+"/import", `{"method":{"name":"glance-direct"}}`).want(202)
	if data := a.get("/v2/images/" + id + "/file").want(200); string(data.body) != "staged" {
		t.Errorf("%q", data.body)
	}
}

func TestCopiesToAnotherStore(t *testing.T) {
	service := open(t, demo.Options{Empty: true, ImportTime: -1})
	a := service.admin()
	id := a.create(`{"visibility":"community","disk_format":"raw","container_format":"bare"}`)
	a.patch(id, `[{"op":"add","path":"/locations/-","value":{"url":"http://mirror/f3.raw","metadata":{}}}]`).want(200)
	for _, by := range []apiClient{service, service.member()} {
		by.post("/v2/images/"+id+"/import", `{"method":{"name":"copy-image"},"stores":["local"]}`).want(403)
	}
	a.post("/v2/images/"+id+"/import", `{"method":{"name":"copy-image"},"stores":["local"]}`).want(202)
	got := a.show(id)
	if len(got.Locations) != 2 || string(got.Extra["stores"]) != `"web,local"` || got.Checksum.Set || got.Status != model.StatusActive {
		t.Errorf("%+v", got)
	}
	a.delete("/v2/stores/web/" + id).want(204)
	if data := a.get("/v2/images/" + id + "/file").want(200); len(data.body) != 3<<10 {
		t.Errorf("%d bytes", len(data.body))
	}
}
