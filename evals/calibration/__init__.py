"""How likely is a hit the same system? Fits that probability on labelled pairs and checks it.

`samples` adds smaller catalogues, `examples` searches them, `fit` is the regression, `validate`
keeps groups apart, `report` shows what came of it.
"""
