package demo

import "github.com/glance-tui/glance-tui/model"

// The seeds that go on by themselves unless the server is still.
const (
	savingName    = "debian-13-nightly-arm64"
	uploadingName = "rocky-10-preview"
	importingName = "ubuntu-26.04-preview"
	pendingName   = "windows-2019-eval"

	stuckTask = "3a1f0c77-2d1b-4a57-9f0e-5d2c8b6e4f10"
)

// movingImages are on their way: in every status but active.
func movingImages() []seed {
	return []seed{
		{
			id: FedoraID, name: "Fedora 17", status: model.StatusQueued,
			minDisk: 10, minRAM: 512, age: 4 * day, changed: 4 * day,
			tags:       []string{"fedora", "beefy"},
			properties: []string{"os_distro=fedora", "os_version=17", "hw_disk_bus=virtio"},
		},
		{
			name: "upload-me-later", status: model.StatusQueued, owner: demoTeam, visibility: model.Shared,
			disk: "-", container: "-", age: 19 * day, changed: 19 * day,
		},
		{
			name: "arch-linux-2026.11", status: model.StatusQueued, owner: analytics,
			age: 26 * hour, changed: 25 * hour, tags: []string{"arch", "retry"},
			properties: []string{"os_distro=arch"},
			internal:   map[string]string{failedImportName: localStore, importingToName: ""},
		},
		{
			name: savingName, status: model.StatusSaving, disk: "raw",
			age: 6 * minute, changed: 2 * minute, tags: []string{"nightly", "debian"},
			properties: linux("debian", "13", "aarch64", "debian"),
		},
		{
			name: uploadingName, status: model.StatusUploading, size: 721_420_288,
			age: 9 * minute, changed: 4 * minute, tags: []string{"rocky", "preview"},
			properties: linux("rocky", "10", "x86_64", "rocky"),
		},
		{
			name: importingName, status: model.StatusImporting, visibility: model.Public,
			age: 3 * minute, changed: minute, tags: []string{"ubuntu", "preview"},
			properties: linux("ubuntu", "26.04", "x86_64", "ubuntu"),
			internal: map[string]string{
				importTaskName: stuckTask, importingToName: localStore, failedImportName: "",
			},
		},
		{
			name: "gentoo-hand-made", status: model.StatusKilled, owner: analytics,
			age: 2*year + 300*day, changed: 2*year + 300*day,
			properties: []string{"os_distro=gentoo"},
		},
		{
			name: pendingName, status: model.StatusPendingDelete,
			size: 8_589_934_592, virtual: 42949672960, minDisk: 40, age: 5 * year, changed: 20 * minute,
			tags: []string{"eol"}, properties: []string{"os_type=windows", "os_version=2019"},
		},
		{
			name: "mandrake-8", status: model.StatusDeleted,
			age: 6*year + 300*day, changed: 30 * minute, properties: []string{"os_distro=mandrake"},
		},
		{
			name: "leaked-credentials-DO-NOT-BOOT", status: model.StatusDeactivated, visibility: model.Community,
			owner: analytics, size: 2_362_232_012, virtual: 21474836480, age: 17 * day, changed: 5 * hour,
			tags: []string{"security", "incident-4711"}, properties: linux("ubuntu", "24.04", "x86_64", "ubuntu"),
		},
	}
}
