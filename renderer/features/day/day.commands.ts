import type { SpreadsheetDialect } from '#shared/export/spreadsheet.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import type { EventId, PlainDay, StaffId } from '#shared/lib/brand.ts';
import { syncNowStem } from '#shared/export/file-names.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { noteSyncFileWritten } from '#renderer/data/day/build-sync-files.ts';
import type { DayDesk } from '#renderer/data/day/day-desk.ts';
import type { DayFailure, DayLook, DaySeal, ReadyFile, TakeReport } from '#renderer/data/day/day-job.ts';
import type { Database } from '#renderer/data/database.ts';
import type { Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';
import type { ChosenFolder, ExportFolder } from '#renderer/platform/export-folder.ts';
import type { SaveError } from '#renderer/platform/host.ts';

/**
 * The end of a day:
 *
 *   look ──► one `day-close` for the day, one for each closed day with something that came later ──► closed
 *        ──► files ──► all of them in the folder, or none ──► an `export` for each day
 *
 * The close is in the ledger before any file is begun. A folder that can't be written to, a cancel or a crash after it leaves
 * a closed day whose files can be written again at any time: they hold what the close covers, not what came since.
 */
export interface DayCommands {
  look(request: LookRequest, control?: Control): Promise<Result<DayLook, DayFailure>>;
  /** `nothing`: all is closed, and nothing came later. */
  close(
    request: LookRequest,
    control?: Control,
  ): Promise<Result<Closed, DayFailure | StorageFailure | { readonly code: 'nothing' }>>;
  prepareFiles(request: PrepareRequest, control?: Control): Promise<Result<Prepared, DayFailure>>;
  /** What still waits, for a stick. */
  prepareSyncFile(
    request: { readonly today: PlainDay },
    control?: Control,
  ): Promise<Result<Prepared, DayFailure>>;
  /** Call it from a click where the folder must be asked for. */
  write(prepared: Prepared): Promise<Result<ChosenFolder, SaveError | StorageFailure>>;
  takeSyncFile(file: Blob, control?: Control): Promise<Result<TakeReport, DayFailure>>;
}

export interface LookRequest {
  readonly today: PlainDay;
  readonly day?: PlainDay;
}

export interface Control {
  readonly signal?: AbortSignal;
  /** 0 to 1 of the job that runs. */
  readonly report?: (part: number) => void;
}

export interface Closed {
  /** The day first, then the supplements. */
  readonly seals: readonly DaySeal[];
  readonly closes: readonly EventId[];
}

export interface PrepareRequest {
  readonly days: readonly PlainDay[];
  readonly closes: readonly EventId[];
  readonly balancesOf: PlainDay | undefined;
  /** Without it the sync file goes on where the last close's ended; a till with an endpoint writes what waits either way. */
  readonly isAgain?: boolean;
  readonly withNames: boolean;
  readonly dialect: SpreadsheetDialect;
  readonly timeZone: string;
  readonly app: string;
  readonly tillName: string;
}

/** Files in memory, on their way to the folder. */
export interface Prepared {
  readonly kind: 'day' | 'sync-file';
  readonly days: readonly PlainDay[];
  readonly files: readonly ReadyFile[];
  /** Position up to which the next sync file of a close need not go back. */
  readonly syncedUpTo: number | undefined;
}

export interface DayCommandParts {
  readonly ledger: Ledger;
  readonly database: Database;
  readonly desk: DayDesk;
  readonly folder: ExportFolder;
  readonly newId: () => EventId;
  readonly staff: () => StaffId;
  /** Undefined: not paired, so names and numbers stay out of sync files. */
  readonly readShopKey: () => Promise<string | undefined>;
}

/** A folder takes this much at once: the copy of more between processes would freeze the till. */
const MOST_BYTES_AT_ONCE = 48 * 1024 * 1024;

export function createDayCommands(parts: DayCommandParts): DayCommands {
  const { ledger, database, desk, folder, newId, staff, readShopKey } = parts;

  const controlOf = ({ signal, report }: Control = {}) => ({
    signal,
    report: report && (({ part }: { readonly part: number }) => report(part)),
  });

  async function append(draft: EventDraft): Promise<Result<undefined, StorageFailure>> {
    const appended = await ledger.append<never>({ id: draft.id, decide: () => ok({ draft }) });
    return appended.ok ? ok(undefined) : appended;
  }

  async function sealAll(
    seals: readonly DaySeal[],
    look: DayLook,
  ): Promise<Result<EventId[], StorageFailure>> {
    const closes: EventId[] = [];
    for (const { day, heads, events, digest } of seals) {
      const id = newId();
      const { cursor, events: unsent } = look.unsent;
      const data = { day, heads: [...heads], cursor, unsent, events, figures: digest };
      const appended = await append({ id, type: 'day-close', staff: staff(), data });
      if (!appended.ok) return appended;
      closes.push(id);
    }
    return ok(closes);
  }

  async function noteExport({ kind, days, files }: Prepared): Promise<Result<undefined, StorageFailure>> {
    for (const day of days) {
      const noted = await append({
        id: newId(),
        type: 'export',
        staff: staff(),
        data: { kind, day, files: files.length },
      });
      if (!noted.ok) return noted;
    }
    return ok(undefined);
  }

  return {
    look: (request, control) => desk.run({ kind: 'look', request }, controlOf(control)),
    close: async (request, control) => {
      // Read anew: what came since the screen was drawn is in it.
      const looked = await desk.run({ kind: 'look', request }, controlOf(control));
      if (!looked.ok) return looked;
      const { seal, late } = looked.value;
      if (!seal) return err({ code: 'nothing' });
      const seals = [seal, ...late];
      const closes = await sealAll(seals, looked.value);
      return closes.ok ? ok({ seals, closes: closes.value }) : closes;
    },
    prepareFiles: async ({ days, isAgain = false, ...request }, control) => {
      const sync = { sinceLast: !isAgain, shopKey: await readShopKey() };
      const built = await desk.run({ kind: 'files', request: { ...request, sync } }, controlOf(control));
      if (!built.ok) return built;
      const { files, sync: written } = built.value;
      return ok({ kind: 'day', days, files, syncedUpTo: written?.upTo });
    },
    prepareSyncFile: async ({ today }, control) => {
      const request = { stem: syncNowStem(today), sinceLast: false, shopKey: await readShopKey() };
      const built = await desk.run({ kind: 'sync-file', request }, controlOf(control));
      if (!built.ok) return built;
      return ok({ kind: 'sync-file', days: [today], files: built.value.files, syncedUpTo: undefined });
    },
    write: async (prepared) => {
      let written: Awaited<ReturnType<ExportFolder['write']>> = err({ code: 'invalid' });
      for (const some of inPortions(prepared.files)) {
        written = await folder.write(some.map(({ name, bytes }) => ({ name, contents: bytes })));
        if (!written.ok) return written;
      }
      if (!written.ok) return written;
      if (prepared.syncedUpTo !== undefined) await noteSyncFileWritten({ database }, prepared.syncedUpTo);
      const noted = await noteExport(prepared);
      return noted.ok ? written : noted;
    },
    takeSyncFile: async (file, control) =>
      await desk.run({ kind: 'take', request: { file, shopKey: await readShopKey() } }, controlOf(control)),
  };
}

/** In the order given, which ends with the manifest: whoever sees that one has all of the others. */
function inPortions(files: readonly ReadyFile[]): readonly (readonly ReadyFile[])[] {
  const portions: ReadyFile[][] = [];
  let left = 0;
  for (const file of files) {
    const last = portions.at(-1);
    if (last && file.bytes.length <= left) last.push(file);
    else {
      portions.push([file]);
      left = MOST_BYTES_AT_ONCE;
    }
    left -= file.bytes.length;
  }
  return portions;
}
