"""The parts of glance.sh that a shell is no good at. Standard library only.

    harness.py release           prints which releases these are
    harness.py ports FILE        names on standard input get a free port each
    harness.py secrets NAME...   prints NAME=VALUE lines
    harness.py wal FILE...       makes empty SQLite databases in WAL mode
    harness.py wait SECONDS PID URL
                                 waits until URL answers; fails if PID ends
    harness.py seed DIR          fills Keystone, writes server.json and the like
    harness.py fill DIR NUMBER   adds images up to NUMBER, in the database
"""

import datetime
import hashlib
import importlib.metadata
import itertools
import json
import os
import random
import secrets
import socket
import sqlite3
import sys
import time
import urllib.error
import urllib.request
import uuid

# The machine's proxy settings are not for loopback.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))

REGIONS = {"main": "RegionOne", "hidden": "Hidden", "strict": "Strict", "own": "Own", "required": "Required"}
INTERFACES = ("public", "internal", "admin")


def read_pairs(path):
    with open(path) as file:
        return dict(line.strip().split("=", 1) for line in file if "=" in line)


def write_file(path, text):
    """Writes it whole or not at all, for the owner only."""
    with open(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    os.replace(path + ".new", path)


# --- release, ports, secrets, wal, wait ---------------------------------------


def releases():
    return {name: importlib.metadata.version(name) for name in ("glance", "keystone")}


def print_release():
    print(*(f"{name} {version}" for name, version in releases().items()))


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def ports(path):
    """Keeps a port that is still free; others come from below the range that
    the kernel gives to outgoing connections."""
    known = {name: int(port) for name, port in read_pairs(path).items()}
    for name in sys.stdin.read().split():
        port = known.pop(name, None)
        while port is None or port in known.values() or not is_free(port):
            port = random.randrange(20000, 32000)
        known[name] = port
    write_file(path, "".join(f"{name}={port}\n" for name, port in known.items()))


def make_secrets(*names):
    for name in names:
        print(f"{name}={secrets.token_hex(12)}")


def wal(*paths):
    for path in paths:
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA journal_mode=WAL")


def wait(seconds, pid, url):
    deadline = time.monotonic() + float(seconds)
    while time.monotonic() < deadline:
        if not os.path.exists(f"/proc/{pid}"):
            sys.exit(f"process {pid} has ended")
        try:
            OPENER.open(url, timeout=10).close()
            return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"no answer from {url} for {seconds} s")


# --- seed --------------------------------------------------------------------


