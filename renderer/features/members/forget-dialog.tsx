import { useState } from 'react';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import styles from './memberships.module.css';
import { ERASURE_REASONS, type ErasureReason } from './merge.commands.ts';
import { useIntent, useMergeCommands } from './use-intent.ts';
import type { Words } from './use-words.ts';

interface ForgetDialogProps {
  readonly member: MemberId;
  readonly words: Words;
  readonly onClose: () => void;
  readonly onDone: (appended: Appended | undefined) => void;
}

/** Nobody can take it back, so it needs a reason that was chosen and a word that was typed. */
export function ForgetDialog({ member, words, onClose, onDone }: ForgetDialogProps) {
  const { t } = words;
  const commands = useMergeCommands();
  const { run, isPending, failure } = useIntent(onDone);
  const [reason, setReason] = useState<ErasureReason | null>(null);
  const [typed, setTyped] = useState('');
  const [isAsked, setAsked] = useState(false);
  const word = t('members:forget.word');
  const isConfirmed = typed.trim().toLocaleUpperCase() === word.toLocaleUpperCase();
  const forget = () => {
    setAsked(true);
    if (reason !== null && isConfirmed) run((id) => commands.erase({ id, member, reason }));
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={t('members:forget.title')}
      closeLabel={t('common:close')}
      actions={
        <>
          <Button size="lg" onPress={onClose} autoFocus>
            {t('common:cancel')}
          </Button>
          <Button size="lg" variant="danger" onPress={forget} isPending={isPending}>
            {t('members:forget.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <p>{t('members:forget.goes')}</p>
        <p>{t('members:forget.stays')}</p>
        <p>{t('members:forget.copyFirst')}</p>
        <RadioCards
          label={t('members:forget.reason')}
          columns={1}
          cards={ERASURE_REASONS.map((id) => ({ id, title: t(`members:forget.reasons.${id}`) }))}
          value={reason}
          onChange={setReason}
          error={isAsked && reason === null ? t('members:forget.choose') : undefined}
        />
        <TextField
          label={t('members:forget.type', { word })}
          value={typed}
          onChange={setTyped}
          error={isAsked && !isConfirmed ? t('members:forget.mistyped', { word }) : undefined}
          maxLength={20}
        />
      </div>
      {failure ? (
        <Banner tone="error" role="alert">
          {words.failure(failure)}
        </Banner>
      ) : null}
    </Dialog>
  );
}
