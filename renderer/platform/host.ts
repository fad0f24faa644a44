// The one interface to whatever the app runs in. Two hosts implement it and pass one contract
// (tests/contract/host.contract.ts); nothing outside this folder knows which one it has.

import type { FileKind } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/lib/result.ts';
import type { EndpointLink } from './endpoint-link.ts';
import type { ExportFolder } from './export-folder.ts';
import type { TillMarks } from './till-mark.ts';

export interface HostInfo {
  readonly name: string;
  readonly version: string;
  /** `linux`, `win32`, `darwin` or `browser`. */
  readonly platform: string;
  /** The user's preferred language tag, for example `tr-TR`. */
  readonly locale: string;
  /** The desktop's only. */
  readonly electron?: string;
  readonly chrome?: string;
  readonly profileFolder?: string;
}

export interface SaveFileRequest {
  /** A plain name with its extension, no folder. */
  readonly suggestedName: string;
  readonly kind: FileKind;
  /** At most MAX_FILE_BYTES. */
  readonly contents: string | Uint8Array;
}

/**
 * `saved`: the whole file is at its place; `folderName` is the last part of the folder, where known.
 * `sent-to-downloads`: a browser without a save dialog took it over and does not tell whether it got there.
 */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly folderName?: string }
  | { readonly kind: 'sent-to-downloads' }
  | { readonly kind: 'cancelled' };

/** `invalid`: the name is not a plain file name. */
export interface SaveError {
  readonly code: 'disk-full' | 'denied' | 'too-large' | 'invalid' | 'unknown';
}

export interface CopyError {
  readonly code: 'denied' | 'unsupported';
}

export interface ShowFolderError {
  readonly code: 'unsupported' | 'failed';
}

/** Whether the browser promised never to evict our data. */
export type PersistentStorage = 'granted' | 'denied' | 'unsupported';

export interface StorageEstimate {
  readonly usageBytes: number;
  readonly quotaBytes: number;
}

export interface Host {
  readonly kind: 'desktop' | 'browser';
  info(): Promise<HostInfo>;
  /** Asks the user where, writes all of it or nothing. Call it straight from a click: browsers insist on one. */
  saveFile(request: SaveFileRequest): Promise<Result<SaveOutcome, SaveError>>;
  requestPersistentStorage(): Promise<PersistentStorage>;
  /** Undefined where the browser won't say. */
  storageEstimate(): Promise<StorageEstimate | undefined>;
  /** Can `bytes` more be stored right now? Never rejects; true where nobody can know. */
  hasRoom(bytes: number): Promise<boolean>;
  /** The note beside the store that this till has a shop. */
  readonly tillMarks: TillMarks;
  readonly endpoint: EndpointLink;
  readonly exports: ExportFolder;
  copyText(text: string): Promise<Result<undefined, CopyError>>;
  /** Starts the page anew; committed data stays. */
  reload(): Promise<void>;
  /** Opens the profile folder in the file manager. Only the desktop can. */
  showDataFolder(): Promise<Result<undefined, ShowFolderError>>;
}
