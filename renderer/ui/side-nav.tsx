import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-aria-components/Link';
import { classNames } from './class-names.ts';
import styles from './side-nav.module.css';

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isCurrent?: boolean | undefined;
  /** A short text or number; `badgeLabel` is what a screen reader says after the label. */
  readonly badge?: string | undefined;
  readonly badgeLabel?: string | undefined;
}

export interface SideNavProps {
  readonly label: string;
  readonly items: readonly NavItem[];
  /** At the bottom of the rail. */
  readonly bottomItems?: readonly NavItem[] | undefined;
  /** Logo; hidden in the bottom bar of a narrow window. */
  readonly header?: ReactNode;
  /** After the bottom items, for example who is signed in. */
  readonly footer?: ReactNode;
}

/** Links use the RouterProvider of React Aria when there is one, otherwise the browser. */
export function SideNav({ label, items, bottomItems, header, footer }: SideNavProps) {
  return (
    <nav aria-label={label} className={styles['nav']}>
      {header === undefined ? null : <div className={styles['header']}>{header}</div>}
      <ul className={styles['list']}>
        {items.map((item) => (
          <NavLink key={item.href} item={item} />
        ))}
      </ul>
      <ul className={styles['list']}>
        {bottomItems?.map((item) => (
          <NavLink key={item.href} item={item} />
        ))}
      </ul>
      {footer === undefined ? null : <div className={styles['footer']}>{footer}</div>}
    </nav>
  );
}

function NavLink({ item }: { readonly item: NavItem }) {
  const { href, label, icon: Icon, isCurrent = false, badge, badgeLabel } = item;
  return (
    <li>
      <Link
        href={href}
        className={classNames(styles['link'])}
        {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      >
        <span aria-hidden className={styles['icon']}>
          <Icon />
          {badge === undefined ? null : <span className={styles['badge']}>{badge}</span>}
        </span>
        <span className={styles['label']}>{label}</span>
        {badgeLabel === undefined ? null : <span className="sr-only">{badgeLabel}</span>}
      </Link>
    </li>
  );
}
