import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import type { KeyResult } from './key-rounds.ts';
import type { FoldRounds, ImportRound, Pair, WhatIfRounds } from './messages.ts';
import type { Summary } from './statistics.ts';

/** One line of the table: what was measured, beside what it is judged by. */
export interface Figure {
  readonly size: number;
  readonly name: string;
  readonly measured: string;
  /** The yardstick of the same run, in the same unit. */
  readonly yardstick: string;
  readonly ratio: string;
  readonly goal: string;
  /** Undefined: told, not judged. */
  readonly isMet: boolean | undefined;
}

/** One frame at 60 Hz. */
const FRAME_MS = 16.7;
const SEARCH_RATIO = 1.3;
const PUNCH_RATIO = 1.6;
const PUNCH_MS = 50;
const START_RATIO = 1.5;
const IMPORT_SHARE = 0.8;
const FOLD_MS = 5;
const WHAT_IF_RATE = 100_000;
const WHAT_IF_EVENTS = 100_000;

export const inMs = (value: number): string =>
  value < 1 ? `${(1000 * value).toFixed(0)} µs` : `${value.toFixed(value < 10 ? 2 : 1)} ms`;
const both = ({ p50, p99 }: Summary): string => `${inMs(p50)} / ${inMs(p99)}`;
export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

function pairFigure(size: number, pair: Pair, limit: number): Figure {
  const { name, app, raw } = pair;
  const ratio = app.p50 / raw.p50;
  return {
    size,
    name,
    measured: both(app),
    yardstick: both(raw),
    ratio: `${times(ratio)} / ${times(app.p99 / raw.p99)}`,
    goal: `p50 ≤ ${limit}×`,
    isMet: ratio <= limit,
  };
}

export const searchFigure = (size: number, pair: Pair): Figure =>
  pairFigure(size, { ...pair, name: `search, ${pair.name}` }, SEARCH_RATIO);
export const punchFigure = (size: number, pair: Pair): Figure => pairFigure(size, pair, PUNCH_RATIO);

export function foldFigures(size: number, { events, few, fold, long, short }: FoldRounds): Figure[] {
  const many = events.toLocaleString('en');
  return [
    {
      size,
      name: `fold of one member with ${many} events`,
      measured: both(fold),
      yardstick: '',
      ratio: '',
      goal: `p50 ≤ ${FOLD_MS} ms`,
      isMet: fold.p50 <= FOLD_MS,
    },
    {
      size,
      name: `punch of a member with ${many} events, strict`,
      measured: both(long),
      yardstick: `with ${few} events: ${both(short)}`,
      ratio: `${times(long.p50 / short.p50)} / ${times(long.p99 / short.p99)}`,
      goal: `p50 ≤ ${FOLD_MS} ms`,
      isMet: long.p50 <= FOLD_MS,
    },
  ];
}

export function keyFigures(size: number, { name, work, plain, total, unanswered }: KeyResult): Figure[] {
  const isPunch = name.startsWith('punch');
  const judged = isPunch ? total : work;
  const limit = isPunch ? PUNCH_MS : FRAME_MS;
  const missing = unanswered === 0 ? '' : `, ${unanswered} keys unanswered`;
  return [
    {
      size,
      name: `${name}: work`,
      measured: both(work),
      yardstick: `bare field: ${both(plain)}`,
      ratio: `${times(work.p50 / plain.p50)} / ${times(work.p99 / plain.p99)}`,
      goal: isPunch ? '' : `p99 ≤ ${FRAME_MS} ms${missing}`,
      isMet: isPunch ? undefined : judged.p99 <= limit && unanswered === 0,
    },
    {
      size,
      name: `${name}: with the wait for the screen’s beat`,
      measured: both(total),
      yardstick: '',
      ratio: '',
      goal: isPunch ? `p99 ≤ ${PUNCH_MS} ms${missing}` : '',
      isMet: isPunch ? judged.p99 <= limit && unanswered === 0 : undefined,
    },
  ];
}

export function startFigure(size: number, loaded: Summary, empty: Summary): Figure {
  const ratio = loaded.p50 / empty.p50;
  return {
    size,
    name: 'cold start to a usable counter',
    measured: `${inMs(loaded.p50)} (worst ${inMs(loaded.max)})`,
    yardstick: `empty: ${inMs(empty.p50)} (worst ${inMs(empty.max)})`,
    ratio: times(ratio),
    goal: `≤ ${START_RATIO}×`,
    isMet: ratio <= START_RATIO,
  };
}

