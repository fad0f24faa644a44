import { listActiveMerges } from '#shared/domain/merge.ts';
import { planSameNumberMerges } from '#shared/domain/merge-same-number.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { readCircle, readProfiles } from './aliases.ts';
import type { Database } from './database.ts';
import type { Ledger, StorageFailure } from './ledger-port.ts';
import { answerOf, nativeOf } from './native.ts';
import type { AliasRow } from './rows.ts';

/**
 * Two tills that were apart enrolled one number. Whichever till sees both documents merges them by itself; that several of
 * them do so changes nothing.
 *
 *   documents pulled ─► findSameNumber(database, members of these documents) ─► mergeSameNumber(…)
 */

export interface SameNumber {
  readonly member: MemberId;
  readonly other: MemberId;
}

const READ_STORES = ['events', 'places', 'profiles', 'members', 'aliases', 'meta'] as const;

/**
 * Pairs among whom a merge is due. Cheap where nobody shares a number: two keys for each member.
 * @param members whose document or enrolment has just come.
 */
export async function findSameNumber(
  database: Database,
  members: readonly MemberId[],
): Promise<readonly SameNumber[]> {
  const transaction = nativeOf(database).transaction([...READ_STORES], 'readonly');
  const profiles = await readProfiles(transaction, members);
  const numbers = [...new Set(profiles.flatMap((profile) => profile?.phone ?? []))];
  const sharing = await Promise.all(numbers.map((number) => listHolders(transaction, number)));
  const suspects = sharing.filter((holders) => holders.length > 1).flat();
  if (suspects.length === 0) return [];
  const circle = await readCircle(transaction, suspects);
  const documents = await readProfiles(transaction, circle.members);
  const holders = documents.flatMap((profile) =>
    profile?.phone ? [{ member: profile.member, phone: profile.phone }] : [],
  );
  return planSameNumberMerges(holders, circle.events);
}

async function listHolders(transaction: IDBTransaction, number: PhoneNumber): Promise<MemberId[]> {
  const [members, aliases] = await Promise.all([
    answerOf(transaction.objectStore('members').index('phone').getAllKeys(number)),
    answerOf(transaction.objectStore('aliases').index('phone').getAll(number) as IDBRequest<AliasRow[]>),
  ]);
  return [...new Set([...(members as MemberId[]), ...aliases.map(({ member }) => member)])];
}

/** Appends the merges that are still due; what another till or window has said meanwhile is not said again. */
export async function mergeSameNumber(
  { ledger, ids }: { readonly ledger: Ledger; readonly ids: Ids },
  pairs: readonly SameNumber[],
): Promise<Result<{ readonly merged: number }, StorageFailure>> {
  let merged = 0;
  for (const { member, other } of pairs) {
    const id = ids.eventId();
    const appended = await ledger.append<{ readonly code: 'one-already' | 'past-coming' }>({
      id,
      member,
      reads: { profile: true, history: true, companion: other },
      decide: ({ person, companion, history, companionHistory, isPastComing }) => {
        // What a manager has said of them may be on its way.
        if (isPastComing) return err({ code: 'past-coming' });
        const isKnown = listActiveMerges([...history, ...companionHistory]).some(
          (merge) =>
            (merge.member === member && merge.other === other) ||
            (merge.member === other && merge.other === member),
        );
        if (isKnown || !companion || person?.members.includes(other)) return err({ code: 'one-already' });
        const data = { other, by: 'same-number' as const };
        return ok({ draft: { id, member, staff: UNASSIGNED_STAFF, type: 'merge', data } });
      },
    });
    if (appended.ok) merged += 1;
    else if (appended.error.code === 'storage') return err(appended.error);
  }
  return ok({ merged });
}
