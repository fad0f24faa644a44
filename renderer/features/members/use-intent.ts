import { useMemo, useState } from 'react';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { EventId } from '#shared/lib/brand.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import {
  createMemberCommands,
  type MemberCommands,
  type MemberFailure,
  type MemberResult,
} from './members.commands.ts';
import { createMergeCommands, type MergeCommands } from './merge.commands.ts';

export function useMemberCommands(): MemberCommands {
  const { ledger } = useStore();
  const { ids } = usePlatform();
  return useMemo(() => createMemberCommands({ ledger, ids, staff: () => UNASSIGNED_STAFF }), [ledger, ids]);
}

export function useMergeCommands(): MergeCommands {
  const { ledger } = useStore();
  return useMemo(() => createMergeCommands({ ledger, staff: () => UNASSIGNED_STAFF }), [ledger]);
}

export interface Intent {
  readonly isPending: boolean;
  readonly failure: MemberFailure | undefined;
  /** Presses during the first one's commit are ignored; a press after a refusal tries again under the same id. */
  readonly run: (command: (id: EventId) => Promise<MemberResult>) => void;
  /** The input changed: the last refusal is no longer about it. */
  readonly forgive: () => void;
}

/** One intent of one person, from opening a dialog to its end. @param onDone also when nothing had to be changed. */
export function useIntent(onDone: (appended: Appended | undefined) => void): Intent {
  const { ids } = usePlatform();
  const [id] = useState(() => ids.eventId());
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<MemberFailure>();
  const run: Intent['run'] = (command) => {
    if (isPending) return;
    setPending(true);
    setFailure(undefined);
    const finish = async () => {
      try {
        const result = await command(id);
        if (result.ok) return onDone(result.value);
        if (result.error.code === 'unchanged') return onDone(undefined);
        return setFailure(result.error);
      } finally {
        setPending(false);
      }
    };
    void finish();
  };
  return { isPending, failure, run, forgive: () => setFailure(undefined) };
}
