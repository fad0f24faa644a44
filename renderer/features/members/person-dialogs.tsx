import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_NOTE_LENGTH, type ProfileContent } from '#shared/domain/profile.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import { PSEUDO_LANGUAGE } from '#renderer/i18n/i18n.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { partsOfBirthday, readBirthday, type BirthdayParts } from './birthday.ts';
import { EditDialog } from './edit-dialog.tsx';
import styles from './edit-dialog.module.css';
import { useIntent, useMemberCommands } from './use-intent.ts';
import type { Words } from './use-words.ts';

export interface ProfileDialogProps {
  readonly member: MemberId;
  readonly profile: ProfileContent;
  readonly words: Words;
  readonly onClose: () => void;
  /** Undefined when nothing had to be changed. */
  readonly onDone: (appended: Appended | undefined) => void;
}

export function NameDialog({ member, profile, words, onClose, onDone }: ProfileDialogProps) {
  const { t } = words;
  const commands = useMemberCommands();
  const { run, isPending, failure } = useIntent(onDone);
  const [name, setName] = useState(profile.name);
  return (
    <EditDialog
      title={t('members:dialog.name')}
      words={words}
      failure={failure}
      isPending={isPending}
      onSave={() => run((id) => commands.edit({ id, member, change: { name } }))}
      onClose={onClose}
    >
      <TextField
        label={t('members:person.name')}
        description={t('members:dialog.nameHint')}
        value={name}
        onChange={setName}
        size="lg"
        maxLength={80}
        autoFocus
      />
    </EditDialog>
  );
}

export function NoteDialog({ member, profile, words, onClose, onDone }: ProfileDialogProps) {
  const { t } = words;
  const commands = useMemberCommands();
  const { run, isPending, failure } = useIntent(onDone);
  const [note, setNote] = useState(profile.note);
  return (
    <EditDialog
      title={t('members:dialog.note')}
      words={words}
      failure={failure}
      isPending={isPending}
      onSave={() => run((id) => commands.edit({ id, member, change: { note } }))}
      onClose={onClose}
    >
      <TextField
        label={t('members:person.note')}
        description={t('members:dialog.noteHint')}
        value={note}
        onChange={setNote}
        rows={5}
        maxLength={MAX_NOTE_LENGTH}
        autoFocus
      />
    </EditDialog>
  );
}

const digitsOf = (text: string, count: number) => text.normalize('NFKC').replace(/\D/gu, '').slice(0, count);

export function BirthdayDialog({ member, profile, words, onClose, onDone }: ProfileDialogProps) {
  const { t, format } = words;
  const { i18n } = useTranslation();
  const { clock } = usePlatform();
  const commands = useMemberCommands();
  const { run, isPending, failure, forgive } = useIntent(onDone);
  const [parts, setParts] = useState<BirthdayParts>(() => partsOfBirthday(profile.birthday));
  const [error, setError] = useState<string>();
  const locale = i18n.language === PSEUDO_LANGUAGE ? 'en' : i18n.language;

  const change = (next: Partial<BirthdayParts>) => {
    setParts({ ...parts, ...next });
    setError(undefined);
    forgive();
  };
  const save = () => {
    const read = readBirthday(parts, plainDayAt(clock.now(), clock.timeZone()));
    if ('problem' in read) return setError(words.birthdayProblem(read.problem));
    return run((id) => commands.edit({ id, member, change: { birthday: read.day } }));
  };
  return (
    <EditDialog
      title={t('members:dialog.birthday')}
      words={words}
      failure={failure}
      isPending={isPending}
      onSave={save}
      onClose={onClose}
    >
      <div className={styles['date']}>
        {format.dateOrder.map((part) =>
          part === 'month' ? (
            <Select
              key={part}
              label={t('members:dialog.month')}
              options={listMonths(locale)}
              value={parts.month === '' ? null : parts.month}
              onChange={(month) => change({ month: month === NO_MONTH ? '' : month })}
              placeholder="–"
            />
          ) : (
            <TextField
              key={part}
              label={t(`members:dialog.${part}`)}
              value={parts[part]}
              onChange={(text) => change({ [part]: digitsOf(text, part === 'year' ? 4 : 2) })}
              inputMode="numeric"
              isNumeric
              autoFocus={part === format.dateOrder.find((candidate) => candidate !== 'month')}
            />
          ),
        )}
      </div>
      {/* One message for the three fields: which of them is wrong is not always known. */}
      <p
        className={styles['hint']}
        role={error === undefined ? undefined : 'alert'}
        data-error={error !== undefined || undefined}
      >
        {error ?? t('members:dialog.birthdayHint')}
      </p>
    </EditDialog>
  );
}

const NO_MONTH = 'none';

function listMonths(locale: string) {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  const months = Array.from({ length: 12 }, (_, index) => ({
    id: String(index + 1),
    label: format.format(Date.UTC(2000, index, 1)),
  }));
  return [{ id: NO_MONTH, label: '–' }, ...months];
}
