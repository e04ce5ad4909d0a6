// Package state keeps on disk what outlives the program: drafts, the history
// of what was sent and, for who asks for it, logins. docs/state.md shows the
// files.
//
// What is promised:
//   - What KeepDraft, Begin and End acknowledge is on stable storage, whole.
//     A file is written beside the old one and put in its place, or a line is
//     added in one write; what a crash leaves half-written is never offered.
//   - Two programs never write one draft. Each program's drafts are files of
//     their own, and a draft changes hands by a rename that one of them wins.
//   - A disk that is full, read-only or in other hands costs an error and
//     nothing that was kept before.
//   - No one else reads or writes here: directories are 0700 and files 0600, and a
//     directory or file that is a link, someone else's or writable by others is
//     refused.
package state
