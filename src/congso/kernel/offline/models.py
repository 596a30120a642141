from django.db import models


class SentAct(models.Model):
    """An act that was done under a key of the device's, so that sending it again does not do it again."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=500, blank=True, help_text="Trang mở ra sau khi làm xong")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "at"])]

    def __str__(self) -> str:
        return str(self.key)
