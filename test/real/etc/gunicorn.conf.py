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
    """Has each database transaction take SQLite's one write lock at its
    beginning, and so wait for its turn. A transaction that reads first and
    writes later fails at once with "database is locked" when another one wrote
    in between, which threads do all the time."""
    import sqlalchemy

    @sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "before_cursor_execute", retval=True)
    def begin_immediately(connection, cursor, statement, parameters, context, executemany):
        return "BEGIN IMMEDIATE" if statement == "BEGIN" else statement, parameters
