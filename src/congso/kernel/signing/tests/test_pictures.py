"""Pictures of signatures and seals: drawn anew, refused when hostile, seen by their keeper alone, on the paper."""

import random
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFile, PngImagePlugin

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.signing.appearance import Look, style_for, words_for
from congso.kernel.signing.models import SignaturePicture
from congso.kernel.signing.pictures.drawing import Shape, drawn_anew
from congso.kernel.signing.pictures.services import LARGEST, PictureRefused, keep_picture, withdraw_picture
from congso.kernel.signing.places import Place, PlaceKind


def written(
    size: tuple[int, int] = (700, 300), ink: Any = (20, 20, 30), ground: Any = "white", mode: str = "RGB"
) -> bytes:
    """A scribble on paper, as a scanner gives it."""
    picture = Image.new(mode, size, ground)
    pen = ImageDraw.Draw(picture)
    pen.line([(60, 200), (200, 60), (320, 220), (480, 80), (640, 180)], fill=ink, width=9)
    return saved(picture)


def sealed() -> bytes:
    picture = Image.new("RGB", (600, 600), (250, 248, 245))
    ImageDraw.Draw(picture).ellipse([60, 60, 540, 540], outline=(190, 40, 40), width=14)
    return saved(picture)


def saved(picture: Image.Image, **more: Any) -> bytes:
    made = BytesIO()
    picture.save(made, "PNG", **more)
    return made.getvalue()


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


def test_ink_alone_is_left_in_the_forms_colour_on_transparent_ground() -> None:
    for given, shape, colour in (
        (written(), Shape.SIGNATURE, (0, 51, 153)),
        (written(ground=(238, 236, 230)), Shape.SIGNATURE, (0, 51, 153)),
        (written(ink=(30, 60, 200, 255), ground=(0, 0, 0, 0), mode="RGBA"), Shape.SIGNATURE, (0, 51, 153)),
        (sealed(), Shape.SEAL, (200, 16, 24)),
    ):
        png, size = drawn_anew(given, shape)
        made = opened(png)
        assert (made.mode, made.size) == ("RGBA", size)
        assert {shade for _count, shade in made.convert("RGB").getcolors()} == {colour}
        assert made.getextrema()[3] == (0, 255)
        assert max(size[0] - 520, size[1]) <= 440


def test_nothing_but_ink_comes_out_of_the_file() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "<script>x</script>")
    given = saved(opened(written()), pnginfo=told, exif=b"Exif\x00\x00secret") + b"PK\x03\x04 tail"
    png, _size = drawn_anew(given, Shape.SIGNATURE)
    assert not [word for word in (b"script", b"secret", b"PK\x03") if word in png]
    assert drawn_anew(png, Shape.SIGNATURE)[1] == opened(png).size


