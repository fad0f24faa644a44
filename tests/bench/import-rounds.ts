import { emptyDayTotals } from '#shared/domain/day-totals.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { assert } from '#shared/lib/assert.ts';
import { createImportDesk } from '#renderer/data/import/import-desk.ts';
import type { ImportRequest } from '#renderer/data/import/import-job.ts';
import type { Store } from '#renderer/data/store.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { COUNTRY, createDraws, memberAt } from './member-source.ts';
import { createRowMaker, type RowsOfMember } from './member-rows.ts';
import type { ImportRound, Pair } from './messages.ts';
import { putSlice } from './native-load.ts';
import { summarize } from './statistics.ts';

/** A file read, checked, sealed and folded by the app's import, and the same kind of rows put ready-made. */

/** Members in one transaction of plain IndexedDB; the app chooses its own. */
const RAW_SLICES = [50, 200, 500, 2000];

export interface ImportDeps {
  readonly store: Store;
  readonly native: IDBDatabase;
  /** Indexes that nobody has joined under. */
  takeIndexes(count: number): number[];
}

export async function importRounds(
  deps: ImportDeps,
  { rounds, perRound }: { readonly rounds: number; readonly perRound: number },
): Promise<ImportRound[]> {
  const app: number[] = [];
  const raw = new Map(RAW_SLICES.map((slice) => [slice, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    // Once beside each slice size, so that all of them see the same minutes of the machine.
    for (const slice of RAW_SLICES) {
      app.push(await importByApp(deps, perRound));
      raw.get(slice)?.push(await importRaw(deps, perRound, slice));
    }
  }
  const rate = (times: readonly number[] | undefined) => (1000 * perRound) / summarize(times ?? []).p50;
  const rounded = RAW_SLICES.map((slice) => ({ slice, rate: rate(raw.get(slice)) }));
  const [best] = rounded.toSorted((a, b) => b.rate - a.rate);
  return rounded.map((other) => ({
    name: `import of a file; plain rows in slices of ${other.slice}`,
    app: rate(app),
    raw: other.rate,
    isBestRaw: other === best,
  }));
}

const slicesOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** From the file's text to the last strict commit, in the app's own worker. */
export async function importByApp(deps: ImportDeps, count: number): Promise<number> {
  const { store } = deps;
  const [program] = [...store.ledger.programs().keys()];
  assert(program, 'there is a program');
  const lines = deps.takeIndexes(count).map((index) => {
    const { dialled, name } = memberAt(index);
    return `${dialled};${name};${index % 10}`;
  });
  const request: ImportRequest = {
    file: new Blob([`phone;name;stamps\n${lines.join('\n')}\n`]),
    fileName: 'bench.csv',
    format: { encoding: 'utf-8', separator: ';', skippedLines: 0 },
    hasHeader: true,
    columns: [{ kind: 'phone' }, { kind: 'name' }, { kind: 'balance', program }],
    country: COUNTRY,
    existing: 'leave',
  };
  const startedAt = performance.now();
  const result = await createImportDesk(store.database.name).import(request, UNASSIGNED_STAFF);
  const took = performance.now() - startedAt;
  assert(result.ok && result.value.enrolled === count, 'everybody in the file has joined');
  return took;
}

async function importRaw(deps: ImportDeps, count: number, slice: number): Promise<number> {
  const { store, native } = deps;
  const maker = createRowMaker({
    head: { stream: createRandomIds().streamId(), seq: 0, link: '' },
    identity: store.identity,
    programs: store.ledger.programs(),
  });
  const slices = slicesOf(
    deps.takeIndexes(count).map((index) => maker.rowsOf(index)),
    slice,
  ).map((rows) => ({ rows, days: daysOf(rows) }));
  const days = maker.takeTotals();
  const startedAt = performance.now();
  for (const part of slices) await putSlice(native, part.rows, part.days);
  const took = performance.now() - startedAt;
  assert(days.length > 0, 'somebody joined');
  return took;
}

/** As many rows of daily sums as the app writes for the slice: those of one day. */
function daysOf(rows: readonly RowsOfMember[]) {
  const [first] = rows;
  if (!first) return [];
  const { day } = first.event;
  const units = { program: 'coffee', given: 0, takenOver: rows.length, adjusted: 0, redemptions: 0 };
  return [{ ...emptyDayTotals(day), imported: rows.length, programs: [units] }];
}

/** The pause between two lookups of a counter that is being used. */
const LOOKUP_EVERY_MS = 25;

export async function lookupsWhileImporting(
  deps: ImportDeps & { readonly importMembers: (count: number) => Promise<unknown> },
  { size, members, seed }: { readonly size: number; readonly members: number; readonly seed: number },
): Promise<Pair> {
  const draw = createDraws(seed);
  const quiet: number[] = [];
  const busy: number[] = [];
  const lookUp = async (into: number[]) => {
    const { dialled, id } = memberAt(draw(size));
    const startedAt = performance.now();
    const { rows } = await deps.store.search.search(dialled, 8);
    into.push(performance.now() - startedAt);
    assert(rows[0]?.id === id, 'the member is found');
    await new Promise((resolve) => void setTimeout(resolve, LOOKUP_EVERY_MS));
  };
  for (let index = 0; index < 100; index += 1) await lookUp(quiet);
  const end = new AbortController();
  const running = deps.importMembers(members).finally(() => end.abort());
  while (!end.signal.aborted) await lookUp(busy);
  await running;
  return {
    name: 'lookup while importing (raw: nobody imports)',
    app: summarize(busy),
    raw: summarize(quiet),
  };
}
