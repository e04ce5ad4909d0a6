package demo

import "github.com/glance-tui/glance-tui/model"

// zerosOf20MiB is the data of the one image of the data set that can really be
// downloaded. A test holds the hashes against the bytes.
var zerosOf20MiB = &content{
	size: 20 * mib, zeros: true,
	md5: "8f4e33f3dc3e414ff94e5fb6905cba8c",
	sha512: "7fb91e868f3923bbd043725818ef3a5d8d08ebf1059a18ac0fe07040d32eeba5" +
		"17da11515e6a4afaeb29bcc5e0f1543ba2c595b0fe8e6167ddc5e6793edef5bb",
}

// publicImages are what the operators offer to everybody.
func publicImages() []seed {
	return []seed{
		{
			name: "ubuntu-24.04-server", visibility: model.Public, protected: true,
			size: 612_106_240, virtual: 3758096384, minDisk: 4, minRAM: 512, age: 96 * day, changed: 9 * day,
			tags:       []string{"lts", "ubuntu", "golden"},
			properties: linux("ubuntu", "24.04", "x86_64", "ubuntu", "hw_firmware_type=uefi", "patchlevel=2026-11-14"),
			web: []model.Location{
				webAt("https://cloud-images.ubuntu.com/noble/20261114/noble-server-cloudimg-amd64.img", "region=upstream"),
			},
		},
		{
			name: "ubuntu-22.04-server", visibility: model.Public, protected: true,
			size: 684_851_200, virtual: 2361393152, minDisk: 3, minRAM: 512, age: 2*year + 40*day, changed: 31 * day,
			tags:       []string{"lts", "ubuntu"},
			properties: linux("ubuntu", "22.04", "x86_64", "ubuntu", "patchlevel=2026-10-23"),
		},
		{
			name: "ubuntu-24.04-server-arm64", visibility: model.Public,
			size: 598_343_680, virtual: 3758096384, minDisk: 4, minRAM: 512, age: 95 * day, changed: 9 * day,
			tags:       []string{"lts", "ubuntu", "arm"},
			properties: linux("ubuntu", "24.04", "aarch64", "ubuntu", "hw_firmware_type=uefi", "hw_machine_type=virt"),
		},
		{
			name: "debian-13-generic", visibility: model.Public, protected: true,
			size: 416_940_032, virtual: 3221225472, minDisk: 3, minRAM: 256, age: 70 * day, changed: 12 * day,
			tags:       []string{"debian", "golden"},
			properties: linux("debian", "13", "x86_64", "debian", "image_build_date=2026-11-11"),
		},
		{
			name: "debian-12-generic", visibility: model.Public,
			size: 445_644_800, virtual: 3221225472, minDisk: 3, minRAM: 256, age: year + 200*day, changed: 60 * day,
			tags:       []string{"debian", "oldstable"},
			properties: linux("debian", "12", "x86_64", "debian"),
		},
		{
			name: "debian-13-arm64", visibility: model.Public,
			disk: "raw", size: 3221225472, minDisk: 3, age: 69 * day, changed: 12 * day,
			tags:       []string{"debian", "arm"},
			properties: linux("debian", "13", "aarch64", "debian"),
		},
		{
			name: "rocky-9.6", visibility: model.Public, protected: true,
			size: 620_756_992, virtual: 10737418240, minDisk: 10, minRAM: 1024, age: 150 * day, changed: 88 * day,
			tags:       []string{"rocky", "rhel-like"},
			properties: linux("rocky", "9.6", "x86_64", "rocky"),
		},
		{
			name: "almalinux-10", visibility: model.Public,
			size: 571_473_920, virtual: 10737418240, minDisk: 10, minRAM: 1024, age: 45 * day, changed: 45 * day,
			tags:       []string{"almalinux", "rhel-like"},
			properties: linux("almalinux", "10", "x86_64", "almalinux"),
		},
		{
			name: "fedora-cloud-43", visibility: model.Public,
			size: 555_745_280, virtual: 5368709120, minDisk: 5, minRAM: 512, age: 26 * day, changed: 25 * day,
			tags:       []string{"fedora"},
			properties: linux("fedora", "43", "x86_64", "fedora"),
		},
		{
			name: "opensuse-leap-16.0", visibility: model.Public,
			size: 384_106_496, virtual: 10737418240, minDisk: 10, age: 52 * day, changed: 52 * day,
			tags:       []string{"opensuse"},
			properties: linux("opensuse", "16.0", "x86_64", "opensuse"),
		},
		{
			name: "alpine-3.22-tiny", visibility: model.Public, disk: "qcow2",
			size: 188_743_680, virtual: 218103808, minDisk: 1, minRAM: 128, age: 120 * day, changed: 120 * day,
			tags:       []string{"alpine", "tiny"},
			properties: linux("alpine", "3.22", "x86_64", "alpine"),
		},
		{
			name: "cirros-0.6.3-x86_64-disk", visibility: model.Public, disk: "raw",
			size: zerosOf20MiB.size, minDisk: 1, minRAM: 64, age: year + 12*day, changed: year + 12*day,
			tags:       []string{"test", "tiny"},
			properties: []string{"os_distro=cirros", "os_version=0.6.3", "architecture=x86_64"},
			zeros:      zerosOf20MiB,
		},
		{
			name: "windows-2025-eval", visibility: model.Public,
			size: 10_523_508_736, virtual: 42949672960, minDisk: 40, minRAM: 4096, age: 21 * day, changed: 21 * day,
			properties: []string{
				"os_type=windows", "os_distro=windows", "os_version=2025", "architecture=x86_64",
				"os_admin_user=Administrator", "hw_firmware_type=uefi", "hw_video_model=virtio",
				"hw_disk_bus=virtio", "hw_vif_model=virtio", "os_require_quiesce=no",
			},
		},
		{
			name: "freebsd-14.3", visibility: model.Public, disk: "raw",
			size: 6442450944, minDisk: 6, age: 160 * day, changed: 100 * day,
			tags:       []string{"bsd"},
			properties: []string{"os_type=freebsd", "os_distro=freebsd", "os_version=14.3", "architecture=x86_64"},
		},
		{
			name: "ubuntu-16.04-server", visibility: model.Public, hidden: true, protected: true,
			size: 297_205_760, virtual: 2361393152, minDisk: 3, age: 6*year + 100*day, changed: 4 * year,
			tags:       []string{"ubuntu", "eol"},
			properties: linux("ubuntu", "16.04", "x86_64", "ubuntu", "replaced_by=ubuntu-18.04-server"),
		},
		{
			name: "centos-7", status: model.StatusDeactivated, visibility: model.Public,
			size: 902_889_472, virtual: 8589934592, minDisk: 8, age: 5*year + 10*day, changed: 2*year + 140*day,
			tags:       []string{"centos", "eol", "do-not-use"},
			properties: linux("centos", "7", "x86_64", "centos", "deactivated_because=CVE backlog, no updates since 2024-06-30"),
		},
	}
}
