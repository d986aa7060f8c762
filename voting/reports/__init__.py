"""The sheets a secretariat signs: content made from the journal's state, and renderers for each format.

record.py holds the sitting; attendance_sheet.py, return_sheet.py, count_sheet.py, script_sheet.py and roll_sheet.py
make Sheets (pure content); pdf.py and xlsx.py print a Sheet; results.py hands the figures to other programs; making.py
does it all in one step, where database.py reads and writing.py writes.
"""
