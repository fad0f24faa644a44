import type { Rejected } from './read-reply.ts';
import { MAX_PROFILE_DOCS, MAX_PROFILES_BYTES, type ProfileDoc } from './wire.ts';

/**
 * Sealed profile documents, decided as data, like the events (plan-push.ts, apply-pull.ts) but simpler: they have no order
 * among each other, the later stamp wins wherever it arrives first, and an erasure wins over everything.
 *
 *   nothing left of the events ──► pushing, while some wait ──► pulling, while there may be more ──► rest
 */

/** What a start forgets. The cursor is on the disk (`SyncMarks.docCursor`). */
export interface DocRun {
  /** There may be more to pull. */
  readonly isBehind: boolean;
  /** The last place anybody told us of. */
  readonly heardHead: number;
  /** The most documents the next request may hold. */
  readonly limit: number;
  /** How often one alone was refused by somebody who is not our endpoint. */
  readonly refusedAlone: number;
  /** Refused alone, in this life of the app: they wait for the next one, and the others pass. */
  readonly passed: readonly string[];
}

export const startDocs = (): DocRun => ({
  isBehind: true,
  heardHead: 0,
  limit: MAX_PROFILE_DOCS,
  refusedAlone: 0,
  passed: [],
});

/** The later edit of the same person is another document. */
const keyOf = ({ member, hlc }: Pick<ProfileDoc, 'member' | 'hlc'>): string => `${member} ${hlc}`;

export const isPassed = (run: DocRun, doc: Pick<ProfileDoc, 'member' | 'hlc'>): boolean =>
  run.passed.includes(keyOf(doc));

export const hearOfDocs = (run: DocRun, docHead: number): DocRun => ({
  ...run,
  isBehind: true,
  heardHead: Math.max(run.heardHead, docHead),
});

export const planDocs = (
  run: DocRun,
  { hasWaiting }: { readonly hasWaiting: boolean },
): 'push' | 'pull' | 'rest' => (hasWaiting ? 'push' : run.isBehind ? 'pull' : 'rest');

export interface DocBatch {
  readonly docs: readonly ProfileDoc[];
  /** The body of the request, made here because its size decides what fits. */
  readonly text: string;
}

/** The epoch with the words around it. */
const FRAME_BYTES = 128;

/**
 * As many as fit; one always does.
 *
 * @param serverEpoch what the last hello said: an endpoint restored since then takes nothing, and says so.
 */
export function packDocs(
  docs: readonly ProfileDoc[],
  { limit }: Pick<DocRun, 'limit'>,
  serverEpoch: string | null = null,
): DocBatch | undefined {
  const texts: string[] = [];
  let bytes = FRAME_BYTES;
  for (const doc of docs.slice(0, Math.min(limit, MAX_PROFILE_DOCS))) {
    const text = JSON.stringify(doc);
    // Ids, stamps and base64: a character is a byte.
    bytes += text.length + 1;
    if (bytes > MAX_PROFILES_BYTES && texts.length > 0) break;
    texts.push(text);
  }
  if (texts.length === 0) return undefined;
  const epoch = serverEpoch === null ? '' : `"serverEpoch":${JSON.stringify(serverEpoch)},`;
  return { docs: docs.slice(0, texts.length), text: `{${epoch}"docs":[${texts.join(',')}]}` };
}

/**
 * Whether `ok` or `older`, the endpoint has this or something that wins over it. What came of it is pulled.
 *
 * @returns undefined: these verdicts are about other documents.
 */
export function takeDocVerdicts(
  { docs }: DocBatch,
  results: readonly { readonly member: string }[],
  run: DocRun,
): DocRun | undefined {
  const isAbout =
    results.length === docs.length && results.every(({ member }, index) => member === docs[index]?.member);
  return isAbout ? { ...run, isBehind: true, limit: MAX_PROFILE_DOCS, refusedAlone: 0 } : undefined;
}

/** How often something on the way may refuse one alone before the others pass it. */
const PATIENCE = 3;

/** The whole request was refused: half of it tells more, and one alone is passed. */
export function takeDocRejection(
  { docs }: DocBatch,
  { isOurs }: Rejected,
  run: DocRun,
): { readonly do: 'again' | 'wait'; readonly run: DocRun } {
  const [first] = docs;
  if (docs.length > 1 || !first) {
    return { do: 'again', run: { ...run, limit: Math.max(1, Math.ceil(docs.length / 2)) } };
  }
  const refusedAlone = run.refusedAlone + 1;
  if (!isOurs && refusedAlone < PATIENCE) return { do: 'wait', run: { ...run, refusedAlone } };
  const passed = [...run.passed, keyOf(first)];
  return { do: 'again', run: { ...run, passed, refusedAlone: 0, limit: MAX_PROFILE_DOCS } };
}

export interface DocPage {
  readonly docs: readonly { readonly p: number }[];
  readonly docHead: number;
}

export type DocPageStep =
  | { readonly do: 'take'; readonly docCursor: number; readonly run: DocRun }
  /** The endpoint has fewer than we were given: everything is asked for again, and offered again. */
  | { readonly do: 'begin-anew' }
  /** Not in the order that an endpoint of ours answers in. */
  | { readonly do: 'wait' };

/** Places have holes, where a document was replaced by a later one: only their order is sure. */
export function takeDocPage(page: DocPage, docCursor: number, run: DocRun): DocPageStep {
  if (page.docHead < docCursor) return { do: 'begin-anew' };
  let last = docCursor;
  for (const { p } of page.docs) {
    // A place beyond the last one would be a cursor that nothing comes after.
    if (p <= last || p > page.docHead) return { do: 'wait' };
    last = p;
  }
  if (page.docs.length === 0) {
    // What was told while this page was on its way is asked for once more; if that brings nothing either, it was a mistake.
    const { docHead } = page;
    return {
      do: 'take',
      docCursor: last,
      run: { ...run, isBehind: docHead < run.heardHead, heardHead: docHead },
    };
  }
  const isBehind = last < Math.max(page.docHead, run.heardHead);
  return { do: 'take', docCursor: last, run: { ...run, isBehind } };
}