class Keystone:
    def __init__(self, url):
        self.url = url
        self.token = None

    def call(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["X-Auth-Token"] = self.token
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with OPENER.open(request, timeout=60) as answer:
                text = answer.read()
                return answer.headers, json.loads(text) if text else {}
        except urllib.error.HTTPError as error:
            sys.exit(f"Keystone: {method} {path}: {error.code} {error.read().decode(errors='replace')}")

    def log_in(self, user, password, project):
        headers, body = self.call("POST", "/auth/tokens", {"auth": {
            "identity": {"methods": ["password"], "password": {"user": {
                "name": user, "domain": {"name": "Default"}, "password": password}}},
            "scope": {"project": {"name": project, "domain": {"name": "Default"}}}}})
        self.token = headers["X-Subject-Token"]
        return body["token"]

    def have(self, kind, want, **more):
        """Makes the thing, unless there is one with these attributes."""
        plural = kind + "s"
        for thing in self.call("GET", f"/{plural}")[1][plural]:
            if all(thing.get(key) == value for key, value in want.items()):
                return thing
        return self.call("POST", f"/{plural}", {kind: {**want, **more}})[1][kind]

    def grant(self, project, user, role):
        for known in self.call("GET", "/roles")[1]["roles"]:
            if known["name"] == role:
                self.call("PUT", f"/projects/{project['id']}/users/{user['id']}/roles/{known['id']}")

    def point(self, service, region, url, enabled):
        """Makes or updates the three endpoints of a service in a region."""
        for interface in INTERFACES:
            where = {"service_id": service["id"], "region_id": region, "interface": interface}
            endpoint = self.have("endpoint", where, url=url, enabled=enabled)
            if (endpoint["url"], endpoint["enabled"]) != (url, enabled):
                self.call("PATCH", f"/endpoints/{endpoint['id']}",
                          {"endpoint": {"url": url, "enabled": enabled}})


def seed(folder):
    pairs = read_pairs(f"{folder}/secrets")
    port = {name: int(number) for name, number in read_pairs(f"{folder}/ports").items()}
    url = {name: f"http://127.0.0.1:{number}" for name, number in port.items()}
    running = [name[len("glance-"):] for name in port
               if name.startswith("glance-") and os.path.exists(f"{folder}/run/{name}.pid")]
    keystone = Keystone(url["keystone"] + "/v3")
    admin = keystone.log_in("admin", pairs["admin_password"], "admin")
    make_users(keystone, pairs)
    make_catalogue(keystone, url, running)
    demo, credential = demo_credential(keystone.url, pairs)
    server = {
        "dir": folder,
        "release": releases(),
        "keystone_url": keystone.url,
        "glance": {name: url[f"glance-{name}"] for name in running},
        "regions": {name: region for name, region in REGIONS.items() if name in running},
        "file_server_url": url["files"],
        "users": {"admin": describe(admin, pairs["admin_password"]),
                  "demo": describe(demo, pairs["demo_password"])},
        "application_credential": credential,
        "clouds_yaml": f"{folder}/clouds.yaml",
        "glance_database": f"{folder}/state/glance.db",
        "clients": clients(),
    }
    write_file(f"{folder}/clouds.yaml", clouds(server))
    for user in server["users"].values():
        write_file(f"{folder}/openrc-{user['name']}", openrc(user, server))
    write_file(f"{folder}/server.json", json.dumps(server, indent=2) + "\n")


def make_users(keystone, pairs):
    people = (("demo", "demo", pairs["demo_password"], ["member"]),
              ("glance", "service", pairs["service_password"], ["admin", "service"]))
    for name, project, password, roles in people:
        project = keystone.have("project", {"name": project, "domain_id": "default"})
        user = keystone.have("user", {"name": name, "domain_id": "default"}, password=password)
        for role in roles:
            keystone.grant(project, user, role)


def make_catalogue(keystone, url, running):
    """Each Glance has a region of its own; one that does not run is off."""
    identity = keystone.have("service", {"type": "identity"})
    image = keystone.have("service", {"type": "image", "name": "glance"})
    for variant, region in REGIONS.items():
        if variant in running or "glance-" + variant in url and known_region(keystone, region):
            keystone.have("region", {"id": region})
            keystone.point(image, region, url["glance-" + variant], variant in running)
    keystone.point(identity, REGIONS["main"], keystone.url, True)


def known_region(keystone, name):
    return any(region["id"] == name for region in keystone.call("GET", "/regions")[1]["regions"])


def demo_credential(url, pairs):
    keystone = Keystone(url)
    token = keystone.log_in("demo", pairs["demo_password"], "demo")
    path = f"/users/{token['user']['id']}/application_credentials"
    name, secret = "glance-tui", pairs["appcred_secret"]
    for known in keystone.call("GET", path)[1]["application_credentials"]:
        if known["name"] == name:
            break
    else:
        known = keystone.call("POST", path, {"application_credential": {"name": name, "secret": secret}})[1]
        known = known["application_credential"]
    return token, {"id": known["id"], "name": name, "secret": secret, "user": "demo"}


def describe(token, password):
    return {"name": token["user"]["name"], "id": token["user"]["id"], "password": password,
            "domain": "Default", "project": token["project"]["name"],
            "project_id": token["project"]["id"], "project_domain": "Default",
            "roles": sorted(role["name"] for role in token["roles"])}


def clients():
    """The command-line clients that came with the servers."""
    folder = os.path.dirname(sys.executable)
    paths = {name: os.path.join(folder, name) for name in ("openstack", "glance")}
    return {name: path for name, path in paths.items() if os.path.exists(path)}


def clouds(server):
    """JSON is YAML too, but people read this one."""
    lines = ["clouds:"]
    for user in server["users"].values():
        for variant, region in server["regions"].items():
            name = user["name"] if variant == "main" else f"{user['name']}-{variant}"
            lines += cloud(name, server, region, "password", {
                "username": user["name"], "password": user["password"],
                "user_domain_name": user["domain"],
                "project_name": user["project"], "project_domain_name": user["project_domain"]})
    credential = server["application_credential"]
    lines += cloud("demo-appcred", server, server["regions"]["main"], "v3applicationcredential", {
        "application_credential_id": credential["id"],
        "application_credential_secret": credential["secret"]})
    if "noauth" in server["glance"]:
        lines += ["  noauth:", "    auth_type: none", "    auth:",
                  f"      endpoint: {server['glance']['noauth']}"]
    return "\n".join(lines) + "\n"


def cloud(name, server, region, kind, auth):
    lines = [f"  {name}:", f"    auth_type: {kind}", "    auth:",
             f"      auth_url: {server['keystone_url']}"]
    lines += [f"      {key}: {value}" for key, value in auth.items()]
    return lines + [f"    region_name: {region}", "    identity_api_version: 3", "    interface: public"]


def openrc(user, server):
    """For clients that know no clouds.yaml."""
    return "".join(f"export OS_{name}={value}\n" for name, value in {
        "AUTH_TYPE": "password", "AUTH_URL": server["keystone_url"],
        "IDENTITY_API_VERSION": 3, "INTERFACE": "public", "REGION_NAME": server["regions"]["main"],
        "USERNAME": user["name"], "PASSWORD": user["password"],
        "USER_DOMAIN_NAME": user["domain"], "PROJECT_NAME": user["project"],
        "PROJECT_DOMAIN_NAME": user["project_domain"]}.items())


# --- fill ----------------------------------------------------------------------

SYSTEMS = (("ubuntu", "22.04"), ("ubuntu", "24.04"), ("debian", "12"), ("debian", "13"), ("fedora", "43"),
           ("rocky", "9.6"), ("alpine", "3.22"), ("windows", "2022"))
PURPOSES = ("server", "minimal", "gpu", "k8s-node", "ci-runner", "db", "desktop", "snapshot")
TAGS = ("lts", "golden", "nightly", "ci", "gpu", "eol")
FIRST_FILLED = datetime.datetime(2020, 1, 1)


def fill(folder, number):
    """Adds rows like those that the API writes for an uploaded image with
    properties and tags, up to that many images. Each follows from its number.
    No data lies behind them."""
    with open(f"{folder}/server.json") as file:
        server = json.load(file)
    owners = [server["users"][name]["project_id"] for name in ("admin", "demo")]
    database = sqlite3.connect(server["glance_database"], timeout=60)
    with database:
        deleted = dict(database.execute("SELECT id, deleted FROM images"))
        missing = int(number) - list(deleted.values()).count(0)
        for place in itertools.count():
            if missing <= 0:
                break
            ident = str(uuid.uuid5(uuid.NAMESPACE_URL, f"glance-tui image {place}"))
            if ident not in deleted:
                add_image(database, folder, ident, place, owners)
                missing -= 1
    database.close()


def add_image(database, folder, ident, number, owners):
    system, version = SYSTEMS[number % len(SYSTEMS)]
    purpose = PURPOSES[number // 3 % len(PURPOSES)]
    at = FIRST_FILLED + datetime.timedelta(minutes=13 * number)
    times = (str(at) + ".000001", str(at) + ".000002", None, 0)
    text = ident.encode()
    queued = number % 50 == 7
    database.execute(
        "INSERT INTO images (id, name, size, status, created_at, updated_at, deleted_at, deleted, disk_format,"
        " container_format, checksum, owner, min_disk, min_ram, protected, visibility, os_hidden, os_hash_algo,"
        " os_hash_value) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (ident, f"{system}-{version}-{purpose}-{number:05d}", None if queued else (200 << 20) + number * 4099,
         "queued" if queued else "active", *times, "raw" if number % 7 == 0 else "qcow2", "bare",
         None if queued else hashlib.md5(text).hexdigest(), owners[number % 3 // 2], number % 5 * 10,
         number % 4 * 512, 0, ("private", "shared", "shared", "public")[number % 4], 0,
         None if queued else "sha512", None if queued else hashlib.sha512(text).hexdigest()))
    properties = {"os_distro": system, "os_version": version, "architecture": "x86_64",
                  "hw_disk_bus": "virtio", "os_admin_user": system}
    database.executemany(
        "INSERT INTO image_properties (image_id, name, value, created_at, updated_at, deleted_at, deleted)"
        " VALUES (?,?,?,?,?,?,?)", [(ident, name, value, *times) for name, value in properties.items()])
    database.executemany(
        "INSERT INTO image_tags (image_id, value, created_at, updated_at, deleted_at, deleted)"
        " VALUES (?,?,?,?,?,?)",
        [(ident, tag, *times) for place, tag in enumerate(TAGS) if number >> place & 3 == 0])
    if not queued:
        database.execute(
            "INSERT INTO image_locations (image_id, value, created_at, updated_at, deleted_at, deleted, meta_data,"
            " status) VALUES (?,?,?,?,?,?,?,?)",
            (ident, f"file://{folder}/state/images/{ident}", *times, '{"store": "local"}', "active"))


COMMANDS = {"release": print_release, "ports": ports, "secrets": make_secrets, "wal": wal, "wait": wait,
            "seed": seed, "fill": fill}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])
