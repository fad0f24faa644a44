import { useMemo, useState } from 'react';
import { cleanName } from '#shared/domain/person-name.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { useSettings } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { parseInvitation } from '#shared/sync/invitation.ts';
import type { PairFailure } from '#renderer/platform/endpoint-link.ts';
import type { SyncDesk } from '#renderer/sync/sync-desk.ts';
import { readAddress } from './read-address.ts';
import { createSyncCommands } from './sync.commands.ts';

export type PairingKind = 'first' | 'next';
export type PairingField = 'address' | 'code' | 'invitation' | 'name';
export type PairingProblem = PairFailure['code'] | 'bad-invitation' | 'needs-invitation';

/** What was typed that can't be right, before anybody was asked. */
export type TypedProblem =
  'addressMissing' | 'addressBad' | 'addressUnsafe' | 'codeMissing' | 'invitationMissing' | 'nameMissing';

export type PairingNotes = Readonly<Partial<Record<PairingField, TypedProblem>>>;

const EMPTY = { address: '', code: '', invitation: '', name: '' };

/** The answers of the form, what is wrong with them, and the pairing itself. */
export function usePairing(desk: SyncDesk, formerAddress = '') {
  const store = useStore();
  const { log } = usePlatform();
  const { tillName } = useSettings();
  const commands = useMemo(() => createSyncCommands(store), [store]);
  const [kind, setKind] = useState<PairingKind>('first');
  const [typed, setTyped] = useState({ ...EMPTY, address: formerAddress });
  const [isNameTyped, setNameTyped] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<PairingProblem>();
  const answers = { ...typed, name: isNameTyped ? typed.name : tillName };
  const notes = notesOf(kind, answers);

  const pair = async () => {
    setChecked(true);
    setFailure(undefined);
    if (isPending || Object.keys(notes).length > 0) return;
    setPending(true);
    const name = cleanName(answers.name);
    // Before: a till that joins starts anew in the shop. Losing it loses nothing.
    const named = await commands.nameTill(name);
    if (!named.ok) log.error('till-not-named', { problem: named.error.problem });
    const address = readAddress(answers.address);
    const paired = await desk.pair(
      kind === 'first'
        ? { kind, address: address.ok ? address.value : '', code: withoutSpaces(answers.code), name }
        : { kind, invitation: withoutSpaces(answers.invitation), name },
    );
    setPending(false);
    if (paired.ok) return;
    log.error('pairing-failed', { code: paired.error.code });
    setFailure(paired.error.code);
  };

  return {
    /** Where the invitation leads: whoever joins sees whom they will trust before they do. */
    invitedTo: kind === 'next' ? parseInvitation(withoutSpaces(answers.invitation))?.address : undefined,
    kind,
    choose: (next: PairingKind) => {
      setKind(next);
      setChecked(false);
      setFailure(undefined);
    },
    answers,
    type: (field: PairingField, text: string) => {
      setFailure(undefined);
      if (field === 'name') setNameTyped(true);
      setTyped({ ...answers, [field]: text });
    },
    /** Nothing is said about a field before somebody has tried. */
    notes: isChecked ? notes : {},
    failure,
    isPending,
    pair,
  };
}

export type Pairing = ReturnType<typeof usePairing>;

/** Codes and invitations have none inside; a line break or a space came with the copying. */
const withoutSpaces = (text: string): string => text.replaceAll(/\s/gu, '');

function notesOf(kind: PairingKind, answers: typeof EMPTY): PairingNotes {
  const name = cleanName(answers.name) === '' ? { name: 'nameMissing' as const } : {};
  if (kind === 'next') {
    return {
      ...(withoutSpaces(answers.invitation) === '' ? { invitation: 'invitationMissing' } : {}),
      ...name,
    };
  }
  const address = readAddress(answers.address);
  return {
    ...(address.ok ? {} : { address: address.error }),
    ...(withoutSpaces(answers.code) === '' ? { code: 'codeMissing' } : {}),
    ...name,
  };
}

/** Beside which field an answer of the endpoint belongs; undefined: it is about none of them. */
export function fieldOf(kind: PairingKind, problem: PairingProblem): PairingField | undefined {
  switch (problem) {
    case 'bad-address':
    case 'no-answer':
    case 'tls':
    case 'not-ours':
      return kind === 'first' ? 'address' : 'invitation';
    case 'bad-code':
      return kind === 'first' ? 'code' : 'invitation';
    case 'bad-invitation':
      return 'invitation';
    case 'needs-invitation':
    case 'other-shop':
    case 'too-old':
    case 'busy':
    case 'not-kept':
      return undefined;
  }
}
