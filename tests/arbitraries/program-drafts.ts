import fc from 'fast-check';
import type { ProgramDefinition } from '#shared/domain/program.ts';

/** Points with one of everything, and nothing wrong with it. */
export const FULL_POINTS: ProgramDefinition = {
  id: 'points',
  version: 3,
  name: 'Points',
  unit: { kind: 'points', icon: 'star', word: { one: 'bean', other: 'beans' } },
  earn: [
    { kind: 'visit', id: 'visit', units: 2 },
    {
      kind: 'amount',
      id: 'amount',
      units: 1,
      per: 100,
      minimum: 500,
      rounding: 'down',
      excludedItems: ['Tobacco'],
      excludedSales: ['Gift card'],
    },
    { kind: 'item', id: 'latte', item: 'Latte', units: 5 },
    { kind: 'category', id: 'cakes', category: 'Cakes', units: 3 },
    { kind: 'action', id: 'cup', name: 'Own cup', units: 1, perDay: 2 },
    { kind: 'referral', id: 'friend', units: 20, friendUnits: 10, cap: 5 },
  ],
  headStart: 10,
  rewards: [
    { kind: 'free-item', id: 'drink', at: 60, name: 'A free drink', value: 250 },
    {
      kind: 'amount-off',
      id: 'five',
      at: 100,
      amount: 500,
      name: 'Thank you',
      cap: { times: 1, per: 'day' },
    },
    { kind: 'percent-off', id: 'ten', at: 0, percent: 10, category: 'Cakes', name: 'Ten', needsPass: true },
    { kind: 'donation', id: 'give', at: 50, amount: 200, charity: 'the lifeboats', name: 'Give' },
    { kind: 'chosen-points', id: 'choose', at: 200, step: 100, amount: 100, name: 'As you like' },
    {
      kind: 'free-item',
      id: 'birthday',
      at: 0,
      name: 'Cake',
      tier: 'gold',
      birthday: { daysBefore: 7, daysAfter: 7 },
    },
  ],
  limits: { perVisit: 1000, perDay: 2000, minutesBetween: 10 },
  expiry: { kind: 'after-last-visit', months: 12 },
  promotions: [
    {
      kind: 'multiplier',
      id: 'tuesday',
      name: 'Happy Tuesday',
      percent: 200,
      window: { weekdays: [2], from: '14:00', until: '16:00', firstDay: null, lastDay: null },
    },
    {
      kind: 'item-bonus',
      id: 'muffin',
      name: 'Muffin week',
      item: 'Muffin',
      units: 2,
      window: { weekdays: [], from: null, until: null, firstDay: '2026-05-01', lastDay: '2026-05-07' },
    },
    { kind: 'win-back', id: 'back', name: 'Welcome back', weeks: 8, units: 25 },
  ],
  tiers: {
    by: 'spend',
    levels: [
      { id: 'silver', name: 'Silver', from: 20_000, percent: 100, note: '' },
      { id: 'gold', name: 'Gold', from: 50_000, percent: 150, note: 'Offer a seat.' },
    ],
  },
  offers: [
    { kind: 'pass', id: 'pass', name: 'Monthly pass', price: 990, months: 1 },
    { kind: 'prepaid', id: 'prepaid', name: 'Beans in advance', price: 2500, units: 300 },
  ],
  badges: [
    { kind: 'visits', id: 'tenth', name: 'Regular', icon: 'heart', visits: 10 },
    { kind: 'streak', id: 'streak', name: 'Faithful', icon: 'check', weeks: 4 },
    { kind: 'donation', id: 'kind', name: 'Kind heart', icon: 'leaf' },
  ],
  charity: { name: 'the lifeboats', basisPoints: 100, rounding: 'down' },
  items: [
    { name: 'Latte', category: 'Coffee', price: 350 },
    { name: 'Tobacco', category: null, price: 900 },
  ],
  currency: 'EUR',
};

/** A card of stamps with what only a card has. */
export const FULL_CARD: ProgramDefinition = {
  id: 'card',
  version: 1,
  name: 'Coffee card',
  unit: { kind: 'stamps', size: 10, icon: 'cup' },
  earn: [{ kind: 'visit', id: 'visit', units: 1 }],
  headStart: 2,
  rewards: [
    { kind: 'free-item', id: 'half', at: 5, name: 'A free cookie', expiresAfterDays: 30 },
    { kind: 'free-item', id: 'final', at: 10, name: 'A free coffee' },
  ],
  limits: { perVisit: 5, perDay: null, minutesBetween: 30 },
  expiry: { kind: 'after-months', months: 12 },
};

/** Any JSON, biased to what a definition holds. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: -2, max: 60 }),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(
    null,
    true,
    '',
    'stamps',
    'points',
    'visit',
    'Latte',
    'gold',
    '2026-02-30',
    '24:00',
    'EUR',
    'XQZ',
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** One of the two with up to four places changed, emptied or repeated: mostly nonsense, sometimes still right. */
export const programDraft: fc.Arbitrary<unknown> = fc
  .tuple(
    fc.constantFrom(FULL_POINTS, FULL_CARD),
    fc.array(fc.record({ at: fc.nat(), value: anyValue, how: fc.constantFrom('set', 'remove', 'repeat') }), {
      maxLength: 4,
    }),
  )
  .map(([program, changes]) => {
    const draft: unknown = structuredClone(program);
    for (const change of changes) applyChange(draft, change);
    return draft;
  });

type Container = Record<string, unknown> | unknown[];

function applyChange(
  draft: unknown,
  { at, value, how }: { readonly at: number; readonly value: unknown; readonly how: string },
): void {
  const slots = listSlots(draft);
  const slot = slots[at % Math.max(1, slots.length)];
  if (!slot) return;
  const { container, key } = slot;
  if (Array.isArray(container)) {
    if (how === 'repeat') container.push(structuredClone(container[Number(key)]));
    else if (how === 'remove') container.splice(Number(key), 1);
    else container[Number(key)] = value;
  } else if (how === 'remove') delete container[key];
  else container[key] = value;
}

interface Slot {
  readonly container: Container;
  readonly key: string;
}

function listSlots(value: unknown): Slot[] {
  if (typeof value !== 'object' || value === null) return [];
  const container = value as Container;
  return Object.entries(container).flatMap(([key, child]) => [{ container, key }].concat(listSlots(child)));
}
