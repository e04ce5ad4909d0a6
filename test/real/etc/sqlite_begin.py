# Several services and threads share one SQLite database.


def immediately():
    """Has each database transaction take SQLite's one write lock at its
    beginning, and so wait for its turn. A transaction that reads first and
    writes later fails at once with "database is locked" when another one wrote
    in between."""
    import sqlalchemy

    @sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "before_cursor_execute", retval=True)
    def begin_immediately(connection, cursor, statement, parameters, context, executemany):
        return "BEGIN IMMEDIATE" if statement == "BEGIN" else statement, parameters
