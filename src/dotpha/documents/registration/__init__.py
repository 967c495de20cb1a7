"""A campaign's register as an Excel workbook, and the registration form as a Word document, written and read back.

`layout` is plain Python: the readers of registers know our own columns by it without starting Django.
"""
