"""The propositions of the model as studies in ``experiments``: run anew, kept in small files, told in two pages.

``python -m ecosim.report.experiments`` writes ``experiments/README.md`` and ``experiments/LISEZMOI.md`` from the small
files that are kept beside each study; with ``--run`` the studies are run first, and small files and figures made anew.
"""
