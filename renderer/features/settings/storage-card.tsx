import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Activity, CloudSync, FolderOpen, GraduationCap, Upload } from 'lucide-react';
import { useStore } from '#renderer/data/store-context.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useHostFacts } from '#renderer/platform/use-host-facts.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import { LinkRow } from './link-row.tsx';
import styles from './settings.module.css';

/** Where the shop's data lies, whether it will stay there, and the ways to it. */
export function StorageCard() {
  const { t } = useTranslation('settings');
  const { host } = usePlatform();
  const { isPractice } = useStore();
  const facts = useHostFacts();
  const format = useFormat();
  const [hasFailed, setFailed] = useState(false);
  const estimate = facts?.estimate;
  const showFolder = async () => setFailed(!(await host.showDataFolder()).ok);
  return (
    <Card title={t('storage.title')}>
      {facts ? (
        <Banner tone={facts.persistence === 'granted' ? 'success' : 'warning'}>
          {t(`storage.${facts.persistence}`)}
        </Banner>
      ) : (
        <p>{t('storage.asking')}</p>
      )}
      <DescriptionList
        items={[
          {
            term: t('storage.usage'),
            value: estimate
              ? t('storage.usageOf', {
                  used: format.bytes(estimate.usageBytes),
                  available: format.bytes(estimate.quotaBytes),
                })
              : t('storage.unknown'),
          },
        ]}
      />
      {hasFailed ? (
        <Banner tone="error" role="alert">
          {t('storage.showFolderFailed')}
        </Banner>
      ) : null}
      {host.kind === 'desktop' ? (
        <div>
          <Button icon={FolderOpen} onPress={() => void showFolder()}>
            {t('storage.showFolder')}
          </Button>
        </div>
      ) : null}
      <ul className={styles['links']}>
        {isPractice ? null : (
          <li>
            <LinkRow href="#/sync" icon={CloudSync} title={t('storage.sync')} note={t('storage.syncNote')} />
          </li>
        )}
        <li>
          <LinkRow href="#/import" icon={Upload} title={t('storage.import')} note={t('storage.importNote')} />
        </li>
        {isPractice ? null : (
          <li>
            <LinkRow
              href="?practice=1#/"
              icon={GraduationCap}
              title={t('storage.practice')}
              note={t('storage.practiceNote')}
            />
          </li>
        )}
        <li>
          <LinkRow
            href="#/diagnostics"
            icon={Activity}
            title={t('storage.diagnostics')}
            note={t('storage.diagnosticsNote')}
          />
        </li>
      </ul>
    </Card>
  );
}
