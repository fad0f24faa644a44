import { useId, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhatIfDesk } from '#renderer/data/what-if/what-if-desk.ts';
import type { WhatIfFailure } from '#renderer/data/what-if/what-if-job.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { WHAT_IF_MONTHS, type WhatIfMonths } from '#shared/domain/what-if-period.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import styles from './what-if-panel.module.css';
import { WhatIfReportView } from './what-if-report-view.tsx';
import { staleReason } from './what-if-stale.ts';

export interface WhatIfCardProps {
  readonly draft: ProgramDefinition;
  /** The published version; undefined for a program that is new. */
  readonly base: ProgramDefinition | undefined;
  readonly isDraftValid: boolean;
}

/** Started by hand: every key typed in the form would begin it anew. */
export function WhatIfPanel({
  draft,
  base,
  isDraftValid,
  desk,
  today,
}: WhatIfCardProps & { readonly desk: WhatIfDesk; readonly today: PlainDay }) {
  const { t } = useTranslation('what-if');
  const state = useSyncExternalStore(desk.subscribe, desk.state);
  const [months, setMonths] = useState<WhatIfMonths>(1);
  const hintId = useId();
  const isRunning = state.kind === 'running';
  const wanted = { draft, base, today, months };
  const done = state.kind === 'finished' && state.result.ok ? state : undefined;
  const reason = done && staleReason(done.request, wanted);
  return (
    <Card title={t('title')} description={t(base ? 'lead' : 'leadNew')} padding="lg">
      <div className={styles['panel']}>
        <div className={styles['controls']} data-testid="what-if">
          <Segmented
            label={t('period')}
            value={String(months)}
            onChange={(id) => setMonths(WHAT_IF_MONTHS.find((count) => String(count) === id) ?? 1)}
            segments={WHAT_IF_MONTHS.map((count) => ({
              id: String(count),
              label: t(`months.last${count}`),
              isDisabled: isRunning,
            }))}
          />
          <Button
            variant="secondary"
            isPending={isRunning}
            isDisabled={!isDraftValid && !isRunning}
            {...(isDraftValid ? {} : { 'aria-describedby': hintId })}
            onPress={() => void desk.start(wanted)}
          >
            {t(done ? 'again' : 'start')}
          </Button>
        </div>
        {isDraftValid ? null : (
          <p id={hintId} className={styles['hint']}>
            {t('invalid')}
          </p>
        )}
        {isRunning ? (
          <Progress
            label={t('running')}
            value={state.progress?.part}
            maxValue={1}
            valueText={t('read', { count: state.progress?.events ?? 0 })}
            cancelLabel={t('stop')}
            onCancel={desk.cancel}
          />
        ) : null}
        <div role="status">{reason ? <Banner tone="warning">{t(reason)}</Banner> : null}</div>
        {state.kind === 'finished' && !state.result.ok ? <Failure failure={state.result.error} /> : null}
        {done?.result.ok ? (
          <WhatIfReportView
            report={done.result.value}
            request={done.request}
            isStale={reason !== undefined}
          />
        ) : null}
      </div>
    </Card>
  );
}

function Failure({ failure }: { readonly failure: WhatIfFailure }) {
  const { t } = useTranslation(['what-if', 'common']);
  if (failure.code === 'storage') {
    return (
      <Banner tone="error" role="alert">
        {t(`common:storage.${failure.problem}`)}
      </Banner>
    );
  }
  const isOwnWish = failure.code === 'cancelled';
  return (
    <Banner tone={isOwnWish ? 'info' : 'error'} role={isOwnWish ? 'status' : 'alert'}>
      {t(`failure.${failure.code}`)}
    </Banner>
  );
}
