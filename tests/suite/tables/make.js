// Makes the files of ExcelJS and SheetJS. The time zone has to be UTC: TZ=UTC node make.js

const ExcelJS = require('exceljs');
const SheetJS = require('xlsx');

const day = (month, day) => new Date(Date.UTC(2025, month - 1, day));
const headings = ['Date', 'Length', 'Present', 'Cancelled', 'Notes'];

async function excelJs() {
  const book = new ExcelJS.Workbook();
  const hidden = book.addWorksheet('Lists');
  hidden.state = 'veryHidden';
  hidden.addRow(['yes']);
  const log = book.addWorksheet('Log');
  log.mergeCells('A1:E1');
  const rows = {
    1: ['Monday group'],
    3: headings,
    4: [day(10, 6), 0.0625, 7, false],
    5: ['13/10/2025', '1h30', '6', 'no', { richText: [{ text: 'Zoë ' }, { font: { bold: true }, text: 'was late' }] }],
    6: [45950, 90, 6],
    7: [{ formula: 'A6+7', result: day(10, 27) }, { formula: 'TIME(1,30,0)', result: 0.0625 }, { formula: '3+4', result: 7 }],
    9: [day(11, 3), null, null, 'conductor ill', { text: 'see the mail', hyperlink: 'mailto:a@example.org' }],
    10: [day(11, 10), 1.5, 8],
    11: [day(11, 17), null, null, true],
  };
  for (const [number, values] of Object.entries(rows)) log.getRow(Number(number)).values = values;
  for (const row of [4, 7, 9, 10, 11]) log.getCell(row, 1).numFmt = 'dd/mm/yyyy';
  for (const row of [4, 7]) log.getCell(row, 2).numFmt = '[h]:mm';
  book.addWorksheet('Names').addRow(['nobody']);
  await book.xlsx.writeFile('exceljs.xlsx');
}

function sheetJs(cellDates) {
  const hours = (formula) => ({ t: 'n', f: formula, v: 0.0625, z: '[h]:mm' });
  const rows = [
    ['Monday group'], [], headings,
    [day(10, 6), hours(), 7, false],
    ['13/10/2025', '1h30', '6', 'no', 'Zoë was late'],
    [45950, 90, 6],
    [{ t: 'n', f: 'A6+7', v: 45957, z: 'dd/mm/yyyy' }, hours('TIME(1,30,0)'), { t: 'n', f: '3+4', v: 7 }],
    [],
    [day(11, 3), null, null, 'conductor ill'],
    [day(11, 10), 1.5, 8],
    [day(11, 17), null, null, true],
  ];
  const book = SheetJS.utils.book_new();
  SheetJS.utils.book_append_sheet(book, SheetJS.utils.aoa_to_sheet(rows, { cellDates, dateNF: 'dd/mm/yyyy' }), 'Log');
  SheetJS.utils.book_append_sheet(book, SheetJS.utils.aoa_to_sheet([['nobody']]), 'Names');
  return book;
}

// Midnight in British summer time: to ExcelJS it is 23:00 on the day before.
async function inSummerTime() {
  process.env.TZ = 'Europe/London';
  const book = new ExcelJS.Workbook();
  const log = book.addWorksheet('Log');
  log.addRow(['Date', 'Length']);
  for (const date of [new Date(2025, 9, 6), new Date(2025, 9, 13, 18, 30), new Date(2025, 10, 3)]) log.addRow([date, 90]);
  await book.xlsx.writeFile('exceljs-summer.xlsx');
}

excelJs().then(inSummerTime);
// A date as a number, and a date as a text that says that it is one.
SheetJS.writeFile(sheetJs(false), 'sheetjs.xlsx', { compression: true });
SheetJS.writeFile(sheetJs(true), 'sheetjs-dates.xlsx', { cellDates: true, compression: true });
SheetJS.writeFile(sheetJs(false), 'sheetjs.csv', { FS: ';' });
SheetJS.writeFile(sheetJs(false), 'sheetjs.txt', { bookType: 'txt' });
SheetJS.writeFile(sheetJs(false), 'sheetjs.xls', { bookType: 'biff8' });
SheetJS.writeFile(sheetJs(false), 'sheetjs-xml.xls', { bookType: 'xlml' });
