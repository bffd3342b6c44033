"""Two boxes: one around the warm process, made by bubblewrap, and inside it one of its own around each fork.

In: what the box must show, read-only; for a fork its limits and user id. Out: the command line of the outer box, and
`enter`, which shuts the calling process into the inner one for good.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from groundup.grading.jobs import Limits
from groundup.grading.running.limits import apply_limits
from groundup.grading.running.seccomp import deny_system_calls

UIDS = {"student": 1_999_900_001, "checker": 1_999_900_002}
"""User ids that nobody has. Root gives them to its forks, because limits and file permissions do not bind root."""
INSIDE_UID = 1000
"""What a fork sees as its own user id."""

NEW_MOUNTS, NEW_CGROUPS, NEW_NAMES, NEW_IPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEW_USERS, NEW_PIDS, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000

READ_ONLY, NO_SETUID, NO_DEVICES, NO_PROGRAMS = 1, 2, 4, 8
BIND, RECURSIVE, PRIVATE = 4096, 16384, 1 << 18

PACKAGES = Path("/packages")
"""Where the box shows packages that lie outside of Python's folders, wherever the course lies: in /tmp, say."""

DIE_WITH_PARENT, DUMPABLE, DROP_FROM_BOUNDING_SET = 1, 4, 24
CAPABILITIES_VERSION = 0x20080522

FILES_IN_TMP = 10_000

SWITCHES = {
    "kernel/unprivileged_userns_clone": ("0", "1"),
    "user/max_user_namespaces": ("0", "15000"),
    "kernel/apparmor_restrict_unprivileged_userns": ("1", "0"),
}
"""Settings of the kernel that forbid user namespaces: the value that does, and the one that allows them."""


def own_uids() -> bool:
    """Whether this process is root and may give its forks the user ids of `UIDS`."""
    if os.geteuid() != 0:
        return False
    lines = [line.split() for line in Path("/proc/self/uid_map").read_text(encoding="utf-8").splitlines()]
    ranges = [range(int(first), int(first) + int(count)) for first, _, count in lines]
    return all(any(uid in known for known in ranges) for uid in UIDS.values())


def forbidden() -> str | None:
    """The sentence about the kernel setting that forbids user namespaces, if one does."""
    if own_uids():
        return None
    for name, (off, on) in SWITCHES.items():
        setting = Path("/proc/sys") / name
        if setting.is_file() and setting.read_text(encoding="utf-8").strip() == off:
            switch = name.replace("/", ".")
            return f"This system does not allow user namespaces, and the sandbox needs them: sudo sysctl {switch}={on}."
    return None


def environment(home: str, paths: Iterable[Path]) -> dict[str, str]:
    """All that a fork finds in its environment: nothing of the instructor's, so no secret either.

    `paths` are the folders in which packages lie.
    """
    # Without the system's fonts, pictures come out the same everywhere, and no time is spent on reading those.
    return {
        "MPL_IGNORE_SYSTEM_FONTS": "1",
        "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "USER": "student",
        "HOME": home, "TMPDIR": home, "MPLCONFIGDIR": home, "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(map(str, paths))),
    }  # fmt: skip


def python_folders() -> list[Path]:
    """The folders of Python and its packages, as they are named and as they really are."""
    named = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_exec_prefix)]
    return list(dict.fromkeys([*named, *(path.resolve() for path in named)]))


