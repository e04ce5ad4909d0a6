# How gunicorn runs one of the services. All is said here and nothing on the
# command line, which Keystone would take for its own.
import os

wsgi_app = os.environ["SERVE_APPLICATION"]
bind = "127.0.0.1:" + os.environ["SERVE_PORT"]
worker_class = "gthread"
workers = 1
threads = 8
timeout = 120
graceful_timeout = 3
control_socket_disable = True


def post_fork(server, worker):
    import sys

    sys.path.insert(0, os.environ["SERVE_HELPERS"])
    import sqlite_begin

    sqlite_begin.immediately()
