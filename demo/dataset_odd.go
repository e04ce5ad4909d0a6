package demo

import (
	"fmt"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// oddImages are unusual, but harmless: full lists, long and wide texts.
func oddImages() []seed {
	return []seed{
		{
			name: "mirrored-everywhere", visibility: model.Public,
			size: 734_003_200, virtual: 5368709120, age: 55 * day, changed: 8 * day,
			tags: []string{"mirrored", "golden"}, properties: linux("fedora", "42", "x86_64", "fedora"),
			web: []model.Location{
				webAt("https://mirror.eu.example.org/fedora/42/Fedora-Cloud-Base-42.qcow2", "region=eu-west", "priority=10"),
				webAt("https://mirror.us.example.org/fedora/42/Fedora-Cloud-Base-42.qcow2", "region=us-east", "priority=20"),
				webAt("http://mirror/fedora/42/Fedora-Cloud-Base-42.qcow2", "region=lab"),
			},
		},
		{
			name: "only-on-the-web", visibility: model.Shared, owner: demoTeam, webOnly: true,
			size: 458_227_712, age: 28 * day, changed: 28 * day, tags: []string{"web"},
			web: []model.Location{webAt("https://cloud.debian.org/images/cloud/sid/daily/latest/debian-sid-generic-amd64-daily.qcow2")},
		},
		{
			name: "ten-locations", size: 1_048_576_000, age: 88 * day, changed: 16 * day,
			tags: []string{"quota"}, web: nineMirrors(),
		},
		{
			name: "every-knob-set", size: 2_040_109_465, virtual: 21474836480, minDisk: 20, minRAM: 2048,
			age: 180 * day, changed: 50 * minute, tags: manyTags(), properties: manyProperties(),
		},
		{
			name: "an-image-whose-name-tells-the-whole-story-of-how-it-was-built-by-whom-for-which-customer-on-which-day-" +
				"and-which-of-the-three-approvals-it-still-waits-for-before-it-may-go-to-production-" +
				strings.Repeat("and-so-on-", 6) + "v2",
			owner: demoTeam, size: 1_234_567_890, age: 13 * day, changed: 13 * day, tags: []string{"verbose"},
		},
		{
			name: "日本語の長い名前を持つイメージ（検証用・本番禁止）", visibility: model.Shared, owner: analytics,
			size: 1_610_612_736, virtual: 21474836480, age: 47 * day, changed: 22 * day,
			tags: []string{"日本語", "検証"}, properties: []string{"os_distro=ubuntu", "説明=社内検証環境のみ"},
		},
		{
			name: "数据分析平台-镜像-2026年11月", owner: analytics,
			size: 5_368_709_120, age: 22 * day, changed: 10 * day, tags: []string{"数据", "ubuntu"},
		},
		{
			name: "서버 이미지 (우분투 24.04)", owner: demoTeam,
			size: 644_245_094, age: 18 * day, changed: 18 * day, tags: []string{"우분투"},
		},
		{
			name: "Größenwahn — naïve façade №5", size: 99_999_999, age: 66 * day, changed: 66 * day,
			tags: []string{"żółw", "ünïcödé"},
		},
		{
			nameless: true, key: "nameless", size: 314_572_800, age: 9 * day, changed: 9 * day,
			properties: []string{"image_type=snapshot"},
		},
		{
			name: "", key: "empty", owner: demoTeam, size: 104_857_600, age: 8 * day, changed: 8 * day,
		},
		{
			name: "  spaces around and  inside  ", owner: demoTeam, size: 73_400_320, age: 7 * day, changed: 7 * day,
			tags: []string{"", "tag with spaces", "Case", "case"},
		},
	}
}

// nineMirrors fill the list of locations to its quota of ten.
func nineMirrors() []model.Location {
	var list []model.Location
	for n := 1; n <= 9; n++ {
		list = append(list, webAt(fmt.Sprintf("https://mirror%d.example.org/images/ten.qcow2", n), fmt.Sprintf("rack=r%02d", n)))
	}
	return list
}

func manyTags() []string {
	tags := []string{"golden", "audited"}
	for n := 1; n <= 22; n++ {
		tags = append(tags, fmt.Sprintf("control-%02d", n))
	}
	return tags
}

// manyProperties are more than fit on any screen.
func manyProperties() []string {
	list := linux("ubuntu", "24.04", "x86_64", "ubuntu",
		"hw_firmware_type=uefi", "hw_machine_type=q35", "hw_cpu_sockets=2", "hw_cpu_cores=4", "hw_cpu_threads=2",
		"hw_cpu_policy=dedicated", "hw_cpu_thread_policy=require", "hw_numa_nodes=2", "hw_mem_page_size=2MB",
		"hw_vif_model=virtio", "hw_vif_multiqueue_enabled=true", "hw_video_model=virtio", "hw_video_ram=64",
		"hw_watchdog_action=reset", "hw_time_hpet=true", "hw_tpm_model=tpm-crb", "hw_tpm_version=2.0",
		"hw_pmu=false", "hw_boot_menu=true", "hw_cdrom_bus=sata", "hw_pointer_model=usbtablet",
		"os_secure_boot=required", "os_require_quiesce=yes", "os_shutdown_timeout=120",
		"trait:HW_CPU_X86_AVX512F=required", "trait:COMPUTE_VOLUME_MULTI_ATTACH=required",
		"img_signature_hash_method=SHA-256", "img_signature_key_type=RSA-PSS",
		"description=Everything that can be set is set, so that a screen has something to scroll.",
		"com.example/owner~team=platform", "path/to/property=escaped in a pointer",
		"a very long value="+strings.Repeat("lorem ipsum dolor sit amet ", 12), "empty value=",
	)
	for n := 1; n <= 24; n++ {
		list = append(list, fmt.Sprintf("compliance_control_%02d=passed 2026-11-%02d", n, n))
	}
	return list
}
