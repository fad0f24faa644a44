import { HandHeart } from 'lucide-react';
import type { DonationTotal } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { Card } from '#renderer/ui/card.tsx';
import { currencyOfCharity } from './charity-currency.ts';
import styles from './program-card.module.css';
import type { Words } from './use-words.ts';

interface GivingCardProps {
  readonly donations: readonly DonationTotal[];
  readonly programs: ProgramBook;
  readonly words: Words;
}

/** What went to charities on this member's account. */
export function GivingCard({ donations, programs, words }: GivingCardProps) {
  const { t, program } = words;
  const given = donations.filter(({ amount }) => amount > 0);
  if (given.length === 0) return null;
  return (
    <Card title={t('members:giving.title')}>
      <ul className={styles['prices']}>
        {given.map(({ charity, amount }) => (
          <li key={charity} className={styles['price']}>
            <span className={styles['priceName']}>
              <HandHeart aria-hidden />
              <bdi>{charity}</bdi>
            </span>
            <span className={styles['priceUnits']}>
              <bdi>{program.money(amount, currencyOfCharity(charity, programs))}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
