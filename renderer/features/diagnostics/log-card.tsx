import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefreshCw } from 'lucide-react';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Table } from '#renderer/ui/table.tsx';
import styles from './diagnostics.module.css';

/** The report holds all that is remembered; on screen the latest are enough. */
const SHOWN_ENTRIES = 50;

export function LogCard() {
  const { t } = useTranslation(['diagnostics', 'common']);
  const { log } = usePlatform();
  const format = useFormat();
  const [entries, setEntries] = useState(() => log.entries());
  const rows = entries
    .slice(-SHOWN_ENTRIES)
    .map((entry, index) => ({ id: String(index), entry }))
    .toReversed();
  return (
    <Card
      title={t('log.title')}
      actions={
        <Button variant="quiet" icon={RefreshCw} onPress={() => setEntries(log.entries())}>
          {t('log.refresh')}
        </Button>
      }
    >
      {rows.length === 0 ? (
        <p>{t('log.empty')}</p>
      ) : (
        <Table
          label={t('log.title')}
          columns={[
            { id: 'at', header: t('log.at') },
            { id: 'level', header: t('log.level') },
            { id: 'code', header: t('log.code'), isRowHeader: true },
            { id: 'details', header: t('log.details') },
          ]}
          rows={rows}
          getRowId={(row) => row.id}
          maxHeight="24rem"
          renderCell={({ entry: row }, column) => {
            switch (column) {
              case 'at':
                return <span className="tabular">{format.time(row.at)}</span>;
              case 'level':
                return (
                  <Badge tone={row.level === 'error' ? 'danger' : 'neutral'}>{t(`log.${row.level}`)}</Badge>
                );
              case 'code':
                return <span className={`ltr ${styles['code']}`}>{row.code}</span>;
              case 'details':
                return <span className={`ltr ${styles['code']}`}>{detailsOf(row.details)}</span>;
            }
          }}
        />
      )}
    </Card>
  );
}

const detailsOf = (details: Readonly<Record<string, unknown>>): string =>
  Object.entries(details)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ');
