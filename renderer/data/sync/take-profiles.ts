import type { MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { refoldPeople } from '../aliases.ts';
import { readProgramsIn } from '../program-gaps.ts';
import { memberRow } from '../projections.ts';
import type { ErasedRow } from '../rows.ts';
import { putMarks, readMarks } from '../sync-marks.ts';
import { raise } from './carry-out.ts';
import { readAll, readMerged } from './fold-changes.ts';
import type { StepContext } from './step-context.ts';
import type { PulledProfile } from './sync-store.ts';

/**
 * Documents that were pulled, with the cursor behind them. The later stamp wins as a whole; who is erased stays erased. One
 * about somebody whose events are not here yet is kept for them.
 *
 * @returns whose row changed.
 */
export async function takeProfileDocs(
  context: StepContext,
  { docs, docCursor }: { readonly docs: readonly PulledProfile[]; readonly docCursor: number },
): Promise<readonly MemberId[]> {
  const { transaction } = context;
  const store = (name: string) => transaction.objectStore(name);
  const ids = [...new Set(docs.map(memberOf))];
  const [marks, programs, profiles, erased, states] = await Promise.all([
    readMarks(transaction),
    readProgramsIn(transaction),
    readAll<Profile>(store('profiles'), ids),
    readAll<ErasedRow>(store('erased'), ids),
    readAll<MemberState>(store('cards'), ids),
  ]);
  const before = new Map(ids.map((id, index) => [id, { profile: profiles[index], erased: erased[index] }]));
  const after = new Map<MemberId, Standing>();
  for (const doc of docs) {
    const member = memberOf(doc);
    const known = after.get(member) ?? before.get(member) ?? NOTHING_KNOWN;
    if (doc.kind === 'unreadable') await raise(context, { code: 'set-aside', about: `profile ${member}` });
    else after.set(member, take(known, doc));
  }
  const changed: MemberId[] = [];
  for (const [index, member] of ids.entries()) {
    const next = after.get(member);
    const known = before.get(member);
    if (!next || (next.profile === known?.profile && next.erased === known?.erased)) continue;
    changed.push(member);
    if (next.erased) store('erased').put(next.erased);
    if (next.profile) store('profiles').put(next.profile);
    else store('profiles').delete(member);
    // What is later than ours needs no answer of ours.
    store('unsentProfiles').delete(member);
    const state = states[index];
    if (state) store('members').put(memberRow(next.profile ?? EMPTY_PROFILE, state, programs));
  }
  putMarks(transaction, { ...marks, docCursor });
  return [...changed, ...(await refoldMerged(transaction, changed, programs))];
}

/** What is known of several who are one comes from all of their documents. */
async function refoldMerged(
  transaction: IDBTransaction,
  changed: readonly MemberId[],
  programs: ProgramBook,
): Promise<readonly MemberId[]> {
  const merged = await readMerged(transaction);
  const concerned = changed.filter((member) => merged.has(member));
  if (concerned.length === 0) return [];
  const rows = await refoldPeople(transaction, concerned, programs);
  return [...rows.members.map(({ id }) => id), ...rows.aliases.map(({ member }) => member)];
}

interface Standing {
  readonly profile: Profile | undefined;
  readonly erased: ErasedRow | undefined;
}
const NOTHING_KNOWN: Standing = { profile: undefined, erased: undefined };

const memberOf = (doc: PulledProfile): MemberId => (doc.kind === 'profile' ? doc.profile.member : doc.member);

function take(known: Standing, doc: Exclude<PulledProfile, { kind: 'unreadable' }>): Standing {
  if (doc.kind === 'erased') {
    const { member, hlc } = doc;
    const isLater = !known.erased || isBefore(known.erased.hlc, hlc);
    return { profile: undefined, erased: isLater ? { member, hlc } : known.erased };
  }
  if (known.erased) return known;
  const isNewer = !known.profile || isBefore(known.profile.hlc, doc.profile.hlc);
  return isNewer ? { ...known, profile: doc.profile } : known;
}

/** Stamps are of one length each but for the till behind them: the order of their texts is theirs. */
const isBefore = (stamp: Hlc, other: Hlc): boolean => stamp < other;
