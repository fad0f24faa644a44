import type { ClosePlan, CoveredHead, WaitingDay } from '#shared/domain/day-close.ts';
import type { DayFigures } from '#shared/domain/day-figures.ts';
import type { SpreadsheetDialect } from '#shared/export/spreadsheet.ts';
import type { EventId, PlainDay, StaffId } from '#shared/lib/brand.ts';
import type { SyncFileProblem } from '#shared/sync/read-sync-file.ts';
import type { StorageProblem } from '../storage-problem.ts';

/** What the end of a day is asked for and what it answers. All of it crosses between the page and the worker. */

export interface LookRequest {
  /** By the calendar of this till. */
  readonly today: PlainDay;
  /** Which of the days that wait; absent: the one that Enter would close. */
  readonly day?: PlainDay;
}

/** Everything a close seals, read in one go. */
export interface DaySeal {
  readonly day: PlainDay;
  /** 0: never closed before; else this will be that supplement. */
  readonly supplement: number;
  readonly heads: readonly CoveredHead[];
  readonly events: number;
  /** SHA-256 of the figures' canonical JSON. */
  readonly digest: string;
  readonly figures: DayFigures;
}

export interface DayLook {
  readonly plan: ClosePlan;
  /** Undefined: everything is closed. */
  readonly chosen: WaitingDay | undefined;
  readonly seal: DaySeal | undefined;
  /** What came later for closed days; the next close takes it along. */
  readonly late: readonly DaySeal[];
  readonly unsent: Unsent;
  /** The latest closes, the newest first. */
  readonly closed: readonly ClosedDay[];
}

export interface Unsent {
  readonly cursor: number;
  /** Events here that no endpoint has settled, whichever till wrote them. */
  readonly events: number;
  /** How many of them were carried here in a file, so that another till has them too. */
  readonly carried: number;
  /** An endpoint was in contact once; without one nothing can have been sent. */
  readonly hasEndpoint: boolean;
  /** Kept, and counted by no till. */
  readonly setAside: number;
}

export interface ClosedDay {
  readonly day: PlainDay;
  readonly supplement: number;
  /** The close. */
  readonly event: EventId;
  /** Milliseconds since 1970 UTC, by the clock of the till that closed. */
  readonly closedAt: number;
  readonly staff: StaffId;
  readonly till: string;
  readonly events: number;
  /** Files of this day were written by this or another till after it was closed. */
  readonly isExported: boolean;
}

export interface FilesRequest {
  /** The closes whose files are wanted. */
  readonly closes: readonly EventId[];
  /** Of this day, once: balances as they stand now. */
  readonly balancesOf: PlainDay | undefined;
  /** Names and numbers of members beside their balances. */
  readonly withNames: boolean;
  readonly dialect: SpreadsheetDialect;
  readonly timeZone: string;
  readonly app: string;
  readonly tillName: string;
  /** What waits to be sent goes along, named in the manifest of the first close. Absent: without it. */
  readonly sync?: Pick<SyncFileRequest, 'sinceLast' | 'shopKey'>;
}

export interface SyncFileRequest {
  /** What the names begin with. */
  readonly stem: string;
  /** Only what was written after the last sync file of a close: for a till that has no endpoint. Else all that waits. */
  readonly sinceLast: boolean;
  /** Base64; undefined: names and numbers stay here. */
  readonly shopKey: string | undefined;
}

export interface ReadyFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface DayFiles {
  readonly files: readonly ReadyFile[];
  readonly sync: SyncFiles | undefined;
}

export interface SyncFiles {
  readonly files: readonly ReadyFile[];
  readonly events: number;
  readonly docs: number;
  /** Position of the last event in them; noted once they are in the folder. */
  readonly upTo: number;
}

export interface TakeRequest {
  readonly file: Blob;
  readonly shopKey: string | undefined;
}

export interface TakeReport {
  readonly added: number;
  readonly known: number;
  readonly refused: number;
  /** Documents of people that were taken over, and those that this till has no key for. */
  readonly docs: number;
  readonly unreadableDocs: number;
}

export interface DayProgress {
  /** 0 to 1. */
  readonly part: number;
}

export type DayFailure =
  | { readonly code: 'storage'; readonly problem: StorageProblem }
  | { readonly code: 'newer-data' }
  | { readonly code: 'file'; readonly problem: SyncFileProblem }
  | { readonly code: 'file-gone' }
  | { readonly code: 'busy' | 'cancelled' | 'broken' };
