package demo

import (
	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

// projectImages are what the projects keep for themselves and each other.
func projectImages() []seed {
	return []seed{
		{
			name: "web-frontend-golden", visibility: model.Shared, owner: demoTeam,
			size: 1_325_400_064, virtual: 21474836480, minDisk: 20, minRAM: 2048, age: 40 * day, changed: 2 * day,
			tags:       []string{"golden", "web", "nginx"},
			properties: linux("debian", "13", "x86_64", "deploy", "git_commit=9f31ab7", "build_number=1184"),
			members: []api.Member{
				{ProjectID: analytics.id, Status: "accepted"},
				{ProjectID: platform.id, Status: "pending"},
			},
		},
		{
			name: "web-frontend-golden", key: "old ", visibility: model.Shared, owner: demoTeam,
			size: 1_301_282_816, virtual: 21474836480, minDisk: 20, minRAM: 2048, age: 130 * day, changed: 41 * day,
			tags:       []string{"web", "nginx", "superseded"},
			properties: linux("debian", "12", "x86_64", "deploy", "git_commit=c77d013", "build_number=960"),
		},
		{
			name: "postgres-17-replica", owner: demoTeam, disk: "raw",
			size: 21474836480, minDisk: 20, minRAM: 8192, age: 75 * day, changed: 75 * day,
			tags:       []string{"db", "postgres"},
			properties: linux("ubuntu", "24.04", "x86_64", "ubuntu", "hw_cpu_policy=dedicated"),
		},
		{
			name: "ci-runner-2026.11", owner: demoTeam, protected: true,
			size: 4_831_838_208, virtual: 64424509440, minDisk: 60, minRAM: 4096, age: 11 * day, changed: 6 * hour,
			tags:       []string{"ci", "docker"},
			properties: linux("ubuntu", "24.04", "x86_64", "runner"),
		},
		{
			name: "before-upgrade-snapshot", owner: demoTeam, disk: "raw",
			size: 53687091200, minDisk: 50, age: 3 * hour, changed: 3 * hour,
			properties: []string{
				"image_type=snapshot", "image_location=snapshot", "image_state=available",
				"instance_uuid=7c5f8f0e-53a0-4a1c-9c67-0a5b6b7c8d9e", "base_image_ref=1d0b6a4e-6a0e-5f0e-9f8e-2a7f3c1b5d44",
				"user_id=" + member.id, "owner_specified.openstack.md5=", "boot_roles=member,reader",
			},
		},
		{
			name: "k8s-node-1.34", visibility: model.Community, owner: demoTeam,
			size: 2_952_790_016, virtual: 21474836480, minDisk: 20, minRAM: 2048, age: 33 * day, changed: 19 * day,
			tags:       []string{"kubernetes", "capi"},
			properties: linux("ubuntu", "24.04", "x86_64", "capi", "k8s_version=v1.34.2", "containerd=2.1"),
		},
		{
			name: "k8s-node-1.33", visibility: model.Community, owner: demoTeam,
			size: 2_899_102_924, virtual: 21474836480, minDisk: 20, minRAM: 2048, age: 140 * day, changed: 140 * day,
			tags:       []string{"kubernetes", "capi"},
			properties: linux("ubuntu", "24.04", "x86_64", "capi", "k8s_version=v1.33.6"),
		},
		{
			name: "jupyter-gpu-cuda13", visibility: model.Shared, owner: analytics,
			size: 18_897_856_102, virtual: 107374182400, minDisk: 100, minRAM: 16384, age: 62 * day, changed: 5 * day,
			tags:       []string{"gpu", "cuda", "jupyter"},
			properties: linux("ubuntu", "24.04", "x86_64", "ubuntu", "pci_passthrough:alias=a100:1", "hw_numa_nodes=2", "hw_mem_page_size=1GB"),
			members: []api.Member{
				{ProjectID: demoTeam.id, Status: "pending"},
				{ProjectID: platform.id, Status: "accepted"},
				{ProjectID: "9d1c5c0f2d5a4f7b8e6a1b2c3d4e5f60", Status: "rejected"},
			},
		},
		{
			name: "spark-worker", owner: analytics,
			size: 3_650_722_201, virtual: 42949672960, minDisk: 40, minRAM: 8192, age: 210 * day, changed: 93 * day,
			tags:       []string{"spark", "batch"},
			properties: linux("rocky", "9.6", "x86_64", "spark"),
		},
		{
			name: "installer-media-vmware-import", owner: analytics, disk: "vmdk", container: "ova",
			size: 1_932_735_283, minDisk: 16, age: 310 * day, changed: 310 * day,
			tags:       []string{"import", "vmware"},
			properties: []string{"vmware_adaptertype=lsiLogic", "vmware_disktype=streamOptimized", "os_type=linux"},
		},
		{
			name: "rescue-iso-2025", disk: "iso",
			size: 871_366_656, age: 280 * day, changed: 280 * day,
			tags:       []string{"rescue"},
			properties: []string{"hw_rescue_device=cdrom", "hw_rescue_bus=scsi"},
		},
		{
			name: "amphora-x64-haproxy", visibility: model.Shared, protected: true,
			size: 338_690_048, virtual: 2147483648, minDisk: 2, minRAM: 1024, age: 90 * day, changed: 14 * day,
			tags:       []string{"amphora", "octavia"},
			properties: linux("ubuntu", "24.04", "x86_64", "ubuntu"),
		},
		{
			name: "kernel-6.12-ami", disk: "aki", container: "aki",
			size: 14_680_064, age: 200 * day, changed: 200 * day, properties: []string{"architecture=x86_64"},
		},
		{
			name: "ramdisk-6.12-ami", disk: "ari", container: "ari",
			size: 41_943_040, age: 200 * day, changed: 200 * day, properties: []string{"architecture=x86_64"},
		},
		{
			name: "legacy-ami-machine", disk: "ami", container: "ami",
			size: 1073741824, age: 199 * day, changed: 199 * day,
			properties: []string{"kernel_id=" + namedID("kernel-6.12-ami")},
			null:       []string{"ramdisk_id"},
		},
		{
			name: "left-behind-by-a-deleted-project", stranger: "f3c1aa0e9b1d4c55a0f7d9c8b7a69584",
			size: 2_147_483_648, virtual: 21474836480, age: 3*year + 5*day, changed: 3*year + 5*day,
			tags: []string{"orphan"},
		},
		{
			name: "nobody-owns-me", ownerless: true, visibility: model.Public,
			size: 123_456_789, age: 4 * year, changed: 4 * year,
		},
	}
}
