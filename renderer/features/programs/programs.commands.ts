import { asNewProgram, readProgramFile } from '#shared/domain/program-file.ts';
import { findProgramProblems } from '#shared/domain/program-problems.ts';
import { listCurrentPrograms, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import type { EventId, StaffId } from '#shared/lib/brand.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CommitView, Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';

export type PublishFailure =
  | StorageFailure
  | { readonly code: 'has-problems' }
  /** Another window published a version since this draft was opened. */
  | { readonly code: 'changed-elsewhere' }
  /** Members hold stamps where points are wanted now, or the other way round. */
  | { readonly code: 'other-unit' }
  /** The counter types one amount for all programs: it can't be euros for one and yen for the other. */
  | { readonly code: 'other-currency' }
  | { readonly code: 'bad-file' };

export type Published = Result<{ readonly version: number }, PublishFailure>;

export interface ProgramCommands {
  /** `program.version` is the version the draft began with, 0 for a new program; the published one is the next. */
  publish(request: { readonly id: EventId; readonly program: ProgramDefinition }): Promise<Published>;
  /** Publishes a version in which nothing more is earned or sold; `version` is the one its owner has seen. */
  withdraw(request: {
    readonly id: EventId;
    readonly program: string;
    readonly version: number;
  }): Promise<Published>;
  /** Publishes what the file says as the next version of `into`; its version is 0 for a program of its own. */
  importFile(request: {
    readonly id: EventId;
    readonly text: string;
    readonly into: { readonly program: string; readonly version: number };
  }): Promise<Published>;
}

export function createProgramCommands(deps: {
  readonly ledger: Ledger;
  readonly staff: () => StaffId;
}): ProgramCommands {
  const { ledger, staff } = deps;

  const append = async (
    id: EventId,
    version: number,
    decide: (view: CommitView) => Result<ProgramDefinition, PublishFailure>,
  ): Promise<Published> => {
    const appended = await ledger.append<PublishFailure>({
      id,
      decide: (view) => {
        const decided = decide(view);
        if (!decided.ok) return decided;
        const program = { ...decided.value, version };
        if (findProgramProblems(program).length > 0) return err({ code: 'has-problems' });
        return ok({ draft: { id, type: 'program', staff: staff(), data: { program } } });
      },
    });
    return appended.ok ? ok({ version }) : appended;
  };

  const publish: ProgramCommands['publish'] = ({ id, program }) =>
    append(id, program.version + 1, ({ programs }) => {
      const current = programs.get(program.id)?.at(-1);
      if ((current?.version ?? 0) !== program.version) return err({ code: 'changed-elsewhere' });
      if (current && current.unit.kind !== program.unit.kind) return err({ code: 'other-unit' });
      if (isOtherMoney(program, programs)) return err({ code: 'other-currency' });
      return ok(program);
    });

  return {
    publish,
    withdraw: ({ id, program, version }) =>
      append(id, version + 1, ({ programs }) => {
        const current = programs.get(program)?.at(-1);
        if (current?.version !== version) return err({ code: 'changed-elsewhere' });
        return ok({ ...current, isWithdrawn: true });
      }),
    importFile: async ({ id, text, into }) => {
      const read = readProgramFile(text);
      if (!read.ok) return err({ code: 'bad-file' });
      const program = { ...asNewProgram(read.value, into.program), version: into.version };
      return publish({ id, program });
    },
  };
}

/** Members' amounts and prices stay what they are: neither another program nor an earlier version is in other money. */
const isOtherMoney = ({ currency }: ProgramDefinition, programs: ProgramBook): boolean =>
  currency !== undefined &&
  listCurrentPrograms(programs).some(
    (other) => !other.isWithdrawn && other.currency !== undefined && other.currency !== currency,
  );
