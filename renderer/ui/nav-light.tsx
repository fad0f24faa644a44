import type { LucideIcon } from 'lucide-react';
import { Link } from 'react-aria-components/Link';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { classNames } from './class-names.ts';
import styles from './nav-light.module.css';

export interface NavLightProps {
  readonly href: string;
  readonly icon: LucideIcon;
  /** All of it in words: for screen readers, and shown when the light is pointed at or has the focus. */
  readonly label: string;
  /** Beside the icon: a number or nothing. */
  readonly text?: string | undefined;
  readonly tone?: 'quiet' | 'notice' | 'warning' | 'danger' | undefined;
  readonly isCurrent?: boolean | undefined;
}

/** Longer than a hand needs that is on its way elsewhere. */
const TOOLTIP_DELAY_MS = 400;

/** A small sign at the end of the rail. It keeps its size, whatever it says. */
export function NavLight({
  href,
  icon: Icon,
  label,
  text,
  tone = 'quiet',
  isCurrent = false,
}: NavLightProps) {
  return (
    <TooltipTrigger delay={TOOLTIP_DELAY_MS} closeDelay={0}>
      <Link
        href={href}
        aria-label={label}
        className={classNames(styles['light'])}
        data-tone={tone}
        {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      >
        <Icon aria-hidden />
        {text === undefined ? null : (
          <bdi aria-hidden className={styles['text']}>
            {text}
          </bdi>
        )}
      </Link>
      <Tooltip placement="end" offset={8} className={classNames(styles['tooltip'])}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
