// The bench page: the app's data layer, built for production, and plain IndexedDB beside it on the same store.

import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { assert } from '#shared/lib/assert.ts';
import { openDatabase } from '#renderer/data/database.ts';
import { openLedger } from '#renderer/data/ledger.ts';
import { digestProjections, rebuildProjections } from '#renderer/data/rebuild.ts';
import { openStore, type Store } from '#renderer/data/store.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createSystemClock } from '#renderer/platform/system-clock.ts';
import { appendVisits } from './backlog.ts';
import { setUpShop } from './bench-store.ts';
import { foldRounds } from './fold-rounds.ts';
import { importByApp, importRounds, lookupsWhileImporting } from './import-rounds.ts';
import type { LoadRequest } from './load.worker.ts';
import { createRowMaker } from './member-rows.ts';
import type { BenchPage } from './messages.ts';
import { loadMembers } from './native-load.ts';
import { punchRounds } from './punch-rounds.ts';
import { searchRounds } from './search-rounds.ts';
import { playOnce, whatIfRounds } from './what-if-rounds.ts';

const clock = createSystemClock();
const ids = createRandomIds();
let store: Store | undefined;
let loaded = 0;
/** Joined after the load; far above any size, so that no number is used twice. */
let nextIndex = 10_000_000;

const longTasks: number[] = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ type: 'longtask', buffered: true });

function opened(): Store {
  assert(store, 'open() comes first');
  return store;
}

const importDeps = () => ({
  store: opened(),
  native: opened().database.backendDB(),
  takeIndexes: (count: number) => Array.from({ length: count }, () => nextIndex++),
});

const SAMPLE_SIZE = 2000;

const bench: BenchPage = {
  open: async () => {
    const result = await openStore({ isPractice: false, clock, ids });
    assert(result.ok, 'the store opens');
    store = result.value;
    await setUpShop(store.ledger);
    await store.refreshRegion();
    nextIndex = 10_000_000 + (await store.database.members.count());
  },

  load: async (size) => {
    const { database, identity, ledger } = opened();
    loaded = await database.members.count();
    const worker = new Worker(new URL('./load.worker.ts', import.meta.url), { type: 'module' });
    const request: LoadRequest = {
      database: database.name,
      from: loaded,
      to: size,
      stream: ids.streamId(),
      identity,
      programs: [...ledger.programs().values()].flat(),
    };
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
      worker.addEventListener('message', ({ data }: MessageEvent<number | 'done'>) => {
        if (data === 'done') resolve();
        else loaded = data;
      });
      worker.postMessage(request, []);
    });
    worker.terminate();
  },

  addVisits: (count) => appendVisits(opened(), count),

  loaded: () => loaded,

  isLoadFaithful: async () => {
    const result = await openDatabase('bench-sample');
    assert(result.ok, 'the sample store opens');
    const database = result.value;
    const identity = await ensureTillIdentity(database, ids);
    const ledger = await openLedger({ database, clock, ids, identity });
    await setUpShop(ledger);
    const maker = createRowMaker({
      head: { stream: ids.streamId(), seq: 0, link: '' },
      identity,
      programs: ledger.programs(),
    });
    const range = { from: 0, to: SAMPLE_SIZE };
    await loadMembers(database.backendDB(), maker, range, () => undefined);
    const before = await digestProjections(database);
    await rebuildProjections(database);
    const after = await digestProjections(database);
    await database.delete();
    return before === after;
  },

  search: (request) => {
    const { database, search } = opened();
    return searchRounds({ native: database.backendDB(), search }, request);
  },

  punch: (request) => {
    const { database, ledger } = opened();
    const commands = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
    return punchRounds({ store: opened(), native: database.backendDB(), commands }, request);
  },

  fold: (request) => foldRounds(opened(), request),

  importMembers: (request) => importRounds(importDeps(), request),

  lookupsWhileImporting: (request) => {
    const deps = importDeps();
    const importMembers = (count: number) => importByApp(deps, count);
    return lookupsWhileImporting({ ...deps, importMembers }, request);
  },

  whatIf: (request) => whatIfRounds(opened(), request),
  playOnce: () => playOnce(opened()),

  takeLongTasks: () => longTasks.splice(0),
};

Object.assign(window, { bench });
