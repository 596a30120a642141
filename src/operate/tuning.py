"""The embedded server's settings, fitted to the machine at every start."""

import os
from pathlib import Path

MEGABYTE = 1024 * 1024
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")


def memory_megabytes() -> int:
    """The memory this machine, or the container on it, may use."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if CONTAINER_LIMIT.exists() and (limit := CONTAINER_LIMIT.read_text().strip()).isdigit():
        memory = min(memory, int(limit))
    return memory // MEGABYTE


def server_settings(socket: Path, log: Path, *, durable: bool) -> dict[str, str]:
    """All settings that differ from PostgreSQL's own. `durable=False` is for tests: a crash may lose data."""
    memory = memory_megabytes()
    buffers = min(max(memory // 5, 64), 8192) if durable else 128
    settings = {
        "listen_addresses": "",  # the private socket is the only way in
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "250",
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{max(memory * 3 // 5, 128)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(memory // 20, 64), 1024)}MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        # Measured: compiling and parallel workers cost more than they save on our short questions.
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        "idle_in_transaction_session_timeout": "10min",
        "timezone": "UTC",
        "lc_messages": "C.UTF-8",
        "logging_collector": "on",
        "log_directory": str(log),
        "log_filename": "postgres-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_line_prefix": "%m [%p] %u@%d ",
        # A statement may hold what a person wrote; the log says what failed, not with what content.
        "log_min_error_statement": "panic",
    }
    if not durable:
        settings |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
        }
    return settings


def settings_file(settings: dict[str, str]) -> str:
    """The settings as the lines of a configuration file."""
    lines = ["# Written at every start by operate.tuning; changes here are lost."]
    lines += [f"{name} = '{value}'" for name, value in settings.items()]
    return "\n".join(lines) + "\n"
