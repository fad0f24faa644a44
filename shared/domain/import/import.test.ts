import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { makePhoneRegion } from '../phone-number.ts';
import type { PlainDay } from '../../lib/brand.ts';
import { findMappingProblem, type ColumnRole } from './columns.ts';
import { createCsvReader, type CsvRow } from './csv-reader.ts';
import {
  findFileProblem,
  guessFormat,
  legacyEncodingOf,
  sampleRows,
  SEPARATORS,
  unicodeEncodingOf,
} from './file-format.ts';
import { guessColumns } from './guess-columns.ts';
import type { ImportProgram } from './import-program.ts';
import { isRoundedNumber, plainCell, plainNumber } from './plain-cell.ts';
import { readBalance } from './read-balance.ts';
import { readBirthday } from './read-birthday.ts';
import { readRow } from './read-row.ts';

const TODAY = '2026-01-05' as PlainDay;
const FR = makePhoneRegion('FR');

const stampsOf = (id: string, name: string): ImportProgram => ({
  id,
  name,
  unit: 'stamps',
  words: [],
  levels: [],
  hasPass: false,
  isEarned: true,
});
const COFFEE = stampsOf('coffee', 'Coffee card');

function readAll(text: string, separator = ',', pieceLength = text.length): CsvRow[] {
  const reader = createCsvReader(separator);
  const rows: CsvRow[] = [];
  for (let start = 0; start < text.length; start += Math.max(1, pieceLength)) {
    rows.push(...reader.push(text.slice(start, start + Math.max(1, pieceLength))));
  }
  return [...rows, ...reader.end()];
}

/** Text made of what CSV is made of, so that quotes and breaks meet in every way. */
const csvText = fc
  .array(
    fc.constantFrom(
      '"',
      ',',
      ';',
      '\n',
      '\r',
      '\r\n',
      '\t',
      '=',
      '0',
      'a',
      'é',
      '🙂',
      ' ',
      '\0',
      '0639980001',
    ),
  )
  .map((parts) => parts.join(''));

describe('reading CSV', () => {
  test('what a spreadsheet writes is read as it was', () => {
    const cell = fc.oneof(fc.string(), csvText).map((text) => text.replace(/^\ufeff/, ''));
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...SEPARATORS),
        (rows, separator) => {
          const text = Papa.unparse(rows, { delimiter: separator, quotes: true });
          expect(readAll(text, separator).map(({ cells }) => cells)).toEqual(rows);
        },
      ),
    );
  });

  test('the pieces a file comes in make no difference', () => {
    fc.assert(
      fc.property(csvText, fc.integer({ min: 1, max: 7 }), (text, pieceLength) => {
        expect(readAll(text, ',', pieceLength)).toEqual(readAll(text));
      }),
    );
  });

  test('lines are counted as an editor counts them, quoted breaks included', () => {
    const rows = readAll('a,b\r\n"one\ntwo\r\nthree",x\ry,z\n\nlast');
    expect(rows.map(({ line, cells }) => [line, cells.length])).toEqual([
      [1, 2],
      [2, 2],
      [5, 2],
      [6, 1],
      [7, 1],
    ]);
  });

  test('a quote left open costs its own line only', () => {
    const rows = readAll(`0,a\n1,"open\n2,b\n3,"c"\n4,d\n`);
    expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
      [1, undefined],
      [2, 'quotes'],
      [3, undefined],
      [4, undefined],
      [5, undefined],
    ]);
  });

  test('a quote that is never closed does not swallow a long file', () => {
    const rows = readAll(`1,"open\n${'2,b\n'.repeat(100_000)}`, ',', 65_536);
    expect(rows).toHaveLength(100_001);
    expect(rows.filter(({ fault }) => fault)).toHaveLength(1);
  });

  test('text behind a closing quote is a fault, a quote inside plain text is not', () => {
    expect(readAll('"a" b,1')).toMatchObject([{ fault: 'quotes' }]);
    expect(readAll('Jean "Jo" Doe,1')).toMatchObject([{ cells: ['Jean "Jo" Doe', '1'] }]);
    expect(readAll('x, "a,b" ,1')).toMatchObject([{ cells: ['x', 'a,b', '1'] }]);
  });

  test('a line longer than any row is skipped and the next one is read', () => {
    const rows = readAll(`1\n${'x'.repeat(3_000_000)}\r\n3\n`, ',', 65_536);
    expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
      [1, undefined],
      [2, 'too-long'],
      [3, undefined],
    ]);
  });
});

