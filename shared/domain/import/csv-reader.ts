/**
 * Reads CSV text piece by piece with bounded memory and never throws. What can't be read becomes a row with a fault
 * and its real line number; the rows after it are read as if nothing had happened. Written here because a row must
 * know the line it began on, and one quote left open must not swallow the rest of the file.
 */

export type RowFault =
  /** Text right behind a closing quote, or a quote that is never closed. */
  | 'quotes'
  /** Longer than anything a list of members holds. */
  | 'too-long';

export interface CsvRow {
  /** Line of the file on which the row begins, from 1; line breaks inside quotes count. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault?: RowFault;
}

/** A row of members has a few hundred characters. What is longer is skipped up to the next line break. */
const MAX_ROW_CHARACTERS = 100_000;
/** A quoted cell over more lines than this is a quote that somebody forgot to close. */
const MAX_CELL_LINES = 50;
/** Spreadsheets end there; more cells only cost memory. */
const MAX_CELLS = 1000;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

export interface CsvReader {
  /** The rows that are complete with this piece of text. */
  push(text: string): CsvRow[];
  /** The rows that are left at the end of the file. */
  end(): CsvRow[];
}

/** @param separator one character. @param firstLine the line number of the text's first line. */
export function createCsvReader(separator: string, firstLine = 1): CsvReader {
  let rest = '';
  let line = firstLine;
  let isSkipping = false;

  function take(isEnd: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    let position = 0;
    while (position < rest.length) {
      if (isSkipping) {
        const next = endOfLine(rest, position, isEnd);
        if (next === undefined) {
          // Nothing of a row that is too long is kept, so a line of any length costs no memory. The last character
          // stays: it may be half of a line break.
          position = rest.endsWith('\r') ? rest.length - 1 : rest.length;
          break;
        }
        isSkipping = false;
        position = next;
        line += 1;
        continue;
      }
      const found = readRow({ text: rest, start: position, separator, isEnd });
      if (found === undefined) {
        if (rest.length - position <= MAX_ROW_CHARACTERS) break;
        rows.push({ line, cells: [], fault: 'too-long' });
        isSkipping = true;
        continue;
      }
      rows.push({ line, cells: found.cells, ...(found.fault ? { fault: found.fault } : {}) });
      position = found.end;
      line += found.lines;
    }
    rest = rest.slice(position);
    return rows;
  }

  return {
    push(text) {
      rest += text;
      return take(false);
    },
    end() {
      const rows = take(true);
      rest = '';
      return rows;
    },
  };
}

/** Index behind the next line break; undefined when it is not in sight yet. */
function endOfLine(text: string, start: number, isEnd: boolean): number | undefined {
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === LINE_FEED) return index + 1;
    if (code !== CARRIAGE_RETURN) continue;
    if (index + 1 === text.length && !isEnd) return undefined;
    return text.charCodeAt(index + 1) === LINE_FEED ? index + 2 : index + 1;
  }
  return isEnd ? text.length : undefined;
}

interface FoundRow {
  readonly cells: readonly string[];
  readonly end: number;
  readonly lines: number;
  readonly fault?: RowFault;
}

/** The row that begins at `start`; undefined when the text ends before it does. */
function readRow(request: {
  readonly text: string;
  readonly start: number;
  readonly separator: string;
  readonly isEnd: boolean;
}): FoundRow | undefined {
  const { text, start, separator, isEnd } = request;
  const divider = separator.charCodeAt(0);
  const cells: string[] = [];
  let lines = 1;
  let index = start;
  for (;;) {
    const opening = openingQuote(text, index);
    let value: string;
    if (opening === undefined) {
      const end = endOfPlain(text, index, divider);
      value = text.slice(index, end);
      index = end;
    } else {
      const quoted = readQuoted(text, opening, divider);
      if (quoted === undefined && !isEnd && text.length - start <= MAX_ROW_CHARACTERS) return undefined;
      if (quoted === undefined || quoted.isBroken) return brokenRow(text, start, isEnd);
      ({ value } = quoted);
      index = quoted.end;
      lines += quoted.lineBreaks;
    }
    if (cells.length < MAX_CELLS) cells.push(value);
    if (index >= text.length) {
      return isEnd ? { cells, end: text.length, lines } : undefined;
    }
    if (text.charCodeAt(index) === divider) {
      index += 1;
      continue;
    }
    const end = endOfLine(text, index, isEnd);
    if (end === undefined) return undefined;
    const isTooLong = end - start > MAX_ROW_CHARACTERS;
    return isTooLong ? { cells: [], end, lines, fault: 'too-long' } : { cells, end, lines };
  }
}

/** Where the cell's quote is, when it begins with one. Some programs put a space behind the separator. */
function openingQuote(text: string, start: number): number | undefined {
  let index = start;
  while (text.charCodeAt(index) === SPACE) index += 1;
  return text.charCodeAt(index) === QUOTE ? index : undefined;
}

function endOfPlain(text: string, start: number, divider: number): number {
  let index = start;
  for (; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === divider || code === LINE_FEED || code === CARRIAGE_RETURN) break;
  }
  return index;
}

interface Quoted {
  readonly value: string;
  readonly end: number;
  readonly lineBreaks: number;
  readonly isBroken: boolean;
}

/** Undefined when the closing quote is not in sight. */
function readQuoted(text: string, opening: number, divider: number): Quoted | undefined {
  const from = opening + 1;
  let closing = text.indexOf('"', from);
  let hasDoubled = false;
  while (closing !== -1 && text.charCodeAt(closing + 1) === QUOTE) {
    hasDoubled = true;
    closing = text.indexOf('"', closing + 2);
  }
  // A quote at the very end of the piece may be the first of two.
  if (closing === -1) return undefined;
  const raw = text.slice(from, closing);
  const lineBreaks = countLineBreaks(raw);
  let end = closing + 1;
  while (text.charCodeAt(end) === SPACE) end += 1;
  const next = text.charCodeAt(end);
  const isClosed = end >= text.length || next === divider || next === LINE_FEED || next === CARRIAGE_RETURN;
  return {
    value: hasDoubled ? raw.replaceAll('""', '"') : raw,
    end,
    lineBreaks,
    isBroken: !isClosed || lineBreaks > MAX_CELL_LINES,
  };
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Only the line with the broken quote is given up: the next one begins a row again. */
function brokenRow(text: string, start: number, isEnd: boolean): FoundRow | undefined {
  const end = endOfLine(text, start, isEnd);
  return end === undefined ? undefined : { cells: [], end, lines: 1, fault: 'quotes' };
}
