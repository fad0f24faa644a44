import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  readonly isOpen: boolean;
  /** Escape, the close button or a press outside. Without it the dialog can only be left by its own buttons. */
  readonly onClose?: (() => void) | undefined;
  readonly title: string;
  /** The first focus goes to the child with `autoFocus`, otherwise to the dialog itself. */
  readonly children: ReactNode;
  /** Buttons; the last one is the main one. They wrap and stay visible while the content scrolls. */
  readonly actions?: ReactNode;
  /** Name of the × button; without it there is no × button. */
  readonly closeLabel?: string | undefined;
  /** An alert interrupts: it is announced at once and a press outside doesn't close it. */
  readonly role?: 'dialog' | 'alertdialog' | undefined;
  readonly width?: 'sm' | 'md' | 'lg' | undefined;
}

/** A modal that keeps the focus inside and gives it back to where it was. */
export function Dialog({
  isOpen,
  onClose,
  title,
  children,
  actions,
  closeLabel,
  role = 'dialog',
  width = 'md',
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose?.();
      }}
      isDismissable={onClose !== undefined && role === 'dialog'}
      isKeyboardDismissDisabled={onClose === undefined}
      className={classNames(styles['overlay'])}
    >
      <Modal className={classNames(styles['modal'])} data-width={width}>
        <AriaDialog role={role} className={classNames(styles['dialog'])}>
          <header className={styles['header']}>
            <Heading slot="title" level={2} className={classNames(styles['title'])}>
              {title}
            </Heading>
            {onClose && closeLabel !== undefined ? (
              <IconButton icon={X} label={closeLabel} onPress={onClose} />
            ) : null}
          </header>
          <div className={styles['content']}>{children}</div>
          {actions === undefined ? null : <footer className={styles['actions']}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
