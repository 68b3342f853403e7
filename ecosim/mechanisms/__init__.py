"""The theory, one idea a file: its parameters (a ``Block``) and its equations (pure scalar functions).

No mechanism knows another one, the state, or chance: an equation gets what it needs as numbers, and uniforms where
something is left to luck. :mod:`ecosim.model` says in which order they act within a week.
"""
