import { useTranslation } from 'react-i18next';
import { HardDrive, UserRoundX, WifiOff } from 'lucide-react';
import { isStampProgram, type StampProgram } from '#shared/domain/program.ts';
import { PaperCard } from '#renderer/ui/paper-card.tsx';
import { RulesCard } from './rules-card.tsx';
import styles from './setup-screen.module.css';
import type { Setup } from './use-setup.ts';

/** The owner's own card, growing while they type. */
export function SetupPreview({ setup, step }: { readonly setup: Setup; readonly step: 1 | 2 }) {
  const { t } = useTranslation('setup');
  const { draft, presetKey } = setup;
  const shopName = setup.shopName.trim() === '' ? t('shopNamePlaceholder') : setup.shopName;
  return (
    <aside className={styles['stage']} data-step={step}>
      {isStampProgram(draft) ? (
        <StampCard key={presetKey} draft={draft} shopName={shopName} />
      ) : (
        <RulesCard key={presetKey} draft={draft} shopName={shopName} />
      )}
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

function StampCard({ draft, shopName }: { readonly draft: StampProgram; readonly shopName: string }) {
  const { t } = useTranslation('setup');
  const { size, icon } = draft.unit;
  // A card with a few stamps shows what it is for; the rest is for the customers.
  const filled = Math.max(draft.headStart, 2);
  const marks = draft.rewards.filter(({ at }) => at < size);
  return (
    <PaperCard
      overline={shopName}
      title={draft.name}
      icon={icon}
      total={size}
      filled={filled}
      fresh={filled}
      {...(marks.length === 0 ? {} : { marks: marks.map(({ at, name }) => ({ position: at, label: name })) })}
      gift={draft.rewards.find(({ at }) => at === size)?.name ?? ''}
      label={t('preview', { name: draft.name })}
      isTilted
    />
  );
}
