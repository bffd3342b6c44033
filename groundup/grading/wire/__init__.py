"""The wire between the checker and the student's process: plain data in frames, never pickle, never code.

    frames    bytes on a socket: one JSON text and raw buffers, with limits
    values    the form of values: plain Python and NumPy in tagged JSON; encoding and decoding are its two directions
    tensors   the same for PyTorch: tensors and models of plain layers; training: loaders and optimizers
    memory    arrays that look into each other's memory
    replicas  what a call changes in its arguments, carried back to where they came from
    link      requests, answers and callbacks on one channel; asking is the checker's end, answering the student's
    stand_ins, layers, rebuilt_errors   what one side holds in place of the other's objects, layers and errors

Everything that comes from the student's process is untrusted: decoding it may raise `WireError` and nothing else, and
gives data or a stand-in for an object that stays in the student's process.
"""
