import { expect, test } from 'vitest';
import { MEMBER, sealAll } from '#tests/arbitraries/member-events.ts';
import { PER_EURO, PLAIN_PROGRAM } from '#tests/fakes/program-parts.ts';
import { UNASSIGNED_STAFF, type EventDraft } from '../ledger/event.ts';
import type { EventId } from '../lib/brand.ts';
import { listHistory } from './history.ts';
import { makeProgramBook, type ProgramDefinition } from './program.ts';

const CLUB: ProgramDefinition = {
  ...PLAIN_PROGRAM,
  id: 'club',
  name: 'Bean club',
  unit: { kind: 'points', icon: 'bean' },
  earn: [
    { ...PER_EURO, excludedSales: ['Gift card'] },
    { kind: 'action', id: 'review', name: 'Wrote a review', units: 20, perDay: 1 },
    { kind: 'referral', id: 'friend', units: 50, friendUnits: 25, cap: null },
  ],
  rewards: [
    { kind: 'chosen-points', id: 'off', at: 100, name: 'Money off', step: 50, amount: 50 },
    { kind: 'donation', id: 'boats', at: 200, name: 'For the boats', amount: 200, charity: 'Lifeboats' },
    {
      kind: 'free-item',
      id: 'cake',
      at: 0,
      name: 'Birthday cake',
      birthday: { daysBefore: 7, daysAfter: 7 },
    },
  ],
  promotions: [
    {
      kind: 'multiplier',
      id: 'tuesday',
      name: 'Double Tuesday',
      percent: 200,
      window: { weekdays: [2], from: null, until: null, firstDay: null, lastDay: null },
    },
  ],
  tiers: { by: 'spend', levels: [{ id: 'gold', name: 'Gold', from: 50_000, percent: 100, note: '' }] },
  offers: [
    { kind: 'pass', id: 'pass', name: 'Yearly pass', price: 4900, months: 12 },
    { kind: 'prepaid', id: 'ten', name: 'Ten in advance', price: 2500, units: 100 },
  ],
  charity: { name: 'Lifeboats', basisPoints: 100, rounding: 'down' },
};
const PROGRAMS = makeProgramBook([CLUB]);

type Draft = {
  [Type in EventDraft['type']]: Pick<EventDraft & { readonly type: Type }, 'type' | 'data'>;
}[EventDraft['type']];

function tellOne(draft: Draft, programs = PROGRAMS) {
  const base = { id: 'event-0' as EventId, staff: UNASSIGNED_STAFF, member: MEMBER };
  const events = sealAll([{ ...base, ...draft }]);
  return listHistory(events, undefined, programs)[0]?.what;
}
const grant = (rule: string, units: number, program = 'club') => ({ program, version: 1, rule, units });
const NOTHING_KNOWN = makeProgramBook([]);

test('a visit: what was paid and bought, each rule once, what went to a charity', () => {
  const what = tellOne({
    type: 'visit',
    data: {
      count: 1,
      grants: [grant('amount', 45), grant('tuesday', 45), grant('amount', 1)],
      sale: {
        amount: 4500,
        lines: [
          { item: 'Latte', category: 'Coffee', count: 2 },
          { item: null, category: 'Bread', count: 1 },
        ],
        type: null,
      },
      donations: [{ program: 'club', version: 1, charity: 'Lifeboats', amount: 45 }],
    },
  });
  expect(what).toMatchObject({
    kind: 'visit',
    sums: [{ program: 'club', units: 91, rules: ['amount', 'tuesday'] }],
    sale: {
      paid: { amount: 4500, currency: 'EUR' },
      lines: [
        { name: 'Latte', count: 2 },
        { name: 'Bread', count: 1 },
      ],
      type: undefined,
    },
    donations: [{ charity: 'Lifeboats', amount: 45, currency: 'EUR' }],
  });
});

test('a kind of sale that earned nothing is still told, with the shop’s currency', () => {
  const sale = { amount: 1000, lines: [], type: 'Gift card' };
  expect(tellOne({ type: 'visit', data: { count: 1, grants: [], sale } })).toMatchObject({
    sums: [],
    sale: { paid: { amount: 1000, currency: 'EUR' }, type: 'Gift card' },
    donations: [],
  });
});

test('a sale that says nothing is not told', () => {
  const sale = { amount: null, lines: [], type: null };
  const what = tellOne({ type: 'visit', data: { count: 1, grants: [], sale } });
  expect(what).toMatchObject({ sale: undefined });
});

