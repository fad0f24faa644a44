import { useTranslation } from 'react-i18next';
import { Page } from '#renderer/ui/page.tsx';
import { ToastRegion } from '#renderer/ui/toast.tsx';
import { AboutCard } from './about-card.tsx';
import { ProgramsCard } from './programs-card.tsx';
import styles from './settings.module.css';
import { RedeemingCard } from './redeeming-card.tsx';
import { ShopCard } from './shop-card.tsx';
import { StorageCard } from './storage-card.tsx';
import { TillCard } from './till-card.tsx';
import { useSettingsCommands } from './use-settings-commands.ts';

/** Everything an owner may decide; each change is kept as soon as it is made. */
export function SettingsScreen() {
  const { t } = useTranslation(['settings', 'common']);
  const { toasts, dismiss, ...writer } = useSettingsCommands();
  return (
    <Page title={t('title')} width="wide">
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <ShopCard writer={writer} />
          <ProgramsCard />
          <StorageCard />
        </div>
        <div className={styles['column']}>
          <TillCard writer={writer} />
          <RedeemingCard writer={writer} />
          <AboutCard />
        </div>
      </div>
      <ToastRegion
        toasts={toasts}
        onDismiss={dismiss}
        label={t('common:notifications')}
        dismissLabel={t('common:dismiss')}
      />
    </Page>
  );
}
