import { endPast } from '#renderer/data/rebuild.ts';
import { isLedgerEmpty, joinShop } from '#renderer/data/till-identity.ts';
import type { Store } from '#renderer/data/store.ts';
import { APP_VERSION } from '#renderer/platform/app-version.ts';
import type { EndpointLink } from '#renderer/platform/endpoint-link.ts';
import { randomBytes } from '#renderer/platform/random-bytes.ts';
import type { Clock, Ids, Log } from '#shared/lib/ports.ts';
import { createSyncDesk } from './create-sync-desk.ts';
import { mergeAfterPull } from './merge-after-pull.ts';
import type { SyncDesk } from './sync-desk.ts';
import type { SyncWorker } from './window-side.ts';

/** The desk of this window's store, with real timers and a real worker. */
export function openSync(request: {
  readonly store: Pick<Store, 'database' | 'ledger' | 'identity' | 'isPractice' | 'guard'>;
  readonly link: EndpointLink;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly reload: () => Promise<void>;
  /** Of the app; tests have one of their own. */
  readonly app?: string;
}): SyncDesk {
  const { store, ids, app = APP_VERSION, ...rest } = request;
  const { database, ledger, identity, isPractice, guard } = store;
  return createSyncDesk({
    ...rest,
    databaseName: database.name,
    identity,
    isPractice,
    app,
    newId: () => ids.eventId(),
    randomBytes,
    isLedgerEmpty: () => isLedgerEmpty(database),
    joinShop: (shop) => joinShop(database, shop, guard),
    timers: { after },
    startWorker,
    endPast: () => endPast(database, guard),
    afterPull: (members) => mergeAfterPull({ database, ledger, ids }, members),
  });
}

function after(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

function startWorker(): SyncWorker {
  return new Worker(new URL('./sync.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sync',
  });
}
