package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// The properties that an import leaves on its image. The last two stay, as "".
const (
	importTaskName   = "os_glance_import_task"
	importingToName  = "os_glance_importing_to_stores"
	failedImportName = "os_glance_failed_import"
)

// importJob is an import under way.
type importJob struct {
	image   string // id
	task    string // id
	request importRequest
	lasts   time.Duration
	// saved is the image as it was when its data began to be written to the
	// store; it is written back whole at the end (measured).
	saved record
	size  int64 // of what comes in, 0 when it cannot be had
	data  *content
}

// importSteps are how often a task tells how far it is. A download takes all
// but the last of them.
const importSteps = 4

// startImport takes the image and plans the import.
func (c *call) startImport(id string, q importRequest) {
	lasts := c.opts.ImportTime
	if drip := dripTime(q.uri); drip > 0 && lasts > 0 {
		lasts = drip
	}
	c.planImport(c.opts.Now(), id, q, lasts, c.who, c.id)
}

// planImport begins an import: the task is there at once, the image follows a
// moment later.
func (s *Server) planImport(now time.Time, id string, q importRequest, lasts time.Duration, who caller, requestID string) {
	job := &importJob{image: id, task: randomUUID(), request: q, lasts: max(lasts, 0)}
	s.images.change(id, func(r *record) bool {
		r.internal[importTaskName] = job.task
		return true
	})
	s.images.addTask(id, task{
		id: job.task, kind: "api_image_import", status: taskProcessing, owner: who.project, user: who.user, requestID: requestID,
		stores: q.stores, method: q.document, created: now.UTC(), updated: now.UTC(),
	})
	if lasts <= 0 {
		s.beginImport(job, now)
		s.endImport(job, now)
		return
	}
	const soon = 300 * time.Millisecond
	s.agenda.at(now.Add(min(soon, lasts/2)), func(due, _ time.Time) {
		if !s.beginImport(job, due) {
			return
		}
		for n := 1; n < importSteps; n++ {
			part := int64(n)
			s.agenda.at(now.Add(lasts*time.Duration(n)/importSteps), func(due, _ time.Time) {
				s.images.moveTask(job.image, job.task, taskProcessing, copied(job.size*part/importSteps), due.UTC())
				if part == importSteps-1 && job.request.method == webDownload {
					s.save(job)
				}
			})
		}
		s.agenda.at(now.Add(lasts), func(due, _ time.Time) { s.endImport(job, due) })
	})
}

func copied(size int64) string { return fmt.Sprintf("Copied %d MiB", size>>20) }

// beginImport finds the data and puts the image into importing.
func (s *Server) beginImport(job *importJob, due time.Time) bool {
	s.findData(job)
	return s.images.change(job.image, func(r *record) bool {
		if job.request.method != copyImage {
			r.image.Status = model.StatusImporting
		}
		r.internal[importingToName] = strings.Join(slices.Sorted(slices.Values(job.request.stores)), ",")
		r.internal[failedImportName] = ""
		r.image.UpdatedAt = moment(due)
		job.saved = r.clone()
		return true
	})
}

// save notes what the import will write back at its end.
func (s *Server) save(job *importJob) {
	if r, found := s.images.find(job.image, robot); found {
		job.saved = r
	}
}

// findData looks for what is to be imported; the size stays 0 where there is
// nothing.
func (s *Server) findData(job *importJob) {
	switch job.request.method {
	case webDownload:
		if size, _, refused := s.mirrors.look(job.request.uri); refused == nil {
			job.size = size
		}
	case glanceDirect:
		if job.data = s.files.get(stagedName(job.image)); job.data != nil {
			job.size = job.data.size
		}
	case copyImage:
		if r, found := s.images.find(job.image, robot); found {
			job.size = r.image.Size.Or(0)
			job.data = s.dataOf(r)
		}
	}
}

// endImport makes the image active, or takes it back to where it was.
func (s *Server) endImport(job *importJob, due time.Time) {
	defer s.files.drop(stagedName(job.image))
	next := job.saved.clone()
	delete(next.internal, importTaskName)
	next.internal[importingToName] = ""
	next.image.UpdatedAt = moment(due)
	failed := job.failedStores()
	if len(failed) > 0 && (job.request.mustAll || len(failed) == len(job.request.stores)) {
		next.internal[failedImportName] = strings.Join(failed, ",")
		if job.request.method != copyImage {
			next.image.Status = model.StatusQueued
			next.image.Size, next.image.VirtualSize = model.Null[int64](), model.Null[int64]()
		}
		s.images.write(next)
		s.images.moveTask(job.image, job.task, taskFailure, "Task failed due to Internal Error", due.UTC())
		return
	}
	next.internal[failedImportName] = strings.Join(failed, ",")
	if s.images.status(job.image) == "" {
		return // deleted meanwhile, and its task with it
	}
	s.storeImported(job, &next)
	s.images.write(next)
	s.images.moveTask(job.image, job.task, taskSuccess, copied(job.size), due.UTC())
}

// failedStores are the stores that do not get the data: the one that nobody
// can write to, or all when there is no data.
func (job *importJob) failedStores() []string {
	if job.size == 0 {
		return job.request.stores
	}
	return slices.DeleteFunc(slices.Clone(job.request.stores), func(id string) bool { return id != webStore })
}

// storeImported puts the data into the file store.
func (s *Server) storeImported(job *importJob, next *record) {
	data := job.data
	if data == nil && job.request.uri != "" {
		data = downloaded(job.request.uri, job.size)
	}
	if data == nil {
		data = described(job.image, job.size)
	}
	l := s.fileLocation(job.image)
	s.files.put(l.URL, data)
	next.image.Locations = append(next.image.Locations, l)
	if job.request.method == copyImage {
		return
	}
	data.fill(&next.image)
	next.image.Status = model.StatusActive
}
