import { describe, expect, test } from 'vitest';
import { depsOf, expectRebuildIsEqual, importAll, requestFor, toTheEnd } from '#tests/fakes/import-bench.ts';
import type { TestStore } from '#tests/fakes/test-store.ts';
import { deletedStores } from '#tests/fakes/test-stores.ts';
import type { ColumnRole } from '#shared/domain/import/columns.ts';
import { balanceOf, findProgramState, type MemberState } from '#shared/domain/member-state.ts';
import { makePreset } from '#shared/domain/presets.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber, PlainDay, ProgramId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { tierOn } from '#shared/domain/tier.ts';
import { checkImport } from './check-import.ts';
import type { ImportRequest } from './import-job.ts';
import { undoImport } from './undo-import.commands.ts';

const openStore = deletedStores();

const CLUB = makePreset({
  key: 'tiers',
  id: 'club' as ProgramId,
  currency: 'EUR',
  names: {
    name: 'Club',
    bronze: 'Bronze',
    silver: 'Argent',
    gold: 'Or',
    drink: 'Boisson',
    moneyOff: 'Remise',
    donation: 'Don',
    charity: 'Banque alimentaire',
    birthdayGift: 'Cadeau',
  },
});
const PASS = makePreset({
  key: 'pass',
  id: 'pass' as ProgramId,
  currency: 'EUR',
  names: {
    name: 'Pass',
    one: 'café',
    other: 'cafés',
    pass: 'Pass du mois',
    prepaid: 'Dix cafés',
    discount: '10 %',
    prepaidReward: 'Un café',
  },
});

/** A shop with a card of stamps, points with levels, and a pass. */
async function open(): Promise<TestStore> {
  const store = await openStore();
  for (const program of [CLUB, PASS]) {
    const id = store.ids.eventId();
    const published = await store.ledger.append({
      id,
      decide: () => ok({ draft: { id, type: 'program', staff: UNASSIGNED_STAFF, data: { program } } }),
    });
    expect(published.ok).toBe(true);
  }
  return store;
}

const COLUMNS: readonly ColumnRole[] = [
  { kind: 'phone' },
  { kind: 'balance', program: 'coffee' },
  { kind: 'balance', program: 'club' },
  { kind: 'tier', program: 'club' },
  { kind: 'pass', program: 'pass' },
  { kind: 'balance', program: 'pass' },
];

const request = (rows: string, change: Partial<ImportRequest> = {}): ImportRequest =>
  requestFor(rows, { hasHeader: false, columns: COLUMNS, ...change });

const today = (store: TestStore): PlainDay =>
  new Date(store.clock.now()).toISOString().slice(0, 10) as PlainDay;
const yearOf = (store: TestStore): number => Number(today(store).slice(0, 4));

async function stateOf(store: TestStore, phone: string): Promise<MemberState> {
  const [row] = await store.search.listHolders([phone as PhoneNumber]);
  const state = row && (await store.database.cards.get(row.id));
  if (!state) throw new Error(`nobody has ${phone}`);
  return state;
}

function holdings(state: MemberState) {
  return Object.fromEntries(state.programs.map((program) => [program.program, balanceOf(program)]));
}

/** Anna, who has nothing yet. */
async function enrolAnna(store: TestStore): Promise<MemberId> {
  await importAll(store, request('0639980001;;;;;\n'));
  return (await stateOf(store, ANNA)).member;
}

const ANNA = '+33639980001';

describe('a row of several programs', () => {
  test('is one event with every balance, level and pass, and a rebuild gives equal bytes', async () => {
    const store = await open();
    const until = `${yearOf(store) + 1}-05-31`;
    await importAll(store, request(`0639980001;23;1 250;OR;${until};4\n0639980002;;;;;\n`));
    const state = await stateOf(store, ANNA);
    expect(holdings(state)).toEqual({ club: 1250, coffee: 23, pass: 4 });
    expect(findProgramState(state, 'coffee')?.cards.map(({ stamps }) => stamps)).toEqual([10, 10, 3]);
    expect(findProgramState(state, 'pass')?.passUntil).toBe(until);
    expect(tierOn(state, CLUB, today(store))).toMatchObject({
      level: { id: 'gold' },
      until: `${yearOf(store) + 1}-12-31`,
      after: null,
      total: 0,
    });
    const events = await store.database.events.where('member').equals(state.member).toArray();
    expect(events).toHaveLength(1);
    expect(events).toMatchObject([
      {
        type: 'enrolment',
        data: {
          by: 'import',
          visit: 0,
          grants: [
            { program: 'coffee', rule: 'opening', units: 23 },
            { program: 'club', rule: 'opening', units: 1250 },
            { program: 'pass', rule: 'opening', units: 4 },
          ],
          standings: [
            { program: 'club', tier: { level: 'gold', until: yearOf(store) + 1 } },
            { program: 'pass', passUntil: until },
          ],
        },
      },
    ]);
    await expectRebuildIsEqual(store);
  });

  test('ten digits of points are counted to the last one', async () => {
    const store = await open();
    await importAll(store, request('0639980001;;9999999999;;;\n'));
    expect(holdings(await stateOf(store, ANNA))).toEqual({ club: 9_999_999_999 });
  });

  test('imported points are no achievement of this year, and lapse by the program’s own rule', async () => {
    const store = await open();
    await importAll(store, request('0639980001;;60000;;;\n'));
    const state = await stateOf(store, ANNA);
    expect(tierOn(state, CLUB, today(store))).toMatchObject({ level: null, total: 0 });
    expect(findProgramState(state, 'club')?.lots).toMatchObject([{ units: 60_000, renewsMonths: 12 }]);
  });

  test('a pass that has ended is taken over with its date', async () => {
    const store = await open();
    await importAll(store, request('0639980001;;;;31/12/2019;\n'));
    expect(findProgramState(await stateOf(store, ANNA), 'pass')?.passUntil).toBe('2019-12-31');
  });

  test('with one cell that can’t be read is left out whole, with its line and what could be said', async () => {
    const store = await open();
    const rows = [
      '0639980001;3;12,5;;;',
      '0639980002;3;;Platine;;',
      '0639980003;3;;;soon;',
      '0639980004;3;-1;;;',
    ];
    const { reports, enrolled } = await importAll(store, request(`${rows.join('\n')}\n`));
    expect(enrolled).toBe(0);
    expect(reports).toMatchObject([
      { line: 1, code: 'points-fraction', text: '12,5' },
      { line: 2, code: 'tier-unknown', text: 'Platine', choices: ['Bronze', 'Argent', 'Or'] },
      { line: 3, code: 'pass-not-a-date' },
      { line: 4, code: 'points-negative' },
    ]);
    expect(await store.database.members.count()).toBe(0);
  });
});

