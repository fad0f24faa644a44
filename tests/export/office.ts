import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A real spreadsheet, without its windows: opens a table as a double click would, and writes down what it understood. */

/** Where `soffice` lies; undefined where LibreOffice is not installed. */
export function findOffice(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'soffice')).find((path) => existsSync(path));
}

/** A cell as the spreadsheet holds it. */
export interface OfficeCell {
  readonly type: 'text' | 'number' | 'date' | 'time' | 'boolean' | 'empty';
  /** A number as XML writes it; text as it is; a date in ISO. */
  readonly value: string;
  /** What it would compute; undefined: nothing, as it must be. */
  readonly formula: string | undefined;
}

export interface OfficeOptions {
  readonly separator: ',' | ';';
  /** A number of the office's list of languages: how it reads numbers. 1033 is English, 1031 German. */
  readonly language: number;
}

/** As the office's filter counts: the code of the separator, `"`, UTF-8, from the first line, no types forced. */
const filterOf = ({ separator, language }: OfficeOptions): string =>
  `CSV:${separator.charCodeAt(0)},34,76,1,,${language},false,true,false,false`;

/** Opens `text` as a table and gives back every cell of every line, in an own profile that is gone afterwards. */
export function openInOffice(office: string, text: string, options: OfficeOptions): OfficeCell[][] {
  const folder = mkdtempSync(join(tmpdir(), 'tenpunch-office-'));
  try {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'table.csv'), text);
    execFileSync(
      office,
      [
        `-env:UserInstallation=file://${join(folder, 'profile')}`,
        '--headless',
        '--norestore',
        `--infilter=${filterOf(options)}`,
        '--convert-to',
        'fods',
        '--outdir',
        join(folder, 'out'),
        join(folder, 'table.csv'),
      ],
      { stdio: 'pipe', timeout: 120_000 },
    );
    return readCells(readFileSync(join(folder, 'out', 'table.fods'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The office's own flat XML, written by a machine: small enough a shape to be read without an XML parser. */
function readCells(xml: string): OfficeCell[][] {
  const table = /<table:table [\s\S]*?<\/table:table>/.exec(xml)?.[0] ?? '';
  const rows = table.matchAll(/<table:table-row([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-row>)/g);
  return [...rows].flatMap(([, attributes = '', content = '']) => {
    const cells = readRow(content);
    const isBlank = cells.every(({ type }) => type === 'empty');
    return isBlank ? [] : Array.from({ length: repeatsOf(attributes, 'rows') }, () => cells);
  });
}

function readRow(content: string): OfficeCell[] {
  const cells = content.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g);
  return [...cells].flatMap(([, attributes = '', inside = '']) =>
    Array.from({ length: repeatsOf(attributes, 'columns') }, () => readCell(attributes, inside)),
  );
}

const repeatsOf = (attributes: string, what: 'rows' | 'columns'): number =>
  Math.min(Number(attributeOf(attributes, `table:number-${what}-repeated`) ?? 1), 100);

const attributeOf = (attributes: string, name: string): string | undefined => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : plain(value);
};

function readCell(attributes: string, inside: string): OfficeCell {
  const formula = attributeOf(attributes, 'table:formula');
  const shown = [...inside.matchAll(/<text:p[^>]*?(?:\/>|>([\s\S]*?)<\/text:p>)/g)]
    .map(([, text = '']) => plain(spaces(text)))
    .join('\n');
  switch (attributeOf(attributes, 'office:value-type') ?? '') {
    case 'float':
    case 'currency':
    case 'percentage':
      return { type: 'number', value: attributeOf(attributes, 'office:value') ?? '', formula };
    case 'date':
      return { type: 'date', value: attributeOf(attributes, 'office:date-value') ?? '', formula };
    case 'time':
      return { type: 'time', value: attributeOf(attributes, 'office:time-value') ?? '', formula };
    case 'boolean':
      return { type: 'boolean', value: attributeOf(attributes, 'office:boolean-value') ?? '', formula };
    case 'string':
      return { type: 'text', value: shown, formula };
    default:
      return { type: 'empty', value: '', formula };
  }
}

/** Several spaces, tabs and ends of lines are elements of their own. */
const spaces = (text: string): string =>
  text
    .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count: string | undefined) =>
      ' '.repeat(Number(count ?? 1)),
    )
    .replaceAll(/<text:tab\/>/g, '\t')
    .replaceAll(/<text:line-break\/>/g, '\n')
    .replaceAll(/<[^>]+>/g, '');

const plain = (text: string): string =>
  text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
