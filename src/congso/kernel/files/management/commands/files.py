from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from congso.kernel.files.bucket import NoClient
from congso.kernel.files.configuration import bucket_store, folder_store, store
from congso.kernel.files.copying import copy_blobs, damaged_blobs
from congso.kernel.files.store import StorageAway, StorageFull, Store


class Command(BaseCommand):
    help = (
        "Kho tệp: copy --to bucket|folder chép mọi tệp sang kho kia, dừng giữa chừng thì chạy lại;"
        " check đọc hết và so từng tệp với mã SHA-256 của nó"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["copy", "check"])
        parser.add_argument("--to", choices=["bucket", "folder"])
        parser.add_argument("--no-read-back", action="store_true", help="không đọc lại bản đã chép để so")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["act"] == "check":
                self._check(store())
            elif not options["to"]:
                raise CommandError("Hãy nêu chép sang đâu: --to bucket hoặc --to folder.")
            elif not settings.S3_ENDPOINT:
                raise CommandError("Hãy đặt S3_ENDPOINT, S3_BUCKET và khóa trước.")
            else:
                kinds: tuple[Store, Store] = (folder_store(), bucket_store())
                source, target = kinds if options["to"] == "bucket" else kinds[::-1]
                self._copy(source, target, reads_back=not options["no_read_back"])
        except (StorageAway, StorageFull, NoClient) as trouble:
            raise CommandError(f"{trouble} Những tệp đã chép vẫn còn; chạy lại lệnh để chép tiếp.") from trouble

    def _copy(self, source: Store, target: Store, *, reads_back: bool) -> None:
        told = copy_blobs(source, target, say=self.stderr.write, reads_back=reads_back)
        self.stdout.write(f"Đã chép {told.copied} tệp ({told.bytes} byte); {told.there} tệp đã có sẵn.")
        for name in told.damaged:
            self.stdout.write(f"HỎNG ở nguồn: {name}")
        for name in told.unequal:
            self.stdout.write(f"Chép không trọn: {name}")
        if not told.is_whole:
            raise CommandError("Có tệp không chép được nguyên vẹn; xem danh sách trên.")

    def _check(self, kept: Store) -> None:
        found = list(damaged_blobs(kept, say=self.stderr.write))
        for name in found:
            self.stdout.write(f"HỎNG: {name}")
        if found:
            raise CommandError(f"{len(found)} tệp không còn đúng mã SHA-256.")
        self.stdout.write("Mọi tệp còn nguyên vẹn.")
