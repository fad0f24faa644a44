import { useState } from 'react';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import {
  previewMerge,
  previewUnmerge,
  type Pair,
  type PeoplePreview,
} from '#renderer/data/aliases-preview.ts';
import { useLive } from '#renderer/data/store-context.tsx';
import { useToday } from '#renderer/platform/use-today.ts';
import { TextField } from '#renderer/ui/text-field.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { shortNameOf } from './member-names.ts';
import styles from './memberships.module.css';
import { MAX_REASON_LENGTH } from './members.commands.ts';
import { PreviewTable, type PreviewColumn } from './preview-table.tsx';
import { useIntent, useMergeCommands } from './use-intent.ts';
import type { Words } from './use-words.ts';

export interface MergeDialogProps {
  readonly pair: Pair;
  readonly programs: ProgramBook;
  readonly words: Words;
  readonly onClose: () => void;
  readonly onDone: (appended: Appended | undefined) => void;
}

/** Two memberships, and what one card of both would hold. */
export function MergeDialog({ pair, programs, words, onClose, onDone }: MergeDialogProps) {
  const { t } = words;
  const commands = useMergeCommands();
  const intent = useIntent(onDone);
  const [reason, setReason] = useState('');
  const preview = useLive(
    ({ database }) => previewMerge(database, pair, programs),
    [pair.member, pair.other, programs],
  );
  return (
    <EditDialog
      title={t('members:merge.title')}
      words={words}
      failure={intent.failure}
      isPending={intent.isPending}
      saveLabel={t('members:merge.confirm')}
      onSave={() => intent.run((id) => commands.merge({ id, ...pair, reason }))}
      onClose={onClose}
    >
      <Preview preview={preview} together="after" programs={programs} words={words} />
      <p className={styles['soft']}>{t('members:merge.hint')}</p>
      <ReasonField
        reason={reason}
        placeholder={t('members:merge.reasonPlaceholder')}
        words={words}
        onChange={(next) => {
          setReason(next);
          intent.forgive();
        }}
      />
    </EditDialog>
  );
}

/** One card, and the two that it would be again. */
export function SplitDialog({ pair, programs, words, onClose, onDone }: MergeDialogProps) {
  const { t } = words;
  const commands = useMergeCommands();
  const intent = useIntent(onDone);
  const [reason, setReason] = useState('');
  const preview = useLive(
    ({ database }) => previewUnmerge(database, pair, programs),
    [pair.member, pair.other, programs],
  );
  return (
    <EditDialog
      title={t('members:merge.splitTitle')}
      words={words}
      failure={intent.failure}
      isPending={intent.isPending}
      saveLabel={t('members:merge.splitConfirm')}
      onSave={() => intent.run((id) => commands.unmerge({ id, ...pair, reason }))}
      onClose={onClose}
    >
      <Preview preview={preview} together="before" programs={programs} words={words} />
      <p className={styles['soft']}>{t('members:merge.splitHint')}</p>
      <ReasonField
        reason={reason}
        placeholder={t('members:merge.splitPlaceholder')}
        words={words}
        onChange={(next) => {
          setReason(next);
          intent.forgive();
        }}
      />
    </EditDialog>
  );
}

interface PreviewProps {
  /** Undefined until read. */
  readonly preview: PeoplePreview | undefined;
  /** On which side both are one. */
  readonly together: 'before' | 'after';
  readonly programs: ProgramBook;
  readonly words: Words;
}

function Preview({ preview, together, programs, words }: PreviewProps) {
  const { t } = words;
  const day = useToday();
  if (!preview) return <p className={styles['soft']}>{t('common:loading')}</p>;
  const { before, after } = preview;
  const columns: PreviewColumn[] = [
    ...before.map((person, index) => ({
      id: `before ${index}`,
      title: together === 'before' ? t('members:merge.before') : shortNameOf(person.profile, words),
      person,
      isResult: false,
    })),
    ...after.map((person, index) => ({
      id: `after ${index}`,
      title: together === 'after' ? t('members:merge.together') : shortNameOf(person.profile, words),
      person,
      isResult: true,
    })),
  ];
  return <PreviewTable columns={columns} programs={programs} day={day} words={words} />;
}

interface ReasonFieldProps {
  readonly reason: string;
  readonly placeholder: string;
  readonly words: Words;
  readonly onChange: (reason: string) => void;
}

function ReasonField({ reason, placeholder, words: { t }, onChange }: ReasonFieldProps) {
  return (
    <TextField
      label={t('members:dialog.reason')}
      description={t('members:merge.reasonHint')}
      placeholder={placeholder}
      value={reason}
      onChange={onChange}
      maxLength={MAX_REASON_LENGTH}
      isRequired
      autoFocus
    />
  );
}
