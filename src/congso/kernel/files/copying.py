"""Copying every stored blob from one store to another, and looking whether what is kept is still whole.

Both may be stopped anywhere and run again, while people go on working: blobs never change, and a copy that is there and
whole is not made twice. What is copied is read whole at its source and compared with its name, then read back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from congso.kernel.files.store import Damaged, Store

Say = Callable[[str], None]
EVERY = 500


@dataclass
class Copied:
    """What a run did. `damaged` are names whose bytes at the source no longer fit; `unequal` did not arrive whole."""

    copied: int = 0
    there: int = 0
    bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether everything arrived as it was named."""
        return not (self.damaged or self.unequal)


def copy_blobs(source: Store, target: Store, *, say: Say, reads_back: bool = True) -> Copied:
    """Copy what the target lacks. Raises StorageAway, StorageFull: run it again then."""
    told = Copied()
    for place, name in enumerate(source.names(), start=1):
        if place % EVERY == 0:
            say(f"{place}: {told.copied} copied, {told.there} there already, {told.bytes // 2**20} MB")
        size = source.size(name)
        if size is not None and target.size(name) == size:
            told.there += 1
            continue
        _copy(source, target, name, told, reads_back=reads_back)
    return told


def _copy(source: Store, target: Store, name: str, told: Copied, *, reads_back: bool) -> None:
    if not source.check(name):
        told.damaged.append(name)
        return
    try:
        with source.local(name) as path:
            if target.size(name) is not None:  # cut short when a run died in a store that shows unfinished files
                target.destroy(name)
            target.put(path, name)
            told.bytes += path.stat().st_size
    except Damaged:
        told.damaged.append(name)
        return
    if reads_back and not target.check(name):
        target.destroy(name)
        told.unequal.append(name)
        return
    told.copied += 1


def damaged_blobs(store: Store, *, say: Say) -> Iterator[str]:
    """Names whose kept bytes no longer have their hash; reads everything."""
    for place, name in enumerate(store.names(), start=1):
        if place % EVERY == 0:
            say(f"{place} looked at")
        if not store.check(name):
            yield name
