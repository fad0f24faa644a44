import Papa from 'papaparse';

/**
 * CSV as spreadsheets open it with a double click: UTF-8 with a byte order mark, CRLF, and a separator that fits the way
 * the shop writes numbers. Where a comma stands before the cents, Excel takes lists apart at `;`, else at `,`.
 */
export interface SpreadsheetDialect {
  readonly separator: ',' | ';';
  readonly decimalMark: '.' | ',';
}

/** A number stays a number; text that a spreadsheet could take for a formula is made harmless. */
export type Cell = string | number | null;

export const dialectFor = (decimalMark: string): SpreadsheetDialect =>
  decimalMark === ',' ? { separator: ';', decimalMark: ',' } : { separator: ',', decimalMark: '.' };

/**
 * Text that begins with one of these is a formula or a command to some spreadsheet. The well-known way: an apostrophe in
 * front makes it text. A text that already looks like that gets one more, so that taking one away gives back every text
 * exactly; `toPlainText` does.
 */
const COULD_RUN = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const WAS_MADE_HARMLESS = /^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

export const toPlainText = (cell: string): string => (WAS_MADE_HARMLESS.test(cell) ? cell.slice(1) : cell);

const couldSplit = (text: string): boolean => /[,;\t]/.test(text) && !/^-?\d+,\d+$/.test(text);

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/** A table that is written slice by slice; the pieces one after the other are the file. */
export interface TableWriter {
  /** The mark and the heads of the columns. */
  begin(): string;
  rows(rows: readonly (readonly Cell[])[]): string;
}

export function createTableWriter(columns: readonly string[], dialect: SpreadsheetDialect): TableWriter {
  const text = (rows: readonly (readonly Cell[])[]): string =>
    rows.length === 0
      ? ''
      : Papa.unparse(rows as unknown[][], {
          delimiter: dialect.separator,
          newline: LINE_END,
          escapeFormulae: COULD_RUN,
          // A spreadsheet that takes lists apart at the other mark would begin a cell, and a formula, in the middle of a text.
          quotes: (value: unknown) => typeof value === 'string' && couldSplit(value),
        }) + LINE_END;
  return { begin: () => BYTE_ORDER_MARK + text([columns]), rows: text };
}

/** A decimal with a point, as `toDecimal` makes it, with the mark of the dialect. */
export const decimalCell = (decimal: string, { decimalMark }: SpreadsheetDialect): string =>
  decimalMark === '.' ? decimal : decimal.replace('.', decimalMark);
