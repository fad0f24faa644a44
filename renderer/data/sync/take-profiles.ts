import type { MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { takeDocument, type DocSource, type OpenedDoc } from '#shared/sync/take-document.ts';
import { refoldPeople } from '../aliases.ts';
import { answerOf } from '../native.ts';
import { readProgramsIn } from '../program-gaps.ts';
import { memberRow } from '../projections.ts';
import type { ErasedRow, UnsentProfileRow } from '../rows.ts';
import { putMarks, readMarks } from '../sync-marks.ts';
import { readAll, readMerged } from './fold-changes.ts';
import { raise } from './raise.ts';
import type { StepContext } from './step-context.ts';
import type { PulledProfile } from './sync-store.ts';

/**
 * Documents that came from elsewhere, in the transaction of the cursor behind them: see `takeDocument`. One about somebody
 * whose events are not here yet is kept for them.
 *
 * @param request.docCursor null: they came in a file, and whatever is new in it is passed on to the endpoint.
 * @returns whose row changed.
 */
export async function takeProfileDocs(
  context: StepContext,
  { docs, docCursor }: { readonly docs: readonly PulledProfile[]; readonly docCursor: number | null },
): Promise<readonly MemberId[]> {
  const { transaction } = context;
  const store = (name: string) => transaction.objectStore(name);
  const ids = [...new Set(docs.map(memberOf))];
  const from: DocSource = docCursor === null ? 'file' : 'endpoint';
  const [marks, programs, profiles, erased, unsent, states] = await Promise.all([
    readMarks(transaction),
    readProgramsIn(transaction),
    readAll<Profile>(store('profiles'), ids),
    readSome<ErasedRow>(store('erased'), ids),
    readSome<UnsentProfileRow>(store('unsentProfiles'), ids),
    readSome<MemberState>(store('cards'), ids),
  ]);
  const before = new Map(
    ids.map((id, index) => [
      id,
      { profile: profiles[index] ?? emptiedProfile(unsent[index]), erased: erased[index] },
    ]),
  );
  const after = new Map<MemberId, Standing>();
  for (const doc of docs) {
    const member = memberOf(doc);
    const known = after.get(member) ?? before.get(member) ?? NOTHING_KNOWN;
    if (doc.kind === 'unreadable') await raise(context, { code: 'set-aside', about: `profile ${member}` });
    else after.set(member, take(known, doc, from));
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
    // What the endpoint has instead of ours needs no answer of ours.
    if (from === 'endpoint') store('unsentProfiles').delete(member);
    else store('unsentProfiles').put({ member } satisfies UnsentProfileRow);
    const state = states[index];
    if (state) store('members').put(memberRow(next.profile ?? EMPTY_PROFILE, state, programs));
  }
  if (docCursor !== null) putMarks(transaction, { ...marks, docCursor });
  return [...changed, ...(await refoldMerged(transaction, changed, programs))];
}

/** From a table that is empty more often than not: then nothing of it is asked for. */
async function readSome<Row>(
  table: IDBObjectStore,
  ids: readonly MemberId[],
): Promise<readonly (Row | undefined)[]> {
  return (await answerOf(table.getAllKeys(undefined, 1))).length === 0 ? [] : await readAll<Row>(table, ids);
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

function take(known: Standing, doc: OpenedDoc, from: DocSource): Standing {
  switch (takeDocument(doc, { profile: known.profile, erased: known.erased?.hlc }, from)) {
    case 'none':
      return known;
    case 'keep':
      return doc.kind === 'profile' ? { ...known, profile: doc.profile } : known;
    case 'erase': {
      const { member, hlc } = doc.kind === 'erased' ? doc : doc.profile;
      return { profile: undefined, erased: { member, hlc } };
    }
  }
}

/** The document that went with an enrolment that was taken back: it is still to be told. */
const emptiedProfile = (row: UnsentProfileRow | undefined): Profile | undefined =>
  row?.emptied === undefined ? undefined : { ...EMPTY_PROFILE, member: row.member, hlc: row.emptied };
