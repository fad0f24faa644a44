import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DeskState, ImportDesk } from '#renderer/data/import/import-desk.ts';
import { listImports } from '#renderer/data/imports.ts';
import type { ImportRow } from '#renderer/data/rows.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';

/** The job that writes, whoever started it. */
export function useImportDesk(): { readonly desk: ImportDesk; readonly state: DeskState } {
  const { imports } = useStore();
  return { desk: imports, state: useSyncExternalStore(imports.subscribe, imports.state) };
}

export interface PastImports {
  readonly rows: readonly ImportRow[];
  /** Marked as running while nobody runs it: a crash, or a window that was closed. */
  readonly interrupted: readonly ImportRow[];
}

export function usePastImports(desk: ImportDesk): PastImports {
  const rows = useLive(({ database }) => listImports(database), []);
  const [interrupted, setInterrupted] = useState<readonly ImportRow[]>([]);
  useEffect(() => {
    let isLeft = false;
    const look = async () => {
      const isAnyRunning = await desk.isAnyRunning();
      if (isLeft) return;
      setInterrupted(isAnyRunning ? [] : (rows ?? []).filter(({ phase }) => phase === 'running'));
    };
    void look();
    return () => {
      isLeft = true;
    };
  }, [rows, desk]);
  return { rows: rows ?? [], interrupted };
}
