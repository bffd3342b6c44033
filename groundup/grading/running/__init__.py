"""Running submissions: a sandbox that is warm, and in it a process for the student's code and one for the tests.

sandbox, namespaces, seccomp, limits   the walls: what a process in here can reach
warm        imports everything once and forks, milliseconds instead of seconds
student     runs the student's cells; answers the checker's questions
checker     runs the tests; never runs a line of the student's
runner      drives both through one notebook, and says what came out
"""
