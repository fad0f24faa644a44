import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import type { DoneSubject } from './counter-state.ts';
import { ReasonFields, useReason } from './reason-fields.tsx';
import type { Counter } from './use-counter.ts';
import styles from './counter-dialogs.module.css';

const REASONS = ['known', 'only', 'other'] as const;

/** Nobody knows whether another till has given it: a manager says whether it is handed over. */
export function ApproveDialog({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation(['counter', 'common']);
  const { dialog } = counter;
  return (
    <Dialog
      isOpen={dialog?.kind === 'approve'}
      onClose={() => void counter.decline()}
      title={t('approve.title')}
      closeLabel={t('approve.decline')}
      role="alertdialog"
    >
      {dialog?.kind === 'approve' ? <ApproveForm counter={counter} subject={dialog.subject} /> : null}
    </Dialog>
  );
}

interface ApproveFormProps {
  readonly counter: Counter;
  readonly subject: DoneSubject;
}

function ApproveForm({ counter, subject: { name, reward = '' } }: ApproveFormProps) {
  const { t } = useTranslation('counter');
  const reason = useReason(REASONS, (id) => t(`approve.reasons.${id}`));
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.given !== '') void counter.approve(reason.given);
      }}
    >
      <p>{name === '' ? t('approve.textNoName', { reward }) : t('approve.text', { reward, name })}</p>
      <ReasonFields
        reason={reason}
        label={t('approve.reason')}
        otherLabel={t('approve.other')}
        help={t('approve.reasonHelp')}
      />
      <div className={styles['dialogActions']}>
        <Button size="lg" autoFocus onPress={() => void counter.decline()}>
          {t('approve.decline')}
        </Button>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          isDisabled={reason.given === ''}
          isPending={counter.isBusy}
        >
          {t('approve.submit')}
        </Button>
      </div>
    </form>
  );
}
