import Dexie, { type Table } from 'dexie';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { createConnection, type Connection } from './connection.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import type {
  AlarmRow,
  AliasRow,
  CardsRow,
  ErasedRow,
  EventRow,
  ImportRow,
  MemberRow,
  MetaRow,
  PlaceRun,
  ProfileRow,
  ProgramRow,
  SettingRow,
  StreamRow,
  TotalsRow,
  UnsentProfileRow,
} from './rows.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';
import { storageProblemOf, type StorageProblem } from './storage-problem.ts';

/**
 * Raised whenever an older app could misread or damage what this one writes. Kept in the store itself because Dexie
 * opens a newer database without a word.
 */
export const SCHEMA_EPOCH = 2;
export const REAL_DATABASE = 'tenpunch';
/** Practice has a database of its own, so it can't touch real data. */
export const PRACTICE_DATABASE = 'tenpunch-practice';

const SCHEMA_EPOCH_KEY = 'schemaEpoch';

export interface Tables {
  readonly events: Table<EventRow, number>;
  readonly streams: Table<StreamRow, string>;
  readonly profiles: Table<ProfileRow, string>;
  readonly members: Table<MemberRow, string>;
  readonly cards: Table<CardsRow, string>;
  readonly totals: Table<TotalsRow, string>;
  readonly programs: Table<ProgramRow, [string, number]>;
  readonly settings: Table<SettingRow, string>;
  readonly meta: Table<MetaRow, string>;
  readonly imports: Table<ImportRow, string>;
  readonly places: Table<PlaceRun, number>;
  readonly aliases: Table<AliasRow, string>;
  readonly unsentProfiles: Table<UnsentProfileRow, string>;
  readonly erased: Table<ErasedRow, string>;
  readonly alarms: Table<AlarmRow, number>;
}
export type TableName = keyof Tables;
export type Database = Dexie & Tables & { readonly connection: Connection };

/** Declares the versions up to `upTo`, so that a test can open the database as an old release would. */
export function declareDatabase(name: string, upTo = Number.POSITIVE_INFINITY): Database {
  const connection = createConnection();
  const dexie = new Dexie(name, {
    indexedDB: connection.factory,
    // Since Chrome 121 silence means relaxed: a power cut could take a stamp that the screen had called done.
    chromeTransactionDurability: 'strict',
    // The hot paths write natively; a cache in front of live queries would not see them.
    cache: 'disabled',
  });
  // Sticky and first: runs at every opening, and reads that wait for it fail with it.
  dexie.on('ready', (opened) => connection.check(opened), true);
  const database = Object.assign(dexie, { connection });
  for (const migration of MIGRATIONS) {
    if (migration.version > upTo) break;
    const version = database.version(migration.version).stores({ ...migration.stores });
    const { upgrade } = migration;
    if (upgrade) version.upgrade((transaction) => upgrade(transaction));
  }
  return database as Database;
}

export type OpenFailure =
  { readonly code: 'newer-data' } | { readonly code: 'storage'; readonly problem: StorageProblem };

/** Dexie stores its version times ten, and counts the last digit up when it mends a schema. */
const NATIVE_STEP = 10;

const OUR_VERSION = MIGRATIONS.at(-1)?.version ?? 0;
const versionOf = (nativeVersion: number): number => Math.floor(nativeVersion / NATIVE_STEP);

/** Whose database lies here? Asked before opening: Dexie would change a newer one to fit ours. */
async function findAge(name: string): Promise<'none' | 'older' | 'ours' | 'newer'> {
  const found = (await indexedDB.databases()).find((database) => database.name === name);
  if (found?.version === undefined) return 'none';
  const theirs = versionOf(found.version);
  if (theirs === OUR_VERSION) return 'ours';
  return theirs > OUR_VERSION ? 'newer' : 'older';
}

/** Asked at each later opening: a newer app may have upgraded while our connection was closed. */
async function isOfThisApp(database: Dexie): Promise<boolean> {
  if (versionOf(database.backendDB().version) !== OUR_VERSION) return false;
  const epoch = await (database as Database).meta.get(SCHEMA_EPOCH_KEY);
  return epoch?.value === SCHEMA_EPOCH;
}

/**
 * Opens and upgrades. `newer-data`: a newer app wrote here, and this one must not write a single row.
 *
 * @param guard asked only where opening writes: a till on a full disk can still look members up.
 */
export async function openDatabase(name: string, guard?: SpaceGuard): Promise<Result<Database, OpenFailure>> {
  const database = declareDatabase(name);
  try {
    const age = await findAge(name);
    if (age === 'newer') return err({ code: 'newer-data' });
    if (age !== 'ours') await requireRoom(guard);
    await database.open();
    const found = await database.meta.get(SCHEMA_EPOCH_KEY);
    if (typeof found?.value === 'number' && found.value > SCHEMA_EPOCH) {
      database.close();
      return err({ code: 'newer-data' });
    }
    if (found?.value !== SCHEMA_EPOCH) {
      await requireRoom(guard);
      await database.meta.put({ key: SCHEMA_EPOCH_KEY, value: SCHEMA_EPOCH });
    }
    database.connection.hold(isOfThisApp);
    return ok(database);
  } catch (error) {
    database.close();
    return err({ code: 'storage', problem: storageProblemOf(error) });
  }
}
