package model

import "strings"

// reservedPrefix begins the names that Glance keeps for itself
// (os_glance_import_task, os_glance_stage_host and the like).
const reservedPrefix = "os_glance"

// ReservedProperty reports whether a custom property cannot have this name:
// the server refuses it, or takes it for something else, or answers 200 and
// stores nothing (all measured).
func ReservedProperty(name string) bool {
	_, readOnly := readOnlyAttributes[name]
	_, refused := refusedNames[name]
	_, internal := internalNames[name]
	return readOnly || refused || internal || isBase(name) ||
		name == "stores" || strings.HasPrefix(name, reservedPrefix)
}

// reservedName is whether the server answers 403 "is reserved" to any
// operation on the name.
func reservedName(name string) bool {
	_, refused := refusedNames[name]
	return refused || strings.HasPrefix(name, reservedPrefix)
}

// isBase is whether a name is one of the attributes of every image.
func isBase(name string) bool {
	_, found := baseNames[name]
	return found
}

type names map[string]struct{}

func nameSet(list ...string) names {
	set := make(names, len(list))
	for _, name := range list {
		set[name] = struct{}{}
	}
	return set
}

var (
	baseNames = func() names {
		set := names{}
		for _, a := range attributes {
			if a.Base {
				set[a.Name] = struct{}{}
			}
		}
		return set
	}()

	// readOnlyAttributes answer 403 "is read-only" to any operation, also with
	// the present value (measured).
	readOnlyAttributes = nameSet("id", "status", "checksum", "size", "virtual_size",
		"created_at", "updated_at", "self", "file", "schema", "direct_url",
		"os_hash_algo", "os_hash_value")

	// refusedNames answer 403 "is reserved" to any operation (measured).
	refusedNames = nameSet("location", "deleted", "deleted_at")

	// internalNames are members of the server's own objects. add and replace
	// answer 200 and nothing is stored, but for image_id (404) and those that
	// break the server (500); remove answers 403 (measured).
	internalNames = nameSet("base", "extra_properties", "image_id",
		"context", "member", "helper", "repo", "notifier",
		"delete", "deactivate", "reactivate", "get_data", "set_data",
		"get_payload", "get_super_class", "send_notification",
		"_abc_impl", "_format_image_send", "_format_import_properties", "_get_chunk_data_iterator",
		"__class__", "__delattr__", "__dict__", "__dir__", "__doc__", "__eq__", "__format__",
		"__ge__", "__getattribute__", "__getstate__", "__gt__", "__hash__", "__init__",
		"__init_subclass__", "__le__", "__lt__", "__module__", "__ne__", "__new__",
		"__reduce__", "__reduce_ex__", "__repr__", "__setattr__", "__sizeof__", "__str__",
		"__subclasshook__", "__weakref__")

	// breakingNames are those of them that the server breaks on.
	breakingNames = nameSet("base", "extra_properties", "__class__", "__dict__", "__weakref__")
)
