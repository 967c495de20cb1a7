"""The directory in from Excel and out to Excel: looked at row by row before anything is written."""
