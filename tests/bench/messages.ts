import type { Summary } from './statistics.ts';

/** What the driver asks the bench page, and what it answers. */

export interface Pair {
  readonly name: string;
  readonly app: Summary;
  readonly raw: Summary;
}

export interface ImportRound {
  readonly name: string;
  /** Members per second, the median of the rounds. */
  readonly app: number;
  readonly raw: number;
  /** Of all slice sizes, plain IndexedDB was fastest with this one. */
  readonly isBestRaw: boolean;
}

export interface WhatIfRounds {
  /** In the ledger. */
  readonly events: number;
  /** Events per second, the median of the rounds; `raw` only reads them. */
  readonly app: number;
  readonly raw: number;
  /** From the wish to stop to the answer. */
  readonly stop: Summary;
}

export interface FoldRounds {
  /** Of the member who is folded, and of the one who is nearly new. */
  readonly events: number;
  readonly few: number;
  readonly fold: Summary;
  /** A punch of the one, and of the other. */
  readonly long: Summary;
  readonly short: Summary;
}

export interface BenchPage {
  /** Opens the store with the app's own code; makes the shop and its program where there is none. */
  open(): Promise<void>;
  load(size: number): Promise<void>;
  /** One visit more of each of the first `count` members. */
  addVisits(count: number): Promise<void>;
  /** How many members `load` has made so far. */
  loaded(): number;
  /** Loads a few members into a store of their own and rebuilds it. @returns whether the bytes were equal */
  isLoadFaithful(): Promise<boolean>;
  search(request: { size: number; rounds: number; seed: number }): Promise<Pair[]>;
  punch(request: { size: number; rounds: number; seed: number }): Promise<Pair[]>;
  fold(request: { rounds: number }): Promise<FoldRounds>;
  importMembers(request: { size: number; rounds: number; perRound: number }): Promise<ImportRound[]>;
  lookupsWhileImporting(request: { size: number; members: number; seed: number }): Promise<Pair>;
  whatIf(request: { rounds: number }): Promise<WhatIfRounds>;
  /** One replay and nothing beside it. */
  playOnce(): Promise<void>;
  /** Durations of main-thread tasks over 50 ms since the last call. */
  takeLongTasks(): number[];
}
