import { useMemo } from 'react';
import { makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import { useLive } from './store-context.tsx';

/** Every published program version, live over windows; undefined until read. */
export function usePrograms(): ProgramBook | undefined {
  const rows = useLive(({ database }) => database.programs.toArray(), []);
  return useMemo(() => rows && makeProgramBook(rows), [rows]);
}
