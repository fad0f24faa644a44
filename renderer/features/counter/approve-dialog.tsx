import { useTranslation } from 'react-i18next';
import { Dialog } from '#renderer/ui/dialog.tsx';
import type { DoneSubject } from './counter-state.ts';
import { ReasonForm } from './reason-form.tsx';
import type { Counter } from './use-counter.ts';

const REASONS = ['known', 'only', 'other'] as const;

/** Nobody knows whether another till has given it: a manager says whether it is handed over. */
export function ApproveDialog({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation('counter');
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
  return (
    <ReasonForm
      reasons={REASONS.map((id) => ({ id, label: t(`approve.reasons.${id}`) }))}
      texts={{
        reason: t('approve.reason'),
        other: t('approve.other'),
        help: t('approve.reasonHelp'),
        refuse: t('approve.decline'),
        submit: t('approve.submit'),
      }}
      isPending={counter.isBusy}
      onRefuse={() => void counter.decline()}
      onSubmit={(reason) => void counter.approve(reason)}
    >
      <p>{name === '' ? t('approve.textNoName', { reward }) : t('approve.text', { reward, name })}</p>
    </ReasonForm>
  );
}
