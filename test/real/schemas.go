package realglance

import _ "embed"

// The schema files of the variants own and required, as Glance reads them: the
// properties that the deployment declares.
var (
	//go:embed etc/schema-own.json
	OwnSchema []byte
	//go:embed etc/schema-required.json
	RequiredSchema []byte
)
