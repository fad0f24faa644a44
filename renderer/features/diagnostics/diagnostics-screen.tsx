import { useTranslation } from 'react-i18next';
import { ArrowLeft } from 'lucide-react';
import { useNavigate } from 'react-router';
import { useStore } from '#renderer/data/store-context.tsx';
import { useHostFacts } from '#renderer/platform/use-host-facts.ts';
import { Column, Columns } from '#renderer/ui/columns.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { AppFacts, CountFacts, StoreFactsCard } from './facts-cards.tsx';
import { RebuildCard, VerifyCard } from './job-cards.tsx';
import { LogCard } from './log-card.tsx';
import { ReportCard } from './report-card.tsx';
import { SyncFacts } from './sync-facts.tsx';
import { useJobs, useStoreFacts } from './use-diagnostics.ts';

/** What this till is, whether its ledger is whole, and a file about both that names nobody. */
export function DiagnosticsScreen() {
  const { t } = useTranslation('diagnostics');
  const navigate = useNavigate();
  const { isPractice } = useStore();
  const host = useHostFacts();
  const store = useStoreFacts();
  const jobs = useJobs();
  return (
    <Page
      title={t('title')}
      description={t('lead')}
      width="wide"
      lead={
        <IconButton
          icon={ArrowLeft}
          isMirrored
          label={t('back')}
          onPress={() => void navigate('/settings')}
        />
      }
    >
      {store ? <CountFacts counts={store.counts} /> : null}
      <Columns>
        <Column>
          <VerifyCard jobs={jobs} />
          <RebuildCard jobs={jobs} />
          <ReportCard host={host} store={store} jobs={jobs} />
        </Column>
        <Column>
          <AppFacts host={host} store={store} />
          <StoreFactsCard host={host} store={store} />
          {isPractice ? null : <SyncFacts />}
        </Column>
      </Columns>
      <LogCard />
    </Page>
  );
}
