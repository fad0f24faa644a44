import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitIcon } from '#shared/domain/program.ts';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import styles from './icon-grid.module.css';

interface IconGridProps {
  readonly label: string;
  readonly icons: readonly UnitIcon[];
  readonly value: UnitIcon;
  readonly onChange: (icon: UnitIcon) => void;
}

/** One picture of many. Native radio buttons: the arrows move, screen readers read each picture's name. */
export function IconGrid({ label, icons, value, onChange }: IconGridProps) {
  const { t } = useTranslation('programs');
  // Several grids may be open: each is a group of its own.
  const name = useId();
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{label}</legend>
      <div className={styles['grid']}>
        {icons.map((icon) => {
          const Icon = stampIcons[icon];
          const iconName = t(`card.icons.${icon}`);
          return (
            <label key={icon} className={styles['cell']} title={iconName}>
              <input
                type="radio"
                name={name}
                className="sr-only"
                checked={icon === value}
                onChange={() => onChange(icon)}
                aria-label={iconName}
              />
              <Icon aria-hidden />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
