import { Search } from 'lucide-react';
import { useState } from 'react';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { shortNameOf } from './member-names.ts';
import styles from './memberships.module.css';
import { useMemberSearch } from './use-member-list.ts';
import type { Words } from './use-words.ts';

interface SamePersonDialogProps {
  readonly member: MemberId;
  readonly programs: ProgramBook;
  readonly words: Words;
  readonly onClose: () => void;
  readonly onDone: (appended: Appended | undefined) => void;
}

const MOST_SHOWN = 6;

/** First whom, then what would become of both. */
export function SamePersonDialog({ member, programs, words, onClose, onDone }: SamePersonDialogProps) {
  const [other, setOther] = useState<MemberId>();
  if (other !== undefined) {
    return (
      <MergeDialog
        pair={{ member, other }}
        programs={programs}
        words={words}
        onClose={onClose}
        onDone={onDone}
      />
    );
  }
  return <FindOther member={member} words={words} onClose={onClose} onFound={setOther} />;
}

interface FindOtherProps {
  readonly member: MemberId;
  readonly words: Words;
  readonly onClose: () => void;
  readonly onFound: (other: MemberId) => void;
}

function FindOther({ member, words, onClose, onFound }: FindOtherProps) {
  const { t } = words;
  const [text, setText] = useState('');
  const matches = useMemberSearch(text.trim());
  const others = matches?.rows.filter(({ id }) => id !== member).slice(0, MOST_SHOWN);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('members:merge.find')}
      closeLabel={t('common:close')}
      actions={
        <Button size="lg" onPress={onClose}>
          {t('common:cancel')}
        </Button>
      }
    >
      <TextField
        label={t('members:search')}
        description={t('members:merge.findHint')}
        value={text}
        onChange={setText}
        prefix={<Search aria-hidden />}
        size="lg"
        autoFocus
      />
      <div role="status">
        {others?.length === 0 ? <p className={styles['soft']}>{t('members:merge.nobody')}</p> : null}
      </div>
      {others && others.length > 0 ? (
        <ul className={styles['found']}>
          {others.map((row) => (
            <li key={row.id}>
              <Button size="lg" isFullWidth onPress={() => onFound(row.id)}>
                {nameOfRow(row, words)}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </Dialog>
  );
}

const nameOfRow = ({ name, phone }: MemberRow, words: Words): string =>
  shortNameOf({ name, phone: phone ?? null }, words);
