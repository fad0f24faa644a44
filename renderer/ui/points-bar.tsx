import styles from './points-bar.module.css';

export interface PointsBarProps {
  readonly value: number;
  /** Where the bar is full. */
  readonly max: number;
  /** How many the next key would add: a ghost behind the bar. */
  readonly pending?: number | undefined;
  readonly size?: 'sm' | 'md' | 'lg' | undefined;
  /** What it is a bar of. Empty where it only decorates. */
  readonly label: string;
  /** For example "60 to go: free coffee". */
  readonly valueText?: string | undefined;
}

/** How far a balance is on its way. Full is gold, as the last stamp of a card. */
export function PointsBar({ value, max, pending = 0, size = 'md', label, valueText }: PointsBarProps) {
  const now = shareOf(value, max);
  const then = shareOf(value + Math.max(0, pending), max);
  return (
    <div
      {...(label === ''
        ? { 'aria-hidden': true }
        : {
            role: 'progressbar',
            'aria-label': label,
            'aria-valuemin': 0,
            'aria-valuemax': max,
            'aria-valuenow': Math.min(max, Math.max(0, value)),
            ...(valueText === undefined ? {} : { 'aria-valuetext': valueText }),
          })}
      className={styles['bar']}
      data-size={size}
      data-full={now >= 1 || undefined}
    >
      {then > now ? <div className={styles['pending']} style={{ inlineSize: percent(then) }} /> : null}
      {now > 0 ? <div className={styles['fill']} style={{ inlineSize: percent(now) }} /> : null}
    </div>
  );
}

const shareOf = (value: number, max: number): number =>
  max <= 0 ? 1 : Math.min(1, Math.max(0, value) / max);

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
