package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/modeltest"
)

func TestApplyValidationData(t *testing.T) {
	hash, sum := strings.Repeat("ab", 64), strings.Repeat("cd", 16)
	with := func(url, data string) string {
		return fmt.Sprintf(`{"url": %q, "metadata": {}, "validation_data": %s}`, url, data)
	}
	add := func(data string) string { return set("add", "/locations/-", with("http://a", data)) }
	good := fmt.Sprintf(`{"os_hash_algo": "sha512", "os_hash_value": %q}`, hash)
	other := fmt.Sprintf(`{"os_hash_algo": "sha512", "os_hash_value": %q}`, strings.Repeat("ef", 64))
	full := fmt.Sprintf(`{"os_hash_algo": "sha512", "os_hash_value": %q, "checksum": %q}`, hash, sum)
	hashed := modeltest.ActiveImage(t, "http://b")
	hashed.HashAlgo, hashed.HashValue, hashed.Checksum = model.Some("sha512"), model.Some(hash), model.Some(sum)
	runExchanges(t, []exchangeCase{
		{name: "none", before: modeltest.QueuedImage(t), body: set("add", "/locations/-", modeltest.At("http://a")), want: `{"os_hash_value": null, "checksum": null}`},
		{name: "a hash", before: modeltest.QueuedImage(t), body: add(good), want: `{"os_hash_algo": "sha512", "os_hash_value": "` + hash + `", "checksum": null}`},
		{name: "a hash and a checksum", before: modeltest.QueuedImage(t), body: add(full), want: `{"checksum": "` + sum + `"}`},
		{name: "in a list", before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(modeltest.At("http://b"), with("http://a", good))), want: `{"os_hash_value": "` + hash + `"}`},
		{name: "the same twice", before: modeltest.QueuedImage(t), body: add(good) + "," + set("add", "/locations/-", with("http://b", good))},
		{name: "twice, differing", before: modeltest.QueuedImage(t), body: set("replace", "/locations", listOf(with("http://a", good), with("http://b", other))), code: 409, says: "Conflicting values for os_hash_value"},
		{name: "another algorithm", before: modeltest.QueuedImage(t), body: add(fmt.Sprintf(`{"os_hash_algo": "md5", "os_hash_value": %q}`, hash)), code: 409, says: "must be sha512, not md5"},
		{name: "not hexadecimal", before: modeltest.QueuedImage(t), body: add(`{"os_hash_algo": "sha512", "os_hash_value": "xy"}`), code: 409, says: "not a valid hexadecimal"},
		{name: "too short", before: modeltest.QueuedImage(t), body: add(`{"os_hash_algo": "sha512", "os_hash_value": "ab"}`), code: 409, says: "64 bytes"},
		{name: "a bad checksum", before: modeltest.QueuedImage(t), body: add(strings.Replace(full, sum, strings.Repeat("xy", 16), 1)), code: 409, says: "checksum"},
		{name: "a short checksum", before: modeltest.QueuedImage(t), body: add(strings.Replace(full, sum, "ab", 1)), code: 400, says: "is too short"},
		{name: "one of two", before: modeltest.QueuedImage(t), body: add(`{"os_hash_algo": "sha512"}`), code: 400, says: "'os_hash_value' is a required property"},
		{name: "a member too much", before: modeltest.QueuedImage(t), body: add(strings.Replace(good, "}", `, "x": "y"}`, 1)), code: 400, says: "Additional properties are not allowed ('x' was unexpected)"},
		{name: "no object", before: modeltest.QueuedImage(t), body: add(`"x"`), code: 400, says: "is not of type 'object'"},
		{name: "the same on an active image", before: hashed, body: add(full)},
		{name: "another on an active image", before: hashed, body: add(other), code: 409, says: "already set with a different value"},
		{name: "new on an active image", before: modeltest.ActiveImage(t, "http://b"), body: add(good), code: 409, says: "New value(s) for os_hash_algo, os_hash_value"},
	})
}
