import type { MemberState } from '#shared/domain/member-state.ts';
import { readPerson } from '../aliases.ts';
import type { Database } from '../database.ts';
import { answerOf } from '../native.ts';
import { withPlaces } from '../place-runs.ts';
import type { EventRow, MetaRow } from '../rows.ts';
import type { SpaceGuard } from '../space-guard.ts';
import { readMarks } from '../sync-marks.ts';
import { countUnsentProfiles } from './all-profiles.ts';
import type { StepRunner } from './store-steps.ts';
import type { SyncStore } from './sync-store.ts';

type StoreStatus = Pick<
  SyncStore,
  'countUnsent' | 'countUnsentProfiles' | 'readRedemption' | 'lastContactAt' | 'keepContact'
>;

const CONTACT_KEY = 'lastContact';

/** What a screen or a cashier asks of the store; nothing of it decides anything. */
export function createStoreStatus(deps: {
  readonly database: Database;
  readonly read: StepRunner['read'];
  /** How many events of the queue there are, and the first of them. */
  readonly countQueue: (
    transaction: IDBTransaction,
  ) => Promise<{ readonly count: number; readonly first: EventRow | undefined }>;
  readonly guard: SpaceGuard | undefined;
}): StoreStatus {
  const { database, read, countQueue, guard } = deps;
  return {
    countUnsent: () =>
      read(async (transaction) => {
        const { count, first } = await countQueue(transaction);
        return { events: count, oldestAt: first?.wall ?? null };
      }),
    countUnsentProfiles: () => read(countUnsentProfiles),
    readRedemption: (redemption, member) =>
      read(async (transaction) => {
        const index = transaction.objectStore('events').index('id');
        const [row, { canonical }] = await Promise.all([
          answerOf(index.get(redemption) as IDBRequest<EventRow | undefined>),
          readPerson(transaction, member),
        ]);
        const cards = transaction.objectStore('cards');
        const state = await answerOf(cards.get(canonical) as IDBRequest<MemberState | undefined>);
        const [placed] = await withPlaces(transaction, row ? [row] : []);
        const { setAside } = await readMarks(transaction);
        const isSetAside = setAside.some(({ id, n }) => id === redemption && n !== null);
        return { g: placed?.g ?? null, isSetAside, state };
      }),
    lastContactAt: async () => {
      const row = await database.meta.get(CONTACT_KEY);
      return typeof row?.value === 'number' ? row.value : null;
    },
    keepContact: async (atMs) => {
      // Not worth a failure: on a full disk it is known until the window closes.
      if (guard && !(await guard.ensure())) return;
      await database.meta.put({ key: CONTACT_KEY, value: atMs } satisfies MetaRow);
    },
  };
}
