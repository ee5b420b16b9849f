"""Row 10's peer: reads the first sheet of a workbook with openpyxl, row by row, and holds every
figure to be a number that is not negative.  Prints how many rows and figures there were."""
import sys

import openpyxl

rows = figures = bad = 0
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets[0]
for number, row in enumerate(sheet.iter_rows(values_only=True)):
    if number == 0:
        continue
    rows += 1
    for value in row[5:]:
        figures += 1
        if not isinstance(value, (int, float)) or value < 0:
            bad += 1
print(rows, figures, bad)
