"""How often the screening is right: its advice beside what people labelled. Plain Python, no clock, no files.

`labels` what people said; `score` counts of right and wrong; `claims` what each rule asserts; `calibration` whether
a chance of 80 % comes true in 80 of 100; `resampling` how sure a figure is; `measure` all of it together.
"""
