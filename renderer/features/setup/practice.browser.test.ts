import { afterEach, expect, test } from 'vitest';
import expected from '#resources/sample/expected.json';
import sample from '#resources/sample/members-5000.csv?raw';
import { ManualClock } from '#tests/fakes/manual-clock.ts';
import { lookAtDays } from '#renderer/data/day/look-at-days.ts';
import { givingWay } from '#renderer/data/give-way.ts';
import { openDatabase, type Database } from '#renderer/data/database.ts';
import { createImportDesk } from '#renderer/data/import/import-desk.ts';
import { openLedger } from '#renderer/data/ledger.ts';
import { digestProjections, rebuildProjections } from '#renderer/data/rebuild.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { balanceOf, findProgramState, type MemberState } from '#shared/domain/member-state.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { makePracticePrograms } from './practice-programs.ts';
import { PRACTICE_PEOPLE } from './practice-visits.ts';
import { createPracticeCommands } from './practice.commands.ts';

const opened: Database[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.delete();
});

const ids = createRandomIds();

async function startPractice(name = `test-${crypto.randomUUID()}`) {
  const result = await openDatabase(name);
  if (!result.ok) throw new Error('the store did not open');
  const database = result.value;
  opened.push(database);
  const identity = await ensureTillIdentity(database, ids);
  const ledger = await openLedger({ database, clock: new ManualClock(), ids, identity });
  const imports = createImportDesk(database.name);
  const i18n = await createI18n('en');
  const words = { rules: i18n.getFixedT('en', 'rules'), import: i18n.getFixedT('en', 'import') };
  const programIds = {
    coffee: ids.programId(),
    club: ids.programId(),
    pass: ids.programId(),
    lunch: ids.programId(),
  };
  return {
    database,
    commands: createPracticeCommands({ database, ledger, imports, ids, staff: () => UNASSIGNED_STAFF }),
    wanted: makePracticePrograms(words, programIds),
    programIds,
  };
}

/** What one member has, where they have something. */
function holdingOf<Value>(
  states: ReadonlyMap<string, MemberState>,
  of: (state: MemberState) => Value | null | undefined,
): Record<string, Value> {
  return Object.fromEntries(
    [...states].flatMap(([phone, state]) => {
      const value = of(state);
      return value === null || value === undefined ? [] : [[phone, value] as const];
    }),
  );
}

test(
  'the sample moves in with stamps, points, levels and passes exactly as its maker noted',
  { timeout: 60_000 },
  async () => {
    const { database, commands, wanted, programIds } = await startPractice();
    const programs = await commands.publishAll(wanted);
    if (!programs.ok) return expect.fail(programs.error.code);
    const moved = await commands.moveIn(
      {
        file: new Blob([sample]),
        fileName: 'sample.csv',
        country: 'FR',
        language: 'en',
        today: '2026-01-05' as PlainDay,
      },
      programs.value,
    );
    expect(moved.ok).toBe(true);

    const { club, members, balances } = expected;
    const rows = await database.members.toArray();
    expect(rows).toHaveLength(members - club.refused.length);
    const cards = new Map((await database.cards.toArray()).map((state) => [state.member, state]));
    const states = new Map(
      rows.flatMap(({ id, phone }) => {
        const state = cards.get(id);
        return phone !== undefined && state ? [[phone, state] as const] : [];
      }),
    );
    const unitsIn = (program: string) => (state: MemberState) => {
      const own = findProgramState(state, program);
      return own ? balanceOf(own) : 0;
    };
    const stampsOfMembers = Object.entries(balances).filter(([phone]) => !club.refused.includes(phone));
    expect(holdingOf(states, unitsIn(programIds.coffee))).toEqual(Object.fromEntries(stampsOfMembers));
    expect(holdingOf(states, unitsIn(programIds.club))).toEqual(club.points);
    const levels = new Map(
      wanted.flatMap(({ tiers }) => tiers?.levels ?? []).map((level) => [level.id, level.name]),
    );
    const levelOf = (state: MemberState) =>
      levels.get(findProgramState(state, programIds.club)?.broughtTier?.level ?? '');
    expect(holdingOf(states, levelOf)).toEqual(club.tiers);
    const passOf = (state: MemberState) => findProgramState(state, programIds.pass)?.passUntil;
    expect(holdingOf(states, passOf)).toEqual(club.passes);

    const before = await digestProjections(database);
    await rebuildProjections(database);
    expect(await digestProjections(database)).toBe(before);
  },
);

test('cut off and begun again, every program is there once', async () => {
  const first = await startPractice();
  await first.commands.publishAll(first.wanted.slice(0, 2));
  const second = await startPractice(first.database.name);
  const published = await second.commands.publishAll(second.wanted);
  expect(published.ok && published.value.map(({ id }) => id)).toEqual([
    first.programIds.coffee,
    first.programIds.club,
    second.programIds.pass,
    second.programIds.lunch,
  ]);
  expect(await first.database.programs.count()).toBe(4);
});

test('regulars have a past: visits of weeks, rewards taken, nothing twice when begun again', async () => {
  const clock = new ManualClock();
  const { database, commands, wanted, programIds } = await startPractice();
  await commands.publishAll(wanted);
  await commands.playVisits(clock);
  const rows = await database.members.toArray();
  expect(rows.map(({ name }) => name).sort()).toEqual([...PRACTICE_PEOPLE].sort());
  const events = await database.events.toArray();
  const visits = events.filter(({ type }) => type === 'visit');
  expect(visits.length).toBeGreaterThan(300);
  expect(events.some(({ type }) => type === 'redemption')).toBe(true);
  expect(visits.every(({ wall }) => wall < clock.now())).toBe(true);
  const states = await database.cards.toArray();
  expect(states.flatMap(({ exceptions }) => exceptions)).toEqual([]);
  for (const program of [programIds.coffee, programIds.club, programIds.lunch]) {
    expect(states.some((state) => (findProgramState(state, program)?.earned ?? 0) > 0)).toBe(true);
  }

  await commands.playVisits(clock);
  expect(await database.events.count()).toBe(events.length);
  const before = await digestProjections(database);
  await rebuildProjections(database);
  expect(await digestProjections(database)).toBe(before);
});

test('the weeks before are closed, each day once: only what was worked in practice waits for a close', async () => {
  const clock = new ManualClock();
  const { database, commands, wanted } = await startPractice();
  await commands.publishAll(wanted);
  await commands.playVisits(clock);
  expect(await commands.closePast(clock)).toMatchObject({ ok: true });
  const look = () =>
    givingWay((parts) => lookAtDays({ database, ...parts }, { today: '2026-01-05' as PlainDay }));
  const { plan, closed } = await look();
  expect(plan).toMatchObject({ forgotten: [], late: [], today: { day: '2026-01-05', closes: 0 } });
  expect(closed[0]).toMatchObject({ day: '2026-01-04', supplement: 0 });
  const count = await database.events.count();
  expect(await commands.closePast(clock)).toMatchObject({ ok: true });
  expect(await database.events.count()).toBe(count);
});
