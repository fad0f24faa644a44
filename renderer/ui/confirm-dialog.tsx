import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** Something is lost: the button is red and the first focus is on cancel, so that Enter alone loses nothing. */
  readonly isDanger?: boolean | undefined;
  readonly isPending?: boolean | undefined;
}

export function ConfirmDialog({
  isOpen,
  title,
  children,
  confirmLabel,
  cancelLabel,
  onConfirm,
  onCancel,
  isDanger = false,
  isPending = false,
}: ConfirmDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onCancel}
      title={title}
      role="alertdialog"
      width="sm"
      actions={
        <>
          <Button size="lg" onPress={onCancel} autoFocus={isDanger} isDisabled={isPending}>
            {cancelLabel}
          </Button>
          <Button
            size="lg"
            variant={isDanger ? 'danger' : 'primary'}
            onPress={onConfirm}
            autoFocus={!isDanger}
            isPending={isPending}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {typeof children === 'string' ? <p>{children}</p> : children}
    </Dialog>
  );
}
