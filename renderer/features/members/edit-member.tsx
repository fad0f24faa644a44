import type { MemberId, EventId } from '#shared/lib/brand.ts';
import { stateOn } from '#shared/domain/fold.ts';
import { listCurrentPrograms, type ProgramBook } from '#shared/domain/program.ts';
import type { ProfileContent, ProfileField } from '#shared/domain/profile.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import type { MemberFile } from '#renderer/data/member-profile.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useToday } from '#renderer/platform/use-today.ts';
import type { Toasts } from '#renderer/ui/use-toasts.ts';
import { AdjustDialog, isAdjustable } from './adjust-dialog.tsx';
import { CardDialog } from './card-dialog.tsx';
import { NumberDialog } from './number-dialog.tsx';
import { BirthdayDialog, NameDialog, NoteDialog } from './person-dialogs.tsx';
import { useMemberCommands } from './use-intent.ts';
import type { Words } from './use-words.ts';

/** What is being changed: a part of the person, or the balance in a program. */
export type Editing = ProfileField | { readonly program: string };

const SAVED_TOAST = 'saved';

interface EditMemberProps {
  readonly editing: Editing | undefined;
  readonly member: MemberId;
  readonly file: MemberFile;
  readonly programs: ProgramBook;
  readonly words: Words;
  readonly toasts: Toasts;
  readonly onClose: () => void;
}

/** The dialog over a member's screen, if one is open, and the message with its undo after it. */
export function EditMember({ editing, member, file, programs, words, toasts, onClose }: EditMemberProps) {
  const { t } = words;
  const { ids } = usePlatform();
  const commands = useMemberCommands();
  const day = useToday();
  const { profile, state } = file;

  const saved = (appended: Appended | undefined) => {
    onClose();
    if (appended?.event.type !== 'profile') return;
    // As it was when the dialog was open: a removed number must not have to be remembered.
    const before = Object.fromEntries(appended.event.data.fields.map((field) => [field, profile[field]]));
    const undoId = ids.eventId();
    toasts.show({
      id: SAVED_TOAST,
      message: t('members:member.saved'),
      tone: 'success',
      action: { label: t('common:undo'), onPress: () => void restore(before, undoId) },
    });
  };
  const restore = async (change: Partial<ProfileContent>, id: EventId) => {
    const restored = await commands.edit({ id, member, change });
    toasts.show(
      restored.ok || restored.error.code === 'unchanged'
        ? { id: SAVED_TOAST, message: t('members:member.restored'), tone: 'success' }
        : { id: SAVED_TOAST, message: words.failure(restored.error), tone: 'error' },
    );
  };
  const undo = async (target: EventId, id: EventId) => {
    const undone = await commands.undo({ id, member, target });
    toasts.show(
      undone.ok
        ? { id: SAVED_TOAST, message: t('history:void.adjustment'), tone: 'success' }
        : { id: SAVED_TOAST, message: words.failure(undone.error), tone: 'error' },
    );
  };
  const adjusted = (appended: Appended | undefined) => {
    onClose();
    if (appended?.event.type !== 'adjustment') return;
    const { id: target, data } = appended.event;
    // Minted here, so that two presses of the button are one undo.
    const undoId = ids.eventId();
    const [grant] = data.grants;
    const definition = grant && programs.get(grant.program)?.at(-1);
    const units = grant ? words.history.sum({ program: grant.program, definition, units: grant.units }) : '';
    toasts.show({
      id: SAVED_TOAST,
      message: t('members:dialog.adjusted', { units }),
      tone: 'success',
      action: { label: t('common:undo'), onPress: () => void undo(target, undoId) },
    });
  };
  const shared = { member, profile, words, onClose, onDone: saved };
  if (typeof editing === 'object') {
    return (
      <AdjustDialog
        member={member}
        state={stateOn(state, day, programs)}
        programs={listCurrentPrograms(programs).filter((program) => isAdjustable(program, state))}
        program={editing.program}
        words={words}
        onClose={onClose}
        onDone={adjusted}
      />
    );
  }
  switch (editing) {
    case undefined:
      return null;
    case 'name':
      return <NameDialog {...shared} />;
    case 'phone':
      return <NumberDialog {...shared} />;
    case 'card':
      return <CardDialog {...shared} />;
    case 'birthday':
      return <BirthdayDialog {...shared} />;
    case 'note':
      return <NoteDialog {...shared} />;
  }
}
