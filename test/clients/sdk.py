"""openstacksdk, for the story: one JSON object a line in, one out.

In:  {"do": "show", "with": {"id": "..."}}
Out: {"gives": ...} or {"refused": "why"}
The first line's "with" is what openstack.connect takes.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # the SDK warns of its own future

import openstack  # noqa: E402


class Story:
    def connect(self, **how):
        cloud = openstack.connect(load_envvars=False, load_yaml_config=False, **how)
        self.images = cloud.image

    def list(self, status):
        return [i.name for i in self.images.images(status=status)]

    def show(self, id):
        i = self.images.get_image(id)
        return {"name": i.name, "status": i.status, "size": i.size}

    def create(self, name, data, color):
        return self.images.create_image(
            name, data=data.encode(), disk_format="raw", container_format="bare", color=color
        ).id

    def download(self, id):
        return self.images.download_image(id).content.decode()

    def set(self, id, name, min_disk, visibility, color):
        self.images.update_image(
            id, name=name, min_disk=min_disk, visibility=visibility, color=color
        )

    def unset(self, id, property):
        image = self.images.get_image(id)
        # The SDK has no call for it: it sends the difference of what it read
        # and what the object holds when it is committed.
        rest = dict(image.properties)
        del rest[property]
        image.properties = rest
        image.commit(self.images)

    def tag(self, id, tag):
        self.images.add_tag(id, tag)

    def add_location(self, id, url):
        image = self.images.get_image(id)
        self.images.update_image(image, locations=image.locations + [{"url": url, "metadata": {}}])

    def remove_location(self, id, url):
        image = self.images.get_image(id)
        self.images.update_image(image, locations=[l for l in image.locations if l["url"] != url])

    def share(self, id, project):
        self.images.add_member(id, member_id=project)

    def accept(self, id, project):
        self.images.update_member(project, id, status="accepted")

    def members(self, id):
        return [f"{m.member_id} {m.status}" for m in self.images.members(id)]

    def deactivate(self, id):
        self.images.deactivate_image(id)

    def reactivate(self, id):
        self.images.reactivate_image(id)

    def delete(self, id):
        self.images.delete_image(id, ignore_missing=False)


story = Story()
for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = {"gives": getattr(story, asked["do"])(**asked["with"])}
    except Exception as e:  # whatever it is, the test says what it means
        answer = {"refused": f"{type(e).__name__}: {e}"}
    print(json.dumps(answer), flush=True)
