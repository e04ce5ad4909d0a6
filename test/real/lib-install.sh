# shellcheck shell=bash
# shellcheck disable=SC2154 # the parts share variables
# Installing the servers.

# The names in a versions file, without comments.
listed_in() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/versions/$1"; }

# --- Debian -----------------------------------------------------------------

debian_installed() {
	local package
	for package in $(listed_in debian); do
		[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || return 1
	done
}

install_debian() {
	local packages
	has dpkg-query apt-get ||
		impossible "Debian's packages cannot be installed: this machine has no apt-get"
	if debian_installed; then
		say "Debian's Glance and Keystone are installed"
		return
	fi
	can_apt ||
		impossible "Debian's packages cannot be installed: not root. As root: $here/glance.sh install debian"
	say "installing Debian's Glance and Keystone (about 240 packages, one to two minutes)"
	block_services
	trap unblock_services EXIT
	mapfile -t packages < <(listed_in debian)
	apt_install "${packages[@]}" || die 'apt-get could not install the packages'
	unblock_services
	trap - EXIT
	keep_services_off
	debian_installed || die 'apt-get reported success, but packages are missing'
}

apt_get() {
	DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 "$@" </dev/null >&2
}

can_apt() { [ "$(id -u)" = 0 ] && has apt-get; }

# apt_install PACKAGE... tries again with fresh package lists: a fresh machine has none.
apt_install() {
	local install=(-q -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@")
	apt_get "${install[@]}" || {
		say 'that may be for want of fresh package lists: fetching them'
		apt_get -q update && apt_get "${install[@]}"
	}
}

# Debian starts a service once its package is installed, except where this
# file says no.
readonly policy=/usr/sbin/policy-rc.d

block_services() {
	if [ -e "$policy" ] && [ ! -e "$policy.glance-tui" ]; then
		mv "$policy" "$policy.glance-tui"
	fi
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod 755 "$policy"
}

unblock_services() {
	rm -f "$policy"
	if [ -e "$policy.glance-tui" ]; then
		mv "$policy.glance-tui" "$policy"
	fi
}

# Nor shall they start with the machine's next boot.
keep_services_off() {
	command -v systemctl >/dev/null || return 0
	systemctl disable keystone glance-api >/dev/null 2>&1 || true
}

# --- PyPI -------------------------------------------------------------------

# The virtual environment's name changes with the pinned versions.
pypi_venv() {
	local sum
	sum=$(cat "$here"/versions/pypi* | sha256sum)
	printf '%s/venv-%s\n' "$cache" "${sum:0:12}"
}

pypi_installed() { [ -e "$(pypi_venv)/.complete" ]; }

install_pypi() {
	local venv python
	venv=$(pypi_venv)
	if pypi_installed; then
		say "PyPI's Glance and Keystone are installed in $venv"
		return
	fi
	if ! find_python >/dev/null && can_apt; then
		say 'installing Python with venv'
		apt_install python3-venv || die 'apt-get could not install python3-venv'
	fi
	python=$(find_python) ||
		impossible 'the PyPI release cannot be installed: no Python 3.11 or newer with venv, pip and sqlite3 (Debian: apt-get install python3-venv)'
	say "installing PyPI's Glance and Keystone into $venv (about a minute)"
	rm -rf "$venv"
	mkdir -p "$cache"
	"$python" -m venv "$venv"
	"$venv/bin/pip" install --quiet --disable-pip-version-check --no-input \
		--constraint "$here/versions/pypi-constraints" --requirement "$here/versions/pypi" \
		</dev/null >&2 || die 'pip could not install the pinned release'
	: >"$venv/.complete"
}

# Glance 33 and Keystone 30 ask for Python 3.11.
find_python() {
	local candidate
	for candidate in python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
		if "$candidate" -c 'import sys, ensurepip, sqlite3, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
			printf '%s\n' "$candidate"
			return
		fi
	done
	return 1
}
