# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# Starting and stopping the servers. What differs between Debian's and PyPI's
# is in use_debian and use_pypi; all else is common.

readonly all_variants='main hidden strict noauth own required'

use_debian() {
	debian_installed || die "not installed: $here/glance.sh install debian"
	server_path=/usr/bin:/bin
	python=/usr/bin/python3
	bin=/usr/bin
	shipped_etc=/usr/share/glance-common
}

use_pypi() {
	pypi_installed || die "not installed: $here/glance.sh install pypi"
	bin=$(pypi_venv)/bin
	server_path=$bin:/usr/bin:/bin
	python=$bin/python
	shipped_etc=$(pypi_venv)/etc/glance
}

harness() { "$python" -I "$here/harness.py" "$@"; }

# --- Commands ---------------------------------------------------------------

cmd_start() {
	[ -d /proc/self ] || impossible 'the servers need Linux'
	has setsid flock || impossible 'the servers need setsid and flock (package util-linux)'
	"use_$server"
	lock_dir
	release=$(harness release)
	if [ "$fresh" = yes ] || ! is_of_this_release; then
		throw_away
	fi
	forget_the_dead
	: >"$dir/.glance-tui-real"
	take_secrets
	take_ports
	write_configuration
	SECONDS=0
	trap 'stop_after_failure' EXIT
	make_databases
	start_servers
	harness seed "$dir"
	trap - EXIT
	say "up after $SECONDS s: $dir/server.json"
}

cmd_stop() {
	lock_dir
	# shellcheck disable=SC2046
	halt $(glance_names) keystone files
	rm -f "$dir/server.json"
}

cmd_fill() {
	lock_dir
	cmd_path >/dev/null
	"use_$server"
	harness fill "$dir" "$number"
}

cmd_status() {
	local name up=0
	# shellcheck disable=SC2046
	for name in keystone $(glance_names) files; do
		if is_up "$name"; then
			printf '%-14s running, process %s, port %s\n' "$name" "$(pid_of "$name")" "$(port_of "$name")"
			up=1
		else
			printf '%-14s not running\n' "$name"
		fi
	done
	[ "$up" = 1 ] || exit 1
}

cmd_path() {
	[ -e "$dir/server.json" ] || die "not running: $here/glance.sh start --server $server --dir $dir"
	printf '%s\n' "$dir/server.json"
}

cmd_env() {
	cmd_path >/dev/null
	printf 'export GLANCE_TUI_REAL=%q\n' "$dir/server.json"
	printf 'export OS_CLIENT_CONFIG_FILE=%q\n' "$dir/clouds.yaml"
	printf 'export OS_CLOUD=admin\n'
}

glance_names() {
	local variant
	for variant in $all_variants; do
		printf 'glance-%s ' "$variant"
	done
}

# A database that another release made is of no use: begin anew.
is_of_this_release() {
	[ ! -e "$dir/state/.complete" ] || [ "$(cat "$dir/state/.complete")" = "$release" ] || {
		say "$dir is of another release: beginning anew with $release"
		return 1
	}
}

throw_away() {
	[ -e "$dir/.glance-tui-real" ] || return 0
	# shellcheck disable=SC2046
	halt $(glance_names) keystone files
	rm -rf "${dir:?}"/{etc,log,run,state,secrets,ports,clouds.yaml,openrc-*,server.json}
}

# After a crash or a reboot there are pid files of nothing.
forget_the_dead() {
	local name
	for name in keystone files $(glance_names); do
		is_up "$name" || rm -f "$dir/run/$name.pid"
	done
}

stop_after_failure() {
	# shellcheck disable=SC2046
	halt $(glance_names) keystone files
	rm -f "$dir/server.json"
	say 'start failed; nothing is left running'
}

# --- Configuration ----------------------------------------------------------

# Passwords are made up once for each folder.
take_secrets() {
	[ -e "$dir/secrets" ] || (
		umask 077
		harness secrets admin_password demo_password service_password appcred_secret >"$dir/secrets.new"
		mv "$dir/secrets.new" "$dir/secrets"
	)
	# shellcheck disable=SC1091
	. "$dir/secrets"
}

# Ports stay the same from one start to the next unless something else took
# them meanwhile: images keep URLs with the file server's port.
take_ports() {
	local name
	touch "$dir/ports"
	for name in keystone files $(glance_names); do
		is_up "$name" || printf '%s\n' "$name"
	done | harness ports "$dir/ports"
	keystone_port=$(port_of keystone)
	files_port=$(port_of files)
}

port_of() { sed -n "s/^$1=//p" "$dir/ports"; }

write_configuration() {
	local etc=$dir/etc variant
	mkdir -p "$etc/policy.d" "$dir"/state/{images,staging,tasks,cache,lock}
	render "$here/etc/keystone.conf" dir >"$etc/keystone.conf"
	for variant in $variants; do
		mkdir -p "$etc/glance-$variant"
		glance_configuration "$variant" >"$etc/glance-$variant/glance-api.conf"
		cp "$shipped_etc/glance-api-paste.ini" "$etc/glance-$variant/"
		cp "$(schema_file "$variant")" "$etc/glance-$variant/schema-image.json"
	done
}

