import { useTranslation } from 'react-i18next';
import { BadgesSection } from './badges-section.tsx';
import { CharitySection } from './charity-section.tsx';
import { EarningSection } from './earning-section.tsx';
import { ExpirySection } from './expiry-section.tsx';
import { ItemsSection } from './items-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import { MoreCard } from './more-card.tsx';
import { OffersSection } from './offers-section.tsx';
import { SECTIONS, type Section } from './program-sections.ts';
import { PromotionsSection } from './promotions-section.tsx';
import { ReferralSection } from './referral-section.tsx';
import { BirthdaySection, RewardsSection } from './rewards-section.tsx';
import { TiersSection } from './tiers-section.tsx';
import { UnitSection } from './unit-section.tsx';
import styles from './program-form.module.css';

const PARTS: Readonly<Record<Section, () => React.ReactNode>> = {
  counted: UnitSection,
  earning: EarningSection,
  rewards: RewardsSection,
  expiry: ExpirySection,
  tiers: TiersSection,
  promotions: PromotionsSection,
  offers: OffersSection,
  birthday: BirthdaySection,
  referral: ReferralSection,
  badges: BadgesSection,
  charity: CharitySection,
  items: ItemsSection,
  limits: LimitsSection,
};

interface ProgramFormProps {
  readonly shown: ReadonlySet<Section>;
  readonly onShow: (section: Section) => void;
}

/** The sections a program uses; the others are one press away. */
export function ProgramForm({ shown, onShow }: ProgramFormProps) {
  const { t } = useTranslation('programs');
  return (
    <div className={styles['form']} role="group" aria-label={t('title')}>
      {SECTIONS.filter((section) => shown.has(section)).map((section) => {
        const Part = PARTS[section];
        return <Part key={section} />;
      })}
      <MoreCard sections={SECTIONS.filter((section) => !shown.has(section))} onShow={onShow} />
    </div>
  );
}
