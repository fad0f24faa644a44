import type { Database } from '#renderer/data/database.ts';
import { dropDraft, keepDraft } from '#renderer/data/kept-drafts.ts';
import type { SpaceGuard } from '#renderer/data/space-guard.ts';
import { APP_VERSION } from '#renderer/platform/app-version.ts';
import type { Log } from '#shared/lib/ports.ts';
import type { ProgramDraft } from './program-draft.ts';

export interface ProgramDrafts {
  /** Nothing here stops anybody from typing on: where it can't be kept, that is only logged. */
  keep(name: string, draft: ProgramDraft): Promise<void>;
  drop(name: string): Promise<void>;
}

export function createProgramDrafts(deps: {
  readonly database: Database;
  readonly guard?: SpaceGuard | undefined;
  readonly log: Log;
}): ProgramDrafts {
  const { database, guard, log } = deps;
  const quietly = async (work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      log.error('draft-not-kept', { name: error instanceof Error ? error.name : 'unknown' });
    }
  };
  return {
    keep: (name, draft) =>
      quietly(keepDraft(database, { name, app: APP_VERSION, version: draft.version, draft }, guard)),
    drop: (name) => quietly(dropDraft(database, name)),
  };
}
