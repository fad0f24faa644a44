import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  createMemberBenches,
  enrolMember,
  place,
  showMembers,
  type MemberBench,
} from '#tests/fakes/member-screens.tsx';
import { PER_EURO, PLAIN_PROGRAM } from '#tests/fakes/program-parts.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, type EventDraft } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';

const { open, close } = createMemberBenches();
afterEach(close);

const DAY_MS = 24 * 60 * 60 * 1000;

/** Points with everything that hangs on them. */
const CLUB: ProgramDefinition = {
  ...PLAIN_PROGRAM,
  id: 'club',
  name: 'Bean club',
  unit: { kind: 'points', icon: 'bean' },
  earn: [
    PER_EURO,
    { kind: 'action', id: 'cup', name: 'Returned a cup', units: 5, perDay: 3 },
    { kind: 'referral', id: 'friend', units: 50, friendUnits: 25, cap: null },
  ],
  rewards: [
    { kind: 'chosen-points', id: 'off', at: 50, name: 'Money off', step: 50, amount: 100 },
    { kind: 'donation', id: 'boats', at: 200, name: 'For the boats', amount: 200, charity: 'Lifeboats' },
    { kind: 'free-item', id: 'bag', at: 500, name: 'A bag of beans' },
    {
      kind: 'free-item',
      id: 'cake',
      at: 0,
      name: 'Birthday cake',
      birthday: { daysBefore: 7, daysAfter: 7 },
    },
  ],
  expiry: { kind: 'after-months', months: 12 },
  promotions: [
    {
      kind: 'multiplier',
      id: 'double',
      name: 'double Monday',
      percent: 200,
      window: { weekdays: [1], from: null, until: null, firstDay: null, lastDay: null },
    },
  ],
  tiers: {
    by: 'spend',
    levels: [
      { id: 'silver', name: 'Silver', from: 5_000, percent: 100, note: '' },
      { id: 'gold', name: 'Gold', from: 20_000, percent: 150, note: 'Offer the good cups' },
    ],
  },
  offers: [{ kind: 'pass', id: 'pass', name: 'Yearly pass', price: 4900, months: 12 }],
  badges: [
    { kind: 'visits', id: 'two', name: 'Second visit', icon: 'star', visits: 2 },
    { kind: 'streak', id: 'weeks', name: 'Regular', icon: 'heart', weeks: 4 },
    { kind: 'donation', id: 'first', name: 'Big heart', icon: 'flower' },
  ],
  charity: { name: 'Lifeboats', basisPoints: 100, rounding: 'down' },
};

type Draft = {
  [Type in EventDraft['type']]: Pick<EventDraft & { type: Type }, 'type' | 'data'>;
}[EventDraft['type']];

/** As the counter would write it; what it decides is tested there. */
async function append(bench: MemberBench, draft: Draft, member?: MemberId): Promise<void> {
  const id = bench.ids.eventId();
  const base = { id, staff: UNASSIGNED_STAFF, ...(member === undefined ? {} : { member }) };
  const appended = await bench.ledger.append({
    id,
    ...(member === undefined ? {} : { member }),
    decide: () => ok({ draft: { ...base, ...draft } }),
  });
  expect(appended.ok).toBe(true);
}

const grant = (rule: string, units: number) => ({ program: 'club', version: 1, rule, units });

/** A member of both programs who has done everything there is to do. */
async function enrolRegular(bench: MemberBench): Promise<MemberId> {
  await append(bench, { type: 'program', data: { program: CLUB } });
  const member = await enrolMember(bench, '+33698765432', 'Zoë', 5);
  const friend = await enrolMember(bench, '+33612345678', 'Anna');
  const visit = (amount: number, rules: readonly [string, number][]): Draft => ({
    type: 'visit',
    data: {
      count: 1,
      grants: rules.map(([rule, units]) => grant(rule, units)),
      sale: { amount, lines: [{ item: 'Latte', category: 'Coffee', count: 2 }], type: null },
      donations: [{ program: 'club', version: 1, charity: 'Lifeboats', amount: amount / 100 }],
    },
  });
  await append(
    bench,
    visit(4500, [
      ['amount', 45],
      ['double', 45],
    ]),
    member,
  );
  bench.clock.advance(7 * DAY_MS);
  await append(bench, visit(20_000, [['amount', 200]]), member);
  await append(
    bench,
    { type: 'action', data: { program: 'club', version: 1, action: 'cup', grants: [grant('cup', 5)] } },
    member,
  );
  await append(
    bench,
    {
      type: 'purchase',
      data: {
        program: 'club',
        version: 1,
        offer: 'pass',
        price: 4900,
        currency: 'EUR',
        passUntil: '2027-01-11',
        grants: [],
      },
    },
    member,
  );
  await append(
    bench,
    { type: 'referral', data: { friend, visit: 'event-of-anna', grants: [grant('friend', 50)] } },
    member,
  );
  const donated = {
    program: 'club',
    version: 1,
    reward: 'boats',
    cost: 200,
    amount: 200,
    charity: 'Lifeboats',
  };
  await append(bench, { type: 'redemption', data: donated }, member);
  return member;
}

