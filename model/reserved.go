package model

import (
	"strings"
	"sync"
)

// reservedPrefix begins the names that Glance keeps for itself
// (os_glance_import_task, os_glance_stage_host and the like).
const reservedPrefix = "os_glance"

// ReservedProperty reports whether a custom property cannot have this name:
// the server refuses it, or takes it for something else, or answers 200 and
// stores nothing (all measured).
func ReservedProperty(name string) bool {
	return takenNames()[name] != 0 || strings.HasPrefix(name, reservedPrefix)
}

// IsBase reports whether a name is one of the attributes of every image.
func IsBase(name string) bool { return takenNames()[name]&baseName != 0 }

// IsReadOnly reports whether the server answers 403 "is read-only" to any operation,
// also with the present value (measured).
func IsReadOnly(name string) bool { return takenNames()[name]&readOnlyName != 0 }

// IsRefused reports whether the server answers 403 "is reserved" to any operation.
func IsRefused(name string) bool {
	return takenNames()[name]&refusedName != 0 || strings.HasPrefix(name, reservedPrefix)
}

// IsInternal reports whether a name is a member of the server's own objects. add and
// replace answer 200 and nothing is stored, but for image_id (404) and those
// that break the server (500); remove answers 403 (measured).
func IsInternal(name string) bool { return takenNames()[name]&internalName != 0 }

// IsReading reports whether a name's value differs between two readings by itself.
func IsReading(name string) bool { return takenNames()[name]&readingName != 0 }

// IsBreaking reports whether the server breaks on an internal name.
func IsBreaking(name string) bool { return takenNames()[name]&breakingName != 0 }

// taken says in which ways a name is taken.
type taken uint8

const (
	baseName taken = 1 << iota
	readOnlyName
	refusedName
	internalName
	breakingName
	shadowedName // an add makes a property that the real attribute hides
	readingName  // differs between two readings by itself, so no one asks for it
)

var takenNames = sync.OnceValue(func() map[string]taken {
	names := make(map[string]taken)
	mark := func(as taken, list string) {
		for _, name := range strings.Fields(list) {
			names[name] |= as
		}
	}
	for _, a := range attributes {
		if a.Base {
			mark(baseName, a.Name)
		}
	}
	mark(readOnlyName, `id status checksum size virtual_size created_at updated_at
		self file schema direct_url os_hash_algo os_hash_value`)
	mark(readingName, `checksum size virtual_size created_at updated_at
		self file schema direct_url os_hash_algo os_hash_value`)
	mark(refusedName, "location deleted deleted_at")
	mark(shadowedName, "stores")
	mark(internalName|breakingName, "base extra_properties __class__ __dict__ __weakref__")
	mark(internalName, `image_id context member helper repo notifier
		delete deactivate reactivate get_data set_data get_payload get_super_class send_notification
		_abc_impl _format_image_send _format_import_properties _get_chunk_data_iterator
		__delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ __gt__
		__hash__ __init__ __init_subclass__ __le__ __lt__ __module__ __ne__ __new__ __reduce__
		__reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__`)
	return names
})
