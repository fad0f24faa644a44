import { useTranslation } from 'react-i18next';
import { APP_VERSION } from '#renderer/platform/app-version.ts';
import { useHostFacts } from '#renderer/platform/use-host-facts.ts';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';

export function AboutCard() {
  const { t } = useTranslation('settings');
  const info = useHostFacts()?.info;
  const engine = [
    info?.electron && `Electron ${info.electron}`,
    info?.chrome && `Chromium ${info.chrome}`,
  ].filter(Boolean);
  return (
    <Card title={t('about.title')}>
      <DescriptionList
        items={[
          { term: t('about.version'), value: <span className="ltr tabular">{APP_VERSION}</span> },
          { term: t('about.runsOn'), value: <span className="ltr">{engine.join(', ') || '—'}</span> },
          { term: t('about.licence'), value: t('about.licenceText') },
        ]}
      />
    </Card>
  );
}
