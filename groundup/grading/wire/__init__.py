"""The wire between the checker and the student's process: plain data in frames, never pickle, never code.

    frames    bytes on a socket: one JSON text and raw buffers, with limits
    values    Python and NumPy values to tagged JSON and back
    tensors   the same for PyTorch: tensors, models of plain layers, loaders, optimizers
    replicas  what a call changes in its arguments, carried back to where they came from
    link      requests, answers and callbacks on one channel, used by both sides

Everything that comes from the student's process is untrusted: decoding it may raise `WireError` and nothing else, and
gives data or a stand-in for an object that stays in the student's process.
"""
