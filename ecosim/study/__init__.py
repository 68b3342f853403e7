"""Studies: many runs of designs and points, compared under the same luck.

``resolve`` reads a study file; ``space`` and ``samplers`` lay out its points; ``rounds`` says which runs come next and
``coordinator`` has them lived by workers (``executors``, ``cluster``, ``worker``); ``store`` keeps what comes back;
``comparison``, ``expectations``, ``sensitivity`` and ``flips`` read it; ``findings`` is all that was found.
"""
