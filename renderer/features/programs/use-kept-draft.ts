import { useEffect, useMemo, useRef, useState } from 'react';
import { listKeptDrafts, type KeptDraft } from '#renderer/data/kept-drafts.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { APP_VERSION } from '#renderer/platform/app-version.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { ProgramDraft } from './program-draft.ts';
import { createProgramDrafts } from './program-drafts.commands.ts';

export type KeptDrafts = ReadonlyMap<string, KeptDraft>;

/** What was kept, read anew when `name` changes; undefined until it is known. */
export function useKeptDrafts(name: string): KeptDrafts | undefined {
  const { database } = useStore();
  const { log } = usePlatform();
  const [read, setRead] = useState<{ readonly name: string; readonly drafts: KeptDrafts }>();
  useEffect(() => {
    let isLeft = false;
    const show = (drafts: KeptDrafts) => !isLeft && setRead({ name, drafts });
    listKeptDrafts(database, APP_VERSION).then(show, (error: unknown) => {
      log.error('drafts-not-read', { name: error instanceof Error ? error.name : 'unknown' });
      show(new Map());
    });
    return () => {
      isLeft = true;
    };
  }, [database, name, log]);
  return read?.name === name ? read.drafts : undefined;
}

/** The kept draft, where it still changes what `base` is. */
export function draftFor(kept: KeptDraft | undefined, base: ProgramDefinition): ProgramDraft | undefined {
  if (kept?.version !== base.version) return undefined;
  // This version of the app has written it, from a draft.
  const draft = kept.draft as ProgramDraft;
  return draft.id === base.id && draft.unit.kind === base.unit.kind ? draft : undefined;
}

/** Typing goes on for a moment before it is written. */
const PAUSE_MS = 300;

/** Keeps what is edited, forgets what is not, and is up to date when the screen is left. */
export function useKeepDraft(name: string, draft: ProgramDraft | undefined): void {
  const { database, guard } = useStore();
  const { log } = usePlatform();
  const drafts = useMemo(() => createProgramDrafts({ database, guard, log }), [database, guard, log]);
  const pending = useRef<() => void>(undefined);
  useEffect(() => {
    const save = () => {
      pending.current = undefined;
      void (draft ? drafts.keep(name, draft) : drafts.drop(name));
    };
    pending.current = save;
    const timer = setTimeout(save, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [drafts, name, draft]);
  useEffect(() => () => pending.current?.(), []);
}
