import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FULL_CARD, FULL_POINTS, programDraft } from '#tests/arbitraries/program-drafts.ts';
import { NONSENSE_CASES } from '#tests/arbitraries/program-nonsense.ts';
import { isSamePlace } from '#shared/domain/program-place.ts';
import { findProgramProblems, MALFORMED_REASONS } from '#shared/domain/program-problems.ts';
import { programSchema, type ProgramDefinition } from '#shared/domain/program.ts';
import type { TierView } from '#shared/domain/tier.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { createFormat } from './format.ts';
import { createI18n, PSEUDO_LANGUAGE } from './i18n.ts';
import { createProgramWords } from './program-words.ts';

async function wordsIn(language: string) {
  const i18n = await createI18n(language);
  return createProgramWords(i18n.getFixedT(language, 'rules'), createFormat(language), language);
}

const [english, turkish, mirrored] = (await Promise.all(['en', 'tr', PSEUDO_LANGUAGE].map(wordsIn))) as [
  Awaited<ReturnType<typeof wordsIn>>,
  Awaited<ReturnType<typeof wordsIn>>,
  Awaited<ReturnType<typeof wordsIn>>,
];
const textsOf = (words: typeof english, program: ProgramDefinition) =>
  words.sentences(program).map(({ text }) => text);
const POINTS: ProgramDefinition = { ...FULL_POINTS, unit: { kind: 'points', icon: 'star' } };
const day = (text: string) => text as PlainDay;

describe('units', () => {
  test('are stamps, points or the shop’s own word, one and several', () => {
    expect([1, 3].map((count) => english.units(FULL_CARD, count))).toEqual(['1 stamp', '3 stamps']);
    expect([1, 1200].map((count) => english.units(POINTS, count))).toEqual(['1 point', '1,200 points']);
    expect([1, 3].map((count) => english.units(FULL_POINTS, count))).toEqual(['1 bean', '3 beans']);
    expect([1, 1200].map((count) => turkish.units(POINTS, count))).toEqual(['1 puan', '1.200 puan']);
    expect(english.units(undefined, 2)).toBe('2 stamps');
  });

  test('keep a word from right to left on its side', () => {
    const unit = { ...POINTS.unit, word: { one: 'حبة', other: 'حبات' } };
    expect(english.units({ ...POINTS, unit }, 3)).toBe('3 \u2068حبات\u2069');
  });
});

test('money has the digits of its currency, and a code that is none stands as it is', () => {
  expect(english.money(1250, 'EUR')).toBe('€12.50');
  expect(english.money(1250, 'JPY')).toBe('¥1,250');
  expect(english.money(1250, 'KWD')).toBe('KWD\u00a01.250');
  expect(turkish.money(125_000, 'TRY')).toBe('₺1.250,00');
  expect(english.money(9_999_999_999, 'EUR')).toBe('€99,999,999.99');
  expect(english.money(1250, 'E')).toBe('1,250 E');
  expect(english.money(1250, undefined)).toBe('1,250');
});

describe('a reward', () => {
  test('is its name, with what it does where the name leaves it open', () => {
    expect(FULL_POINTS.rewards.map((reward) => english.reward(reward, FULL_POINTS))).toEqual([
      'A free drink',
      'Thank you (€5.00 off)',
      'Ten (10% off Cakes)',
      'Give (€2.00 to the lifeboats)',
      'As you like (€1.00 off for every 100 beans)',
      'Cake',
    ]);
  });

  test.each<[string, object]>([
    ['5 € off', { kind: 'amount-off', amount: 500 }],
    ['4,50 euros for you', { kind: 'amount-off', amount: 450 }],
    ['10% off all cakes', { kind: 'percent-off', percent: 10, category: 'Cakes' }],
    ['2 € for The Lifeboats', { kind: 'donation', amount: 200, charity: 'the lifeboats' }],
  ])('%s says it all', (name, effect) => {
    const reward = { id: 'x', at: 10, name, ...effect } as ProgramDefinition['rewards'][number];
    expect(english.reward(reward, FULL_POINTS)).toBe(name);
  });
});

test('what earned is called by its own name, else by its kind', () => {
  const ids = [
    'visit',
    'amount',
    'latte',
    'cakes',
    'cup',
    'friend',
    'tuesday',
    'back',
    'tier:gold',
    'prepaid',
  ];
  expect(ids.map((id) => english.rule(FULL_POINTS, id))).toEqual([
    'visit',
    'amount',
    'Latte',
    'Cakes',
    'Own cup',
    'recommendation',
    'Happy Tuesday',
    'Welcome back',
    'Gold',
    'Beans in advance',
  ]);
  expect(['joining', 'paper-card', 'opening', 'adjustment'].map((id) => english.rule(undefined, id))).toEqual(
    ['joining', 'paper card', 'opening balance', 'correction'],
  );
  expect(english.rule(undefined, 'gone')).toBe('another rule');
  expect(english.rule(FULL_POINTS, 'tier:gone')).toBe('another rule');
});

