import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlainDay } from '../../lib/brand.ts';
import { makePhoneRegion } from '../phone-number.ts';
import { findMappingProblem, idOfRole, roleOfId, type ColumnRole } from './columns.ts';
import { guessFormat, sampleRows } from './file-format.ts';
import { guessColumns } from './guess-columns.ts';
import type { ImportProgram } from './import-program.ts';
import { readPassUntil } from './read-pass.ts';
import { decimalMarkOf, MAX_OPENING_POINTS, readPoints } from './read-points.ts';
import { readRow } from './read-row.ts';

const TODAY = '2026-01-05' as PlainDay;
const FR = makePhoneRegion('FR');

const COFFEE: ImportProgram = {
  id: 'coffee',
  name: 'Coffee card',
  unit: 'stamps',
  words: [],
  levels: [],
  hasPass: false,
  isEarned: true,
};
const CLUB: ImportProgram = {
  id: 'club',
  name: 'Club Luna',
  unit: 'points',
  words: ['Bohne', 'Bohnen'],
  levels: [
    { id: 'silver', name: 'Argent' },
    { id: 'gold', name: 'Doré' },
  ],
  hasPass: false,
  isEarned: true,
};
const PASS: ImportProgram = {
  id: 'pass',
  name: 'Pass Matin',
  unit: 'points',
  words: [],
  levels: [],
  hasPass: true,
  isEarned: false,
};

function guess(text: string, programs: readonly ImportProgram[] = [COFFEE, CLUB, PASS]): string[] {
  const rows = sampleRows(text, guessFormat(text, 'utf-8'), true);
  return guessColumns({ rows, region: FR, today: TODAY, programs }).columns.map(idOfRole);
}

describe('columns of several programs', () => {
  test.each([
    ['by what they count', 'Tel;Tampons;Points;Statut;Valable jusqu’au\n0639980001;3;120;Argent;31/05/2026'],
    [
      'by the program’s name',
      'Tel;Coffee card;Club Luna points;Club Luna;Pass Matin expires\n0639980001;3;120;argent;',
    ],
    ['in other words', 'Telefon;Damga;Puan;Seviye;Üyelik bitiş tarihi\n0639980001;3;120;dore;1.6.2026'],
  ])('are told %s', (_, text) => {
    expect(guess(text)).toEqual(['phone', 'balance coffee', 'balance club', 'tier club', 'pass pass']);
  });

  test('the order of the columns makes no difference', () => {
    expect(guess('Statut;Points;Tel;Tampons\ndoré;12;0639980001;1')).toEqual([
      'tier club',
      'balance club',
      'phone',
      'balance coffee',
    ]);
  });

  test('a shop’s own word for its points names the program', () => {
    expect(guess('Telefon;Bohnen;Stempel\n0639980001;12;3')).toEqual([
      'phone',
      'balance club',
      'balance coffee',
    ]);
  });

  test('cells that are names of levels need no header', () => {
    expect(guess('0639980001;Anna;Argent\n0639980002;Bert;DORE')).toEqual(['phone', 'name', 'tier club']);
  });

  test('of two programs with levels, the one that knows the cells gets them', () => {
    const spa = { ...CLUB, id: 'spa', name: 'Spa', levels: [{ id: 'a', name: 'Lotus' }] };
    expect(guess('Tel;Niveau\n0639980001;Lotus', [CLUB, spa])).toEqual(['phone', 'tier spa']);
  });

  test('points are nobody’s where only stamps are counted beside them, nor is a level or a pass', () => {
    const text = 'Tel;Tampons;Points;Statut;Pass jusqu’au\n0639980001;3;120;Argent;31/05/2026';
    expect(guess(text, [COFFEE])).toEqual(['phone', 'balance coffee', 'ignored', 'ignored', 'ignored']);
  });

  test('the only balance goes to the only program, whatever it is called', () => {
    expect(guess('Tel;Points\n0639980001;3', [COFFEE])).toEqual(['phone', 'balance coffee']);
  });

  test('a code beside the name of a program is no balance', () => {
    expect(guess('Tel;Coffee card number\n0639980001;AB12CD34')[1]).not.toBe('balance coffee');
  });

  test('a role is a choice and back, and no two columns of one program may have the same', () => {
    const role: ColumnRole = { kind: 'tier', program: 'club luna' };
    expect(roleOfId(idOfRole(role))).toEqual(role);
    expect(roleOfId('last-name')).toEqual({ kind: 'last-name' });
    expect(findMappingProblem([{ kind: 'phone' }, role, role])).toBe('twice');
    expect(findMappingProblem([{ kind: 'phone' }, role, { ...role, kind: 'pass' }])).toBeUndefined();
  });
});

