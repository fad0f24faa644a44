import { useTranslation } from 'react-i18next';
import type { LimitBreach } from '#shared/domain/earn.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { ReasonForm } from './reason-form.tsx';
import type { Counter } from './use-counter.ts';
import styles from './counter-dialogs.module.css';

const REASONS = ['round', 'forgot', 'other'] as const;

/** The shop's limits hold, unless somebody says why not; then a manager will see it. */
export function LimitDialog({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation(['counter', 'common']);
  const { dialog } = counter;
  return (
    <Dialog
      isOpen={dialog?.kind === 'limit'}
      onClose={counter.closeDialog}
      title={t('limit.title')}
      closeLabel={t('common:close')}
      role="alertdialog"
    >
      {dialog?.kind === 'limit' ? <LimitForm counter={counter} breaches={dialog.breaches} /> : null}
    </Dialog>
  );
}

interface LimitFormProps {
  readonly counter: Counter;
  readonly breaches: readonly LimitBreach[];
}

function LimitForm({ counter, breaches }: LimitFormProps) {
  const { t } = useTranslation(['counter', 'common']);
  const programs = usePrograms();
  const program = useProgramWords();
  return (
    <ReasonForm
      reasons={REASONS.map((id) => ({ id, label: t(`limit.reasons.${id}`) }))}
      texts={{
        reason: t('limit.reason'),
        other: t('limit.other'),
        help: t('limit.reasonHelp'),
        refuse: t('common:cancel'),
        submit: t('limit.submit'),
      }}
      isPending={counter.isBusy}
      onRefuse={counter.closeDialog}
      onSubmit={(reason) => void counter.actAnyway(reason)}
    >
      <ul className={styles['breaches']}>
        {breaches.map((breach) => {
          const definition = programs?.get(breach.program)?.at(-1);
          return (
            <li key={`${breach.program} ${breach.limit}`}>
              <bdi>{definition?.name}</bdi>: {program.limit(breach, definition)}
            </li>
          );
        })}
      </ul>
    </ReasonForm>
  );
}
