"""Serves image files that Glance can be pointed at, on loopback.

    /f17.qcow2         17 KiB; any number from 0 to 99999, any ending
    /wait/3/f17.qcow2  the same, but the answer takes 3 seconds (at most 60)
    /drip/3/f17.qcow2  the answer comes at once, its body takes 3 seconds

All else is 404. Nothing is on disk: what a name holds follows from the name.
"""

import http.server
import re
import struct
import sys
import time

NAME = re.compile(r"(?:/(wait|drip)/(\d{1,2}))?/f(\d{1,5})\.(\w+)")
BLOCK = 1024


def first_block(ending):
    """What makes a file of this ending look like one to Glance."""
    block = bytearray(BLOCK)
    if ending == "qcow2":
        # Version 3, 64 KiB clusters, a virtual size of 1 MiB, no backing file.
        struct.pack_into(">4sIQIIQIIQQIIQQQQII", block, 0, b"QFI\xfb", 3, 0, 0, 16, 1 << 20,
                         0, 1, 196608, 65536, 1, 0, 0, 0, 0, 0, 4, 104)
    return bytes(block)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer(body=False)

    def do_GET(self):
        self.answer(body=True)

    def answer(self, body):
        match = NAME.fullmatch(self.path.split("?")[0])
        if not match:
            self.send_error(404)
            return
        mode, seconds, blocks, ending = match.groups()
        seconds, blocks = min(int(seconds or 0), 60), int(blocks)
        if mode == "wait":
            time.sleep(seconds)
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(blocks * BLOCK))
        self.end_headers()
        if body:
            self.send_blocks(blocks, ending, seconds if mode == "drip" else 0)

    def send_blocks(self, blocks, ending, seconds):
        for i in range(blocks):
            self.wfile.write(first_block(ending) if i == 0 else bytes(BLOCK))
            if seconds:
                time.sleep(seconds / blocks)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # whoever asked went away


if __name__ == "__main__":
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
