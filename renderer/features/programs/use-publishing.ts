import { useMemo, useState } from 'react';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { EventId } from '#shared/lib/brand.ts';
import {
  createProgramCommands,
  type ProgramCommands,
  type PublishFailure,
  type Published,
} from './programs.commands.ts';

/** One dialog's one write. Its id is minted as the dialog opens: pressing twice publishes once. */
export function usePublishing() {
  const { ledger } = useStore();
  const { ids, log } = usePlatform();
  const commands = useMemo(() => createProgramCommands({ ledger, staff: () => UNASSIGNED_STAFF }), [ledger]);
  const [id] = useState(() => ids.eventId());
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<PublishFailure>();
  const run = async (
    write: (commands: ProgramCommands, id: EventId) => Promise<Published>,
  ): Promise<boolean> => {
    setPending(true);
    const written = await write(commands, id);
    setPending(false);
    if (written.ok) return true;
    log.error('publish-failed', { code: written.error.code });
    setFailure(written.error);
    return false;
  };
  return { run, isPending, failure };
}
