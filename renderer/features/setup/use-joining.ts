import { useMemo, useState } from 'react';
import { cleanName } from '#shared/domain/person-name.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import type { PairFailure } from '#renderer/platform/endpoint-link.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useSyncDesk } from '#renderer/sync/sync-context.tsx';
import { createSetupCommands } from './setup.commands.ts';

export type JoinFailure = PairFailure['code'] | 'bad-invitation' | 'needs-invitation';

/** What the other till showed, and the name of this one. When it is paired, the shop comes by itself. */
export function useJoining() {
  const desk = useSyncDesk();
  const store = useStore();
  const { log } = usePlatform();
  const commands = useMemo(() => createSetupCommands({ ...store, staff: () => UNASSIGNED_STAFF }), [store]);
  const [invitation, setInvitation] = useState('');
  const [name, setName] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<JoinFailure>();
  // An invitation has no spaces; a line break came with the copying.
  const cleaned = { invitation: invitation.replaceAll(/\s/gu, ''), name: cleanName(name) };
  const hasInvitation = cleaned.invitation !== '';
  const hasName = cleaned.name !== '';

  const join = async () => {
    setChecked(true);
    setFailure(undefined);
    if (isPending || !hasInvitation || !hasName) return;
    setPending(true);
    // Before: a till that joins starts anew in the shop. Losing it loses nothing, the endpoint's list has it as well.
    const named = await commands.nameTill(cleaned.name);
    if (!named.ok) log.error('till-not-named', { code: named.error.code });
    const paired = await desk.pair({ kind: 'next', ...cleaned });
    setPending(false);
    if (paired.ok) return;
    log.error('joining-failed', { code: paired.error.code });
    setFailure(paired.error.code);
  };

  return {
    invitation,
    setInvitation: (text: string) => {
      setFailure(undefined);
      setInvitation(text);
    },
    name,
    setName,
    hasInvitation,
    hasName,
    isChecked,
    isPending,
    failure,
    join,
  };
}
