import { useTranslation } from 'react-i18next';
import type { StoreFacts } from '#renderer/data/diagnostics.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { APP_VERSION } from '#renderer/platform/app-version.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import type { HostFacts } from '#renderer/platform/use-host-facts.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList, type DescriptionItem } from '#renderer/ui/description-list.tsx';
import styles from './diagnostics.module.css';

interface FactsProps {
  readonly host: HostFacts | undefined;
  readonly store: StoreFacts | undefined;
}

/** Versions and ids read from left to right in every language. */
const fact = (term: string, value: string | number | undefined): DescriptionItem[] =>
  value === undefined ? [] : [{ term, value: <span className={`ltr ${styles['code']}`}>{value}</span> }];

export function AppFacts({ host: facts, store }: FactsProps) {
  const { t } = useTranslation('diagnostics');
  const { host } = usePlatform();
  const info = facts?.info;
  return (
    <Card
      title={t('app.title')}
      actions={
        host.kind === 'desktop' ? (
          <Button onPress={() => void host.showDataFolder()}>{t('app.showFolder')}</Button>
        ) : undefined
      }
    >
      <DescriptionList
        items={[
          ...fact(t('app.version'), APP_VERSION),
          {
            term: t('app.host'),
            value: host.kind === 'desktop' ? t('app.hostDesktop') : t('app.hostBrowser'),
          },
          ...fact(t('app.platform'), info?.platform),
          ...fact(t('app.electron'), info?.electron),
          ...fact(t('app.chrome'), info?.chrome),
          ...fact(t('app.locale'), info?.locale),
          ...fact(t('app.folder'), info?.profileFolder),
          ...fact(t('app.shop'), store?.shop),
          ...fact(t('app.till'), store?.till),
        ]}
      />
    </Card>
  );
}

export function StoreFactsCard({ host, store }: FactsProps) {
  const { t } = useTranslation('diagnostics');
  const format = useFormat();
  const estimate = host?.estimate;
  const usage = estimate
    ? t('store.usageOf', {
        used: format.bytes(estimate.usageBytes),
        available: format.bytes(estimate.quotaBytes),
      })
    : t('store.unknown');
  return (
    <Card title={t('store.title')}>
      <DescriptionList
        items={[
          ...(host ? [{ term: t('store.kept'), value: t(`store.keptAnswer.${host.persistence}`) }] : []),
          { term: t('store.usage'), value: usage },
          ...fact(t('store.database'), store?.databaseName),
          ...fact(t('store.databaseVersion'), store?.databaseVersion),
          ...fact(t('store.schemaEpoch'), store?.schemaEpoch),
          ...fact(t('store.ledgerFormat'), store?.ledgerFormat),
          ...fact(t('store.projectionVersion'), store?.projectionVersion),
        ]}
      />
    </Card>
  );
}

export function CountFacts({ counts }: { readonly counts: StoreFacts['counts'] }) {
  const { t } = useTranslation('diagnostics');
  const format = useFormat();
  const figure = (key: 'members' | 'events' | 'streams' | 'programVersions') => ({
    term: t(`counts.${key}`),
    value: format.number(counts[key]),
    isNumeric: true,
  });
  return (
    <Card title={t('counts.title')}>
      <DescriptionList
        layout="figures"
        items={[figure('members'), figure('events'), figure('streams'), figure('programVersions')]}
      />
    </Card>
  );
}