describe('what kind of file it is', () => {
  test.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n1;2,5\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['name;phone\n"Doe, Jane";1\n"Roe, Ann";2\n', ';'],
    ['phone\n0639980001\n', ','],
  ])('%j is separated by %j', (text, separator) => {
    expect(guessFormat(text, 'utf-8').separator).toBe(separator);
  });

  test('Excel’s own first line names the separator and is no row', () => {
    const text = 'sep=|\na|b\n1|2\n';
    const format = guessFormat(text, 'utf-8');
    expect(format).toMatchObject({ separator: '|', skippedLines: 1 });
    expect(sampleRows(text, format, true).map(({ line }) => line)).toEqual([2, 3]);
  });

  test('the country says what an old file is written in', () => {
    expect(legacyEncodingOf('TR', 'en')).toBe('windows-1254');
    expect(legacyEncodingOf('FR', 'tr-TR')).toBe('windows-1254');
    expect(legacyEncodingOf('PL', 'en')).toBe('windows-1250');
    expect(legacyEncodingOf('FR', 'fr')).toBe('windows-1252');
  });

  test('bytes of any kind are judged without a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        findFileProblem(bytes);
        unicodeEncodingOf(bytes);
      }),
    );
  });
});

describe('which column is what', () => {
  const guess = (text: string, change: Partial<Parameters<typeof guessColumns>[0]> = {}) => {
    const format = guessFormat(text, 'utf-8');
    return guessColumns({
      rows: sampleRows(text, format, true),
      region: FR,
      today: TODAY,
      programs: [COFFEE],
      ...change,
    });
  };
  const kinds = (columns: readonly ColumnRole[]) => columns.map(({ kind }) => kind);

  test.each([
    ['Stamps;Full name;Mobile\n3;Anna;0639980001', ['balance', 'name', 'phone']],
    ['Nom;Prénom;Téléphone;Tampons\nDoe;Jo;0639980001;2', ['last-name', 'first-name', 'phone', 'balance']],
    [
      'Ad;Soyad;Cep Telefonu;Puan;Doğum Tarihi\nA;B;0639980001;1;',
      ['first-name', 'last-name', 'phone', 'balance', 'birthday'],
    ],
    [
      'Vorname,Nachname,Handynummer,Stempel,Bemerkung\nA,B,0639980001,1,',
      ['first-name', 'last-name', 'phone', 'balance', 'note'],
    ],
    [
      'Nombre;Apellidos;Teléfono móvil;Sellos\nA;B;0639980001;1',
      ['first-name', 'last-name', 'phone', 'balance'],
    ],
    ['الاسم;رقم الجوال;النقاط\nليلى;0639980001;4', ['name', 'phone', 'balance']],
    ['card number,phone number,name\nAB12CD34,0639980001,Jo', ['card', 'phone', 'name']],
    ['id;e-mail;phone\n1;a@example.org;0639980001', ['ignored', 'ignored', 'phone']],
    ['Phone;Mobile\n;0639980001\n;0639980002', ['ignored', 'phone']],
  ])('%j', (text, expected) => {
    const { hasHeader, columns } = guess(text);
    expect(hasHeader).toBe(true);
    expect(kinds(columns)).toEqual(expected);
  });

  test('by their content where there is no header', () => {
    const rows = 'Anna;06 39 98 00 01;3;12/05/1990\nBert;06 39 98 00 02;0;1988-01-31';
    const { hasHeader, columns } = guess(rows);
    expect(hasHeader).toBe(false);
    expect(kinds(columns)).toEqual(['name', 'phone', 'balance', 'birthday']);
  });

  test('numbers that only count the rows are no balance', () => {
    expect(kinds(guess('1;0639980001\n2;0639980002\n3;0639980003').columns)).toEqual(['ignored', 'phone']);
  });

  test('by the user’s word that there is (no) header', () => {
    const text = 'x;y\n0639980001;3';
    expect(guess(text).hasHeader).toBe(true);
    expect(guess(text, { hasHeader: false }).hasHeader).toBe(false);
  });

  test('several programs by their names', () => {
    const programs = [COFFEE, stampsOf('lunch', 'Lunch')];
    const { columns } = guess('phone;lunch;coffee card stamps\n0639980001;1;2', { programs });
    expect(columns).toEqual([
      { kind: 'phone' },
      { kind: 'balance', program: 'lunch' },
      { kind: 'balance', program: 'coffee' },
    ]);
  });

  test('a header alone, and nothing at all', () => {
    expect(kinds(guess('phone;name;stamps\n').columns)).toEqual(['phone', 'name', 'balance']);
    expect(guess('').columns).toEqual([]);
  });

  test('a mapping needs a number or a card, and no column twice', () => {
    expect(findMappingProblem([{ kind: 'name' }])).toBe('no-identity');
    expect(findMappingProblem([{ kind: 'phone' }, { kind: 'phone' }])).toBe('twice');
    expect(findMappingProblem([{ kind: 'card' }, { kind: 'ignored' }, { kind: 'ignored' }])).toBeUndefined();
  });
});

