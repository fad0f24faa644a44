import type { DayTotals } from '#shared/domain/day-totals.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import { readEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import type { TableName } from './database.ts';
import type { Before } from './event-rows.ts';
import type { AppendRequest, CommitReads, CommitView, Moment } from './ledger-port.ts';
import { answerOf } from './native.ts';
import { countPrograms } from './program-gaps.ts';
import type { EventRow, MemberRow } from './rows.ts';

/** Reads what a decision needs, inside the transaction that will write it. */

export interface CommitReading {
  readonly view: Omit<CommitView, 'programs'>;
  readonly before: Before;
  /** Of the profile that was read. */
  readonly profileHlc: Hlc | undefined;
  /** Published versions, as the transaction sees them. */
  readonly programCount: number;
  /** The second member; undefined when none was asked for or nobody is there. */
  readonly companion: { readonly member: MemberId; readonly before: Before } | undefined;
}

export async function readCommit(
  transaction: IDBTransaction,
  { member, reads = {} }: Pick<AppendRequest<never>, 'member' | 'reads'>,
  { wall: nowMs, tz: timeZone, day }: Moment,
): Promise<CommitReading> {
  const members = transaction.objectStore('members');
  const ownerBy = (index: string, key: string | undefined) =>
    key === undefined
      ? undefined
      : answerOf(members.index(index).getKey(key) as IDBRequest<MemberId | undefined>);
  // All requests at once: an await between them would cost a round trip each.
  const [own, totals, phoneOwner, cardOwner, programCount] = await Promise.all([
    readMember(transaction, member, reads),
    rowOf<DayTotals>(transaction, 'totals', day),
    ownerBy('phone', reads.phone),
    ownerBy('card', reads.card),
    countPrograms(transaction),
  ]);
  const { state, row, profile, history } = own;
  const before: Before = {
    state: state ?? emptyMemberState(member ?? ('' as MemberId)),
    row,
    profile: profile ? { ...EMPTY_PROFILE, ...profile } : EMPTY_PROFILE,
    history,
  };
  const companion =
    reads.companion === undefined ? undefined : await readCompanion(transaction, reads, before);
  return {
    view: {
      ...before,
      phoneOwner,
      cardOwner,
      totals,
      nowMs,
      day,
      timeZone,
      companion: companion?.isKnown ? companion.before.state : undefined,
      companionHistory: companion?.before.history ?? [],
    },
    before,
    profileHlc: profile?.hlc,
    programCount,
    companion,
  };
}

interface MemberRead {
  readonly state: MemberState | undefined;
  readonly row: MemberRow | undefined;
  readonly profile: Profile | undefined;
  readonly history: readonly EventRow[];
}

async function readMember(
  transaction: IDBTransaction,
  member: MemberId | undefined,
  reads: Pick<CommitReads, 'profile' | 'history'>,
): Promise<MemberRead> {
  const [state, row, profile, history] = await Promise.all([
    rowOf<MemberState>(transaction, 'cards', member),
    rowOf<MemberRow>(transaction, 'members', member),
    reads.profile ? rowOf<Profile>(transaction, 'profiles', member) : undefined,
    reads.history && member !== undefined
      ? answerOf<EventRow[]>(transaction.objectStore('events').index('member').getAll(member))
      : [],
  ]);
  return { state, row, profile, history };
}

async function readCompanion(
  transaction: IDBTransaction,
  reads: CommitReads,
  before: Before,
): Promise<(NonNullable<CommitReading['companion']> & { readonly isKnown: boolean }) | undefined> {
  const member = await findCompanion(transaction, reads.companion, before);
  // Nobody can bring themselves, whatever an event says.
  if (member === undefined || member === before.state.member) return undefined;
  const { state, row, profile, history } = await readMember(transaction, member, reads);
  return {
    member,
    isKnown: state !== undefined,
    before: {
      state: state ?? emptyMemberState(member),
      row,
      profile: profile ? { ...EMPTY_PROFILE, ...profile } : EMPTY_PROFILE,
      history,
    },
  };
}

async function findCompanion(
  transaction: IDBTransaction,
  asked: CommitReads['companion'],
  before: Before,
): Promise<MemberId | undefined> {
  if (asked === undefined) return undefined;
  // Asked with every punch, and paid for with the first one only.
  if (asked === 'referrer')
    return before.state.visits > 0 ? undefined : (before.state.referredBy ?? undefined);
  if (typeof asked === 'string') return asked;
  const referral = referralOf(before.history.find(({ id }) => id === asked.rewardedBy));
  if (referral === undefined) return undefined;
  const index = transaction.objectStore('events').index('id');
  return (await answerOf(index.get(referral) as IDBRequest<EventRow | undefined>))?.member;
}

/** The event that rewards whoever brought this member, made in the same commit; undefined when there is none. */
export function referralOf(event: EventRow | undefined): EventId | undefined {
  const known = event && readEvent(event);
  if (known?.type !== 'visit' && known?.type !== 'enrolment') return undefined;
  return known.data.referral as EventId | undefined;
}

function rowOf<Row>(
  transaction: IDBTransaction,
  store: TableName,
  key: string | undefined,
): Promise<Row | undefined> | undefined {
  return key === undefined
    ? undefined
    : answerOf(transaction.objectStore(store).get(key) as IDBRequest<Row | undefined>);
}
