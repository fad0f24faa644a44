import { useTranslation } from 'react-i18next';
import { Column, Columns } from '#renderer/ui/columns.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { ToastRegion } from '#renderer/ui/toast.tsx';
import { AboutCard } from './about-card.tsx';
import { ProgramsCard } from './programs-card.tsx';
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
      <Columns>
        <Column>
          <ShopCard writer={writer} />
          <ProgramsCard />
          <StorageCard />
        </Column>
        <Column>
          <TillCard writer={writer} />
          <RedeemingCard writer={writer} />
          <AboutCard />
        </Column>
      </Columns>
      <ToastRegion
        toasts={toasts}
        onDismiss={dismiss}
        label={t('common:notifications')}
        dismissLabel={t('common:dismiss')}
      />
    </Page>
  );
}
