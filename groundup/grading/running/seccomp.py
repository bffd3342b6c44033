"""The system calls that no notebook needs are switched off, for a fork and everything it starts.

In: nothing. Out: `deny_system_calls()` installs a filter that cannot be taken off, as the last step of isolation.
It knows x86_64 and aarch64, and refuses other processors: a sandbox with a hole is not called a sandbox.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from functools import cache

PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2

# What a filter answers: run the call, end the process, or fail with the errno in the low bits.
ALLOW = 0x7FFF0000
KILL = 0x80000000
FAIL = 0x00050000

# Instructions of the filter (classic BPF) and where they find what they look at in struct seccomp_data.
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, PROCESSOR, FIRST_ARGUMENT = 0, 4, 16

NEW_NAMESPACES = 0x7E020000
X32 = 0x40000000
"""Calls of the x32 interface have this bit; through it, every call would have a second number."""

PROCESSORS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Numbers on x86_64 and on aarch64; -1 where a processor has no such call.
DENIED = {
    # Namespaces and mounts: the way back out.
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "mount_setattr": (442, 442), "move_mount": (429, 429), "open_tree": (428, 428),
    "open_tree_attr": (467, 467), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    # Other processes.
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_getfd": (438, 438),
    # Parts of the kernel that have been broken into most often.
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "fanotify_init": (300, 262), "modify_ldt": (154, -1), "uselib": (134, -1),
    # Memory that is counted nowhere while nothing maps it.
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "msgget": (68, 186),
    "mq_open": (240, 180),
    # The machine.
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "quotactl": (179, 60), "quotactl_fd": (443, 443), "swapon": (167, 224),
    "swapoff": (168, 225), "reboot": (169, 142), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "settimeofday": (164, 170), "adjtimex": (159, 171), "personality": (135, 92), "acct": (163, 89),
    "syslog": (103, 116), "sethostname": (170, 161), "setdomainname": (171, 162), "vhangup": (153, 58),
    "iopl": (172, -1), "ioperm": (173, -1),
}  # fmt: skip
SOCKETS = {"socket": (41, 198), "socketpair": (53, 199)}
CLONE = (56, 220)
CLONE3 = (435, 435)


@cache
def program(machine: str) -> bytes:
    """The filter for one kind of processor, as the kernel wants it: 8 bytes for each instruction."""
    which = list(PROCESSORS).index(machine)
    denied = [numbers[which] for numbers in DENIED.values() if numbers[which] >= 0]

    def step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
        return struct.pack("=HBBI", code, then, otherwise, value)

    def fail(error: int) -> bytes:
        return step(RETURN, FAIL | error)

    head = [
        step(LOAD, PROCESSOR), step(EQUAL, PROCESSORS[machine], 1, 0), step(RETURN, KILL),
        step(LOAD, NUMBER), step(AT_LEAST, X32, 0, 1), fail(errno.EPERM),
    ]  # fmt: skip
    # Each block skips itself when the call is another one.
    # The C library asks for clone3 first and takes clone where there is none; only clone shows its flags to a filter.
    clone3 = [step(EQUAL, CLONE3[which], 0, 1), fail(errno.ENOSYS)]
    clone = [
        step(EQUAL, CLONE[which], 0, 4), step(LOAD, FIRST_ARGUMENT), step(ANY_BIT, NEW_NAMESPACES, 0, 1),
        fail(errno.EPERM), step(RETURN, ALLOW),
    ]  # fmt: skip
    # Only AF_UNIX: inside the sandbox there is nothing to reach, and some other families reach the machine's host.
    sockets = [
        part
        for numbers in SOCKETS.values()
        for part in (
            step(EQUAL, numbers[which], 0, 4), step(LOAD, FIRST_ARGUMENT), step(EQUAL, 1, 1, 0),
            fail(errno.ENETUNREACH), step(RETURN, ALLOW),
        )
    ]  # fmt: skip
    # A jump counts the steps after it: past the rest of the list and past ALLOW.
    checks = [step(EQUAL, number, len(denied) - place, 0) for place, number in enumerate(denied)]
    return b"".join([*head, *clone3, *clone, *sockets, *checks, step(RETURN, ALLOW), fail(errno.EPERM)])


def deny_system_calls() -> None:
    """Install the filter on this process; it stays on, also in what the process starts. Raises OSError."""
    machine = platform.machine()
    if machine not in PROCESSORS:
        raise OSError(errno.ENOTSUP, f"the sandbox has no list of system calls for the processor {machine}")
    code = program(machine)
    steps = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: how many steps, padding, where they are.
    whole = ctypes.create_string_buffer(struct.pack("@HxxxxxxQ", len(code) // 8, ctypes.addressof(steps)))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(whole), 0, 0),
    ):
        if libc.prctl(*(ctypes.c_ulong(argument) for argument in arguments)):
            number = ctypes.get_errno()
            raise OSError(number, f"the system calls could not be limited: {os.strerror(number)}")
