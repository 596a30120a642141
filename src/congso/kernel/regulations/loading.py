"""For migrations of the systems: bring the starter's rules to an installation that is older than they are."""

from congso.kernel.regulations.internal.starter import load

__all__ = ["load"]
