import type { MemberId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import type { AlarmRow } from './rows.ts';
import { requireRoom, type SpaceGuard } from './space-guard.ts';

/** What a manager has to look at, whoever found it: sync, or the fold when two tills met. One list for every screen. */

export type StoredAlarm = AlarmRow & {
  readonly id: number;
  /** Whose card it is about; empty where the member has no name. */
  readonly member?: { readonly id: MemberId; readonly name: string };
};

/** What no manager has seen yet and still stands, the newest first, and how many there are. */
export async function listUnseenAlarms(
  database: Database,
  limit: number,
): Promise<{ readonly alarms: readonly StoredAlarm[]; readonly total: number }> {
  const unseen = await database.alarms.filter(({ isSeen }) => isSeen !== true).toArray();
  const members = await findOverdrawn(database, unseen);
  const alarms = unseen.flatMap((row): StoredAlarm[] => {
    const { id, code, about } = row;
    if (id === undefined) return [];
    if (code !== 'excess-redemption') return [{ ...row, id }];
    const member = members.get(about);
    return member ? [{ ...row, id, member }] : [];
  });
  return { alarms: alarms.sort((a, b) => b.id - a.id).slice(0, limit), total: alarms.length };
}

export const countUnseenAlarms = async (database: Database): Promise<number> =>
  (await listUnseenAlarms(database, 0)).total;

/** By redemption, whose card still does not pay for it: one that was taken back meanwhile is nobody's concern. */
async function findOverdrawn(
  database: Database,
  alarms: readonly AlarmRow[],
): Promise<ReadonlyMap<string, NonNullable<StoredAlarm['member']>>> {
  const ids = alarms.flatMap(({ code, about }) => (code === 'excess-redemption' ? [about] : []));
  if (ids.length === 0) return new Map();
  const events = await database.events.where('id').anyOf(ids).toArray();
  const holders = events.map(({ member }) => member ?? ('' as MemberId));
  const aliases = await database.aliases.bulkGet(holders);
  const people = holders.map((member, place) => aliases[place]?.canonical ?? member);
  const [cards, rows] = await Promise.all([database.cards.bulkGet(people), database.members.bulkGet(people)]);
  return new Map(
    events.flatMap((event, place) => {
      const card = cards[place];
      const stands = card?.exceptions.some(
        (exception) => exception.event === event.id && exception.kind === 'excess-redemption',
      );
      return card && stands ? [[event.id, { id: card.member, name: rows[place]?.name ?? '' }] as const] : [];
    }),
  );
}

/**
 * A note of this till, not part of the ledger. One that was raised again meanwhile is another row or stays seen.
 * @throws DOMException QuotaExceededError when there is no room, before anything is written.
 */
export async function markAlarmsSeen(
  database: Database,
  ids: readonly number[],
  guard?: SpaceGuard,
): Promise<void> {
  await requireRoom(guard);
  await database.alarms.where('id').anyOf(ids).modify({ isSeen: true });
}
