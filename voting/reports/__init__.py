"""The paper a secretariat signs: content made from the journal's state, and renderers for each format.

record.py folds the journal; attendance_paper.py, return_paper.py, count_paper.py and script_paper.py make Papers (pure
content); pdf.py and xlsx.py print a Paper; results.py, csv_file.py and json_file.py hand the figures to other programs;
database.py and writing.py are the only modules that read a database and write files.
"""
