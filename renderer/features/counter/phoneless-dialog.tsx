import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCardCode } from '#shared/domain/card-code.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { Counter } from './use-counter.ts';
import styles from './counter-dialogs.module.css';

const MAX_NAME_LENGTH = 80;

/** A member without a phone gets a card code: to be written down now, or printed from the member's page. */
export function PhonelessDialog({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation(['counter', 'common']);
  const { dialog } = counter;
  return (
    <Dialog
      isOpen={dialog?.kind === 'phoneless'}
      onClose={counter.closeDialog}
      title={t('phoneless.title')}
      closeLabel={t('common:close')}
    >
      {dialog?.kind === 'phoneless' ? (
        <PhonelessForm counter={counter} initialName={dialog.name} code={dialog.code} />
      ) : null}
    </Dialog>
  );
}

interface PhonelessFormProps {
  readonly counter: Counter;
  readonly initialName: string;
  readonly code: string;
}

function PhonelessForm({ counter, initialName, code }: PhonelessFormProps) {
  const { t } = useTranslation(['counter', 'common']);
  const [name, setName] = useState(initialName);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void counter.enrolPhoneless(name);
      }}
    >
      <TextField
        label={t('phoneless.name')}
        value={name}
        onChange={setName}
        maxLength={MAX_NAME_LENGTH}
        size="lg"
        autoFocus
      />
      <p>{t('phoneless.text')}</p>
      <p className={styles['code']}>
        <bdi>{formatCardCode(code)}</bdi>
      </p>
      <Button type="submit" variant="primary" size="lg" isFullWidth isPending={counter.isBusy}>
        {t('phoneless.submit')}
      </Button>
    </form>
  );
}
