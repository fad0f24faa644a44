import { nextToClose, planClose, type WaitingDay } from '#shared/domain/day-close.ts';
import { makeProgramBook } from '#shared/domain/program.ts';
import type { SyncMarks } from '#shared/sync/sync-state.ts';
import { answerOf } from '../native.ts';
import { findTillIdentity } from '../till-identity.ts';
import type { ClosedDay, DayLook, LookRequest, Unsent } from './day-job.ts';
import { openRead, readClosingNotes, readSyncMarks, type ClosingNotes, type DayReads } from './day-rows.ts';
import { readQueue } from './read-queue.ts';
import { sealDay, type SealContext } from './seal-day.ts';
import { readWaitingDays } from './waiting-days.ts';

/** What the screen of the end of a day shows, and what a close then seals. */

/** Closes that are listed; older ones are in the folder. */
const LISTED = 7;
/** How much of the whole finding the days is. */
const FINDING = 0.3;

export async function lookAtDays(
  reads: DayReads,
  { today, day }: LookRequest,
  report: (part: number) => void = () => undefined,
): Promise<DayLook> {
  const notes = await readClosingNotes(reads.database);
  const marks = await readSyncMarks(reads.database);
  const waiting = await readWaitingDays(reads, notes, (part) => report(part * FINDING));
  const plan = planClose({ waiting, today, isTodayClosed: notes.closes.has(today) });
  const chosen = findDay([...plan.forgotten, plan.today, ...plan.late], day) ?? nextToClose(plan);
  const context: SealContext = {
    reads,
    notes,
    programs: makeProgramBook(await reads.database.programs.toArray()),
    setAside: marks.setAside,
  };
  const seal = chosen
    ? await sealDay(context, chosen.day, (part) => report(FINDING + part * (1 - FINDING)))
    : undefined;
  const late = [];
  for (const one of plan.late) {
    if (one.day !== chosen?.day) late.push(await sealDay(context, one.day));
  }
  return {
    plan,
    chosen,
    seal,
    late,
    unsent: await countUnsent(reads, marks),
    closed: listClosed(notes),
  };
}

const findDay = (days: readonly (WaitingDay | undefined)[], day: string | undefined) =>
  day === undefined ? undefined : days.find((one) => one?.day === day);

/** A till that was never in contact has no places at all, so its keys are enough. */
async function countUnsent(reads: DayReads, marks: SyncMarks): Promise<Unsent> {
  const { cursor, setAside, serverEpoch, uploaded } = marks;
  const rest = { cursor, setAside: setAside.length, hasEndpoint: serverEpoch !== null };
  if (serverEpoch === null) {
    const store = openRead(reads.database, 'events').objectStore('events');
    const events = await answerOf(store.count(IDBKeyRange.lowerBound(uploaded, true)));
    return { ...rest, events, carried: 0 };
  }
  const own = (await findTillIdentity(reads.database))?.till;
  let events = 0;
  let carried = 0;
  await readQueue(reads, { marks, after: uploaded }, (page) => {
    events += page.length;
    carried += page.filter(({ event }) => event.till !== own).length;
  });
  return { ...rest, events, carried };
}

function listClosed(notes: ClosingNotes): ClosedDay[] {
  const all = [...notes.closes].flatMap(([day, closes]) =>
    closes.map((close, supplement): ClosedDay => ({
      day,
      supplement,
      event: close.id,
      closedAt: close.wall,
      staff: close.staff,
      till: close.till,
      events: close.data.events,
      isExported: notes.exports.some(({ data }) => data.kind === 'day' && data.day === day),
    })),
  );
  return all
    .sort((a, b) => (a.day === b.day ? b.supplement - a.supplement : a.day < b.day ? 1 : -1))
    .slice(0, LISTED);
}
