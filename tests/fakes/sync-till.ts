import { openDatabase } from '#renderer/data/database.ts';
import { openLedger } from '#renderer/data/ledger.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { openSync } from '#renderer/sync/open-sync.ts';
import { makePreset } from '#shared/domain/presets.ts';
import { listReadyRewards } from '#shared/domain/rewards.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PhoneNumber, PlainDay, ProgramId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { ManualClock } from './manual-clock.ts';
import type { EndpointLink } from '#renderer/platform/endpoint-link.ts';

/** A window of a till: a real store, a real worker behind its desk, and a link that a test holds. */
export type SyncTill<Link extends EndpointLink = EndpointLink> = Awaited<
  ReturnType<typeof openSyncTill<Link>>
>;

export async function openSyncTill<Link extends EndpointLink>(options: {
  readonly link: Link;
  readonly app?: string;
  /** A store that is there already: another window, or a later start. */
  readonly databaseName?: string;
  readonly isPractice?: boolean;
}) {
  const { link, databaseName = `sync-${crypto.randomUUID()}`, isPractice = false } = options;
  const opened = await openDatabase(databaseName);
  if (!opened.ok) throw new Error(`the store did not open: ${opened.error.code}`);
  const database = opened.value;
  const clock = new ManualClock();
  const ids = createRandomIds();
  const identity = await ensureTillIdentity(database, ids);
  const ledger = await openLedger({ database, clock, ids, identity });
  const counter = createCounterCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF });
  const reloads: string[] = [];
  const faults: string[] = [];
  const desk = openSync({
    store: { database, ledger, identity, isPractice },
    link,
    clock,
    ids,
    log: {
      info: () => undefined,
      error: (code, details) => void faults.push(`${code} ${details?.['code']}`),
    },
    ...(options.app === undefined ? {} : { app: options.app }),
    reload: async () => void reloads.push(identity.shop),
  });

  return {
    database,
    databaseName,
    identity,
    ledger,
    ids,
    clock,
    desk,
    link,
    reloads,
    faults,

    /** A coffee card, ten stamps for a coffee. */
    async publish(): Promise<void> {
      const program = {
        ...makePreset({
          key: 'coffee',
          id: 'coffee' as ProgramId,
          names: { name: 'Coffee card', finalReward: 'Free coffee' },
          currency: 'EUR',
        }),
        headStart: 0,
        limits: { perVisit: null, perDay: null, minutesBetween: null },
      };
      const id = ids.eventId();
      const draft = { id, type: 'program' as const, staff: UNASSIGNED_STAFF, data: { program } };
      if (!(await ledger.append({ id, decide: () => ok({ draft }) })).ok) throw new Error('not published');
    },

    async enrol(phone: string, name: string): Promise<MemberId> {
      const member = ids.memberId();
      const request = { id: ids.eventId(), member, phone: phone as PhoneNumber, name, visits: 1 };
      if (!(await counter.enrol(request)).ok) throw new Error('not enrolled');
      return member;
    },

    async stamp(member: MemberId, count: number): Promise<void> {
      if (!(await counter.punch({ id: ids.eventId(), member, count })).ok) throw new Error('no stamp');
    },

    async redeem(member: MemberId): Promise<EventId> {
      const state = await database.cards.get(member);
      const day = '2026-01-05' as PlainDay;
      const [reward] = state ? listReadyRewards(state, ledger.programs(), { day, birthday: null }) : [];
      if (!reward) throw new Error('nothing to redeem');
      const id = ids.eventId();
      const redeemed = await counter.redeem({ id, member, reward });
      if (!redeemed.ok) throw new Error(`not redeemed: ${redeemed.error.code}`);
      return id;
    },
  };
}