# Rules for some properties, which PyPI's Glance comes without. A variant may
# have its own.
schema_file() {
	local theirs=$shipped_etc/schema-image.json
	[ ! -e "$here/etc/schema-$1.json" ] || theirs=$here/etc/schema-$1.json
	[ -e "$theirs" ] && printf '%s\n' "$theirs" || printf '%s\n' "$here/etc/schema-image.json"
}

# A variant is the common part, the stores, and what makes it special.
glance_configuration() {
	local variant=$1 port stores=several
	port=$(port_of "glance-$variant")
	[ "$variant" != strict ] || stores=one
	render "$here/etc/glance.conf" dir port keystone_port service_password
	render "$here/etc/glance-stores-$stores.conf" dir files_port
	render "$here/etc/glance-$variant.conf"
}

# --- Databases --------------------------------------------------------------

# Both at once: that is most of the time a first start takes.
make_databases() {
	local glance_job failed=0
	[ ! -e "$dir/state/.complete" ] || return 0
	mkdir -p "$dir/log"
	rm -rf "$dir"/state/{*.db*,fernet,credential}
	harness wal "$dir/state/keystone.db" "$dir/state/glance.db"
	make_glance_database >"$dir/log/glance-manage.log" 2>&1 &
	glance_job=$!
	make_keystone_database >"$dir/log/keystone-manage.log" 2>&1 || failed=1
	wait "$glance_job" || failed=1
	if [ "$failed" = 1 ]; then
		show_log keystone-manage
		show_log glance-manage
		die 'the databases could not be made'
	fi
	printf '%s\n' "$release" >"$dir/state/.complete"
}

make_glance_database() {
	manage glance --config-file "$dir/etc/glance-main/glance-api.conf" db_sync
}

make_keystone_database() {
	local me url=http://127.0.0.1:$keystone_port/v3
	me=$(id -un):$(id -gn)
	manage keystone db_sync &&
		manage keystone fernet_setup --keystone-user "${me%:*}" --keystone-group "${me#*:}" &&
		manage keystone credential_setup --keystone-user "${me%:*}" --keystone-group "${me#*:}" &&
		manage keystone bootstrap --bootstrap-username admin --bootstrap-password "$admin_password" \
			--bootstrap-project-name admin --bootstrap-role-name admin --bootstrap-service-name keystone \
			--bootstrap-region-id RegionOne --bootstrap-public-url "$url" \
			--bootstrap-internal-url "$url" --bootstrap-admin-url "$url"
}

# manage glance|keystone ARGUMENT...
manage() {
	local service=$1
	shift
	[ "$service" = glance ] || set -- --config-file "$dir/etc/keystone.conf" "$@"
	env -i HOME="$dir/state" LANG=C.UTF-8 PATH="$server_path" "$bin/$service-manage" "$@" </dev/null 9>&-
}

# --- Servers ----------------------------------------------------------------

# All are launched before any is waited for: they spend their time importing.
start_servers() {
	local variant
	is_up files || launch files "$python" -I "$here/fileserver.py" "$files_port"
	is_up keystone || "launch_keystone_$server"
	for variant in $variants; do
		is_up "glance-$variant" || "launch_glance_$server" "$variant" "$(port_of "glance-$variant")"
	done
	await files /f1.qcow2
	await keystone /v3
	for variant in $variants; do
		await "glance-$variant" /healthcheck
	done
}

await() {
	local pid
	pid=$(pid_of "$1") && harness wait 90 "$pid" "http://127.0.0.1:$(port_of "$1")$2" && return
	show_log "$1"
	die "$1 did not start"
}

launch_keystone_debian() {
	launch keystone OS_KEYSTONE_CONFIG_FILES="$dir/etc/keystone.conf" \
		uwsgi-core --plugins python3 --http-socket "127.0.0.1:$keystone_port" \
		--wsgi-file /usr/bin/keystone-wsgi-public --need-app --master --die-on-term \
		--processes 1 --threads 4 --buffer-size 65535 --lazy-apps \
		--add-header 'Connection: close' # or it hangs up unannounced on who keeps a connection
}

launch_glance_debian() {
	launch "glance-$1" PYTHONDONTWRITEBYTECODE=1 "$python" "$here/etc/glance-api.py" --config-file "$dir/etc/glance-$1/glance-api.conf"
}

launch_keystone_pypi() {
	launch_pypi keystone keystone.wsgi.api:application "$keystone_port" \
		OS_KEYSTONE_CONFIG_FILES="$dir/etc/keystone.conf"
}

launch_glance_pypi() {
	launch_pypi "glance-$1" glance.wsgi.api:application "$2" OS_GLANCE_CONFIG_DIR="$dir/etc/glance-$1"
}

# launch_pypi NAME APPLICATION PORT VARIABLE=VALUE
launch_pypi() {
	launch "$1" PYTHONDONTWRITEBYTECODE=1 SERVE_APPLICATION="$2" SERVE_PORT="$3" "$4" \
		SERVE_HELPERS="$here/etc" GUNICORN_CMD_ARGS="--config=$here/etc/gunicorn.conf.py" "$bin/gunicorn"
}
