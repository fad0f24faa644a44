import { membersOf } from '#shared/domain/merge.ts';
import { emptiedFields } from '#shared/domain/merge-profile.ts';
import { EMPTY_PROFILE, type Profile, type ProfileContent } from '#shared/domain/profile.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { KnownEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { readErased, readHistory, readProfiles, refoldPeople } from './aliases.ts';
import type { PeopleRows } from './aliases-rows.ts';
import { emptyDocument, hasEnrolment, needsRefold, type Before } from './event-rows.ts';
import { answerOf } from './native.ts';
import type { ErasedRow, MemberRow, UnsentProfileRow } from './rows.ts';

/** What a commit writes where one event concerns more than the card it stands on: merges, and who was merged. */

interface Part {
  readonly event: KnownEvent;
  readonly before: Before;
  readonly profile?: ProfileContent | undefined;
}

/**
 * After the events are put. Undefined when none of them needs it.
 * @param transaction readwrite on `PEOPLE_STORES` and, for an erasure or a profile, on `unsentProfiles`.
 */
export async function refoldOthers(
  transaction: IDBTransaction,
  parts: readonly Part[],
  programs: ProgramBook,
): Promise<PeopleRows | undefined> {
  const concerned = parts.filter(({ event, before, profile }) => needsRefold(event, before, profile));
  if (concerned.length === 0) return undefined;
  for (const { event, before, profile } of concerned) {
    if (event.type === 'erasure') await putErased(transaction, erasedBy(event));
    if (profile && before.person) {
      await putProfileOf(transaction, {
        event,
        members: before.person.members,
        before: before.profile,
        profile,
      });
    }
  }
  const standing = concerned.filter(({ event, before }) => event.type === 'erasure' && before.base);
  await emptyRows(
    transaction,
    standing.flatMap(({ event }) => membersOf(event)),
  );
  const members = concerned
    .filter((part) => !standing.includes(part))
    .flatMap(({ event, before }) => membersOf(event).concat(before.person?.members ?? []));
  const refolded = await refoldPeople(transaction, members, programs);
  // A card of which not all is here can't be folded anew.
  const rows = { ...refolded, cards: [...refolded.cards, ...standing.map(({ before }) => before.state)] };
  const last = concerned.findLast(({ event }) => event.type === 'void')?.event;
  for (const member of last ? rows.nobody : []) {
    const history = await readHistory(transaction, [member]);
    if (last && hasEnrolment(history)) emptyDocument(transaction, member, last);
  }
  return rows;
}

export const erasedBy = (event: KnownEvent & { readonly type: 'erasure' }): ErasedRow[] =>
  membersOf(event).map((member) => ({ member, hlc: event.hlc }));

/** Who is forgotten is found by nothing any more, while what is on the card stays. */
export async function emptyRows(transaction: IDBTransaction, members: readonly MemberId[]): Promise<void> {
  const store = transaction.objectStore('members');
  const rows = await Promise.all(
    members.map((member) => answerOf(store.get(member) as IDBRequest<MemberRow | undefined>)),
  );
  for (const row of rows) {
    if (!row) continue;
    const { phone, last4, card, ...known } = row;
    store.put({ ...known, name: EMPTY_PROFILE.name, nameKeys: [] } satisfies MemberRow);
  }
}

/**
 * Removes the documents for good: what arrives later from elsewhere is refused by what is left here. Whoever hears of it
 * tells the endpoint, for the till where it was done may be gone before it did. The first stamp stays until the endpoint has
 * another one.
 */
export async function putErased(transaction: IDBTransaction, rows: readonly ErasedRow[]): Promise<void> {
  const erased = await readErased(
    transaction,
    rows.map(({ member }) => member),
  );
  for (const row of rows) {
    transaction.objectStore('profiles').delete(row.member);
    if (erased.has(row.member)) continue;
    transaction.objectStore('erased').put(row);
    transaction.objectStore('unsentProfiles').put({ member: row.member } satisfies UnsentProfileRow);
  }
}

/** The canonical member's document says it all from now on; what was emptied must not come back from another one. */
async function putProfileOf(
  transaction: IDBTransaction,
  request: {
    readonly event: KnownEvent;
    readonly members: readonly MemberId[];
    readonly before: ProfileContent;
    readonly profile: ProfileContent;
  },
): Promise<void> {
  const { event, members, before, profile } = request;
  const emptied = emptiedFields(before, profile);
  const empty = Object.fromEntries(emptied.map((field) => [field, EMPTY_PROFILE[field]]));
  const [, ...others] = await readProfiles(transaction, members);
  const put = (document: Profile) => {
    transaction.objectStore('profiles').put(document);
    transaction.objectStore('unsentProfiles').put({ member: document.member } satisfies UnsentProfileRow);
  };
  put({ ...profile, member: members[0] as MemberId, hlc: event.hlc });
  for (const other of others) {
    if (other && emptied.some((field) => (other[field] ?? '') !== ''))
      put({ ...other, ...empty, hlc: event.hlc });
  }
}
