import { createCsvReader } from './csv-reader.ts';

/** What kind of text a file holds: its encoding by its bytes, its separator by its rows. */

export type FileProblem = 'empty' | 'spreadsheet' | 'not-text';

export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

export interface FileFormat {
  readonly encoding: Encoding;
  readonly separator: Separator;
  /** Lines before the first row: Excel's `sep=;`. */
  readonly skippedLines: number;
}

/** Enough of a file to know its kind and its columns. */
export const SAMPLE_BYTES = 128 * 1024;
/** Rows that are looked at to guess the separator and the columns. */
export const SAMPLE_ROWS = 200;

const startsWith = (bytes: Uint8Array, signature: readonly number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/** Files that spreadsheets save when nobody asks for CSV: xlsx and ods are zips, xls is an OLE container. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/** What a file of the shop's country is most likely written in when it is not Unicode. */
const LEGACY_BY_COUNTRY: Readonly<Record<string, Encoding>> = {
  ...byCountry('windows-1250', 'AL BA CZ HR HU PL RO RS SI SK'),
  ...byCountry('windows-1251', 'BG BY KZ MK RU UA'),
  ...byCountry('windows-1253', 'CY GR'),
  ...byCountry('windows-1254', 'AZ TR'),
  ...byCountry('windows-1255', 'IL'),
  ...byCountry('windows-1256', 'AE BH DZ EG IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN YE'),
  ...byCountry('windows-1257', 'EE LT LV'),
  ...byCountry('windows-1258', 'VN'),
  ...byCountry('shift_jis', 'JP'),
  ...byCountry('euc-kr', 'KR'),
  ...byCountry('gb18030', 'CN'),
  ...byCountry('big5', 'HK TW'),
};

function byCountry(encoding: Encoding, countries: string): Record<string, Encoding> {
  return Object.fromEntries(countries.split(' ').map((country) => [country, encoding]));
}

/** @param language the till's, which decides where the country has no legacy encoding of its own. */
export function legacyEncodingOf(country: string, language: string): Encoding {
  return LEGACY_BY_COUNTRY[country] ?? (language.startsWith('tr') ? 'windows-1254' : 'windows-1252');
}

/** Why these bytes are no text at all; undefined when they may be. @param head the file's first bytes. */
export function findFileProblem(head: Uint8Array): FileProblem | undefined {
  if (head.length === 0) return 'empty';
  if (startsWith(head, ZIP) || startsWith(head, OLE)) return 'spreadsheet';
  if (unicodeMark(head) ?? zeroPattern(head)) return undefined;
  let odd = 0;
  for (const byte of head) {
    if (byte === 0 || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c))
      odd += 1;
  }
  // A stray control character is dirt; one in fifty bytes is a picture or a program.
  return odd * 50 > head.length ? 'not-text' : undefined;
}

/** The Unicode form that the bytes show by themselves; undefined: UTF-8 if it is valid, else the country's own. */
export function unicodeEncodingOf(head: Uint8Array): Encoding | undefined {
  return unicodeMark(head) ?? zeroPattern(head);
}

function unicodeMark(head: Uint8Array): Encoding | undefined {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(head, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(head, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

/** UTF-16 without its mark: digits and separators have a zero on every other place. */
function zeroPattern(head: Uint8Array): Encoding | undefined {
  const length = Math.min(head.length, 4096);
  if (length < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 1) {
    if (head[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  return even > half * 0.4 && odd < half * 0.05 ? 'utf-16be' : undefined;
}

/** @param sample the first part of the file as text. */
export function guessFormat(sample: string, encoding: Encoding): FileFormat {
  const named = /^sep=([,;\t|])\r?\n/i.exec(sample);
  if (named) return { encoding, separator: named[1] as Separator, skippedLines: 1 };
  const scored = SEPARATORS.map((separator) => ({ separator, score: consistencyOf(sample, separator) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return { encoding, separator: best.separator, skippedLines: 0 };
}

/** How well the rows agree on a number of cells above one. */
function consistencyOf(sample: string, separator: Separator): number {
  const rows = createCsvReader(separator)
    .push(sample)
    .slice(0, SAMPLE_ROWS)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  // A file of one line without a line break is complete only at its end.
  const complete = rows.length > 0 ? rows : createCsvReaderAtEnd(sample, separator);
  const counts = new Map<number, number>();
  for (const { cells } of complete) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let best = 0;
  for (const [cells, rowCount] of counts) {
    if (cells > 1) best = Math.max(best, (rowCount / complete.length) * (1 + Math.log2(cells) / 10));
  }
  return best;
}

function createCsvReaderAtEnd(sample: string, separator: Separator) {
  const reader = createCsvReader(separator);
  return [...reader.push(sample), ...reader.end()];
}

/** Rows of the sample without the lines before the first one. A last row that the sample cuts is left out. */
export function sampleRows(sample: string, format: FileFormat, isWhole: boolean) {
  const reader = createCsvReader(format.separator);
  const rows = [...reader.push(sample), ...(isWhole ? reader.end() : [])];
  return rows.filter(({ line }) => line > format.skippedLines).slice(0, SAMPLE_ROWS);
}
