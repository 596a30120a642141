"""Faults: killed processes, full disks, hostile files, a backup amid work. Nothing may be lost or doubled."""
