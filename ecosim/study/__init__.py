"""Studies: many runs of designs and points, compared under the same luck.

``resolve`` reads a study file, ``space`` and ``samplers`` lay out its points, ``worker`` lives runs, ``executors`` carry them
to processes or to a cluster, ``coordinator`` keeps them going, ``store`` keeps what came of them; ``analysis`` compares.
"""