def box(bwrap: str, packages: Iterable[Path], command: list[str]) -> list[str]:
    """The command line that runs `command` where only the system's programs, Python and `packages` can be read.

    There is no --die-with-parent: it would end the warm process with the *thread* that started it. The warm process
    ends when its socket closes, and everything in the box ends with it.
    """
    line = [bwrap, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    line += ["--new-session", "--hostname", "groundup", "--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"]
    # Root stays root in the box, so that each fork can get a user id of its own. Others become root of nothing but the
    # box: with another id, bwrap would add a second user namespace, and this process could not come back into its own.
    # To signal another user's process, as its parent's death does, root needs CAP_KILL; to map id 0, CAP_SETFCAP.
    own = "--cap-add CAP_SETUID --cap-add CAP_SETGID --cap-add CAP_KILL"
    line += (own if own_uids() else "--unshare-user --uid 0 --gid 0 --cap-add CAP_SETFCAP").split()
    line += ["--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        path = Path(name)
        if path.is_symlink():
            line += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            line += ["--ro-bind", name, name]
    for name in ("/etc/ld.so.cache", "/etc/localtime", "/sys/devices/system/cpu"):
        line += ["--ro-bind-try", name, name]
    # A fork may mount a /proc of its own only where a whole one can be seen: bwrap's --proc hides parts of it.
    line += ["--bind", "/proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm", "--tmpfs", "/tmp"]
    shown = {folder: folder for folder in python_folders()} | {path: PACKAGES / path.name for path in packages}
    # bwrap lets only its own user into the folders that it makes on the way, and a fork may be another user.
    for above in sorted({parent for place in shown.values() for parent in place.parents} - {Path("/")}):
        line += ["--perms", "0755", "--dir", str(above)]
    for folder, place in shown.items():
        line += ["--ro-bind", str(folder), str(place)]
    return [*line, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/", "--", *command]


def new_pid_namespace() -> None:
    """The next fork of this process becomes process 1 of a namespace of its own; `same_pid_namespace` ends that."""
    _call("unshare", NEW_PIDS)


def same_pid_namespace() -> None:
    """Forks are again in the namespace of this process. Without this, a second `new_pid_namespace` is refused."""
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    try:
        _call("setns", own, NEW_PIDS)
    finally:
        os.close(own)


def enter(limits: Limits, uid: int | None) -> None:
    """Shut this process, which is process 1 of its pid namespace, into a box of its own, and limit it. Raises OSError.

    Afterwards it has an empty, limited /tmp as its working folder, no network, no capabilities, sees no process but
    its own, and can write nowhere else. `uid` is given by root only.
    """
    _call("unshare", NEW_MOUNTS | NEW_CGROUPS | NEW_NAMES | NEW_IPC | NEW_NETWORK)
    # The fork's own /proc will be read-only, so what has to be written there goes through the one of the outer box.
    itself = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY)
    owner = os.getuid() if uid is None else uid
    _mount_private_folders(limits.disk_mb)
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    # A change of user makes a process undumpable, and its own /proc files root's.
    prctl(DUMPABLE, 1)
    group = os.getgid()
    _call("unshare", NEW_USERS)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{INSIDE_UID} {owner} 1"),
        ("gid_map", f"{INSIDE_UID} {group} 1"),
    ):
        target = os.open(name, os.O_WRONLY, dir_fd=itself)
        os.write(target, text.encode())
        os.close(target)
    os.close(itself)
    _drop_capabilities()
    apply_limits(limits, alone=True)
    prctl(DIE_WITH_PARENT, 9)
    deny_system_calls()


def prctl(option: int, value: int) -> None:
    """Set one property of this process. Raises OSError."""
    _call("prctl", option, value, 0, 0, 0)


def _mount_private_folders(megabytes: int) -> None:
    """An empty /tmp and /dev/shm that share one size, and a /proc that shows only this fork's processes.

    Where Python itself lies in /tmp, it is the only thing to be seen there.
    """
    hidden = [folder for folder in python_folders() if Path("/tmp") in folder.parents]
    kept = {folder: os.open(folder, os.O_PATH | os.O_DIRECTORY) for folder in hidden}
    _mount("none", "/", "", RECURSIVE | PRIVATE)
    options = f"size={megabytes}m,nr_inodes={FILES_IN_TMP},mode=0755"
    _mount("tmpfs", "/tmp", "tmpfs", NO_SETUID | NO_DEVICES, options)
    for part, place in (("shared", "/dev/shm"), ("work", "/tmp")):
        folder = Path("/tmp") / part
        folder.mkdir()
        folder.chmod(0o1777)
        _mount(str(folder), place, "", BIND)
    for folder, descriptor in kept.items():
        folder.mkdir(parents=True, exist_ok=True)
        _mount(f"/proc/self/fd/{descriptor}", str(folder), "", BIND | RECURSIVE)
        os.close(descriptor)
    _mount("tmpfs", "/dev/pts", "tmpfs", READ_ONLY | NO_SETUID | NO_DEVICES)
    _mount("proc", "/proc", "proc", READ_ONLY | NO_SETUID | NO_DEVICES | NO_PROGRAMS)
    os.chdir("/tmp")


def _drop_capabilities() -> None:
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text(encoding="utf-8"))
    for capability in range(last + 1):
        prctl(DROP_FROM_BOUNDING_SET, capability)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION, 0)
    none = (ctypes.c_uint32 * 6)()
    _call("capset", ctypes.addressof(header), ctypes.addressof(none))


def _mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    texts = [ctypes.create_string_buffer(text.encode()) for text in (source, target, kind, options)]
    where = [ctypes.addressof(text) for text in texts]
    _call("mount", *where[:3], flags, where[3], about=target)


def _call(name: str, *arguments: int, about: str = "") -> None:
    """Call a function of the C library that returns 0, or raise OSError that names it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*(ctypes.c_ulong(argument) for argument in arguments)):
        number = ctypes.get_errno()
        raise OSError(number, f"{name} failed: {os.strerror(number)}", about or None)
