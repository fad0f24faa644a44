import { Gift } from 'lucide-react';
import { PaperHead } from './paper-head.tsx';
import type { StampIconName } from './stamp-icon.ts';
import { StampRow, type StampMark } from './stamp-row.tsx';
import styles from './paper-card.module.css';

export interface PaperCardProps {
  /** Small, over the title. */
  readonly overline?: string | undefined;
  readonly title: string;
  readonly icon: StampIconName;
  /** 1–50 holes. */
  readonly total: number;
  readonly filled?: number | undefined;
  readonly fresh?: number | undefined;
  readonly marks?: readonly StampMark[] | undefined;
  /** What the full card gives, under the perforation. */
  readonly gift: string;
  /** Everything the picture says, for screen readers. */
  readonly label: string;
  /** Lies a little crooked, as paper does. */
  readonly isTilted?: boolean | undefined;
}

/** A punch card as it would lie on the counter: a picture to look at before anybody has one. */
export function PaperCard({
  overline,
  title,
  icon,
  total,
  filled = 0,
  fresh = 0,
  marks,
  gift,
  label,
  isTilted = false,
}: PaperCardProps) {
  return (
    <figure className={styles['card']} data-tilted={isTilted || undefined} aria-label={label}>
      <PaperHead overline={overline} title={title} icon={icon} />
      <StampRow
        total={total}
        filled={filled}
        fresh={fresh}
        icon={icon}
        label=""
        {...(marks ? { marks } : {})}
        {...(total > 6 && total <= 14 ? { maxPerRow: Math.ceil(total / 2) } : {})}
      />
      <p className={styles['gift']}>
        <Gift aria-hidden />
        <bdi>{gift}</bdi>
      </p>
    </figure>
  );
}