export function importFigure(size: number, { name, app, raw, isBestRaw }: ImportRound): Figure {
  return {
    size,
    name,
    measured: `${Math.round(app)} members/s`,
    yardstick: `${Math.round(raw)} members/s`,
    ratio: times(app / raw),
    goal: isBestRaw ? `≥ ${IMPORT_SHARE}×` : '',
    // Judged by the slice size that suits plain IndexedDB best.
    isMet: isBestRaw ? app / raw >= IMPORT_SHARE : undefined,
  };
}

export function busyLookupFigure(size: number, { app, raw }: Pair): Figure {
  return {
    size,
    name: 'lookup during an import',
    measured: both(app),
    yardstick: `nobody imports: ${both(raw)}`,
    ratio: `${times(app.p50 / raw.p50)} / ${times(app.p99 / raw.p99)}`,
    goal: `p99 ≤ ${FRAME_MS} ms`,
    isMet: app.p99 <= FRAME_MS,
  };
}

export function whatIfFigures(size: number, { events, app, raw, stop }: WhatIfRounds): Figure[] {
  const isLong = events >= WHAT_IF_EVENTS;
  return [
    {
      size,
      name: `what-if over ${events.toLocaleString('en')} events, read and played under two versions`,
      measured: `${Math.round(app).toLocaleString('en')} events/s`,
      yardstick: `read only: ${Math.round(raw).toLocaleString('en')} events/s`,
      ratio: times(app / raw),
      goal: isLong ? `≥ ${WHAT_IF_RATE.toLocaleString('en')} events/s` : '',
      // A short ledger measures how fast a worker starts.
      isMet: isLong ? app >= WHAT_IF_RATE : undefined,
    },
    {
      size,
      name: 'what-if: from the wish to stop to the answer',
      measured: `${inMs(stop.p50)} (worst ${inMs(stop.max)})`,
      yardstick: '',
      ratio: '',
      goal: `≤ ${FRAME_MS} ms`,
      isMet: stop.max <= FRAME_MS,
    },
  ];
}

export function longTaskFigure(size: number, during: string, durations: readonly number[]): Figure {
  const longest = durations.length === 0 ? 0 : Math.max(...durations);
  return {
    size,
    name: `main-thread tasks over 50 ms: ${during}`,
    measured: durations.length === 0 ? 'none' : `${durations.length}, longest ${inMs(longest)}`,
    yardstick: '',
    ratio: '',
    goal: 'none',
    isMet: durations.length === 0,
  };
}

const MARKS = { true: '✓', false: '✗ missed', undefined: '' } as const;

function cells(figure: Figure): string[] {
  const { name, measured, yardstick, ratio, goal, isMet } = figure;
  return [name, measured, yardstick, ratio, goal, MARKS[`${isMet}`]];
}

const HEADINGS = ['', 'Tenpunch, p50 / p99', 'yardstick, p50 / p99', 'ratio', 'goal', ''];

export function tellFigure(figure: Figure): string {
  const [name = '', measured = '', yardstick = '', ratio = '', goal = '', mark = ''] = cells(figure);
  const against = yardstick === '' ? '' : `, ${ratio} of ${yardstick}`;
  return `  ${mark || ' '} ${name}: ${measured}${against}${goal === '' ? '' : ` (goal: ${goal})`}`;
}

/** Figures as Markdown, a table for each size. */
export function toMarkdown(figures: readonly Figure[]): string {
  const sizes = [...new Set(figures.map(({ size }) => size))];
  return sizes
    .map((size) => {
      const rows = figures.filter((figure) => figure.size === size).map(cells);
      const lines = [HEADINGS, ['---', '---', '---', '---', '---', '---'], ...rows];
      const table = lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
      return `### ${size.toLocaleString('en')} members\n\n${table}`;
    })
    .join('\n\n');
}

const START = '<!-- bench: written by `npm run bench -- --write` -->';
const END = '<!-- /bench -->';

export async function writeNumbers(path: string, browser: string, figures: readonly Figure[]): Promise<void> {
  const text = await readFile(path, 'utf8');
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start === -1 || end < start) throw new Error('docs/numbers.md has lost its marks for the bench');
  const [load = 0] = loadavg();
  const machine =
    `Chromium ${browser}, headless, ${cpus().length} cores, ${process.platform}. ` +
    `Load at the end, this run included: ${load.toFixed(1)}. Above the number of cores other work was in the way: ` +
    `then only the ratios mean something.`;
  const part = `${START}\n\n${machine}\n\n${toMarkdown(figures)}\n\n`;
  await writeFile(path, text.slice(0, start) + part + text.slice(end));
}