describe('members who are already here', () => {
  test('are left alone, or get all of it in one opening event', async () => {
    const store = await open();
    const member = await enrolAnna(store);
    const until = `${yearOf(store) + 1}-05-31`;
    const rows = `0639980001;3;100;argent;${until};\n`;
    expect(await importAll(store, request(rows))).toMatchObject({ credited: 0 });
    expect(holdings(await stateOf(store, ANNA))).toEqual({});
    expect(await importAll(store, request(rows, { existing: 'add' }))).toMatchObject({ credited: 1 });
    const openings = await store.database.events.filter(({ type }) => type === 'opening').toArray();
    expect(openings).toHaveLength(1);
    expect(openings).toMatchObject([{ member, data: { standings: [{}, {}] } }]);
    const state = await stateOf(store, ANNA);
    expect(holdings(state)).toEqual({ club: 100, coffee: 3, pass: 0 });
    expect(tierOn(state, CLUB, today(store))?.level?.id).toBe('silver');
    await expectRebuildIsEqual(store);
  });

  test('get a level or a pass alone, too; a shorter pass takes nothing away', async () => {
    const store = await open();
    await enrolAnna(store);
    const longer = `${yearOf(store) + 2}-01-31`;
    await importAll(store, request(`0639980001;;;or;${longer};\n`, { existing: 'add' }));
    await importAll(store, request(`0639980001;;;;${yearOf(store) + 1}-01-31;\n`, { existing: 'add' }));
    const state = await stateOf(store, ANNA);
    expect(findProgramState(state, 'pass')?.passUntil).toBe(longer);
    expect(tierOn(state, CLUB, today(store))?.level?.id).toBe('gold');
  });
});

describe('undo', () => {
  test('takes every balance, level and pass back, of new members and of those who were here', async () => {
    const store = await open();
    await enrolAnna(store);
    const until = `${yearOf(store) + 1}-05-31`;
    const rows = `0639980001;3;100;or;${until};2\n0639980002;23;100;or;${until};2\n`;
    const { id } = await importAll(store, request(rows, { existing: 'add' }));
    const undone = await undoImport(depsOf(store), id, toTheEnd());
    expect(undone).toMatchObject({ ok: true, value: { phase: 'undone', undone: 2 } });
    const state = await stateOf(store, ANNA);
    expect(state.programs).toEqual([]);
    expect(await store.database.members.count()).toBe(1);
    await expectRebuildIsEqual(store);
  });
});

test('the dry run counts stamps, points, levels and passes of each program, and writes nothing', async () => {
  const store = await open();
  await enrolAnna(store);
  const next = yearOf(store) + 1;
  const rows = [
    `0639980001;5;50;or;${next}-05-31;`,
    `0639980002;3;1 000;or;${next}-05-31;4`,
    '0639980003;2;;argent;31/12/2019;',
    '0639980004;;x;;;',
  ];
  const before = await store.database.events.count();
  const check = await checkImport(store, request(`${rows.join('\n')}\n`));
  expect(check.counts).toMatchObject({ fresh: 2, known: 1, problems: 1 });
  expect(check.fresh).toEqual([
    { program: 'coffee', units: 5, tiers: 0, passes: 0, endedPasses: 0 },
    { program: 'club', units: 1000, tiers: 2, passes: 0, endedPasses: 0 },
    { program: 'pass', units: 4, tiers: 0, passes: 1, endedPasses: 1 },
  ]);
  expect(check.known).toEqual([
    { program: 'coffee', units: 5, tiers: 0, passes: 0, endedPasses: 0 },
    { program: 'club', units: 50, tiers: 1, passes: 0, endedPasses: 0 },
    { program: 'pass', units: 0, tiers: 0, passes: 1, endedPasses: 0 },
  ]);
  expect(check.tierUntil).toBe(`${next}-12-31`);
  expect(await store.database.events.count()).toBe(before);
});
