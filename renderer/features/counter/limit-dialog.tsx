import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LimitBreach } from '#shared/domain/earn.ts';
import { cleanName } from '#shared/domain/person-name.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { Counter } from './use-counter.ts';
import styles from './counter.module.css';

const REASONS = ['round', 'forgot', 'other'] as const;
type Reason = (typeof REASONS)[number];
const MAX_REASON_LENGTH = 80;

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
  const [reason, setReason] = useState<Reason>('round');
  const [other, setOther] = useState('');
  const programs = usePrograms();
  const program = useProgramWords();
  const given = reason === 'other' ? cleanName(other) : t(`limit.reasons.${reason}`);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== '') void counter.actAnyway(given);
      }}
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
      <Segmented
        label={t('limit.reason')}
        segments={REASONS.map((id) => ({ id, label: t(`limit.reasons.${id}`) }))}
        value={reason}
        onChange={(id) => setReason(REASONS.find((candidate) => candidate === id) ?? 'other')}
        isFullWidth
      />
      {reason === 'other' ? (
        <TextField
          label={t('limit.other')}
          value={other}
          onChange={setOther}
          maxLength={MAX_REASON_LENGTH}
          autoFocus
        />
      ) : null}
      <p className={styles['note']}>{t('limit.reasonHelp')}</p>
      <div className={styles['dialogActions']}>
        <Button size="lg" autoFocus onPress={counter.closeDialog}>
          {t('common:cancel')}
        </Button>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          isDisabled={given === ''}
          isPending={counter.isBusy}
        >
          {t('limit.submit')}
        </Button>
      </div>
    </form>
  );
}
