"""For instructors who stay with nbgrader's own commands. nbgrader_config.py names what is here.

execute      nbgrader's autograde runs notebooks through the engine: in a sandbox, tests apart from the student's code
hiding       keeps hidden tests out of nbgrader's feedback
cleaning     keeps scripts of strangers out of nbgrader's feedback and formgrader
provisioner  kernels that start at once, for every program that starts kernels: not a sandbox
warm_kernels the process that these kernels are forks of
"""
