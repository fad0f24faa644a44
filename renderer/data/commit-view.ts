import type { DayTotals } from '#shared/domain/day-totals.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type Profile, type ProfileContent } from '#shared/domain/profile.ts';
import { readEvent } from '#shared/ledger/event.ts';
import { joinProfiles } from '#shared/domain/merge-profile.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import { isMerged, readErased, readHistory, readPerson, readProfiles, type Person } from './aliases.ts';
import { readBase, readComingPastAt, type ComingPast, type ReadBase } from './coming-past.ts';
import type { TableName } from './database.ts';
import type { Before } from './event-rows.ts';
import type { AppendRequest, CommitReads, CommitView, Moment } from './ledger-port.ts';
import { answerOf } from './native.ts';
import { readProgramsStamp, type ProgramsStamp } from './program-gaps.ts';
import type { AliasRow, EventRow, MemberRow } from './rows.ts';

/** Reads what a decision needs, inside the transaction that will write it. */

export interface CommitReading {
  readonly view: Omit<CommitView, 'programs'>;
  readonly before: Before;
  /** Of the profile that was read. */
  readonly profileHlc: Hlc | undefined;
  /** Of the definitions, as the transaction sees them. */
  readonly programsStamp: ProgramsStamp;
  /** The second member; undefined when none was asked for or nobody is there. */
  readonly companion: { readonly member: MemberId; readonly before: Before } | undefined;
}

export async function readCommit(
  transaction: IDBTransaction,
  { member, reads = {} }: Pick<AppendRequest<never>, 'member' | 'reads'>,
  { wall: nowMs, tz: timeZone, day }: Moment,
): Promise<CommitReading> {
  // All requests at once: an await between them would cost a round trip each.
  const stamp = readProgramsStamp(transaction);
  const past = stamp.then(({ revision }) => readComingPastAt(transaction, revision));
  // Awaited below; without this an early failure of another read would leave its rejection unhandled.
  past.catch(() => undefined);
  const [own, totals, phoneOwner, cardOwner, programsStamp] = await Promise.all([
    readMember(transaction, member, reads, past),
    rowOf<DayTotals>(transaction, 'totals', day),
    reads.phone === undefined ? undefined : ownerBy(transaction, 'phone', reads.phone),
    reads.card === undefined ? undefined : ownerBy(transaction, 'card', reads.card),
    stamp,
  ]);
  const before = beforeOf(own);
  const companion =
    reads.companion === undefined ? undefined : await readCompanion(transaction, reads, before, past);
  return {
    view: {
      ...before,
      isPastComing: (await past) !== undefined,
      phoneOwner,
      cardOwner,
      totals,
      nowMs,
      day,
      timeZone,
      person: own.person,
      erased: own.erased,
      companion: companion?.isKnown ? companion.before.state : undefined,
      companionIds: companion?.ids ?? [],
      companionErased: companion?.erased ?? NOBODY,
      companionHistory: companion?.before.history ?? [],
    },
    before,
    profileHlc: own.profileHlc,
    programsStamp,
    companion,
  };
}

interface MemberRead {
  readonly state: MemberState | undefined;
  readonly row: MemberRow | undefined;
  readonly profile: ProfileContent | undefined;
  readonly profileHlc: Hlc | undefined;
  readonly history: readonly EventRow[];
  /** Undefined for an event without a member. */
  readonly person: Person | undefined;
  readonly erased: ReadonlySet<MemberId>;
  readonly base?: ReadBase | undefined;
}

const beforeOf = ({ state, row, profile, history, person, base }: MemberRead): Before => ({
  state: state ?? emptyMemberState(person?.canonical ?? ('' as MemberId)),
  row,
  profile: profile ? { ...EMPTY_PROFILE, ...profile } : EMPTY_PROFILE,
  history,
  ...(person && isMerged(person) ? { person } : {}),
  ...(base ? { base } : {}),
});

