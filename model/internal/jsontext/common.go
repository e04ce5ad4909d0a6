package jsontext

import "strings"

// commonTexts are words that most images hold: decoding need not make them again
// for each.
var commonTexts = func() map[string]string {
	texts := make(map[string]string)
	for _, t := range strings.Fields(`active queued deactivated private public shared community qcow2 raw bare sha512
		store self file schema direct_url stores os_distro os_version os_type architecture x86_64
		hw_disk_bus hw_vif_model virtio`) {
		texts[t] = t
	}
	return texts
}()

// longestCommon is the length of the longest of them.
const longestCommon = 12

// TextFrom is string(b).
func TextFrom(b []byte) string {
	if len(b) <= longestCommon {
		if t, common := commonTexts[string(b)]; common {
			return t
		}
	}
	return string(b)
}
