import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FULL_CARD, FULL_POINTS, programDraft } from '#tests/arbitraries/program-drafts.ts';
import {
  card,
  FEW,
  gift,
  multiplier,
  NONSENSE_CASES,
  onCard,
  points,
  rewardPlace,
  tiers,
} from '#tests/arbitraries/program-nonsense.ts';
import { NONSENSE_CODES, type ProgramPlace } from './program-place.ts';
import { findProgramProblems } from './program-problems.ts';
import { programSchema, type ProgramDefinition } from './program.ts';

describe('what no shop can mean is refused where it is', () => {
  test.each(NONSENSE_CASES)('$code: $what', ({ code, draft, place }) => {
    expect(findProgramProblems(draft)).toContainEqual({ code, place });
  });

  test('every code has its case', () => {
    expect(new Set(NONSENSE_CASES.map(({ code }) => code))).toEqual(new Set(NONSENSE_CODES));
  });
});

describe('what a shop can mean is let through', () => {
  test.each<[string, ProgramDefinition]>([
    ['points with one of everything', FULL_POINTS],
    ['a card of stamps', FULL_CARD],
    [
      'a price that joining and friends just pay',
      points({ ...FEW, tiers: tiers('units', ['gold', 75, 100]), rewards: [gift({ at: 75, tier: 'gold' })] }),
    ],
    ['a card that a prepaid offer fills', card({ earn: [], offers: [prepaid()], currency: 'EUR' })],
    ['a window over midnight', points({ promotions: multiplier({ from: '22:00', until: '02:00' }) })],
    [
      'one Tuesday',
      points({ promotions: multiplier({ weekdays: [2], firstDay: '2026-05-05', lastDay: '2026-05-05' }) }),
    ],
    [
      'a stamp a day that lasts from visit to visit',
      card({
        limits: { perVisit: 1, perDay: 1, minutesBetween: null },
        expiry: { kind: 'after-last-visit', months: 1 },
      }),
    ],
    [
      'percents for charity and nothing else',
      points({ rewards: [], offers: [], tiers: undefined, badges: undefined }),
    ],
    ['a withdrawn version', card({ version: 2, isWithdrawn: true })],
    [
      'a withdrawn version of what an older app let through',
      card({ version: 2, isWithdrawn: true, earn: [] }),
    ],
    ['a button and a category of one name', points({ earn: [...FULL_POINTS.earn, ofCategory('Latte')] })],
  ])('%s', (_, program) => {
    expect(findProgramProblems(program)).toEqual([]);
  });

  function prepaid() {
    return { kind: 'prepaid' as const, id: 'x', name: 'X', price: 2500, units: 10 };
  }

  function ofCategory(category: string) {
    return { kind: 'category' as const, id: 'by-category', category, units: 1 };
  }
});

describe('a draft that can’t be read', () => {
  test.each<[string, unknown, object]>([
    ['nothing', undefined, { place: { part: 'program' }, field: '', why: 'missing' }],
    ['text', 'ten stamps', { place: { part: 'program' }, why: 'other' }],
    ['an empty name', card({ name: ' ' }), { place: { part: 'name' }, field: 'name', why: 'missing' }],
    ['a long name', card({ name: 'x'.repeat(61) }), { field: 'name', why: 'too-long', bound: 60 }],
    [
      'no place',
      onCard(gift({ at: Number.NaN })),
      { place: rewardPlace('x'), field: 'rewards.2.at', why: 'missing' },
    ],
    [
      'a card of 51',
      card({ unit: { kind: 'stamps', size: 51, icon: 'cup' } }),
      { place: { part: 'unit' }, field: 'unit.size', why: 'too-large', bound: 50 },
    ],
    [
      'a limit of nothing',
      card({ limits: { ...FULL_CARD.limits, perVisit: 0 } }),
      { place: { part: 'limits', id: 'perVisit' }, why: 'too-small', bound: 1 },
    ],
    ['half a stamp', card({ headStart: 0.5 }), { place: { part: 'headStart' }, why: 'other' }],
    [
      'a level without a name',
      points({
        tiers: { by: 'visits', levels: [{ id: 'gold', name: '', from: 5, percent: 100, note: '' }] },
      }),
      { place: { part: 'tiers', id: 'gold' }, field: 'tiers.levels.0.name', why: 'missing' },
    ],
    [
      'no levels',
      points({ tiers: { by: 'visits', levels: [] } }),
      { place: { part: 'tiers' }, why: 'missing' },
    ],
    [
      'too many rules',
      card({ earn: Array.from({ length: 51 }, (_, index) => ({ kind: 'visit', id: `${index}`, units: 1 })) }),
      { place: { part: 'earn' }, why: 'too-many', bound: 50 },
    ],
    [
      'a day that does not exist',
      points({ promotions: multiplier({ firstDay: '2026-02-30' }) }),
      { place: { part: 'promotions', id: 'x' }, field: 'promotions.0.window.firstDay', why: 'other' },
    ],
  ])('says of %s where and why', (_, draft, problem) => {
    expect(findProgramProblems(draft)).toContainEqual(
      expect.objectContaining({ code: 'malformed', ...problem }),
    );
  });

  test.each<[string, unknown, ProgramPlace]>([
    ['earning', { ...FULL_CARD, earn: [{ kind: 'telepathy', id: 'x' }] }, { part: 'earn', id: 'x' }],
    ['reward', { ...FULL_CARD, rewards: [{ kind: 'hug', id: 'x' }, { at: 5 }] }, rewardPlace('x')],
    ['unit', { ...FULL_CARD, unit: { kind: 'coins' } }, { part: 'unit' }],
    ['expiry', { ...FULL_CARD, expiry: { kind: 'at-full-moon' } }, { part: 'expiry' }],
    [
      'promotion',
      { ...FULL_CARD, promotions: [{ kind: 'raffle', id: 'x' }] },
      { part: 'promotions', id: 'x' },
    ],
    ['offer', { ...FULL_CARD, offers: [{ kind: 'loan', id: 'x' }] }, { part: 'offers', id: 'x' }],
    ['badge', { ...FULL_CARD, badges: [{ kind: 'medal', id: 'x' }] }, { part: 'badges', id: 'x' }],
  ])('is of a newer app when it holds a kind of %s that this one does not know', (_, draft, place) => {
    expect(findProgramProblems(draft)).toEqual([{ code: 'newer-app', place }]);
  });

  test('is malformed, not newer, when a kind is missing', () => {
    for (const kind of [undefined, '', 5]) {
      expect(findProgramProblems({ ...FULL_CARD, earn: [{ kind, id: 'x' }] })).toMatchObject([
        { code: 'malformed', place: { part: 'earn', id: 'x' } },
      ]);
    }
  });
});

test('no draft throws, and one without problems can be read', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: programDraft }, fc.anything()), (draft) => {
      const isFine = findProgramProblems(draft).length === 0;
      expect(programSchema.safeParse(draft).success || !isFine).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
