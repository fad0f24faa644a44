import { Check, Gift } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './balance-card.module.css';
import paper from './paper-card.module.css';
import { PaperHead } from './paper-head.tsx';
import type { StampIconName } from './stamp-icon.ts';

export interface BalanceCardStep {
  readonly id: string;
  readonly label: string;
  /** What it costs, at the end of the line. */
  readonly price: string;
  readonly isReached: boolean;
}

export interface BalanceCardProps {
  /** Small, over the title. */
  readonly overline?: string | undefined;
  readonly title: string;
  readonly icon: StampIconName;
  /** Large; absent on a card without a balance. */
  readonly balance?: string | undefined;
  /** The way to what comes next, 0–1, and that in words. */
  readonly progress?: { readonly share: number; readonly text: string } | undefined;
  readonly steps: readonly BalanceCardStep[];
  /** Under the perforation. */
  readonly foot?: ReactNode;
  /** Everything the picture says, for screen readers. */
  readonly label: string;
}

/** A card that counts a balance instead of holes: how much there is, how far it is to the next thing, what it buys. */
export function BalanceCard({
  overline,
  title,
  icon,
  balance,
  progress,
  steps,
  foot,
  label,
}: BalanceCardProps) {
  return (
    <figure className={paper['card']} aria-label={label}>
      <PaperHead overline={overline} title={title} icon={icon} />
      {balance === undefined ? null : <p className={styles['balance']}>{balance}</p>}
      {progress === undefined ? null : (
        <div className={styles['progress']}>
          <div aria-hidden className={styles['track']}>
            <div
              className={styles['fill']}
              style={{ inlineSize: `${Math.round(Math.min(1, Math.max(0, progress.share)) * 100)}%` }}
            />
          </div>
          <p>{progress.text}</p>
        </div>
      )}
      {steps.length === 0 ? null : (
        <ul className={styles['steps']}>
          {steps.map((step) => (
            <li key={step.id} className={styles['step']} data-reached={step.isReached || undefined}>
              {step.isReached ? <Check aria-hidden /> : <Gift aria-hidden />}
              <bdi>{step.label}</bdi>
              <span className={styles['price']}>{step.price}</span>
            </li>
          ))}
        </ul>
      )}
      {foot === undefined ? null : <div className={styles['foot']}>{foot}</div>}
    </figure>
  );
}
