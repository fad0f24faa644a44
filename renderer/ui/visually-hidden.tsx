import type { ReactNode } from 'react';

export interface VisuallyHiddenProps {
  readonly children: ReactNode;
  readonly role?: 'status' | 'alert' | undefined;
}

/** Text for screen readers. With a role it is a live region: keep it mounted and change its children. */
export function VisuallyHidden({ children, role }: VisuallyHiddenProps) {
  return (
    <span className="sr-only" role={role}>
      {children}
    </span>
  );
}