describe('cells', () => {
  test.each([
    ['', 0],
    ['-', 0],
    ['3', 3],
    [' 3 ', 3],
    ['3/10', 3],
    ['3,0', 3],
    ['3.00', 3],
    ['+4', 4],
    ['٣', 3],
    ['500', 500],
    ['-0', 0],
  ])('the balance %j is %i', (text, units) => {
    expect(readBalance(text)).toEqual({ ok: true, value: units });
  });

  test.each([
    ['-1', 'negative'],
    ['3,5', 'fraction'],
    ['501', 'too-many'],
    ['0639980001', 'too-many'],
    ['abc', 'not-a-number'],
    ['3 of 10', 'not-a-number'],
    ['03-Oct', 'not-a-number'],
  ])('the balance %j is a problem: %s', (text, error) => {
    expect(readBalance(text)).toEqual({ ok: false, error });
  });

  test.each([
    ['1990-05-12', 'FR', '1990-05-12'],
    ['12/05/1990', 'FR', '1990-05-12'],
    ['12.5.1990', 'DE', '1990-05-12'],
    ['05/12/1990', 'US', '1990-05-12'],
    ['25/12/1990', 'US', '1990-12-25'],
    ['12/25/1990', 'FR', '1990-12-25'],
    ['12/05/90', 'FR', '1990-05-12'],
    ['12/05/20', 'FR', '2020-05-12'],
    ['19900512', 'FR', '1990-05-12'],
    ['1990-05-12T00:00:00Z', 'FR', '1990-05-12'],
    ['33005', 'FR', '1990-05-12'],
    ['29/02/2023', 'FR', undefined],
    ['2031-01-01', 'FR', undefined],
    ['1800-01-01', 'FR', undefined],
    ['12 mai', 'FR', undefined],
  ])('the date %j in %s is %s', (text, country, day) => {
    expect(readBirthday(text, country, TODAY)).toBe(day);
  });

  test('what spreadsheets put around a number falls away', () => {
    expect(plainNumber("'0639980001")).toBe('0639980001');
    expect(plainNumber('tel:+33639980001')).toBe('+33639980001');
    expect(plainNumber('="0639980001"')).toBe('0639980001');
    expect(plainNumber('639980001.0')).toBe('639980001');
    expect(plainNumber('Tél. : 06 39 98 00 01')).toBe('06 39 98 00 01');
    expect(plainCell('=HYPERLINK("http://example.org")')).toBe('=HYPERLINK("http://example.org")');
    expect(isRoundedNumber('6,12346E+08')).toBe(true);
    expect(isRoundedNumber('0639980001')).toBe(false);
  });
});

describe('rows', () => {
  const columns: ColumnRole[] = [
    { kind: 'phone' },
    { kind: 'name' },
    { kind: 'balance', program: 'coffee' },
    { kind: 'birthday' },
    { kind: 'card' },
    { kind: 'note' },
  ];
  const rules = { columns, region: FR, today: TODAY, programs: [COFFEE], decimalMark: ',' } as const;
  const read = (...cells: string[]) => readRow({ line: 1, cells }, rules);

  test('a whole row', () => {
    expect(read('06 39 98 00 01', 'ZOÉ  d’Arc', '3/10', '12/05/1990', 'ab-12', 'oat milk')).toEqual({
      kind: 'member',
      member: {
        profile: {
          name: 'ZOÉ d’Arc',
          phone: '+33639980001',
          card: 'AB12',
          birthday: '1990-05-12',
          note: 'oat milk',
        },
        balances: [{ program: 'coffee', units: 3 }],
        standings: [],
        notices: [],
      },
    });
  });

  test.each([
    ['639980001', '+33639980001'],
    ['0033639980001', '+33639980001'],
    ["'0639980001", '+33639980001'],
    ['+90 532 123 45 67', '+905321234567'],
  ])('the number %j is %s', (text, phone) => {
    expect(read(text)).toMatchObject({ kind: 'member', member: { profile: { phone } } });
  });

  test.each([
    ['6.12346E+08', 'phone-rounded'],
    ['06 39 AB 00 01', 'phone-not-a-number'],
    ['0639', 'phone-too-short'],
    ['0639980001 / 0639980002', 'phone-too-long'],
    ['', 'nobody'],
  ])('the number %j is a problem: %s', (text, code) => {
    expect(read(text, 'Anna')).toMatchObject({ kind: 'problem', problem: { code } });
  });

  test('missing last cells are empty, cells too many are a problem', () => {
    expect(read('0639980001')).toMatchObject({ kind: 'member', member: { balances: [] } });
    expect(read('0639980001', '', '', '', '', '', 'x')).toMatchObject({ problem: { code: 'extra-cells' } });
    expect(read('0639980001', '', '', '', '', '', '')).toMatchObject({ kind: 'member' });
  });

  test('a card code is enough, an unreadable birthday is left out with a notice', () => {
    expect(read('', 'Anna', '1', '99/99', 'AB12')).toMatchObject({
      kind: 'member',
      member: { profile: { phone: null, card: 'AB12', birthday: null }, notices: ['birthday'] },
    });
  });

  test('any text gives whole members or problems, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), csvText), fc.constantFrom(...SEPARATORS), (text, separator) => {
        for (const row of readAll(text, separator, 5)) {
          const reading = readRow(row, rules);
          if (reading.kind !== 'member') continue;
          const { profile, balances } = reading.member;
          expect(profile.phone ?? profile.card).not.toBeNull();
          if (profile.phone !== null) expect(profile.phone).toMatch(/^\+\d{5,15}$/);
          for (const { units } of balances) {
            expect(Number.isInteger(units) && units > 0 && units <= 500).toBe(true);
          }
        }
      }),
    );
  });
});
