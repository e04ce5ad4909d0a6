package jsontext

// CloneObject is a copy of a JSON object that shares nothing.
func CloneObject(object map[string]any) map[string]any {
	if object == nil {
		return nil
	}
	out := make(map[string]any, len(object))
	for name, value := range object {
		out[name] = cloneValue(value)
	}
	return out
}

// cloneValue copies a JSON value; scalars are immutable.
func cloneValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return CloneObject(v)
	case []any:
		out := make([]any, len(v))
		for n, element := range v {
			out[n] = cloneValue(element)
		}
		return out
	}
	return value
}
