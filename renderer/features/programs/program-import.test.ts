import { expect, test } from 'vitest';
import { makePreset } from '#shared/domain/presets.ts';
import { makeProgramBook } from '#shared/domain/program.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { programFileName } from './program-file-name.ts';
import { planImport } from './program-import.ts';

const COFFEE = makePreset({
  key: 'coffee',
  id: 'coffee' as ProgramId,
  names: { name: 'Coffee card', finalReward: 'Coffee' },
  currency: 'EUR',
});
const plan = (program: typeof COFFEE, known: readonly (typeof COFFEE)[]) =>
  planImport({ program, book: makeProgramBook(known), newId: 'new' });

test('a program nobody knows here becomes a new one under an id of its own', () => {
  const { choices, isKnown } = plan({ ...COFFEE, version: 7, isWithdrawn: true }, []);
  expect(isKnown).toBe(false);
  expect(choices).toMatchObject([{ kind: 'new', wanted: { id: 'new', version: 0 } }]);
  expect(choices[0]?.wanted.isWithdrawn).toBeUndefined();
});

test('a program of this shop goes on with its next version, or is added beside it', () => {
  const current = { ...COFFEE, version: 3 };
  const { choices } = plan({ ...COFFEE, headStart: 1 }, [COFFEE, current]);
  expect(choices).toMatchObject([
    { kind: 'version', base: { version: 3 }, wanted: { id: 'coffee', version: 3, headStart: 1 } },
    { kind: 'new' },
  ]);
});

test('exactly what is here already can only be added once more', () => {
  expect(plan(COFFEE, [{ ...COFFEE, version: 2 }])).toMatchObject({
    isKnown: true,
    choices: [{ kind: 'new' }],
  });
});

test('points never become the next version of stamps', () => {
  const points = { ...COFFEE, unit: { kind: 'points', icon: 'cup' } as const };
  expect(plan(points, [COFFEE]).choices.map(({ kind }) => kind)).toEqual(['new']);
});

test.each([
  ['Coffee card', 'tenpunch-program-coffee-card-v2.json'],
  ['../A "café": <1>', 'tenpunch-program-a-cafe-1-v2.json'],
  ['بطاقة', 'tenpunch-program-بطاقة-v2.json'],
  ['!!!', 'tenpunch-program-v2.json'],
])('the file of %s has a plain name', (name, file) => {
  expect(programFileName({ name, version: 2 })).toBe(file);
});
