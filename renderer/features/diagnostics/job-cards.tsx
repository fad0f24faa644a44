import { useTranslation } from 'react-i18next';
import { RefreshCw, ShieldCheck } from 'lucide-react';
import type { VerifyReport } from '#renderer/data/verify-chains.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Progress } from '#renderer/ui/progress.tsx';
import type { CheckedRebuild } from './check-then-rebuild.ts';
import styles from './diagnostics.module.css';
import type { Jobs } from './use-diagnostics.ts';

/** Enough to see what kind of damage it is; the report holds all of them. */
const SHOWN_FAULTS = 10;

export function VerifyCard({ jobs }: { readonly jobs: Jobs }) {
  const { t } = useTranslation(['diagnostics', 'common']);
  const format = useFormat();
  const { verify } = jobs;
  return (
    <Card title={t('verify.title')} description={t('verify.text')}>
      {verify.phase === 'running' ? (
        <Progress
          label={t('verify.running')}
          value={verify.total === 0 ? undefined : verify.done}
          maxValue={Math.max(1, verify.total)}
          valueText={t('verify.of', { done: format.number(verify.done), total: format.number(verify.total) })}
          cancelLabel={t('common:cancel')}
          onCancel={jobs.cancelVerify}
        />
      ) : (
        <div>
          <Button icon={ShieldCheck} onPress={() => void jobs.startVerify()} isDisabled={jobs.isBusy}>
            {t('verify.start')}
          </Button>
        </div>
      )}
      {verify.phase === 'done' ? <VerifyOutcome report={verify.outcome} /> : null}
      {verify.phase === 'failed' ? (
        <Banner tone="error" role="alert" title={t('failed')}>
          {t(`common:storage.${verify.problem}`)}
        </Banner>
      ) : null}
    </Card>
  );
}

function VerifyOutcome({ report }: { readonly report: VerifyReport }) {
  const { t } = useTranslation('diagnostics');
  const { faults } = report;
  if (faults.length > 0) {
    return (
      <Banner tone="error" role="alert" title={t('verify.damaged', { count: faults.length })}>
        <p>{t('verify.damagedText')}</p>
        <ul className={styles['faults']}>
          {faults.slice(0, SHOWN_FAULTS).map(({ stream, seq, fault }) => (
            <li key={stream}>{t(`verify.fault.${fault}`, { stream, seq })}</li>
          ))}
        </ul>
      </Banner>
    );
  }
  if (report.isCancelled) return <Banner role="status">{t('verify.cancelled')}</Banner>;
  return (
    <Banner tone="success" role="status">
      {t('verify.whole', { count: report.events })}
    </Banner>
  );
}

const REBUILD_TONES = {
  equal: 'success',
  different: 'warning',
  incomparable: 'info',
  'already-running': 'warning',
  'past-coming': 'info',
  cancelled: 'info',
  damaged: 'error',
} as const;

export function RebuildCard({ jobs }: { readonly jobs: Jobs }) {
  const { t } = useTranslation(['diagnostics', 'common']);
  const { rebuild } = jobs;
  return (
    <Card title={t('rebuild.title')} description={t('rebuild.text')}>
      {rebuild.phase === 'running' ? (
        <Progress
          label={t('rebuild.running')}
          value={rebuild.total === 0 ? undefined : rebuild.done}
          maxValue={Math.max(1, rebuild.total)}
        />
      ) : (
        <div>
          <Button icon={RefreshCw} onPress={() => void jobs.startRebuild()} isDisabled={jobs.isBusy}>
            {t('rebuild.start')}
          </Button>
        </div>
      )}
      {rebuild.phase === 'done' ? <RebuildBanner outcome={rebuild.outcome} /> : null}
      {rebuild.phase === 'failed' ? (
        <Banner tone="error" role="alert" title={t('failed')}>
          {t(`common:storage.${rebuild.problem}`)}
        </Banner>
      ) : null}
    </Card>
  );
}

function RebuildBanner({ outcome }: { readonly outcome: CheckedRebuild }) {
  const { t } = useTranslation('diagnostics');
  return (
    <Banner tone={REBUILD_TONES[outcome.code]} role={outcome.code === 'damaged' ? 'alert' : 'status'}>
      {outcome.code === 'damaged'
        ? t('rebuild.damaged', { count: outcome.faults })
        : t(`rebuild.${outcome.code}`)}
    </Banner>
  );
}
