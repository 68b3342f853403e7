"""How the model stands against the world, told in two pages: ``docs/validation.md`` and ``docs/fr/validation.md``.

``python -m ecosim.report.validation docs`` writes them from what is kept in ``ecosim/evidence/findings``; with
``--run`` that is made anew first.
"""
