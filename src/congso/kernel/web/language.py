"""The language a person reads the portal in: chosen by her, kept on the device, Vietnamese until she chooses.

The browser's wish is not asked: many offices run an English Windows for people who read Vietnamese.
What is kept, printed or sent to others is written in Vietnamese whoever works (decision 0021).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "language"


class ChosenLanguage:
    """Answers in the chosen language, and says to caches which one it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