@pytest.mark.parametrize(
    ("given", "shape", "words"),
    [
        (b"", Shape.SIGNATURE, "Không đọc được"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Shape.SIGNATURE, "Không đọc được"),
        (b"GIF89a" + bytes(40), Shape.SIGNATURE, "Không đọc được"),
        (saved(Image.new("RGB", (300, 100), "white")), Shape.SIGNATURE, "trống"),
        (saved(Image.new("RGB", (300, 100), (20, 20, 20))), Shape.SIGNATURE, "quá tối"),
        (written()[:400], Shape.SIGNATURE, "Không đọc được|trống"),
        (saved(Image.new("1", (5000, 4000), 1)), Shape.SIGNATURE, "quá lớn"),
        (written(), Shape.SEAL, "tròn hoặc vuông"),
        (saved(Image.new("RGB", (10, 10), "black")), Shape.SIGNATURE, "quá nhỏ"),
    ],
)
def test_what_is_no_signature_is_refused_in_words(
    given: bytes, shape: Shape, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in the child that draws: libraries of other tests switch it on for the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    with pytest.raises(Refused, match=words):
        drawn_anew(given, shape)


def test_an_animated_picture_is_refused() -> None:
    frames = [Image.new("RGB", (200, 100), shade) for shade in ("white", "black")]
    with pytest.raises(Refused, match="động"):
        drawn_anew(saved(frames[0], save_all=True, append_images=frames[1:]), Shape.SIGNATURE)


def test_random_damage_is_refused_or_drawn_never_a_crash() -> None:
    whole, dice = written(), random.Random(5)  # noqa: S311 - damage, not secrets
    for _round in range(150):
        broken = bytearray(whole)
        for _times in range(dice.randint(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        with suppress(Refused):
            drawn_anew(bytes(broken), Shape.SIGNATURE)


def test_a_picture_stands_for_words_and_a_state_seal_says_name_and_time_too() -> None:
    now, box = timezone.now(), (0.0, 0.0, 170.0, 39.0)
    personal = Place("a", PlaceKind.PERSONAL, box=box)
    png, _size = drawn_anew(written(), Shape.SIGNATURE)
    assert words_for(PlaceKind.PERSONAL, Look("Lê Thử", png), at=now) == ""
    assert "Người ký: Lê Thử" in words_for(PlaceKind.PERSONAL, Look("Lê Thử"), at=now)
    assert words_for(PlaceKind.SEAL, Look("Tỉnh ủy", png, is_told=False), at=now) == ""
    assert "Tỉnh ủy" in words_for(PlaceKind.SEAL, Look("Tỉnh ủy", png), at=now)
    assert style_for(personal, Look("Lê Thử", png), at=now).background is not None
    assert style_for(Place("b", PlaceKind.CORNER, box=box), Look("Tỉnh ủy", png), at=now).background is None


@pytest.mark.django_db
def test_a_picture_is_its_keepers_alone_and_forgotten_when_taken_back(world: Any) -> None:
    with acting_as(Actor.person(world.secretary)) as _held:
        actor = Actor.person(world.secretary)
        kept = keep_picture(written(), by=actor, at=timezone.now())
        again = keep_picture(written(ink=(0, 0, 0)), by=actor, at=timezone.now())
        assert [one.pk for one in SignaturePicture.objects.filter(withdrawn_at__isnull=True)] == [again.pk]
        assert bytes(SignaturePicture.objects.get(pk=kept.pk).png) == b""
    for who in (world.administrator, world.clerk, world.chief, world.reader):
        with acting_as(Actor.person(who)):
            assert not SignaturePicture.objects.exists()
            with pytest.raises(ProgrammingError), transaction.atomic():
                SignaturePicture.objects.create(
                    person_id=world.secretary, png=b"x", width=1, height=1, sha256="", added_by_id=who,
                    added_at=timezone.now(),
                )  # fmt: skip
    with acting_as(Actor.person(world.secretary)):
        withdraw_picture(again, by=Actor.person(world.secretary), at=timezone.now())
        assert not SignaturePicture.objects.filter(withdrawn_at__isnull=True).exists()


@pytest.mark.django_db
def test_only_the_seals_clerk_keeps_its_picture(world: Any) -> None:
    with acting_as(Actor.person(world.specialist)):
        office = world.organization("VPTU")
    with acting_as(Actor.person(world.specialist)), pytest.raises(PictureRefused, match="văn thư"):
        keep_picture(sealed(), organization=office, by=Actor.person(world.specialist), at=timezone.now())
    with acting_as(Actor.person(world.clerk)):
        actor = Actor.person(world.clerk)
        keep_picture(sealed(), organization=office, by=actor, at=timezone.now())
        with pytest.raises(PictureRefused, match="2 MB"):
            keep_picture(bytes(LARGEST + 1), organization=office, by=actor, at=timezone.now())


@pytest.mark.django_db
def test_the_screen_keeps_shows_and_drops(world: Any, signed_in: Any) -> None:
    client, address = signed_in("clerk"), reverse("signing:pictures")
    assert "Chưa có ảnh nào" in client.get(address).content.decode()
    file = SimpleUploadedFile("chu-ky.png", written(), "image/png")
    assert client.post(address, {"file": file, "owner": ""}).status_code == 302
    hostile = SimpleUploadedFile("chu-ky.png", b"<svg onload=alert(1)>", "image/png")
    assert client.post(address, {"file": hostile, "owner": ""}).status_code == 422
    assert client.post(address, {}).status_code == 422
    with acting_as(Actor.person(world.clerk)):
        kept = SignaturePicture.objects.get(withdrawn_at__isnull=True)
    shown = client.get(reverse("signing:picture", args=[kept.pk]))
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (200, "image/png", "no-store")
    assert signed_in("chief").get(reverse("signing:picture", args=[kept.pk])).status_code == 404
    assert client.post(reverse("signing:drop_picture", args=[kept.pk])).status_code == 302
    assert client.get(reverse("signing:picture", args=[kept.pk])).status_code == 404
