"""Words on the screen: a text, or one translated when it is shown."""

from django.utils.functional import Promise

Words = str | Promise
