import { useTranslation } from 'react-i18next';
import type { BatchReport, SyncStatus } from '#renderer/sync/sync-desk.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import { Disclosure } from '#renderer/ui/disclosure.tsx';
import { Table } from '#renderer/ui/table.tsx';
import styles from './sync-screen.module.css';
import { useMoment } from './use-moment.ts';
import { useOutcomeWords } from './use-outcome-words.ts';

const SHOWN_BATCHES = 50;

/** For whoever looks after the endpoint: where it is and what passed between. */
export function DetailsCard({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync');
  const rows = status.recent
    .slice(0, SHOWN_BATCHES)
    .map((report, index) => ({ id: `${report.at} ${index}`, report }));
  return (
    <Card>
      <Disclosure title={t('details.title')}>
        <DescriptionList
          items={[
            {
              term: t('now.endpoint'),
              value: <span className={`ltr ${styles['code']}`}>{status.endpoint?.address}</span>,
            },
          ]}
        />
        <h3 className={styles['subtitle']}>{t('details.recent')}</h3>
        {rows.length === 0 ? <p className={styles['soft']}>{t('details.none')}</p> : <Recent rows={rows} />}
      </Disclosure>
    </Card>
  );
}

function Recent({
  rows,
}: {
  readonly rows: readonly { readonly id: string; readonly report: BatchReport }[];
}) {
  const { t } = useTranslation('sync');
  const format = useFormat();
  const moment = useMoment();
  const outcomeOf = useOutcomeWords();
  return (
    <Table
      label={t('details.recent')}
      columns={[
        { id: 'at', header: t('details.at') },
        { id: 'what', header: t('details.what'), isRowHeader: true },
        { id: 'events', header: t('details.events'), isNumeric: true },
        { id: 'outcome', header: t('details.outcome') },
      ]}
      rows={rows}
      getRowId={(row) => row.id}
      maxHeight="24rem"
      renderCell={({ report }, column) => {
        switch (column) {
          case 'at':
            return <bdi className="tabular">{moment(report.at)}</bdi>;
          case 'what':
            return t(`details.kind.${report.kind}`);
          case 'events':
            return report.kind === 'hello' ? '–' : format.number(report.events);
          case 'outcome':
            return outcomeOf(report.outcome);
        }
      }}
    />
  );
}
