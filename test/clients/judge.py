"""What openstacksdk's own loader makes of a cloud, for the test of ours.

In:  a JSON list of {"files": {kind: path}, "env": {...}, "cloud": name, "region": name}
Out: a JSON list of {setting: value} or {"refused": why}
With "vendors" as the only argument: all profiles that it ships.
"""

import json
import os
import sys
import warnings

warnings.simplefilter("ignore")

import openstack.version  # noqa: E402
from openstack.config import OpenStackConfig, vendors  # noqa: E402


def one(case):
    for name in [n for n in os.environ if n.startswith("OS_") or n.endswith("_CA_BUNDLE")]:
        del os.environ[name]
    os.environ.update(case["env"])
    files = case["files"]
    loader = OpenStackConfig(
        config_files=[files["clouds"]],
        secure_files=[files["secure"]] if "secure" in files else [],
        vendor_files=[files["public"]] if "public" in files else [],
    )
    how = {"region_name": case["region"]} if case.get("region") else {}
    cloud = loader.get_one(case["cloud"] or None, validate=False, **how)
    auth = cloud.config["auth"]
    verify, cert = cloud.get_requests_verify_args()
    if verify is True:  # as requests does, Session.merge_environment_settings
        verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    says = {k: auth[k] for k in auth if auth[k] is not None}
    # From variables these stand beside "auth" until a plugin is made of them.
    for key in (
        "auth_url",
        "username",
        "password",
        "token",
        "application_credential_id",
        "application_credential_secret",
    ):
        if cloud.config.get(key):
            says[key] = cloud.config[key]
    says.update(
        auth_type=cloud.config.get("auth_type"),
        region=cloud.get_region_name("image") or "",
        interface=cloud.get_interface("image"),
        endpoint=cloud.config.get("image_endpoint_override") or "",
        insecure=verify is False,
        cacert=verify if isinstance(verify, str) else "",
    )
    return says


if sys.argv[1:] == ["vendors"]:
    shipped = vendors._get_vendor_defaults()
    print(json.dumps({"version": openstack.version.__version__, "profiles": shipped}))
    sys.exit()
said = []
for case in json.load(sys.stdin):
    try:
        said.append(one(case))
    except Exception as e:
        said.append({"refused": f"{type(e).__name__}: {e}"})
print(json.dumps(said))
