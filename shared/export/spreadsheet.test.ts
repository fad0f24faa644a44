import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { createTableWriter, dialectFor, toPlainText, type Cell } from './spreadsheet.ts';

const COMMA = dialectFor('.');
const SEMICOLON = dialectFor(',');

const read = (text: string, delimiter: string): string[][] =>
  Papa.parse<string[]>(text.slice(1), { delimiter, newline: '\r\n', skipEmptyLines: true }).data;

/** What a cell looks like in a file: a number as JavaScript writes it. */
const asText = (cell: Cell): string => (cell === null ? '' : String(cell));

describe('a table for a spreadsheet', () => {
  test('begins with a byte order mark and ends each line with CRLF', () => {
    const writer = createTableWriter(['name', 'units'], COMMA);
    expect(writer.begin() + writer.rows([['Ünal, Ada', 3]]) + writer.rows([])).toBe(
      '\uFEFFname,units\r\n"Ünal, Ada",3\r\n',
    );
    expect(createTableWriter(['a', 'b'], SEMICOLON).rows([['1,50', -2]])).toBe('1,50;-2\r\n');
  });

  test.each(['=1+1', '+33612345678', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', "'=1", "''+1"])(
    '%j can’t run, and comes back exactly',
    (text) => {
      const [[cell = ''] = []] = read('\uFEFF' + createTableWriter([], COMMA).rows([[text]]), ',');
      expect(cell).toBe(`'${text}`);
      expect(toPlainText(cell)).toBe(text);
    },
  );

  test.each([
    ['Ada;=HYPERLINK("http://x")', COMMA],
    ['Ada,=HYPERLINK("http://x")', SEMICOLON],
    ['Ada\t=1+1', COMMA],
  ])('%j stays one cell where lists are taken apart at another mark', (text, dialect) => {
    const file = createTableWriter([], dialect).rows([[text]]);
    for (const delimiter of [',', ';', '\t']) {
      expect(read('\uFEFF' + file, delimiter)).toEqual([[text]]);
    }
  });

  test('a negative number stays a number, and a name with an apostrophe stays as it is', () => {
    expect(createTableWriter([], COMMA).rows([[-3, "'t Hoekje", "O'Neil"]])).toBe("-3,'t Hoekje,O'Neil\r\n");
  });

  test('whatever the cells hold, reading the file gives the same values', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('=', '+', "'", '"', ',', ';', '\r', '\n', '\t', ' ', 'a', '１', '＝'),
    });
    const cell: fc.Arbitrary<Cell> = fc.oneof(fc.string(), nasty, fc.maxSafeInteger(), fc.constant(null));
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom(COMMA, SEMICOLON), (table, dialect) => {
        const writer = createTableWriter(['a', 'b', 'c'], dialect);
        const [head, ...back] = Papa.parse<string[]>(
          (writer.begin() + writer.rows(table)).slice(1).replace(/\r\n$/, ''),
          { delimiter: dialect.separator, newline: '\r\n' },
        ).data;
        expect(head).toEqual(['a', 'b', 'c']);
        expect(
          back.map((row, at) =>
            row.map((value, column) =>
              typeof table[at]?.[column] === 'number' ? value : toPlainText(value),
            ),
          ),
        ).toEqual(table.map((row) => row.map(asText)));
      }),
    );
  });
});
