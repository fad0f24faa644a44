import { lastDigitsOf } from '#shared/domain/phone-number.ts';
import { foldName } from '#shared/domain/person-name.ts';
import { assert } from '#shared/lib/assert.ts';
import type { MemberSearch } from '#renderer/data/member-search.ts';
import { createDraws, memberAt, type MadeUpMember } from './member-source.ts';
import type { Pair } from './messages.ts';
import { summarize } from './statistics.ts';

/** What the counter asks for, and the fewest native requests on the same indexes that answer the same question. */

/** As many as the counter shows. */
const LIMIT = 8;
const HIGHEST = '\uffff';
/** Rows read for a beginning, so that the latest visitors among them can be shown first. */
const PREFIX_READ = 32;
const SUFFIX_READ = 400;

export interface Question {
  readonly name: string;
  readonly typed: (member: MadeUpMember) => string;
  readonly raw: (store: IDBObjectStore, member: MadeUpMember) => IDBRequest[];
}

/** Chromium since 141; TypeScript's library does not know it yet. */
declare class IDBRecord {
  readonly value: unknown;
}

interface WithGetAllRecords {
  getAllRecords(options: { query: IDBKeyRange; count: number; direction: 'prev' }): IDBRequest;
}

function readLastDigits(store: IDBObjectStore, last4: string, count: number): IDBRequest {
  const index = store.index('[last4+lastVisitAt]') as unknown as WithGetAllRecords;
  const query = IDBKeyRange.bound([last4, -Infinity], [last4, Infinity]);
  return index.getAllRecords({ query, count, direction: 'prev' });
}

const beginningWith = (store: IDBObjectStore, index: string, prefix: string): IDBRequest =>
  store.index(index).getAll(IDBKeyRange.bound(prefix, prefix + HIGHEST), PREFIX_READ);

/** A name's first letters: enough of them to mean something, few enough to match many. */
const NAME_LETTERS = 4;
const FEW_DIGITS = 3;
const SOME_DIGITS = 7;

export const QUESTIONS: readonly Question[] = [
  {
    name: 'exact number',
    typed: ({ dialled }) => dialled,
    raw: (store, { phone }) => [store.index('phone').get(phone)],
  },
  {
    name: 'last four digits',
    typed: ({ phone }) => lastDigitsOf(phone),
    raw: (store, { phone }) => [readLastDigits(store, lastDigitsOf(phone), LIMIT + 1)],
  },
  {
    name: 'number prefix, 3 digits',
    typed: ({ dialled }) => dialled.slice(0, FEW_DIGITS),
    raw: (store, { dialled }) => [beginningWith(store, 'phone', `+33${dialled.slice(1, FEW_DIGITS)}`)],
  },
  {
    // Seven digits may also be the last seven, and the last four are what is indexed.
    name: 'number prefix, 7 digits',
    typed: ({ dialled }) => dialled.slice(0, SOME_DIGITS),
    raw: (store, { dialled }) => [
      beginningWith(store, 'phone', `+33${dialled.slice(1, SOME_DIGITS)}`),
      readLastDigits(store, dialled.slice(SOME_DIGITS - 4, SOME_DIGITS), SUFFIX_READ),
    ],
  },
  {
    name: 'name prefix',
    typed: ({ name }) => name.slice(0, NAME_LETTERS),
    raw: (store, { name }) => [beginningWith(store, 'nameKeys', foldName(name.slice(0, NAME_LETTERS)))],
  },
];

/** Asking for the values is what copies the rows into the page. */
function readRows(result: unknown): unknown[] {
  if (!Array.isArray(result)) return [result];
  return result.map((row: unknown) =>
    typeof IDBRecord !== 'undefined' && row instanceof IDBRecord ? row.value : row,
  );
}

function allDone(requests: readonly IDBRequest[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let waiting = requests.length;
    for (const request of requests) {
      request.addEventListener('success', () => {
        readRows(request.result);
        waiting -= 1;
        if (waiting === 0) resolve();
      });
      request.addEventListener('error', () => reject(request.error ?? new Error('not read')));
    }
  });
}

export async function searchRounds(
  deps: { readonly native: IDBDatabase; readonly search: MemberSearch },
  { size, rounds, seed }: { readonly size: number; readonly rounds: number; readonly seed: number },
): Promise<Pair[]> {
  const { native, search } = deps;
  const draw = createDraws(seed);
  const times = QUESTIONS.map(() => ({ app: [] as number[], raw: [] as number[] }));
  const askApp = async (question: Question, member: MadeUpMember) => {
    const startedAt = performance.now();
    const { rows } = await search.search(question.typed(member), LIMIT);
    const took = performance.now() - startedAt;
    assert(rows.length > 0, `${question.name} finds somebody`);
    return took;
  };
  const askRaw = async (question: Question, member: MadeUpMember) => {
    const startedAt = performance.now();
    await allDone(question.raw(native.transaction('members', 'readonly').objectStore('members'), member));
    return performance.now() - startedAt;
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, question] of QUESTIONS.entries()) {
      // Two members, so that neither finds the other's blocks warm; the order turns around each round.
      const [one, other] = [memberAt(draw(size)), memberAt(draw(size))];
      const { app, raw } = times[index] ?? { app: [], raw: [] };
      if (round % 2 === 0) app.push(await askApp(question, one));
      raw.push(await askRaw(question, other));
      if (round % 2 === 1) app.push(await askApp(question, one));
    }
    // A person pauses between keys; without it one long chain of answers would count as one task.
    await new Promise((resolve) => void setTimeout(resolve, 0));
  }
  return QUESTIONS.map(({ name }, index) => ({
    name,
    app: summarize(times[index]?.app ?? []),
    raw: summarize(times[index]?.raw ?? []),
  }));
}