test('without any program an amount has no currency', () => {
  const sale = { amount: 1000, lines: [], type: null };
  const what = tellOne({ type: 'visit', data: { count: 1, grants: [], sale } }, NOTHING_KNOWN);
  expect(what).toMatchObject({ sale: { paid: { amount: 1000, currency: undefined } } });
});

test('a new member: who brought them, the first sale, what they bring along', () => {
  const what = tellOne({
    type: 'enrolment',
    data: {
      by: 'phone',
      visit: 1,
      grants: [grant('friend', 25)],
      sale: { amount: 300, lines: [], type: null },
      standings: [{ program: 'club', tier: { level: 'gold', until: 2027 }, passUntil: '2027-05-03' }],
      referredBy: 'member-7',
      overLimit: { limits: ['per-visit'], reason: 'opening day' },
    },
  });
  expect(what).toMatchObject({
    kind: 'enrolment',
    isVisit: true,
    referredBy: 'member-7',
    sale: { paid: { amount: 300 } },
    overLimit: { limits: ['per-visit'], reason: 'opening day' },
    standings: [{ tier: { level: { name: 'Gold' }, until: 2027 }, passUntil: '2027-05-03' }],
  });
});

test('an opening balance with a tier that the program does not know', () => {
  const standings = [{ program: 'club', tier: { level: 'platinum', until: 2027 } }];
  const data = { grants: [grant('opening', 120)], import: 'import-1', standings };
  expect(tellOne({ type: 'opening', data })).toMatchObject({
    kind: 'opening',
    sums: [{ units: 120 }],
    standings: [{ tier: { level: undefined, until: 2027 }, passUntil: undefined }],
  });
});

test('an action has its name; of a program this till does not hold it has none', () => {
  const data = { program: 'club', version: 1, action: 'review', grants: [grant('review', 20)] };
  expect(tellOne({ type: 'action', data })).toMatchObject({
    kind: 'action',
    action: 'Wrote a review',
  });
  expect(tellOne({ type: 'action', data }, NOTHING_KNOWN)).toMatchObject({
    action: undefined,
    sums: [{ program: 'club', definition: undefined, units: 20 }],
  });
});

test('a pass: its name, its price and its last day', () => {
  const data = {
    program: 'club',
    version: 1,
    offer: 'pass',
    price: 3900,
    currency: 'EUR',
    passUntil: '2027-05-03',
    grants: [],
  };
  // The price is the one paid, whatever the offer costs.
  expect(tellOne({ type: 'purchase', data })).toMatchObject({
    kind: 'purchase',
    offer: { name: 'Yearly pass' },
    price: { amount: 3900, currency: 'EUR' },
    passUntil: '2027-05-03',
    sums: [],
  });
});

test('units in advance', () => {
  const grants = [grant('ten', 100)];
  const data = { program: 'club', version: 1, offer: 'ten', price: 2500, currency: 'EUR', grants };
  expect(tellOne({ type: 'purchase', data })).toMatchObject({
    offer: { name: 'Ten in advance', units: 100 },
    sums: [{ units: 100, rules: ['ten'] }],
    passUntil: undefined,
  });
});

test('a friend who was brought', () => {
  const data = { friend: 'member-9', visit: 'event-8', grants: [grant('friend', 50)] };
  expect(tellOne({ type: 'referral', data })).toMatchObject({
    kind: 'referral',
    friend: 'member-9',
    sums: [{ units: 50, rules: ['friend'] }],
  });
});

test('points of the member’s own choice: those that were used, not the fewest', () => {
  const data = { program: 'club', version: 1, reward: 'off', cost: 150, amount: 150 };
  expect(tellOne({ type: 'redemption', data })).toMatchObject({
    reward: { name: 'Money off' },
    cost: 150,
    worth: { amount: 150, currency: 'EUR' },
    charity: undefined,
  });
});

test('a donation: how much and to whom', () => {
  const data = {
    program: 'club',
    version: 1,
    reward: 'boats',
    cost: 200,
    amount: 200,
    charity: 'Lifeboats',
  };
  expect(tellOne({ type: 'redemption', data })).toMatchObject({
    cost: 200,
    worth: { amount: 200, currency: 'EUR' },
    charity: 'Lifeboats',
  });
});

test('a birthday gift: of which year', () => {
  const data = { program: 'club', version: 1, reward: 'cake', cost: 0, birthdayYear: 2026 };
  expect(tellOne({ type: 'redemption', data })).toMatchObject({
    reward: { name: 'Birthday cake' },
    cost: 0,
    birthdayYear: 2026,
  });
});