const region = (name: string) => page.getByRole('region', { name, exact: true });
const entries = () => [...document.querySelectorAll('ol > li')].map((entry) => entry.textContent);

describe('a member of several programs', () => {
  test('sees the balance of each, the way to the next reward, the level, the pass and the badges', async () => {
    const bench = await open();
    const member = await enrolRegular(bench);
    await showMembers(bench, `/members/${member}`);
    await expect.element(region('Coffee card').getByText('5 of 10')).toBeVisible();
    const club = region('Bean club');
    await expect.element(club.getByText('145 points', { exact: true })).toBeVisible();
    await expect.element(club.getByText('55 points to For the boats')).toBeVisible();
    await expect.element(club.getByText(/^Gold until 31 December 2027/)).toBeVisible();
    await expect.element(club.getByText('Offer the good cups')).toBeVisible();
    await expect.element(club.getByText(/^Pass valid until/)).toBeVisible();
    await expect.element(club.getByText('Second visit')).toBeVisible();
    await expect.element(club.getByText('Regular: 2 of 4 weeks in a row')).toBeVisible();
    await expect.element(club.getByText('2 weeks in a row', { exact: true })).toBeVisible();
    await expect.element(club.getByText('Birthday gift: no birthday is known')).toBeVisible();
    await expect.element(region('Ready to take').getByText(/^Money off/)).toBeVisible();
    await expect.element(region('Ready to take').getByText('50 to 100 points')).toBeVisible();
    await expect.element(region('Given to charity').getByText('€4.45')).toBeVisible();
  });

  test('below the highest level sees how far it is to the next one', async () => {
    const bench = await open();
    await append(bench, { type: 'program', data: { program: CLUB } });
    const member = await enrolMember(bench, '+33698765432', 'Zoë');
    const sale = { amount: 8000, lines: [], type: null };
    await append(bench, { type: 'visit', data: { count: 1, grants: [grant('amount', 80)], sale } }, member);
    await showMembers(bench, `/members/${member}`);
    const club = region('Bean club');
    await expect.element(club.getByText(/^Silver until/)).toBeVisible();
    const way = club.getByRole('progressbar', { name: '€120 more this year to Gold' });
    await expect.element(way).toHaveAttribute('aria-valuenow', '8000');
  });

  test('reads in the history what each rule gave, and everything else by name', async () => {
    const bench = await open();
    const member = await enrolRegular(bench);
    await showMembers(bench, `/members/${member}`);
    await expect.element(page.getByText('7 entries')).toBeVisible();
    await expect.poll(() => entries().at(-2)).toContain('+90 points: amount, double Monday · Bean club');
    expect(entries().at(-2)).toContain('Paid €45.00 · 2 × Latte');
    expect(entries().at(-2)).toContain('€0.45 to Lifeboats');
    await expect
      .poll(() => entries().join('\n'))
      .toContain('Brought a friend+50 points · Bean clubFriend: Anna');
    const told = entries().join('\n');
    expect(told).toContain('Reached Gold · Bean club');
    expect(told).toContain('Returned a cup+5 points · Bean club');
    expect(told).toContain('Bought: Yearly passPaid €49.00Pass valid until');
    expect(told).toContain('Reward given: For the boats−200 points · Bean club€2.00 to Lifeboats');
  });

  test('leads to the friend who was brought', async () => {
    const bench = await open();
    const member = await enrolRegular(bench);
    await showMembers(bench, `/members/${member}`);
    await region('Friends').getByRole('link', { name: 'Anna' }).click();
    await expect.element(place()).not.toHaveTextContent(member);
    await expect.element(page.getByRole('heading', { name: 'Anna' })).toBeInTheDocument();
  });

  test('sees points that are about to expire', async () => {
    const bench = await open();
    const member = await enrolRegular(bench);
    bench.clock.advance(350 * DAY_MS);
    await showMembers(bench, `/members/${member}`);
    await expect.element(region('Bean club').getByText(/^145 points expire in/)).toBeVisible();
  });

  test('units that expired since the last visit are entries of their own', async () => {
    const bench = await open();
    const member = await enrolRegular(bench);
    bench.clock.advance(2 * 366 * DAY_MS);
    await showMembers(bench, `/members/${member}`);
    await expect.poll(() => entries().join('\n')).toContain('145 points expired · Bean club');
    expect(entries().join('\n')).toContain('No longer Gold · Bean club');
    await expect.element(region('Bean club').getByText('0 points', { exact: true })).toBeVisible();
  });

  test('has points corrected beyond what stamps allow', async () => {
    const bench = await open();
    const member = await enrolRegular(bench);
    await showMembers(bench, `/members/${member}`);
    await region('Bean club').getByRole('button', { name: 'Correct points' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Correct points' })).toBeVisible();
    await page.getByRole('textbox', { name: 'How many' }).fill('2000');
    await page.getByRole('textbox', { name: 'Reason' }).fill('From the old list');
    await expect.element(page.getByText('Now 145 points, then 2,145 points')).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.element(region('Bean club').getByText('2,145 points', { exact: true })).toBeVisible();
    await expect.element(page.getByText('Enough for every reward')).toBeVisible();
  });

  test('finds all of it in the copy, and nobody else by name', async () => {
    const bench = await open();
    const member = await enrolRegular(bench);
    await showMembers(bench, `/members/${member}`);
    await page.getByRole('button', { name: 'Save as a file' }).click();
    await expect.element(page.getByText('Saved in Documents')).toBeVisible();
    const text = String(bench.saved[0]?.contents);
    const copy = JSON.parse(text) as { cards: object[]; donations: object[]; member: object };
    expect(copy.member).toMatchObject({ friendsBrought: 1, weeksInARow: { weeks: 2 } });
    expect(copy.donations).toEqual([{ charity: 'Lifeboats', amount: 445, currency: 'EUR' }]);
    expect(copy.cards).toMatchObject([
      {
        name: 'Bean club',
        balance: 145,
        tier: { level: 'Gold' },
        passUntil: '2027-01-11',
        badges: ['Second visit', 'Big heart'],
      },
      { name: 'Coffee card', balance: 5 },
    ]);
    expect(text).not.toContain('Anna');
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await expect.element(page.getByText('Copied')).toBeVisible();
    expect(bench.copied[0]).toContain('Bean club: 145 points');
    expect(bench.copied[0]).toContain('Lifeboats: €4.45');
    expect(bench.copied[0]).not.toContain('Anna');
  });

  test('is in the list with stamps and points beside each other, and found among those who can take something', async () => {
    const bench = await open();
    await enrolRegular(bench);
    await showMembers(bench, '/members?show=ready');
    await expect.element(page.getByText('1 member shown')).toBeVisible();
    await expect.element(page.getByRole('option', { name: /Zoë/ }).getByText('5 stamps')).toBeVisible();
    await expect.element(page.getByText('145 points')).toBeVisible();
    await expect.element(page.getByText('Enough for a reward')).toBeVisible();
  });
});

describe('a birthday', () => {
  async function setBirthday(day: string, year: string) {
    await page.getByRole('button', { name: 'Change the birthday' }).click();
    await page.getByRole('textbox', { name: 'Day' }).fill(day);
    await page.getByRole('button', { name: /Month/ }).click();
    await page.getByRole('option', { name: 'February' }).click();
    await page.getByRole('textbox', { name: 'Year' }).fill(year);
    await userEvent.keyboard('{Enter}');
  }

  test('in the future is refused and says so', async () => {
    const bench = await open();
    const member = await enrolMember(bench, '+33698765432', 'Zoë');
    await showMembers(bench, `/members/${member}`);
    await setBirthday('28', '2026');
    await expect.element(page.getByText('A birthday can’t lie in the future.')).toBeVisible();
    expect((await bench.database.profiles.get(member))?.birthday).toBeNull();
  });

  test('on 29 February is accepted, and its gift comes on the 28th in a common year', async () => {
    const bench = await open();
    const member = await enrolRegular(bench);
    await showMembers(bench, `/members/${member}`);
    await setBirthday('29', '1992');
    await expect.poll(async () => (await bench.database.profiles.get(member))?.birthday).toBe('1992-02-29');
    await expect.element(page.getByText(/^Birthday gift: from 21 February 2026$/)).toBeVisible();
  });
});
