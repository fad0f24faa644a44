import { CARD_CODE_DRAWS, makeCardCode } from '#shared/domain/card-code.ts';
import { assert } from '#shared/lib/assert.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { announceBulk, appendSlice } from '#renderer/data/bulk-append.ts';
import type { Database } from '#renderer/data/database.ts';
import { sealPastDays } from '#renderer/data/day/seal-past-days.ts';
import { givingWay } from '#renderer/data/give-way.ts';
import { planVisitOf } from './plan-practice-visit.ts';
import { listPracticeVisits, PRACTICE_PEOPLE } from './practice-visits.ts';
import { importProgramOf } from '#shared/domain/import/import-program.ts';
import { listCurrentPrograms, type ProgramDefinition } from '#shared/domain/program.ts';
import type { StaffId } from '#shared/lib/brand.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { ImportDesk } from '#renderer/data/import/import-desk.ts';
import type { ImportRequest, JobFailure } from '#renderer/data/import/import-job.ts';
import type { Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';
import type { FileView, LookRequest } from '#renderer/data/import/import-job.ts';

/** Fills an empty practice shop: programs, members of a file, regulars with a past. Run again after a crash it takes up what is there. */

export type PracticeFailure = JobFailure | StorageFailure;

export function createPracticeCommands(deps: {
  readonly ledger: Ledger;
  readonly database: Database;
  readonly imports: ImportDesk;
  readonly ids: Ids;
  readonly staff: () => StaffId;
}) {
  const { database, ledger, imports, ids, staff } = deps;
  return {
    /** Each of the shop's programs: the one that a cut-off start has left under its name, or the wanted one. */
    async publishAll(
      wanted: readonly ProgramDefinition[],
    ): Promise<Result<readonly ProgramDefinition[], StorageFailure>> {
      const left = listCurrentPrograms(ledger.programs());
      const published: ProgramDefinition[] = [];
      for (const program of wanted) {
        const known = left.find(({ name }) => name === program.name);
        const id = ids.eventId();
        const written = known
          ? ok(undefined)
          : await ledger.append<never>({
              id,
              decide: () => ok({ draft: { id, type: 'program', staff: staff(), data: { program } } }),
            });
        if (!written.ok) return written;
        published.push(known ?? program);
      }
      return ok(published);
    },

    async moveIn(
      request: Pick<ImportRequest, 'file' | 'fileName' | 'country'> & Pick<LookRequest, 'today' | 'language'>,
      programs: readonly ProgramDefinition[],
    ): Promise<Result<null, PracticeFailure>> {
      const looked: Result<FileView, JobFailure> = await imports.look({
        ...request,
        programs: programs.map(importProgramOf),
      });
      if (!looked.ok) return looked;
      const { format, hasHeader, columns } = looked.value;
      const imported = await imports.import(
        {
          file: request.file,
          fileName: request.fileName,
          country: request.country,
          format,
          hasHeader,
          columns,
          existing: 'leave',
        },
        staff(),
      );
      imports.dismiss();
      return imported.ok ? ok(null) : err(imported.error);
    },

    /** Regulars without a number, and their visits of the last weeks. */
    async playVisits(clock: Clock): Promise<void> {
      // Cut off and begun again: who is here is enough.
      if (await database.members.orderBy('card').first()) return;
      const people = PRACTICE_PEOPLE.map((name) => ({
        name,
        member: ids.memberId(),
        card: makeCardCode(ids.randomNumbers(CARD_CODE_DRAWS.count, CARD_CODE_DRAWS.below)),
      }));
      const timeZone = clock.timeZone();
      await ledger.withStream(async (stream) => {
        for (const visit of listPracticeVisits(clock.now())) {
          const person = people[visit.person];
          assert(person, 'every visit is somebody’s');
          const day = plainDayAt(visit.atMs, timeZone);
          const written = await appendSlice(
            database,
            stream,
            async (reads) => ({
              items: planVisitOf({
                person,
                visit,
                before: await reads.before(person.member),
                programs: stream.programs,
                day,
                timeZone,
                staff: staff(),
                newId: () => ids.eventId(),
              }),
            }),
            { wall: visit.atMs, tz: timeZone, day },
          );
          await written.committed;
        }
      });
      announceBulk(database);
    },

    /** Whoever closes a day in practice closes one they worked on: the weeks before were closed by the made-up shop. */
    async closePast(clock: Clock): Promise<Result<null, StorageFailure>> {
      const today = plainDayAt(clock.now(), clock.timeZone());
      const seals = await givingWay((parts) => sealPastDays({ database, ...parts }, today));
      for (const { day, heads, events, digest } of seals) {
        const id = ids.eventId();
        const data = { day, heads: [...heads], cursor: 0, unsent: 0, events, figures: digest };
        const closed = await ledger.append<never>({
          id,
          decide: () => ok({ draft: { id, type: 'day-close', staff: staff(), data } }),
        });
        if (!closed.ok) return closed;
      }
      return ok(null);
    },
  };
}
