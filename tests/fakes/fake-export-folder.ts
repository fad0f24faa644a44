import { err, ok, type Result } from '#shared/lib/result.ts';
import type { ChosenFolder, ExportFolder, FileToExport } from '#renderer/platform/export-folder.ts';
import type { SaveError } from '#renderer/platform/host.ts';

/** A folder in memory. */
export interface FakeExportFolder extends ExportFolder {
  /** What lies in the folder now, by name. */
  readonly files: ReadonlyMap<string, FileToExport['contents']>;
  /** The names of each successful write, in order. */
  readonly writes: readonly (readonly string[])[];
  /** What is wrong from now on; undefined: nothing. */
  breakWith(code: SaveError['code'] | undefined): void;
}

export interface FakeFolderPlan {
  /** Chosen from the start. */
  readonly folder?: ChosenFolder;
  /** What a person chooses when asked; without one they cancel. */
  readonly choice?: Awaited<ReturnType<ExportFolder['choose']>>;
  /** A browser without folders: the files go to its downloads. */
  readonly canChoose?: false;
}

export function createFakeExportFolder(plan: FakeFolderPlan = {}): FakeExportFolder {
  let { folder } = plan;
  const { canChoose = true } = plan;
  let trouble: SaveError['code'] | undefined;
  const files = new Map<string, FileToExport['contents']>();
  const writes: string[][] = [];

  function write(wanted: readonly FileToExport[]): Result<ChosenFolder, SaveError> {
    if (trouble !== undefined) return err({ code: trouble });
    if (!folder && canChoose) return err({ code: 'denied' });
    for (const { name, contents } of wanted) files.set(name, contents);
    writes.push(wanted.map(({ name }) => name));
    return ok(folder ?? { name: 'downloads', mustAsk: false });
  }

  return {
    files,
    writes,
    canChoose,
    find: async () => folder,
    async choose() {
      const choice = plan.choice ?? err({ code: 'cancelled' });
      if (choice.ok) folder = choice.value;
      return choice;
    },
    write: async (wanted) => write(wanted),
    breakWith(code) {
      trouble = code;
    },
  };
}
