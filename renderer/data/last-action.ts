import { VOIDABLE_TYPES, type LedgerEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId, TillId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import type { EventRow, MemberRow } from './rows.ts';

export interface LastAction {
  readonly event: LedgerEvent;
  readonly id: EventId;
  readonly member: MemberId;
  readonly row: MemberRow | undefined;
}

/** Enough to look past notes that take nothing back, such as a changed name. */
const LOOK_BACK = 20;

/**
 * The newest thing a cashier did at this till that one key may take back. Nothing after an undo, so that pressing the
 * key twice never takes back two things. Imports have an undo of their own.
 */
export async function findLastAction(database: Database, till: TillId): Promise<LastAction | undefined> {
  const newest = await database.events.orderBy('n').reverse().limit(LOOK_BACK).toArray();
  const own = newest.find((event) => event.till === till && isAction(event));
  if (!own?.member || !VOIDABLE_TYPES.has(own.type) || isImported(own)) return undefined;
  const { n: _, ...event } = own;
  return { event, id: own.id, member: own.member, row: await database.members.get(own.member) };
}

const isAction = (event: EventRow): boolean => event.type === 'void' || VOIDABLE_TYPES.has(event.type);

const isImported = (event: EventRow): boolean =>
  typeof event.data === 'object' && event.data !== null && 'import' in event.data;
