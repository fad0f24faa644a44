import type { MemberState } from '#shared/domain/member-state.ts';
import { answerOf } from '../native.ts';
import type { EventRow } from '../rows.ts';
import { raise } from './raise.ts';

/**
 * A reward that two tills gave is found when they meet: in the transaction that finds it a manager is told, by the moment at
 * which it was given. Whether it still stands is asked when it is shown: most are taken back at once by the till itself.
 */
export async function noteExcess(
  transaction: IDBTransaction,
  states: Iterable<Pick<MemberState, 'exceptions'>>,
): Promise<void> {
  const events = transaction.objectStore('events').index('id');
  for (const { exceptions } of states) {
    for (const { kind, event } of exceptions) {
      if (kind !== 'excess-redemption') continue;
      const given = await answerOf(events.get(event) as IDBRequest<EventRow | undefined>);
      if (given) await raise({ transaction, nowMs: given.wall }, { code: kind, about: event });
    }
  }
}