describe('points', () => {
  test.each([
    ['', 0],
    ['–', 0],
    ['aucun', 0],
    ['0', 0],
    ['1250', 1250],
    ['1 250', 1250],
    ['1\u202f250', 1250],
    ["1'250", 1250],
    ['1.250', 1250],
    ['1.250.000', 1_250_000],
    ['1,250,000', 1_250_000],
    ['1.250,00', 1250],
    ['120,00', 120],
    ['120,0', 120],
    ['120 pts', 120],
    ['1 250 points', 1250],
    ['١٢٠', 120],
    ['+40', 40],
    ['9999999999', MAX_OPENING_POINTS],
  ])('%j are %i', (text, units) => {
    expect(readPoints(text, ',')).toEqual({ ok: true, value: units });
  });

  test.each([
    ['-40', 'negative'],
    ['−1 250', 'negative'],
    ['12,5', 'fraction'],
    ['12.5', 'fraction'],
    ['1.250,50', 'fraction'],
    ['1,250', 'ambiguous'],
    ['10000000000', 'too-many'],
    ['99999999999999999999', 'too-many'],
    ['beaucoup', 'not-a-number'],
    ['12/500', 'not-a-number'],
    ['06 39 98 00 01', 'not-a-number'],
    ['0639980001', 'not-a-number'],
    ['1.25.0', 'not-a-number'],
    ['1,250.000,5', 'not-a-number'],
    ['1e5', 'not-a-number'],
  ])('%j are a problem: %s', (text, error) => {
    expect(readPoints(text, ',')).toEqual({ ok: false, error });
  });

  test('the country says which mark stands before decimals', () => {
    expect(['FR', 'DE', 'TR', 'US', 'GB', 'EG'].map(decimalMarkOf)).toEqual([',', ',', ',', '.', '.', '.']);
    expect(readPoints('1.250', '.')).toEqual({ ok: false, error: 'ambiguous' });
    expect(readPoints('1,250', '.')).toEqual({ ok: true, value: 1250 });
  });

  test('written as any country writes them, whole points come back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MAX_OPENING_POINTS }),
        fc.constantFrom('de-DE', 'fr-FR', 'en-US', 'de-CH', 'pt-BR'),
        (points, locale) => {
          const { region = '' } = new Intl.Locale(locale);
          const text = new Intl.NumberFormat(locale).format(points);
          const mark = decimalMarkOf(region);
          expect(readPoints(text, mark)).toEqual({ ok: true, value: points });
        },
      ),
    );
  });
});

describe('the last day of a pass', () => {
  test.each([
    ['', 'FR', null],
    ['-', 'FR', null],
    ['2026-12-31', 'FR', '2026-12-31'],
    ['31/12/2026', 'FR', '2026-12-31'],
    ['12/31/2026', 'US', '2026-12-31'],
    ['3.4.27', 'DE', '2027-04-03'],
    ['31/12/2026 23:59', 'FR', '2026-12-31'],
    ['46387', 'FR', '2026-12-31'],
    // It has ended, and is taken over like that.
    ['31/12/2024', 'FR', '2024-12-31'],
  ])('%j in %s is %s', (text, country, day) => {
    expect(readPassUntil(text, country, TODAY)).toEqual({ ok: true, value: day });
  });

  test.each([
    ['bientôt', 'not-a-date'],
    ['31/02/2026', 'not-a-date'],
    ['12/2026', 'not-a-date'],
    ['31/12/2206', 'unlikely'],
    ['31/12/1926', 'unlikely'],
  ])('%j is a problem: %s', (text, error) => {
    expect(readPassUntil(text, 'FR', TODAY)).toEqual({ ok: false, error });
  });
});

describe('a row of several programs', () => {
  const columns: ColumnRole[] = [
    { kind: 'phone' },
    { kind: 'balance', program: 'coffee' },
    { kind: 'balance', program: 'club' },
    { kind: 'tier', program: 'club' },
    { kind: 'pass', program: 'pass' },
    { kind: 'balance', program: 'pass' },
  ];
  const rules = {
    columns,
    region: FR,
    today: TODAY,
    programs: [COFFEE, CLUB, PASS],
    decimalMark: ',',
  } as const;
  const read = (...cells: string[]) => readRow({ line: 1, cells: ['0639980001', ...cells] }, rules);

  test('brings all of it at once; a level holds to the end of the next year', () => {
    expect(read('13/10', '1 250', 'DORE', '31/05/2026', '4')).toMatchObject({
      kind: 'member',
      member: {
        balances: [
          { program: 'coffee', units: 13 },
          { program: 'club', units: 1250 },
          { program: 'pass', units: 4 },
        ],
        standings: [
          { program: 'club', tier: { level: 'gold', until: 2027 } },
          { program: 'pass', passUntil: '2026-05-31' },
        ],
      },
    });
  });

  test('brings nothing where the cells are empty', () => {
    expect(read('', '-', 'aucun', '', '')).toMatchObject({ member: { balances: [], standings: [] } });
  });

  test('two things of one program are one standing', () => {
    const both: ImportProgram = { ...CLUB, hasPass: true };
    const reading = readRow(
      { line: 1, cells: ['0639980001', 'argent', '2026-05-31'] },
      {
        ...rules,
        programs: [both],
        columns: [{ kind: 'phone' }, { kind: 'tier', program: 'club' }, { kind: 'pass', program: 'club' }],
      },
    );
    expect(reading).toMatchObject({
      member: {
        standings: [{ program: 'club', tier: { level: 'silver', until: 2027 }, passUntil: '2026-05-31' }],
      },
    });
  });

  test('an unknown level is a problem that names the levels there are', () => {
    expect(read('1', '2', 'Platine')).toEqual({
      kind: 'problem',
      problem: { code: 'tier-unknown', text: 'Platine', choices: ['Argent', 'Doré'] },
    });
  });

  test.each([
    [['-1', '', '', ''], 'balance-negative'],
    [['501', '', '', ''], 'balance-too-many'],
    [['', '-1', '', ''], 'points-negative'],
    [['', '1,5', '', ''], 'points-fraction'],
    [['', '1,250', '', ''], 'points-ambiguous'],
    [['', '10 000 000 000', '', ''], 'points-too-many'],
    [['', 'x', '', ''], 'points-not-a-number'],
    [['', '', '', 'demain'], 'pass-not-a-date'],
    [['', '', '', '1.1.2099'], 'pass-unlikely'],
  ])('%j is a problem: %s', (cells, code) => {
    expect(read(...cells)).toMatchObject({ kind: 'problem', problem: { code } });
  });
});
