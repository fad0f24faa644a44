import { expect } from 'vitest';
import type { ColumnRole } from '#shared/domain/import/columns.ts';
import type { ImportProgram } from '#shared/domain/import/import-program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { PhoneNumber } from '#shared/lib/brand.ts';
import type { ImportReport, ImportRequest } from '#renderer/data/import/import-job.ts';
import type { ImportDeps, JobControl } from '#renderer/data/import/import-work.ts';
import { runImport } from '#renderer/data/import/import.commands.ts';
import { digestProjections, rebuildProjections } from '#renderer/data/rebuild.ts';
import { createSlicePacer } from '#renderer/data/slice-pacer.ts';
import type { TestStore } from './test-store.ts';

/** Files of members, and the parts that import them into a store of a test. */

export function depsOf(store: TestStore): ImportDeps {
  return {
    database: store.database,
    ledger: store.ledger,
    clock: store.clock,
    ids: store.ids,
    staff: () => UNASSIGNED_STAFF,
    pacer: createSlicePacer(() => performance.now()),
    steadyNow: () => performance.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

export const toTheEnd = (): JobControl => ({ signal: new AbortController().signal, report: () => undefined });

export const COFFEE: ImportProgram = {
  id: 'coffee',
  name: 'Coffee card',
  unit: 'stamps',
  words: [],
  levels: [],
  hasPass: false,
  isEarned: true,
};
export const BALANCE: ColumnRole = { kind: 'balance', program: 'coffee' };
export const COLUMNS: readonly ColumnRole[] = [{ kind: 'phone' }, { kind: 'name' }, BALANCE];

export function requestFor(contents: string | Blob, change: Partial<ImportRequest> = {}): ImportRequest {
  return {
    file: typeof contents === 'string' ? new Blob([contents]) : contents,
    fileName: 'members.csv',
    format: { encoding: 'utf-8', separator: ';', skippedLines: 0 },
    hasHeader: true,
    columns: COLUMNS,
    country: 'FR',
    existing: 'leave',
    ...change,
  };
}

export async function importAll(
  store: TestStore,
  asked: ImportRequest,
  control = toTheEnd(),
): Promise<ImportReport> {
  const result = await runImport(depsOf(store), asked, control);
  if (!result.ok) throw new Error(`the import failed: ${result.error.code}`);
  return result.value;
}

export const numberAt = (index: number) => `06399${String(80_000 + index).padStart(5, '0')}`;
export const e164At = (index: number) => `+33${numberAt(index).slice(1)}` as PhoneNumber;
export const rowsOf = (count: number, stamps = 3) =>
  `phone;name;stamps\n${Array.from({ length: count }, (_, index) => `${numberAt(index)};Member ${index};${stamps}\n`).join('')}`;

export async function memberBy(store: TestStore, phone: PhoneNumber) {
  const [row] = await store.search.listHolders([phone]);
  return row;
}

export async function expectRebuildIsEqual(store: TestStore): Promise<void> {
  const before = await digestProjections(store.database);
  await rebuildProjections(store.database);
  expect(await digestProjections(store.database)).toBe(before);
}
