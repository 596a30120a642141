"""One more portal with its own database and keys: `python -m tests.identity.second_portal PORT`.

The environment names its database (as the application's role) and folders, as in production.
"""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """No line for each request."""

    def log_message(self, *words: object) -> None:
        """Nothing."""


def serve(port: int) -> None:
    """Serve the portal until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": PLAIN_FILES}
    from config.wsgi import application

    with make_server("127.0.0.1", port, application, Server, Quiet) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
