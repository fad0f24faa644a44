import { makePhoneRegion, isCountry, type PhoneRegion } from '#shared/domain/phone-number.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import {
  openDatabase,
  PRACTICE_DATABASE,
  REAL_DATABASE,
  type Database,
  type OpenFailure,
} from './database.ts';
import { createImportDesk, type ImportDesk } from './import/import-desk.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { createLookupSignal } from './lookup-signal.ts';
import { createMemberSearch, type MemberSearch } from './member-search.ts';
import { needsRebuild, rebuildProjections, type RebuildProgress } from './rebuild.ts';
import type { TillIdentity } from './rows.ts';
import { findShop } from './shop.ts';
import { ensureTillIdentity } from './till-identity.ts';

/** Everything a window needs to work on one database. Built once by the composition root. */
export interface Store {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly search: MemberSearch;
  readonly imports: ImportDesk;
  readonly identity: TillIdentity;
  readonly isPractice: boolean;
  /** How the shop's country writes numbers, as of now. */
  region(): PhoneRegion;
  /** After the shop's country has changed, here or in another window. */
  refreshRegion(): Promise<void>;
}

/** Before the owner has said where the shop is. */
const DEFAULT_COUNTRY = 'US';

export async function openStore(request: {
  readonly isPractice: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly reportRebuild?: (progress: RebuildProgress) => void;
}): Promise<Result<Store, OpenFailure>> {
  const { isPractice, clock, ids, reportRebuild } = request;
  const opened = await openDatabase(isPractice ? PRACTICE_DATABASE : REAL_DATABASE);
  if (!opened.ok) return opened;
  const database = opened.value;
  if (await needsRebuild(database)) await rebuildProjections(database, reportRebuild);
  const identity = await ensureTillIdentity(database, ids);
  const ledger = await openLedger({ database, clock, ids, identity });
  let region = await readRegion(database);
  return ok({
    database,
    ledger,
    search: createMemberSearch(database, () => region, createLookupSignal().send),
    imports: createImportDesk(database.name),
    identity,
    isPractice,
    region: () => region,
    refreshRegion: async () => {
      region = await readRegion(database);
    },
  });
}

async function readRegion(database: Database): Promise<PhoneRegion> {
  const country = (await findShop(database))?.country ?? DEFAULT_COUNTRY;
  return makePhoneRegion(isCountry(country) ? country : DEFAULT_COUNTRY);
}
