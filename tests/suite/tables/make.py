"""Makes the workbooks of openpyxl and XlsxWriter."""

import datetime as d

import openpyxl
import xlsxwriter

# openpyxl works nothing out: its formulas have no results.
wb = openpyxl.Workbook()
lists = wb.active
lists.title, lists.sheet_state = "Lists", "hidden"
lists.append(["Cancelled"])
ws = wb.create_sheet("Autumn log")
ws["A1"] = "Monday group, autumn 2025"
ws.merge_cells("A1:E1")
rows = {
    3: ["Date", "Length", "Number present", "Cancelled?", "Notes"],
    4: [d.date(2025, 10, 6), d.timedelta(minutes=90), 7, False],
    5: ["13/10/2025", "1h30", "6", "no", "Zoë was late – by “ten minutes”"],
    6: [45950, 90, 6],
    7: ["=A6+7", "=TIME(1,30,0)", "=3+4"],
    9: [d.datetime(2025, 11, 3), None, None, "conductor ill"],
    10: [d.date(2025, 11, 10), 1.5, 8],
    11: [d.date(2025, 11, 17), None, None, True],
    12: [d.date(2025, 11, 24), d.time(1, 15), 5, "", "one\nlonger"],
}
for number, values in rows.items():
    for column, value in enumerate(values, 1):
        ws.cell(number, column, value)
for number in (4, 7, 9, 10, 11, 12):
    ws.cell(number, 1).number_format = "dd/mm/yyyy"
for number in (4, 7):
    ws.cell(number, 2).number_format = "[h]:mm"
ws["A9"].number_format = "ddd d mmm yy"
ws["B12"].number_format = "hh:mm"
ws.merge_cells("A8:E8")
wb.create_sheet("Names").append(["nobody"])
wb.active = 1
wb.save("openpyxl-formulas.xlsx")

# A date in two rows that are one cell: the second row has none.
wb = openpyxl.Workbook()
ws = wb.active
for values in (["Date", "Length", "Notes"], [d.date(2025, 10, 6), "1h30", "one"], [None, None, "two"]):
    ws.append(values)
ws.merge_cells("A2:A3")
ws.merge_cells("B2:B3")
wb.save("openpyxl-merged.xlsx")


def log(name, is_1904, are_worked_out=True):
    """XlsxWriter writes 0 for the result of a formula where it is given none."""
    wb = xlsxwriter.Workbook(name, {"date_1904": is_1904})
    day, hours, bold = (wb.add_format(of) for of in ({"num_format": "dd/mm/yyyy"}, {"num_format": "[h]:mm"}, {"bold": True}))
    first = 45950 - (1462 if is_1904 else 0)
    result = (lambda value: value) if are_worked_out else (lambda value: 0)
    ws = wb.add_worksheet("Log")
    ws.merge_range("A1:E1", "Monday group")
    ws.write_row("A3", ["Date", "Length", "Present", "Cancelled", "Notes"], bold)
    ws.write_datetime("A4", d.date(2025, 10, 6), day)
    ws.write_datetime("B4", d.timedelta(minutes=90), hours)
    ws.write_row("C4", [7, False])
    ws.write_row("A5", ["13/10/2025", "1h30", "6", "no", "Zoë was late"])
    ws.write("A6", first, day)
    ws.write_row("B6", [90, 6])
    ws.write_formula("A7", "=A6+7", day, result(first + 7))
    ws.write_formula("B7", "=TIME(1,30,0)", hours, result(0.0625))
    ws.write_formula("C7", "=3+4", None, result(7))
    ws.write_blank("A8", None, day)
    ws.write_datetime("A9", d.date(2025, 11, 3), day)
    ws.write("D9", "conductor ill")
    ws.write_datetime("A10", d.date(2025, 11, 10), day)
    ws.write_row("B10", [1.5, 8])
    ws.write_rich_string("E10", "with ", bold, "two", " observers")
    ws.write_datetime("A11", d.date(2025, 11, 17), day)
    ws.write_boolean("D11", True)
    wb.add_worksheet("Names").write("A1", "nobody")
    wb.close()


log("xlsxwriter.xlsx", False)
log("xlsxwriter-1904.xlsx", True)
log("xlsxwriter-formulas.xlsx", False, are_worked_out=False)
