import { listCurrentPrograms, type ProgramDefinition } from '#shared/domain/program.ts';
import type { EventId, StaffId } from '#shared/lib/brand.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { ImportDesk } from '#renderer/data/import/import-desk.ts';
import type { ImportRequest, JobFailure } from '#renderer/data/import/import-job.ts';
import type { Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';
import type { FileView, LookRequest } from '#renderer/data/import/import-job.ts';

/** Fills an empty practice shop. Run again after a crash it takes up what is there. */

export type PracticeFailure = JobFailure | StorageFailure;

export function createPracticeCommands(deps: {
  readonly ledger: Ledger;
  readonly imports: ImportDesk;
  readonly staff: () => StaffId;
}) {
  const { ledger, imports, staff } = deps;
  return {
    /** The shop's card: the one that a cut-off start has left, or `wanted`. */
    async publishCard(
      id: EventId,
      wanted: ProgramDefinition,
    ): Promise<Result<ProgramDefinition, StorageFailure>> {
      const [known] = listCurrentPrograms(ledger.programs());
      if (known) return ok(known);
      const published = await ledger.append<never>({
        id,
        decide: () => ok({ draft: { id, type: 'program', staff: staff(), data: { program: wanted } } }),
      });
      return published.ok ? ok(wanted) : published;
    },

    async moveIn(
      request: Pick<ImportRequest, 'file' | 'fileName' | 'country'> & Pick<LookRequest, 'today' | 'language'>,
      program: ProgramDefinition,
    ): Promise<Result<null, PracticeFailure>> {
      const looked: Result<FileView, JobFailure> = await imports.look({ ...request, programs: [program] });
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
  };
}
