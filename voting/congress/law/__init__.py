"""The congress's rules as data and what follows from them: thresholds, figures, seating, ruling, reasons.

Law of this room: it decides and says why in codes with typed parameters; words are made elsewhere.
"""
