import { useTranslation } from 'react-i18next';
import { WIRE_VERSION } from '#shared/sync/wire.ts';
import type { SyncPhase } from '#shared/sync/sync-state.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useSyncStatus } from '#renderer/sync/sync-context.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList, type DescriptionItem } from '#renderer/ui/description-list.tsx';
import styles from './diagnostics.module.css';

/** Enough to see a pattern; the report holds all of them. */
const SHOWN_CODES = 6;

/** What the sync screen says in words, as figures and codes for whoever helps. */
export function SyncFacts() {
  const { t } = useTranslation(['diagnostics', 'common']);
  const format = useFormat();
  const status = useSyncStatus();
  const { endpoint, phase, recent } = status;
  const code = (text: string) => <span className={`ltr ${styles['code']}`}>{text}</span>;
  const moment = (atMs: number | null) => (atMs === null ? t('common:never') : format.dateTime(atMs));
  const paired: DescriptionItem[] = [
    { term: t('sync.writer'), value: status.isWriter ? t('sync.thisWindow') : t('sync.otherWindow') },
    { term: t('sync.lastContact'), value: moment(status.lastContactAt) },
    {
      term: t('sync.place'),
      value: t('sync.placeOf', { cursor: format.number(status.cursor), head: format.number(status.head) }),
    },
    { term: t('sync.unsentEvents'), value: format.number(status.unsentEvents) },
    { term: t('sync.unsentProfiles'), value: format.number(status.unsentProfiles) },
    ...(status.oldestUnsentAt === null
      ? []
      : [{ term: t('sync.oldest'), value: moment(status.oldestUnsentAt) }]),
    { term: t('sync.setAside'), value: format.number(status.setAside.length) },
    ...(recent.length === 0
      ? []
      : [
          {
            term: t('sync.codes'),
            value: code(
              recent
                .slice(0, SHOWN_CODES)
                .map(({ kind, outcome }) => `${kind} ${outcome}`)
                .join(', '),
            ),
          },
        ]),
  ];
  return (
    <Card title={t('sync.title')}>
      <DescriptionList
        items={[
          { term: t('sync.protocol'), value: code(String(WIRE_VERSION)) },
          { term: t('sync.phase'), value: code(phaseText(phase)) },
          ...(endpoint ? paired : []),
        ]}
      />
    </Card>
  );
}

/** As the code calls it: whoever reads it looks it up there. */
const phaseText = (phase: SyncPhase): string =>
  'because' in phase ? `${phase.kind}: ${phase.because}` : phase.kind;
