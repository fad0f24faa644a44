import { makePhoneRegion, isCountry, type PhoneRegion } from '#shared/domain/phone-number.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import {
  openDatabase,
  PRACTICE_DATABASE,
  REAL_DATABASE,
  type Database,
  type OpenFailure,
} from './database.ts';
import { createImportDesk, type ImportDesk } from './import/import-desk.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger-port.ts';
import { createLookupSignal } from './lookup-signal.ts';
import { createMemberSearch, type MemberSearch } from './member-search.ts';
import { needsRebuild, rebuildProjections, type RebuildProgress } from './rebuild.ts';
import type { TillIdentity } from './rows.ts';
import { findShop } from './shop.ts';
import type { SpaceGuard } from './space-guard.ts';
import { storageProblemOf } from './storage-problem.ts';
import { ensureTillIdentity } from './till-identity.ts';

/** Everything a window needs to work on one database. Built once by the composition root. */
export interface Store {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly search: MemberSearch;
  readonly imports: ImportDesk;
  readonly identity: TillIdentity;
  readonly isPractice: boolean;
  /** Asked before every write. Absent in tests: there is always room. */
  readonly guard?: SpaceGuard;
  /** How the shop's country writes numbers, as of now. */
  region(): PhoneRegion;
  /** After the shop's country has changed, here or in another window. */
  refreshRegion(): Promise<void>;
}

/** Before the owner has said where the shop is. */
const DEFAULT_COUNTRY = 'US';

/** The note beside the store that a shop was here. Nothing of it rejects. */
export interface ShopMarks {
  read(): Promise<{ readonly shop: string; readonly till: string; readonly since: number } | undefined>;
  write(mark: { readonly shop: string; readonly till: string; readonly since: number }): Promise<void>;
}

/** `lost`: this till had a shop and the browser has deleted its store. */
export type StoreFailure = OpenFailure | { readonly code: 'lost' };

export interface StoreRequest {
  readonly isPractice: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Absent (tests): there is always room. */
  readonly guard?: SpaceGuard;
  /** Absent for practice, which anybody may throw away. */
  readonly marks?: ShopMarks | undefined;
  readonly reportRebuild?: (progress: RebuildProgress) => void;
}

export async function openStore(request: StoreRequest): Promise<Result<Store, StoreFailure>> {
  const { isPractice, guard, marks } = request;
  const opened = await openDatabase(isPractice ? PRACTICE_DATABASE : REAL_DATABASE, guard);
  if (!opened.ok) return marks && (await isDeleted(opened.error, marks)) ? err({ code: 'lost' }) : opened;
  const database = opened.value;
  if (marks && (await isLost(database, marks))) {
    database.close();
    return err({ code: 'lost' });
  }
  try {
    return ok(await buildStore(database, request));
  } catch (error) {
    // Without room nothing can be rebuilt, and a half rebuilt store must not be shown.
    const problem = storageProblemOf(error);
    if (problem !== 'disk-full') throw error;
    guard?.trip();
    database.close();
    return err({ code: 'storage', problem });
  }
}

/** An empty ledger where a shop is noted. Asked before anything is written, which would make it look like a new till. */
async function isLost(database: Database, marks: ShopMarks): Promise<boolean> {
  return (await database.events.limit(1).primaryKeys()).length === 0 && (await marks.read()) !== undefined;
}

/** The very start at which Chromium finds the store damaged fails, and the store is gone when the failure arrives. */
async function isDeleted(failure: OpenFailure, marks: ShopMarks): Promise<boolean> {
  if (failure.code !== 'storage' || failure.problem !== 'broken') return false;
  const left = await indexedDB.databases().catch(() => undefined);
  if (!left || left.some(({ name }) => name === REAL_DATABASE)) return false;
  return (await marks.read()) !== undefined;
}

async function buildStore(database: Database, request: StoreRequest): Promise<Store> {
  const { isPractice, clock, ids, guard, marks, reportRebuild } = request;
  if (await needsRebuild(database, guard)) await rebuildProjections(database, reportRebuild, guard);
  const identity = await ensureTillIdentity(database, ids, guard);
  const ledger = await openLedger({ database, clock, ids, identity, guard });
  const signal = createLookupSignal();
  let region = await readRegion(database);

  /** In the background: the counter waits for no note. */
  async function noteShop(): Promise<void> {
    if (!marks || !(await findShop(database))) return;
    const known = await marks.read();
    if (known?.shop === identity.shop && known.till === identity.till) return;
    if (guard && !(await guard.ensure())) return;
    await marks.write({ ...identity, since: clock.now() });
  }
  void noteShop();

  return {
    database,
    ledger,
    search: createMemberSearch(
      database,
      () => region,
      () => {
        signal.send();
        // By the time Enter comes, it is known whether the stamp may be written.
        guard?.warm();
      },
    ),
    imports: createImportDesk(database.name),
    identity,
    isPractice,
    ...(guard ? { guard } : {}),
    region: () => region,
    refreshRegion: async () => {
      region = await readRegion(database);
      void noteShop();
    },
  };
}

async function readRegion(database: Database): Promise<PhoneRegion> {
  const country = (await findShop(database))?.country ?? DEFAULT_COUNTRY;
  return makePhoneRegion(isCountry(country) ? country : DEFAULT_COUNTRY);
}
