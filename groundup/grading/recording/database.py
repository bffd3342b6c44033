"""nbgrader's gradebook as a place that may go away for a while: transactions that are tried again.

In: the gradebook's URL and work to do in one transaction. Out: what the work returns, entered once or not at all.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from nbgrader.api import Gradebook
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError
from tornado.log import app_log

from groundup.grading.recording.lock import who
from groundup.lessons.course import CourseError

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which a database that does not come back is given up."""
LONGEST_PAUSE = 5.0
ADVISORY = 0x67726F756E64
"""PostgreSQL's name for the lock of this engine: the letters "ground"."""

# What passes: a locked file, a server that restarts, a row that formgrader wrote at the same moment.
PASSING = (OperationalError, InterfaceError, InternalError, IntegrityError)


class _TakenError(CourseError):
    """Another engine holds the database."""


class Database:
    """The gradebook behind `url`. Nothing is opened before the first transaction."""

    def __init__(self, url: str, course_id: str) -> None:
        self.url = make_url(url)
        self._course_id = course_id
        self._gradebook: Any = None
        self._connection: Connection | None = None
        self._was_ours = False

    @property
    def file(self) -> Path | None:
        """The file of an SQLite gradebook; None where a server keeps it."""
        return Path(self.url.database) if self._is_sqlite and self.url.database else None

    @property
    def _is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def transaction(self, work: Callable[[Any], T]) -> T:
        """Do `work(gradebook)` in one transaction; where the database goes away, reconnect and do all of it again.

        What nbgrader commits within is a part of the transaction. Raises CourseError after `PATIENCE` seconds.
        """
        pause, tried_since = 0.1, time.monotonic()
        while True:
            try:
                return self._once(work)
            except Exception as error:
                self._disconnect()
                waited = time.monotonic() - tried_since
                if not self._passes(error):
                    raise
                if waited + pause > PATIENCE:
                    raise self._gone(error, waited) from error
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def close(self) -> None:
        """Give back the connection."""
        self._disconnect()
        if self._gradebook is not None:
            self._gradebook.close()
            self._gradebook = None

    def _once(self, work: Callable[[Any], T]) -> T:
        connection = self._connected()
        gradebook = self._gradebook
        with connection.begin():
            # SQLite takes its write lock only now; and a server that is gone is noticed here, before any work.
            connection.execute(text("BEGIN IMMEDIATE" if self._is_sqlite else "SELECT 1"))
            # The session joins the connection's transaction, so that nbgrader's commits are no more than flushes.
            gradebook.db(
                bind=connection, join_transaction_mode="rollback_only", autoflush=False, expire_on_commit=False
            )
            logs, app_log.disabled = app_log.disabled, True  # nbgrader logs a traceback for what is tried again
            try:
                result = work(gradebook)
                gradebook.db.commit()
            finally:
                app_log.disabled = logs
                gradebook.db.remove()
        return result

    def _connected(self) -> Connection:
        if self._gradebook is None:
            # nbgrader starts `alembic` by name when it makes a database; it lies beside this Python.
            os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
            self._gradebook = Gradebook(self.url.render_as_string(hide_password=False), self._course_id)
            self._gradebook.db.remove()
        if self._connection is None:
            self._connection = self._gradebook.engine.connect()
            if self.url.get_backend_name() == "postgresql":
                self._seize(self._connection)
        return self._connection

    def _seize(self, connection: Connection) -> None:
        """Two engines on two machines share no lock file; the server knows both. The lock ends with the connection."""
        connection.execute(text("SELECT set_config('application_name', :who, false)"), {"who": f"groundup: {who()}"})
        held = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY}).scalar()
        holder = None if held else connection.execute(text(HOLDER)).scalar()
        connection.commit()
        if not held:
            raise _TakenError(
                f"Another grading run is writing to the gradebook {self.url}: {holder or 'it has just ended'}. "
                "Wait until it has ended, then run this again."
            )
        self._was_ours = True

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
        if self._gradebook is not None:
            self._gradebook.engine.dispose()

    def _passes(self, error: BaseException) -> bool:
        """Whether it is worth another try. nbgrader raises errors of its own in place of the database's."""
        if isinstance(error, _TakenError):
            return self._was_ours  # after a restart the server may need a moment to see that our old connection ended
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, PASSING):
            cause = cause.__cause__ or cause.__context__
        return cause is not None

    def _gone(self, error: Exception, waited: float) -> CourseError:
        if isinstance(error, _TakenError):
            return error
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return CourseError(
            f"The gradebook {self.url} cannot be written to; it was tried for {waited:.0f} s ({reason}). Nothing is "
            "lost: what was recorded stays. Close what else uses it, or start its server, and run this again: it does "
            "the rest."
        )


HOLDER = f"""
SELECT application_name || coalesce(' from ' || host(client_addr), '')
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND (classid::bigint << 32) + objid::bigint = {ADVISORY}
LIMIT 1
"""
