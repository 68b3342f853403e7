"""The twin: the model of ``docs/model.md`` a second time, naively, as the oracle of the fast engine.

One Mesa agent per learner, plain Python numbers, lists and dicts. Its arithmetic is written from the page; nothing of
the engine is used but its chance (:mod:`ecosim.chance`), so that both meet the same luck.
"""
