package demo

import (
	"net/http"
	"slices"
	"time"
)

// The statuses of a task.
const (
	taskProcessing = "processing"
	taskSuccess    = "success"
	taskFailure    = "failure"
)

// task is what an import leaves behind.
type task struct {
	id        string
	kind      string
	status    string
	message   string
	owner     string
	user      string
	requestID string
	stores    []string
	method    map[string]any
	created   time.Time
	updated   time.Time
}

// taskTime is how a task's times are written: no zone, with fractions.
const taskTime = "2006-01-02T15:04:05.000000"

const taskLife = 48 * time.Hour

func (t task) document(imageID string) map[string]any {
	document := map[string]any{
		"id": t.id, "type": t.kind, "status": t.status, "message": t.message,
		"owner": nullIfEmpty(t.owner), "user_id": nullIfEmpty(t.user), "request_id": t.requestID,
		"image_id": imageID, "deleted": false, "deleted_at": nil, "expires_at": nil, "result": nil,
		"created_at": t.created.Format(taskTime), "updated_at": t.updated.Format(taskTime),
		"input": map[string]any{
			"image_id": imageID, "backend": t.stores, "import_req": map[string]any{"method": t.method},
		},
	}
	if t.status != taskProcessing {
		document["expires_at"] = t.updated.Add(taskLife).Format(taskTime)
	}
	if t.status == taskSuccess {
		document["result"] = map[string]any{"image_id": imageID}
	}
	return document
}

func nullIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// listTasks answers GET /v2/images/{image}/tasks.
func (c *call) listTasks() error {
	r, err := c.lookup()
	if err != nil {
		return bare(http.StatusNotFound)
	}
	documents := []any{}
	for _, t := range c.images.tasksOf(r.image.ID) {
		documents = append(documents, t.document(r.image.ID))
	}
	c.json(http.StatusOK, map[string]any{"tasks": documents})
	return nil
}

func (s *store) tasksOf(id string) []task {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.tasks[id])
}

func (s *store) addTask(imageID string, t task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tasks[imageID] = append(s.tasks[imageID], t)
}

// moveTask changes the status and the message of a task.
func (s *store) moveTask(imageID, taskID, status, message string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for n := range s.tasks[imageID] {
		if t := &s.tasks[imageID][n]; t.id == taskID {
			t.status, t.message, t.updated = status, message, now
		}
	}
}
