"""Plain HTTP leads to HTTPS, and hands out the authority's certificate that makes HTTPS work.

python -m operate.redirecting HOST HTTP_PORT HTTPS_PORT NAMES [AUTHORITY_FILE]
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

AUTHORITY = "/congso-ca.crt"


class Redirect(BaseHTTPRequestHandler):
    """Leads only to the names the certificate is for: whoever invents a host is not helped."""

    names: frozenset[str] = frozenset()
    port = 443
    authority: Path | None = None
    timeout = 10

    def do_GET(self) -> None:
        """To the same page over HTTPS; the authority's file as it is."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if self.path == AUTHORITY and self.authority is not None:
            self._answer(200, self.authority.read_bytes(), {"Content-Type": "application/x-x509-ca-cert"})
        elif host.lower() not in self.names or not self.path.startswith("/"):
            self._answer(400, b"", {})
        else:
            port = "" if self.port == 443 else f":{self.port}"
            self._answer(308, b"", {"Location": f"https://{host}{port}{self.path}"})

    do_HEAD = do_POST = do_GET  # noqa: N815 - the names the library asks for

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_facts: object) -> None:
        """Nothing: addresses of people are no business of this log."""


def main() -> None:
    """Serve until ended."""
    host, port, https_port, names, *authority = sys.argv[1:]
    Redirect.names, Redirect.port = frozenset(names.lower().split(",")), int(https_port)
    Redirect.authority = Path(authority[0]) if authority else None
    ThreadingHTTPServer((host, int(port)), Redirect).serve_forever()


if __name__ == "__main__":
    main()
