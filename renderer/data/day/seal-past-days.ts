import { planClose } from '#shared/domain/day-close.ts';
import { makeProgramBook } from '#shared/domain/program.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import type { DaySeal } from './day-job.ts';
import { readClosingNotes, readSyncMarks, type DayReads } from './day-rows.ts';
import { sealDay, type SealContext } from './seal-day.ts';
import { readWaitingDays } from './waiting-days.ts';

/** What closes of all days before `today` will say that were never closed, the oldest first. */
export async function sealPastDays(reads: DayReads, today: PlainDay): Promise<readonly DaySeal[]> {
  const { database } = reads;
  const notes = await readClosingNotes(database);
  const waiting = await readWaitingDays(reads, notes);
  const { forgotten } = planClose({ waiting, today, isTodayClosed: false });
  const context: SealContext = {
    reads,
    notes,
    programs: makeProgramBook(await database.programs.toArray()),
    setAside: (await readSyncMarks(database)).setAside,
  };
  const seals: DaySeal[] = [];
  for (const { day } of forgotten) seals.push(await sealDay(context, day));
  return seals;
}
