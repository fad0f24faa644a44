import { useTranslation } from 'react-i18next';
import { HardDrive, UserRoundX, WifiOff } from 'lucide-react';
import { PaperCard } from '#renderer/ui/paper-card.tsx';
import styles from './setup-screen.module.css';
import type { Setup } from './use-setup.ts';

/** The owner's own card, growing while they type. */
export function SetupPreview({ setup, step }: { readonly setup: Setup; readonly step: 1 | 2 }) {
  const { t } = useTranslation('setup');
  const { names, preset, shopName } = setup;
  // A card with a few stamps shows what it is for; the rest is for the customers.
  const filled = Math.max(preset.headStart, 2);
  return (
    <aside className={styles['stage']} data-step={step}>
      <PaperCard
        key={preset.key}
        overline={shopName.trim() === '' ? t('shopNamePlaceholder') : shopName}
        title={names.card}
        icon={preset.icon}
        total={preset.size}
        filled={filled}
        fresh={filled}
        {...(preset.milestoneAt === null
          ? {}
          : { marks: [{ position: preset.milestoneAt, label: names.milestoneReward }] })}
        gift={names.finalReward}
        label={t('preview', { name: names.card })}
        isTilted
      />
      <ul className={styles['promises']}>
        <li>
          <WifiOff aria-hidden />
          {t('promiseOffline')}
        </li>
        <li>
          <HardDrive aria-hidden />
          {t('promiseOwn')}
        </li>
        <li>
          <UserRoundX aria-hidden />
          {t('promiseFree')}
        </li>
      </ul>
    </aside>
  );
}
