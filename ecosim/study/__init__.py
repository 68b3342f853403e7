"""Studies: many runs of designs and points, compared under the same luck.

``plan`` reads a study file and lays out its points; ``rounds`` says which runs come next, until ``stopping`` says that
enough is known; ``runner`` has them lived and ``store`` keeps what comes back; ``statistics`` says what it means.
``sweep`` does all of it, ``findings`` is what was found, ``api`` the way in from Python.
"""
