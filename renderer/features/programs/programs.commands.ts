import { findProgramProblems } from '#shared/domain/program-problems.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { EventId, StaffId } from '#shared/lib/brand.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';

export type PublishFailure =
  | StorageFailure
  | { readonly code: 'has-problems' }
  /** Another window published a version since this draft was opened. */
  | { readonly code: 'changed-elsewhere' };

export interface ProgramCommands {
  /** `program.version` is the version the draft began with, 0 for a new program; the published one is the next. */
  publish(request: {
    readonly id: EventId;
    readonly program: ProgramDefinition;
  }): Promise<Result<{ readonly version: number }, PublishFailure>>;
}

export function createProgramCommands(deps: {
  readonly ledger: Ledger;
  readonly staff: () => StaffId;
}): ProgramCommands {
  const { ledger, staff } = deps;
  return {
    publish: async ({ id, program: draft }) => {
      // The ledger's own book knows only what this window published.
      await ledger.refreshPrograms();
      const version = draft.version + 1;
      const appended = await ledger.append<PublishFailure>({
        id,
        decide: (view) => {
          const current = view.programs.get(draft.id)?.at(-1)?.version ?? 0;
          if (current !== draft.version) return err({ code: 'changed-elsewhere' });
          const program = { ...draft, version };
          if (findProgramProblems(program).length > 0) return err({ code: 'has-problems' });
          return ok({ draft: { id, type: 'program', staff: staff(), data: { program } } });
        },
      });
      return appended.ok ? ok({ version }) : appended;
    },
  };
}
