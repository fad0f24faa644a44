import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '#renderer/data/database.ts';
import { openLedger } from '#renderer/data/ledger.ts';
import type { Ledger } from '#renderer/data/ledger-port.ts';
import { findShop } from '#renderer/data/shop.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { ManualClock } from '#tests/fakes/manual-clock.ts';
import { makePreset } from '#shared/domain/presets.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { createSetupCommands, type SetupCommands } from './setup.commands.ts';

const opened: Database[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.delete();
});

interface FreshTill {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly commands: SetupCommands;
  readonly regionReads: () => number;
}

const ids = createRandomIds();
const mint = () => ({ programEvent: ids.eventId(), shopEvent: ids.eventId() });
const shop = { name: 'Café Ada', country: 'TR', language: 'tr' };

/** A till nobody has set up; a second one by the same name is the next start of the app. */
async function startTill(name = `test-${crypto.randomUUID()}`): Promise<FreshTill> {
  const result = await openDatabase(name);
  if (!result.ok) throw new Error('the store did not open');
  const database = result.value;
  opened.push(database);
  const identity = await ensureTillIdentity(database, ids);
  const ledger = await openLedger({ database, clock: new ManualClock(), ids, identity });
  let reads = 0;
  const commands = createSetupCommands({
    database,
    ledger,
    staff: () => UNASSIGNED_STAFF,
    refreshRegion: async () => {
      reads += 1;
    },
  });
  return { database, ledger, commands, regionReads: () => reads };
}

function coffee(change: Partial<ProgramDefinition> = {}): ProgramDefinition {
  const names = { name: 'Coffee card', finalReward: 'Free coffee' };
  return { ...makePreset({ key: 'coffee', id: ids.programId(), names, currency: 'TRY' }), ...change };
}

/** The app is killed right before it would write an event of this type. */
function breakBefore(till: FreshTill, type: string): SetupCommands {
  const ledger: Ledger = {
    ...till.ledger,
    append: async (request) => {
      const probe = request.decide({ programs: till.ledger.programs() } as never);
      if (probe.ok && probe.value.draft.type === type) throw new Error('killed');
      return await till.ledger.append(request);
    },
  };
  return createSetupCommands({
    database: till.database,
    ledger,
    staff: () => UNASSIGNED_STAFF,
    refreshRegion: async () => undefined,
  });
}

const typesOf = async (database: Database) => (await database.events.toArray()).map(({ type }) => type);

describe('finishing the first run', () => {
  test('writes the program, then the shop, and reads the region anew', async () => {
    const till = await startTill();
    expect(await till.commands.finish({ ids: mint(), shop, program: coffee() })).toMatchObject({ ok: true });
    expect(await typesOf(till.database)).toEqual(['program', 'shop']);
    expect(await findShop(till.database)).toEqual(shop);
    expect(till.regionReads()).toBe(1);
  });

  test('a double click counts once', async () => {
    const till = await startTill();
    const request = { ids: mint(), shop, program: coffee() };
    await Promise.all([till.commands.finish(request), till.commands.finish(request)]);
    expect(await till.commands.finish(request)).toMatchObject({ ok: true });
    expect(await typesOf(till.database)).toEqual(['program', 'shop']);
  });

  test('a program that breaks a rule writes nothing', async () => {
    const till = await startTill();
    const result = await till.commands.finish({ ids: mint(), shop, program: coffee({ headStart: 10 }) });
    expect(result).toEqual({ ok: false, error: { code: 'bad-program' } });
    expect(await typesOf(till.database)).toEqual([]);
  });
});

describe('a crash between the two events', () => {
  test('the next start takes up the same program: one program, one shop', async () => {
    const first = await startTill();
    const program = coffee();
    await expect(breakBefore(first, 'shop').finish({ ids: mint(), shop, program })).rejects.toThrow('killed');
    expect(await findShop(first.database)).toBeUndefined();

    const second = await startTill(first.database.name);
    const result = await second.commands.finish({
      ids: mint(),
      shop,
      program: { ...program, id: ids.programId() },
    });
    expect(result.ok).toBe(true);
    expect(await typesOf(second.database)).toEqual(['program', 'shop']);
    expect(await second.database.programs.toArray()).toMatchObject([{ id: program.id, version: 1 }]);
  });

  test('chosen differently the second time, it becomes the next version of the same program', async () => {
    const first = await startTill();
    const program = coffee();
    await expect(breakBefore(first, 'shop').finish({ ids: mint(), shop, program })).rejects.toThrow('killed');
    const second = await startTill(first.database.name);
    await second.commands.finish({ ids: mint(), shop, program: coffee({ name: 'Tea card' }) });
    const versions = await second.database.programs.toArray();
    expect(versions.map(({ id, version, name }) => [id === program.id, version, name])).toEqual([
      [true, 1, 'Coffee card'],
      [true, 2, 'Tea card'],
    ]);
  });
});
