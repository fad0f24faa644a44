import { isShopEvent } from '#shared/domain/shop-facts.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import {
  applyPull,
  type Page,
  type PullStep,
  type PullWrite,
  type ReadForeign,
} from '#shared/sync/apply-pull.ts';
import type { SyncRun } from '#shared/sync/sync-state.ts';
import { readHistories } from '../history-of.ts';
import { answerOf } from '../native.ts';
import { putPlaces } from '../place-runs.ts';
import { beginComingPast, putComingPast, readComingPast } from '../coming-past.ts';
import { PROJECTION_KEY } from '../projection-marks.ts';
import type { EventRow } from '../rows.ts';
import { noteShopEvents } from '../shop-events.ts';
import { putMarks, readMarks } from '../sync-marks.ts';
import { carryOut } from './carry-out.ts';
import { foldChanges, type Folded } from './fold-changes.ts';
import { followOrder } from './follow-order.ts';
import { readKnown, type KnownRows } from './page-reading.ts';
import { changesOfAside } from './set-aside-changes.ts';
import { followStreams, recountStreams } from './stream-heads.ts';
import type { StepContext } from './step-context.ts';
import { hasOurNames } from './take-file.ts';
import { FAR_BEHIND } from './sync-store.ts';
import type { WaitingPlaces } from './waiting-places.ts';

/**
 * One page of the shop's order, in one transaction with the cursor behind it.
 *
 *   read what is here ─► decide (applyPull) ─► clear positions ─► write events ─► streams ─► projections ─► marks
 */

export interface PageRequest {
  readonly page: Page;
  readonly run: SyncRun;
  readonly chance: number;
  readonly shop: string;
  readonly till: string;
  readonly read: ReadForeign | undefined;
  /** Ids are looked for everywhere: the endpoint has given one two places. */
  readonly isThorough: boolean;
}

export interface PageTaking {
  readonly step: PullStep;
  readonly folded: Folded;
  readonly past: StandOfPast;
  readonly committed: () => void;
}

/** What is left is made page by page. */
const NEAR = 5000;

export async function takePage(
  context: StepContext,
  places: WaitingPlaces,
  request: PageRequest,
): Promise<PageTaking> {
  const { transaction } = context;
  const { run, shop, till, chance, isThorough, read } = request;
  const page = {
    ...request.page,
    events: request.page.events.map((item) => (hasOurNames(item.event) ? { g: item.g } : item)),
  };
  const marks = await readMarks(transaction);
  const histories = await readHistories(transaction);
  const waiting = await places.read(transaction, histories);
  const raw = page.events.filter(({ g }) => g > marks.cursor).map(({ event }) => event);
  const known = await readKnown(transaction, raw, isThorough ? undefined : waiting);
  const step = applyPull(
    page,
    { marks, run },
    { shop, till, find: known.find, findAt: known.findAt, ...(read && { read }) },
    chance,
  );
  const moved = await carryOut(context, step.effects);
  putMarks(transaction, step.marks);
  const written = await writeAll(transaction, step.writes, { known, moved });
  await followStreams(transaction, written.inserted);
  await recountStreams(
    transaction,
    written.replaced.map(({ stream }) => stream),
  );
  const order = followOrder(step.writes, waiting, (write) => {
    const event = write.write === 'insert' ? write.event : known.row(write.n);
    return event && histories.cardOf(event);
  });
  const around = await changesOfAside(transaction, histories, {
    before: marks.setAside,
    after: step.marks.setAside,
  });
  const past = await standOfPast(transaction, step, page);
  const folded = await foldChanges(transaction, {
    fresh: written.inserted,
    anew: new Set([
      ...order.anew,
      ...written.replaced.flatMap((row) => histories.cardOf(row) ?? []),
      ...around.anew,
    ]),
    days: new Set([...written.replaced.map(({ day }) => day), ...around.days]),
    turned: new Set([...written.replaced.map(({ id }) => id), ...around.turned]),
    areShopEventsChanged: written.areShopEventsChanged || around.areShopEventsChanged,
  });
  const placed = step.writes.flatMap((write) =>
    write.write === 'insert' ? [] : (known.row(write.n)?.id ?? []),
  );
  const noted = places.put(transaction, {
    placed,
    lastN: written.lastN,
    ...(order.upTo === undefined ? {} : { upTo: order.upTo }),
  });
  return { step, folded, past, committed: noted.committed };
}

interface Written {
  readonly inserted: readonly LedgerEvent[];
  /** Before and after. */
  readonly replaced: readonly EventRow[];
  readonly areShopEventsChanged: boolean;
  /** Position of the last row that was added, once the transaction is through. */
  readonly lastN: () => number;
}

async function writeAll(
  transaction: IDBTransaction,
  writes: readonly PullWrite[],
  { known, moved }: { readonly known: KnownRows; readonly moved: ReadonlyMap<number, EventRow> },
): Promise<Written> {
  const store = transaction.objectStore('events');
  const inserted: LedgerEvent[] = [];
  const replaced: EventRow[] = [];
  const shopEvents: Promise<number>[] = [];
  const placed: { readonly n: number; readonly g: number }[] = [];
  let areShopEventsChanged = false;
  let last: IDBRequest<IDBValidKey> | undefined;
  for (const write of writes) {
    const { g } = write;
    if (write.write === 'insert') {
      last = store.add({ ...write.event, g });
      inserted.push(write.event);
      if (isShopEvent(write.event)) shopEvents.push(answerOf(last as IDBRequest<number>));
      continue;
    }
    const row = moved.get(write.n) ?? known.row(write.n);
    if (!row) throw new DOMException('an event that was just read', 'InvalidStateError');
    areShopEventsChanged ||= isShopEvent(row);
    if (write.write === 'place') {
      placed.push({ n: row.n, g });
      continue;
    }
    const next: EventRow = { ...write.event, n: row.n, g };
    store.put(next);
    replaced.push(row, next);
    areShopEventsChanged ||= isShopEvent(next);
  }
  await putPlaces(transaction, placed);
  const positions = [...(await Promise.all(shopEvents)), ...replaced.filter(isShopEvent).map(({ n }) => n)];
  if (positions.length > 0) await noteShopEvents(transaction, positions);
  return {
    inserted,
    replaced,
    areShopEventsChanged: areShopEventsChanged || positions.length > 0,
    lastN: () => (last?.readyState === 'done' ? (last.result as number) : 0),
  };
}

/** `here`: all of it, and everything that follows from it waits to be made. */
export type StandOfPast = 'known' | 'comes' | 'here';

async function standOfPast(
  transaction: IDBTransaction,
  { marks }: PullStep,
  page: Page,
): Promise<StandOfPast> {
  const left = page.head - marks.cursor;
  const past = await readComingPast(transaction);
  if (past) {
    // What a snapshot has counted must be here before anything is made without it; unless the endpoint has lost it.
    const isShort = left > 0 && marks.cursor < (past.snapshot?.upTo ?? 0);
    if (left > NEAR || isShort) return 'comes';
    putComingPast(transaction, { ...past, isHere: true });
    return 'here';
  }
  if (left <= FAR_BEHIND || left <= marks.cursor) return 'known';
  // A till with a past of its own goes on showing it.
  if (left <= (await answerOf(transaction.objectStore('events').count()))) return 'known';
  await beginComingPast(transaction);
  transaction.objectStore('meta').delete(PROJECTION_KEY);
  return 'comes';
}
