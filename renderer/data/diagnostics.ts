import { LEDGER_FORMAT } from '#shared/ledger/event.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { findComingPast } from './coming-past.ts';
import { SCHEMA_EPOCH, type Database } from './database.ts';
import type { Ledger } from './ledger-port.ts';
import { PROJECTION_VERSION } from './projection-marks.ts';
import { digestProjections, rebuildProjections, type RebuildProgress } from './rebuild.ts';
import type { TillIdentity } from './rows.ts';

/** What a report about this till may say: versions, counts and the till's own ids. Nothing of a member. */
export interface StoreFacts {
  readonly databaseName: string;
  readonly databaseVersion: number;
  readonly schemaEpoch: number;
  readonly ledgerFormat: number;
  readonly projectionVersion: number;
  readonly shop: string;
  readonly till: string;
  readonly counts: {
    readonly events: number;
    readonly streams: number;
    readonly members: number;
    readonly programVersions: number;
    readonly imports: number;
  };
}

/** Counts only: no row is read. */
export async function readStoreFacts(database: Database, identity: TillIdentity): Promise<StoreFacts> {
  const [events, streams, members, programVersions, imports] = await Promise.all([
    database.events.count(),
    database.streams.count(),
    database.members.count(),
    database.programs.count(),
    database.imports.count(),
  ]);
  return {
    databaseName: database.name,
    databaseVersion: database.verno,
    schemaEpoch: SCHEMA_EPOCH,
    ledgerFormat: LEDGER_FORMAT,
    projectionVersion: PROJECTION_VERSION,
    shop: identity.shop,
    till: identity.till,
    counts: { events, streams, members, programVersions, imports },
  };
}

/**
 * `equal`: what lay there was exactly what the ledger says. `different`: it was not, and is now.
 * `incomparable`: stamps came in from another window meanwhile.
 */
export type RebuildOutcome = 'equal' | 'different' | 'incomparable';

/** `past-coming`: this till has just joined, and what all is made from is on its way. */
export interface RebuildRefusal {
  readonly code: 'already-running' | 'past-coming';
}

/** Rebuilds one after the other would only make each other wait; the lock holds over all windows. */
const rebuildLock = (database: Database) => `${database.name}-rebuild`;

/** Makes all projections anew and says whether that changed anything. This window's stamps wait for it. */
export async function rebuildAndCompare(
  store: { readonly database: Database; readonly ledger: Ledger },
  report?: (progress: RebuildProgress) => void,
): Promise<Result<RebuildOutcome, RebuildRefusal>> {
  const { database, ledger } = store;
  return await navigator.locks.request(rebuildLock(database), { ifAvailable: true }, async (lock) => {
    if (!lock) return err({ code: 'already-running' as const });
    // The cards are ahead of the ledger, and are made anew from it when it is here.
    if (await findComingPast(database)) return err({ code: 'past-coming' as const });
    const outcome = await ledger.withStream(async () => {
      const eventsBefore = await database.events.count();
      const digestBefore = await digestProjections(database);
      await rebuildProjections(database, report);
      const digestAfter = await digestProjections(database);
      if ((await database.events.count()) !== eventsBefore) return 'incomparable';
      return digestBefore === digestAfter ? 'equal' : 'different';
    });
    await ledger.refreshPrograms();
    return ok<RebuildOutcome>(outcome);
  });
}
