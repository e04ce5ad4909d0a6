package patch

import (
	"fmt"
	"net/http"

	"github.com/glance-tui/glance-tui/model"
)

// Reject is a refusal that is about no particular operation yet.
func Reject(code int, format string, arguments ...any) *Rejection {
	return &Rejection{Code: code, Message: fmt.Sprintf(format, arguments...), Index: -1}
}

// ServerError is the answer where the server's code breaks.
func ServerError() *Rejection {
	return Reject(http.StatusInternalServerError, "The server has either erred or is "+
		"incapable of performing the requested operation.")
}

// Rejection is a server's answer to a patch that it refuses, as Apply and
// ParsePatch predict it and as the embedded service gives it.
type Rejection struct {
	Code    int    // HTTP status
	Message string // in the server's manner
	Index   int    // the operation that failed; -1 when the patch as a whole
	// Kept is what stays changed in spite of the refusal: locations whose data
	// was deleted before the failing operation (measured; see Apply).
	Kept []model.Location
}

// Error gives the message.
func (r *Rejection) Error() string { return r.Message }
