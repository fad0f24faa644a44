import { useState } from 'react';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { EventId } from '#shared/lib/brand.ts';
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
import { MAX_REASON_LENGTH, type MemberResult } from './members.commands.ts';
import type { MergeCommands } from './merge.commands.ts';
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
export function MergeDialog(props: MergeDialogProps) {
  const { t } = props.words;
  return (
    <PairDialog
      {...props}
      together="after"
      read={previewMerge}
      write={(commands, request) => commands.merge(request)}
      title={t('members:merge.title')}
      confirm={t('members:merge.confirm')}
      hint={t('members:merge.hint')}
      placeholder={t('members:merge.reasonPlaceholder')}
    />
  );
}

/** One card, and the two that it would be again. */
export function SplitDialog(props: MergeDialogProps) {
  const { t } = props.words;
  return (
    <PairDialog
      {...props}
      together="before"
      read={previewUnmerge}
      write={(commands, request) => commands.unmerge(request)}
      title={t('members:merge.splitTitle')}
      confirm={t('members:merge.splitConfirm')}
      hint={t('members:merge.splitHint')}
      placeholder={t('members:merge.splitPlaceholder')}
    />
  );
}

interface PairDialogProps extends MergeDialogProps, Pick<PreviewProps, 'together'> {
  readonly read: typeof previewMerge;
  readonly write: (
    commands: MergeCommands,
    request: Pair & { readonly id: EventId; readonly reason: string },
  ) => Promise<MemberResult>;
  readonly title: string;
  readonly confirm: string;
  readonly hint: string;
  readonly placeholder: string;
}

function PairDialog(props: PairDialogProps) {
  const { pair, programs, words, onClose, onDone, together, read, write } = props;
  const commands = useMergeCommands();
  const intent = useIntent(onDone);
  const [reason, setReason] = useState('');
  const preview = useLive(
    ({ database }) => read(database, pair, programs),
    [pair.member, pair.other, programs],
  );
  return (
    <EditDialog
      title={props.title}
      words={words}
      failure={intent.failure}
      isPending={intent.isPending}
      saveLabel={props.confirm}
      onSave={() => intent.run((id) => write(commands, { id, ...pair, reason }))}
      onClose={onClose}
    >
      <Preview preview={preview} together={together} programs={programs} words={words} />
      <p className={styles['soft']}>{props.hint}</p>
      <TextField
        label={words.t('members:dialog.reason')}
        description={words.t('members:merge.reasonHint')}
        placeholder={props.placeholder}
        value={reason}
        onChange={(next) => {
          setReason(next);
          intent.forgive();
        }}
        maxLength={MAX_REASON_LENGTH}
        isRequired
        autoFocus
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
