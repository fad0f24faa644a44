import type { LucideIcon } from 'lucide-react';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { Button, type ButtonVariant } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './list-box.module.css';

export interface MenuChoice<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  /** A second line. */
  readonly note?: string | undefined;
}

export interface MenuButtonProps<Id extends string> {
  readonly label: string;
  readonly choices: readonly MenuChoice<Id>[];
  readonly onChoose: (id: Id) => void;
  readonly icon?: LucideIcon | undefined;
  readonly variant?: ButtonVariant | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** A button that asks which one. With a single choice it is that choice. */
export function MenuButton<Id extends string>({
  label,
  choices,
  onChoose,
  icon,
  variant,
  isDisabled = false,
}: MenuButtonProps<Id>) {
  const [only, ...others] = choices;
  if (only && others.length === 0) {
    return (
      <Button icon={icon} variant={variant} isDisabled={isDisabled} onPress={() => onChoose(only.id)}>
        {label}
      </Button>
    );
  }
  return (
    <MenuTrigger>
      <Button icon={icon} variant={variant} isDisabled={isDisabled}>
        {label}
      </Button>
      <Popover className={classNames(styles['popover'])}>
        <Menu
          className={classNames(styles['list'])}
          onAction={(key) => {
            const chosen = choices.find(({ id }) => id === key);
            if (chosen) onChoose(chosen.id);
          }}
        >
          {choices.map(({ id, label: text, note }) => (
            <MenuItem key={id} id={id} textValue={text} className={classNames(styles['option'])}>
              <span className={styles['text']}>
                <Text slot="label">{text}</Text>
                {note === undefined ? null : (
                  <Text slot="description" className={classNames(styles['note'])}>
                    {note}
                  </Text>
                )}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
