import type { LucideIcon } from 'lucide-react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { classNames } from './class-names.ts';
import styles from './segmented.module.css';

export interface Segment<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  readonly isDisabled?: boolean | undefined;
}

export interface SegmentedProps<Id extends string> {
  /** Read by screen readers. */
  readonly label: string;
  readonly segments: readonly Segment<Id>[];
  readonly value: Id;
  readonly onChange: (value: Id) => void;
  readonly size?: 'md' | 'lg' | undefined;
  readonly isFullWidth?: boolean | undefined;
}

/** Two to five exclusive choices in one row. */
export function Segmented<Id extends string>({
  label,
  segments,
  value,
  onChange,
  size = 'md',
  isFullWidth = false,
}: SegmentedProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find((segment) => keys.has(segment.id));
        if (chosen) onChange(chosen.id);
      }}
      className={classNames(styles['group'])}
      data-size={size}
      data-full-width={isFullWidth || undefined}
    >
      {segments.map(({ id, label: text, icon: Icon, isDisabled = false }) => (
        <ToggleButton key={id} id={id} isDisabled={isDisabled} className={classNames(styles['segment'])}>
          {Icon ? <Icon aria-hidden /> : null}
          {text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
