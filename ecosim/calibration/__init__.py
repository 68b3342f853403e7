"""Calibration: parameters fitted to what data say of several worlds at once, or left alone where data say nothing.

``document`` and ``resolve`` read a calibration file; ``lab`` has points lived, by the runner and the ledger of studies;
``targets`` says how far a point is from what is to be met; ``screening`` which parameters the targets tell anything
about; ``smc`` and ``tpe`` fit those; ``calibrating`` does all of it, ``findings`` is what was found, and ``recovery``
asks whether the whole would find a truth that it was not told.
"""