test('what lapses soon says when', () => {
  const expiring = (words: typeof english, units: number, days: number) =>
    words.expiring({ units, days, until: day('2026-05-01') }, FULL_CARD);
  expect(expiring(english, 1, 0)).toBe('1 stamp expires today');
  expect(expiring(english, 3, 1)).toBe('3 stamps expire tomorrow');
  expect(expiring(english, 3, 12)).toBe('3 stamps expire in 12 days');
  expect(expiring(turkish, 3, 12)).toBe('3 damga 12 gün sonra geçersiz olur');
});

describe('a level', () => {
  const [silver, gold] = FULL_POINTS.tiers?.levels ?? [];
  const view = (change: Partial<TierView>): TierView => ({
    level: null,
    until: null,
    after: null,
    total: 0,
    next: null,
    ...change,
  });

  test('says until when it holds, what follows and what the next one needs', () => {
    if (!silver || !gold) throw new Error('no levels');
    const held = view({ level: gold, until: day('2027-12-31'), after: silver });
    expect(english.tier(held, FULL_POINTS)).toEqual(['Gold until 31 December 2027, then Silver']);
    const first = view({ level: silver, until: day('2026-12-31'), next: { level: gold, left: 12_050 } });
    expect(english.tier(first, FULL_POINTS)).toEqual([
      'Silver until 31 December 2026, then no level',
      '€120.50 more this year to Gold',
    ]);
    expect(turkish.tier(first, FULL_POINTS)[1]).toBe('Gold için bu yıl €120,50 daha');
    const below = view({ next: { level: silver, left: 7 } });
    const byVisits = { ...FULL_POINTS, tiers: { by: 'visits' as const, levels: [silver, gold] } };
    expect(english.tier(below, byVisits)).toEqual(['7 visits more this year to Silver']);
  });

  test('is not spoken of where there are none', () => {
    expect(english.tier(undefined, FULL_CARD)).toEqual([]);
  });
});

test('passes, offers, badges and limits have their words', () => {
  expect(english.pass('2027-05-03')).toBe('Pass valid until 3 May 2027');
  expect(turkish.pass('2027-05-03')).toBe('Abonelik 3 Mayıs 2027 tarihine kadar geçerli');
  expect((FULL_POINTS.offers ?? []).map((offer) => english.offer(offer, FULL_POINTS))).toEqual([
    'Monthly pass: €9.90 for 1 month',
    'Beans in advance: 300 beans for €25.00',
  ]);
  const [tenth, streak, kind] = FULL_POINTS.badges ?? [];
  if (!tenth || !streak || !kind) throw new Error('no badges');
  expect(english.badge({ badge: tenth, have: 7, need: 10, isEarned: false })).toBe('Regular: 7 of 10 visits');
  expect(english.badge({ badge: tenth, have: 10, need: 10, isEarned: true })).toBe('Regular');
  expect(english.badge({ badge: streak, have: 1, need: 4, isEarned: false })).toBe(
    'Faithful: 1 of 4 weeks in a row',
  );
  expect(english.badge({ badge: kind, have: 0, need: 1, isEarned: false })).toBe(
    'Kind heart: with the first donation',
  );
  const limit = { program: 'points', allowed: 3 };
  expect(english.limit({ ...limit, limit: 'per-day' }, FULL_POINTS)).toBe('At most 3 beans per day');
  expect(english.limit({ ...limit, limit: 'minutes-between', waitMinutes: 1 })).toBe(
    'The next visit counts in 1 minute',
  );
  expect(english.limit({ ...limit, limit: 'action-per-day', allowed: 1 })).toBe('At most once a day');
});

