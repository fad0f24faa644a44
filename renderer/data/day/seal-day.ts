import { headsOf, isAboutClosing } from '#shared/domain/day-close.ts';
import { createDayTally, figuresText, type DayFigures } from '#shared/domain/day-figures.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { readEvent, type KnownEvent } from '#shared/ledger/event.ts';
import type { MemberId, PlainDay } from '#shared/lib/brand.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import type { SetAside } from '#shared/sync/sync-state.ts';
import { PEOPLE_STORES, readHistory, readPerson } from '../aliases.ts';
import { answerOf } from '../native.ts';
import type { CardsRow, EventRow } from '../rows.ts';
import { readUndone } from '../undone.ts';
import { lateOf } from './waiting-days.ts';
import { inSlices, openRead, readDayRows, type ClosingNotes, type DayReads } from './day-rows.ts';
import type { DaySeal } from './day-job.ts';

/** Reads a day and adds it up: what a close will say about it. */

export interface SealContext {
  readonly reads: DayReads;
  readonly notes: ClosingNotes;
  readonly programs: ProgramBook;
  readonly setAside: readonly SetAside[];
}

export async function sealDay(
  context: SealContext,
  day: PlainDay,
  report: (part: number) => void = () => undefined,
): Promise<DaySeal> {
  const rows = await readDayRows(context.reads, day, (part) => report(part / 2));
  const open = lateOf(rows, context.notes, day);
  const figures = await addUp(context, day, open, (part) => report(0.5 + part / 2));
  return {
    day,
    supplement: context.notes.closes.get(day)?.length ?? 0,
    heads: headsOf(open),
    events: open.length,
    digest: sha256Hex(figuresText(figures)),
    figures,
  };
}

/** @param rows of one day, without notes about closing. What is set aside is in the files and counts nowhere. */
export async function addUp(
  { reads, programs, setAside }: Pick<SealContext, 'reads' | 'programs' | 'setAside'>,
  day: PlainDay,
  rows: readonly EventRow[],
  report: (part: number) => void = () => undefined,
): Promise<DayFigures> {
  const aside = new Set(setAside.flatMap(({ n }) => n ?? []));
  const tally = createDayTally(day, programs);
  const counted = rows.filter((row) => !aside.has(row.n) && !isAboutClosing(row));
  const checked: KnownEvent[] = [];
  await inSlices(reads, counted.length, async (from, to) => {
    for (const row of counted.slice(from, to)) {
      const known = readEvent(row);
      if (known) tally.add(known, await findTarget(reads, known));
      else tally.addUnreadable();
      // Only these can be found to have been too much.
      if (known?.type === 'redemption' || known?.type === 'adjustment') checked.push(known);
    }
    report(to / counted.length);
  });
  for (const exception of await findExceptions(reads, checked)) tally.addException(exception);
  return tally.result();
}

/** What a void takes back: only the first void of an event in the shop's order does. */
async function findTarget({ database }: DayReads, event: KnownEvent): Promise<KnownEvent | undefined> {
  if (event.type !== 'void' || event.member === undefined) return undefined;
  const transaction = openRead(database, ...PEOPLE_STORES);
  const { members } = await readPerson(transaction, event.member);
  const target = readUndone(await readHistory(transaction, members)).targets.get(event.id);
  return target && readEvent(target);
}

interface Found {
  readonly kind: 'excess-redemption' | 'short-adjustment';
  readonly event: string;
  readonly member: string;
}

/** What the fold found to be too much, of these events. */
async function findExceptions(reads: DayReads, events: readonly KnownEvent[]): Promise<Found[]> {
  const ids = new Set<string>(events.map(({ id }) => id));
  const members = [...new Set(events.flatMap(({ member }) => member ?? []))];
  const found: Found[] = [];
  await inSlices(reads, members.length, async (from, to) => {
    for (const state of await readCards(reads, members.slice(from, to))) {
      for (const { event, kind } of state.exceptions) {
        if (kind !== 'over-limit' && ids.has(event)) found.push({ kind, event, member: state.member });
      }
    }
  });
  return found;
}

/** Of whoever each of them counts as now. */
async function readCards({ database }: DayReads, members: readonly MemberId[]): Promise<CardsRow[]> {
  const transaction = openRead(database, 'cards', 'aliases');
  const states = await Promise.all(
    members.map(async (member) => {
      const { canonical } = await readPerson(transaction, member);
      return await answerOf(
        transaction.objectStore('cards').get(canonical) as IDBRequest<CardsRow | undefined>,
      );
    }),
  );
  const byMember = new Map(states.flatMap((state) => (state ? [[state.member, state] as const] : [])));
  return [...byMember.values()];
}
