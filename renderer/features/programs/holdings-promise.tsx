import { useTranslation } from 'react-i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { countOpenCards } from './count-holdings.ts';
import styles from './publish-dialog.module.css';
import { useHoldings } from './use-holdings.ts';

/** For whom a new version changes something, and what stays. */
export function HoldingsPromise({ program }: { readonly program: ProgramDefinition }) {
  const { t } = useTranslation('programs');
  const holdings = useHoldings(program.id);
  const isStamps = program.unit.kind === 'stamps';
  return (
    <Banner title={t('publish.keeps')}>
      <p className={styles['promise']}>
        {holdings === undefined ? (
          <span>{t('publish.counting')}</span>
        ) : isStamps ? (
          <span>{t('publish.openCards', { count: countOpenCards(holdings) })}</span>
        ) : (
          <span>{t('publish.holders', { count: holdings.holders })}</span>
        )}
        <span>{isStamps ? t('publish.newCards') : t('publish.lots')}</span>
        {isStamps ? null : <span>{t('publish.points')}</span>}
      </p>
    </Banner>
  );
}