describe('a program in plain sentences', () => {
  test('a card of stamps', () => {
    expect(textsOf(english, FULL_CARD)).toEqual([
      'A card has 10 places.',
      'Every visit earns 1 stamp.',
      'A new member starts with 2 stamps.',
      'On the way, at 5 stamps: A free cookie. To be taken within 30 days.',
      '10 stamps give: A free coffee. Then a new card begins.',
      'Stamps last 12 months.',
      'At most 5 stamps per visit.',
      'At least 30 minutes between two visits.',
    ]);
    expect(textsOf(turkish, FULL_CARD)).toEqual([
      'Bir kartta 10 yer var.',
      'Her ziyaret 1 damga kazandırır.',
      'Yeni üye 2 damga ile başlar.',
      'Yol üstünde, 5 damga olunca: A free cookie. 30 gün içinde alınmalı.',
      '10 damga şunu verir: A free coffee. Sonra yeni kart başlar.',
      'Damgalar 12 ay geçerlidir.',
      'Bir ziyarette en çok 5 damga.',
      'İki ziyaret arasında en az 30 dakika.',
    ]);
  });

  test('points with one of everything', () => {
    expect(textsOf(english, POINTS)).toEqual([
      'Points are collected.',
      'Every visit earns 2 points.',
      'Every €1 spent earns 1 point. Only for €5 or more. Not counted: Tobacco. Sales that earn nothing: Gift card.',
      'Latte: each earns 5 points.',
      'Anything of Cakes: each earns 3 points.',
      'Own cup earns 1 point, at most 2 times a day.',
      'Bringing a friend earns 20 points, and the friend gets 10 points at the first visit. For 5 friends at most.',
      'A new member starts with 10 points.',
      'On Tuesdays 14:00–16:00 everything counts double (Happy Tuesday).',
      'Every day Muffin earns 2 points extra, from 1 May 2026 to 7 May 2026 (Muffin week).',
      'After 8 weeks away, coming back earns 25 points extra (Welcome back).',
      '50 points give: Give (€2.00 to the lifeboats).',
      '60 points give: A free drink.',
      '100 points give: Thank you (€5.00 off). At most once a day.',
      'As you like: €1.00 off for every 100 points, from 200 points on.',
      'With a valid pass: Ten (10% off Cakes).',
      'For the birthday: Cake. Only for Gold. Once a year, from 7 days before the birthday to 7 days after it.',
      'Points expire 12 months after the last visit; every visit starts the time anew.',
      'At most 1,000 points per visit.',
      'At most 2,000 points per day.',
      'At least 10 minutes between two visits.',
      'Silver from €200 a year.',
      'Gold from €500 a year: half as much again. For the cashier: Offer a seat.',
      'A level is reached at once and kept until the end of the following year.',
      'Monthly pass costs €9.90 and is valid for 1 month.',
      'Beans in advance: 300 points, paid in advance, for €25.00.',
      'Badge for 10 visits: Regular.',
      'Badge for 4 weeks in a row with a visit: Faithful.',
      'Badge for the first donation: Kind heart.',
      '1% of every amount goes to the lifeboats.',
      'Button at the counter: Latte, €3.50.',
      'Button at the counter: Tobacco, €9.00.',
      'Amounts are in EUR.',
    ]);
  });

  test('a name from right to left stands apart from the sentence around it', () => {
    const [reward] = FULL_CARD.rewards.slice(-1);
    if (!reward) throw new Error('no reward');
    const program = { ...FULL_CARD, rewards: [{ ...reward, name: 'قهوة مجانية' }] };
    expect(textsOf(english, program)).toContain(
      '10 stamps give: \u2068قهوة مجانية\u2069. Then a new card begins.',
    );
    expect(textsOf(mirrored, FULL_CARD).join(' ')).toContain('\u2068A free coffee\u2069');
  });

  test('nothing is left to fill in, in any language and for any definition', () => {
    fc.assert(
      fc.property(programDraft, (draft) => {
        const parsed = programSchema.safeParse(draft);
        fc.pre(parsed.success);
        if (!parsed.success) return;
        for (const words of [english, turkish, mirrored]) {
          for (const text of textsOf(words, parsed.data))
            expect(text).not.toMatch(/\{\{|sentence\.|undefined|NaN/);
        }
      }),
    );
  });

  test('a draft with every field still empty has sentences', () => {
    for (const program of [FULL_CARD, FULL_POINTS]) {
      const empty = JSON.parse(JSON.stringify(program), (key, value: unknown) => {
        if (key === 'kind' || key === 'id' || key === 'by') return value;
        return typeof value === 'number' ? Number.NaN : typeof value === 'string' ? '' : value;
      }) as ProgramDefinition;
      expect(textsOf(english, empty).length).toBeGreaterThan(5);
    }
  });
});

describe('a problem', () => {
  test.each(NONSENSE_CASES)('$code: $what has its sentence, and marks one of the program', (wrong) => {
    const program = wrong.draft as ProgramDefinition;
    expect(english.sentences(program).some(({ place }) => isSamePlace(place, wrong.place))).toBe(true);
    for (const words of [english, turkish]) {
      const text = words.problem(wrong, program);
      expect(text).toMatch(/\.$/);
      expect(text).not.toMatch(/\{\{|problem\.|…/);
    }
  });

  test.each(MALFORMED_REASONS)('a field that is %s says so', (why) => {
    const problem = { code: 'malformed', place: { part: 'name' }, field: 'name', why, bound: 60 } as const;
    for (const words of [english, turkish]) {
      expect(words.problem(problem, undefined)).toMatch(/^[^{]*\.$/);
    }
  });

  test('an amount that is too large says the largest as money', () => {
    const draft = { ...FULL_POINTS, items: [{ name: 'Latte', category: null, price: 99_999_999_999 }] };
    const texts = findProgramProblems(draft).map((problem) => english.problem(problem, draft));
    expect(texts).toEqual(['At most €99,999,999.99.']);
  });
});
