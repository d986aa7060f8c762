"""The sheets a secretariat signs: content made from the journal's state, and renderers for each format.

record.py folds the journal; attendance_sheet.py, return_sheet.py, count_sheet.py and script_sheet.py make Sheets (pure
content); pdf.py and xlsx.py print a Sheet; results.py, csv_file.py and json_file.py hand the figures to other programs;
database.py and writing.py are the only modules that read a database and write files.
"""
