import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import expected from '#resources/sample/expected.json';
import { listSaleNeeds, planVisit } from '#shared/domain/earn.ts';
import { guessColumns } from '#shared/domain/import/guess-columns.ts';
import { idOfRole } from '#shared/domain/import/columns.ts';
import { guessFormat, sampleRows } from '#shared/domain/import/file-format.ts';
import { importProgramOf } from '#shared/domain/import/import-program.ts';
import { emptyMemberState } from '#shared/domain/member-state.ts';
import { makePhoneRegion } from '#shared/domain/phone-number.ts';
import { findProgramProblems } from '#shared/domain/program-problems.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { MemberId, PlainDay, ProgramId } from '#shared/lib/brand.ts';
import { createI18n, LANGUAGES } from '#renderer/i18n/i18n.ts';
import { makePracticePrograms } from './practice-programs.ts';

const IDS = {
  coffee: 'z-coffee' as ProgramId,
  club: 'y-club' as ProgramId,
  pass: 'x-pass' as ProgramId,
  lunch: 'w-lunch' as ProgramId,
};

async function programsIn(language: (typeof LANGUAGES)[number]): Promise<ProgramDefinition[]> {
  const i18n = await createI18n(language);
  return makePracticePrograms(
    { rules: i18n.getFixedT(language, 'rules'), import: i18n.getFixedT(language, 'import') },
    IDS,
  );
}

describe.each(LANGUAGES)('the practice shop in %s', (language) => {
  test('has programs that an owner could publish, each under a name of its own', async () => {
    const programs = await programsIn(language);
    expect(programs.map(findProgramProblems)).toEqual([[], [], [], []]);
    expect(new Set(programs.map(({ name }) => name)).size).toBe(4);
  });

  test('shows every kind of rule, reward and offer', async () => {
    const programs = await programsIn(language);
    const kinds = (part: (program: ProgramDefinition) => readonly { readonly kind: string }[]) =>
      new Set(programs.flatMap(part).map(({ kind }) => kind));
    expect([...kinds(({ earn }) => earn)].sort()).toEqual([
      'action',
      'amount',
      'category',
      'item',
      'referral',
      'visit',
    ]);
    expect([...kinds(({ rewards }) => rewards)]).toEqual(
      expect.arrayContaining(['free-item', 'chosen-points', 'donation', 'percent-off']),
    );
    expect([...kinds(({ offers = [] }) => offers)].sort()).toEqual(['pass', 'prepaid']);
    expect([...kinds(({ unit }) => [unit])].sort()).toEqual(['points', 'stamps']);
  });

  test('knows the columns of the sample, whatever the ids of its programs', async () => {
    const programs = await programsIn(language);
    const text = readFileSync('resources/sample/members-5000.csv', 'utf8').slice(0, 10_000);
    const { columns } = guessColumns({
      rows: sampleRows(text, guessFormat(text, 'utf-8'), false),
      region: makePhoneRegion('FR'),
      today: '2026-01-05' as PlainDay,
      programs: programs.map(importProgramOf),
    });
    expect(columns.map(idOfRole)).toEqual([
      'balance z-coffee',
      'name',
      'birthday',
      'phone',
      'balance y-club',
      'tier y-club',
      'pass x-pass',
      'note',
    ]);
    const levels = programs.flatMap(({ tiers }) => tiers?.levels ?? []);
    expect(levels.map(({ name }) => name)).toEqual(expected.club.levels);
  });
});

test('a visit with nothing said stamps the coffee card alone: five keys are enough', async () => {
  const programs = await programsIn('en');
  const visit = planVisit({
    state: emptyMemberState('m' as MemberId),
    programs,
    count: 1,
    atMs: Date.UTC(2026, 0, 6, 14, 0),
    day: '2026-01-06' as PlainDay,
    timeZone: 'UTC',
  });
  expect(visit.grants).toEqual([{ program: IDS.coffee, version: 1, rule: 'visit', units: 1 }]);
  expect(listSaleNeeds(programs)).toMatchObject({ amount: true, currency: 'EUR' });
});
