import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from congso.kernel.exchange.simulator import Faults, Store, described, serve


class Command(BaseCommand):
    help = "Trục liên thông giả lập, chỉ để thử: nhận, giữ và chuyển gói tin theo mã định danh"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="thư mục giữ gói tin")
        parser.add_argument(
            "--systems", type=Path, required=True, help='tệp JSON {"mã": "khóa", …}: ai được nói chuyện với trục'
        )
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8790)
        for one in fields(Faults):
            parser.add_argument(f"--{one.name}", type=float, default=0.0, help="lỗi cố ý, để thử")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            systems = {str(code): str(key) for code, key in json.loads(options["systems"].read_text()).items()}
        except (OSError, ValueError, AttributeError) as problem:
            raise CommandError(f"Không đọc được tệp mã và khóa: {problem}") from None
        faults = Faults(**{one.name: options[one.name] for one in fields(Faults)})
        server = serve(Store(options["folder"], systems, faults), host=options["host"], port=options["port"])
        self.stdout.write(f"axis: http://{options['host']}:{server.server_port} · {len(systems)} codes · faults: "
                          f"{described(faults)}")  # fmt: skip
        self.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.shutdown()
