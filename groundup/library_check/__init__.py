"""Whether a student's own deep-learning library does what the contract (capstone.md) asks.

    a folder or a name  →  Found (finding)  →  asked in a process of its own (runner, worker, library, faults)
                        →  Report (report)  →  a terminal (cli) or a page (page)

In: a package and the questions of `items`. Out: for each question pass, fail with the mistake, missing or skipped.
"""
