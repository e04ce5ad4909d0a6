package api

import "time"

// Member is a project with which an image is shared.
type Member struct {
	ProjectID string // member_id
	Status    string // pending, accepted, rejected
	CreatedAt time.Time
	UpdatedAt time.Time
}
