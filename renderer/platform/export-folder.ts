import type { Result } from '#shared/lib/result.ts';
import type { SaveError } from './host.ts';

/** The folder that day closes and sync files go to, chosen once and remembered by the host. Nothing rejects. */
export interface ExportFolder {
  /** False where the browser has no folders: then nobody is to be asked for one. */
  readonly canChoose: boolean;
  find(): Promise<ChosenFolder | undefined>;
  /** Call it straight from a click: browsers insist on one. */
  choose(): Promise<
    Result<ChosenFolder, { readonly code: 'cancelled' | 'denied' | 'unsupported' | 'unknown' }>
  >;
  /**
   * All of the files, or the folder as it was: each is written whole beside its place and moved there, so that nobody ever
   * reads half a file. A file of the same name is replaced. Call it from a click where `find` says that it must ask.
   * At most MAX_EXPORT_FILES, together no larger than MAX_FILE_BYTES. `denied` too where no folder was chosen.
   *
   * Where the browser has no folders (`canChoose` is false, `choose` answers `unsupported`) the files go to its downloads one by one; the name is
   * then `downloads`, and nobody knows whether they got there.
   */
  write(files: readonly FileToExport[]): Promise<Result<ChosenFolder, SaveError>>;
}

export interface ChosenFolder {
  /** The last part of the path, for a person. */
  readonly name: string;
  /** The browser has to ask again before the next write, and only from a click. */
  readonly mustAsk: boolean;
}

export interface FileToExport {
  /** A plain name with its extension, no folder. */
  readonly name: string;
  readonly contents: string | Uint8Array;
}