/** What a member, or whom they were merged with, was before an event. */
export const readBefore = async (
  transaction: IDBTransaction,
  member: MemberId,
  reads: Pick<CommitReads, 'profile' | 'history'>,
  past: Promise<ComingPast | undefined>,
): Promise<Before> => beforeOf(await readMember(transaction, member, reads, past));

/** Who holds this number or card, also under an id that counts for another. */
export async function ownerBy(
  transaction: IDBTransaction,
  index: 'phone' | 'card',
  key: string,
): Promise<MemberId | undefined> {
  const [member, alias] = await Promise.all([
    answerOf(transaction.objectStore('members').index(index).getKey(key) as IDBRequest<MemberId | undefined>),
    answerOf(transaction.objectStore('aliases').index(index).get(key) as IDBRequest<AliasRow | undefined>),
  ]);
  return member ?? alias?.canonical;
}

async function readMember(
  transaction: IDBTransaction,
  member: MemberId | undefined,
  reads: Pick<CommitReads, 'profile' | 'history'>,
  past: Promise<ComingPast | undefined>,
): Promise<MemberRead> {
  const card = rowOf<MemberState>(transaction, 'cards', member) ?? Promise.resolve(undefined);
  const [person, state, row, profile, history, erased] = await Promise.all([
    member === undefined ? undefined : readPerson(transaction, member),
    card,
    rowOf<MemberRow>(transaction, 'members', member),
    reads.profile ? rowOf<Profile>(transaction, 'profiles', member) : undefined,
    reads.history && member !== undefined ? readHistory(transaction, [member]) : [],
    reads.profile && member !== undefined ? readErased(transaction, [member]) : NOBODY,
  ]);
  if (person && isMerged(person)) return await readMerged(transaction, person, reads);
  const read = { state, row, profile, profileHlc: profile?.hlc, person, erased };
  const coming = await past;
  if (!coming || member === undefined) return { ...read, history };
  const base = await readBase(transaction, member, {
    past: coming,
    card,
    withHistory: reads.history === true,
  });
  return base ? { ...read, base, history: base.since } : { ...read, history };
}

const NOBODY: ReadonlySet<MemberId> = new Set();

/** Whichever of their ids was asked for: a screen may have been open since before the merge. */
async function readMerged(
  transaction: IDBTransaction,
  person: Person,
  reads: Pick<CommitReads, 'profile' | 'history'>,
): Promise<MemberRead> {
  const [state, row, profiles, history, erased] = await Promise.all([
    rowOf<MemberState>(transaction, 'cards', person.canonical),
    rowOf<MemberRow>(transaction, 'members', person.canonical),
    reads.profile ? readProfiles(transaction, person.members) : [],
    reads.history ? readHistory(transaction, person.members) : [],
    reads.profile ? readErased(transaction, person.members) : NOBODY,
  ]);
  const profileHlc = profiles
    .flatMap((known) => known?.hlc ?? [])
    .toSorted()
    .at(-1);
  const profile = erased.size > 0 ? undefined : joinProfiles(profiles);
  return { state, row, profile, profileHlc, history, person, erased };
}

type CompanionRead = NonNullable<CommitReading['companion']> & {
  readonly ids: readonly MemberId[];
  readonly isKnown: boolean;
  readonly erased: ReadonlySet<MemberId>;
};

async function readCompanion(
  transaction: IDBTransaction,
  reads: CommitReads,
  before: Before,
  past: Promise<ComingPast | undefined>,
): Promise<CompanionRead | undefined> {
  const asked = await findCompanion(transaction, reads.companion, before);
  if (asked === undefined) return undefined;
  const read = await readMember(transaction, asked, reads, past);
  const member = read.person?.canonical ?? asked;
  // Nobody can bring themselves, whatever an event says.
  if (member === before.state.member) return undefined;
  const { state, erased, person } = read;
  const ids = person?.members ?? [member];
  return { member, ids, isKnown: state !== undefined, erased, before: beforeOf(read) };
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
