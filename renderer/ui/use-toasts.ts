import { useCallback, useMemo, useState } from 'react';
import type { Toast } from './toast.tsx';

export interface Toasts {
  readonly toasts: readonly Toast[];
  /** A toast with an id that is already shown replaces it in place. */
  readonly show: (toast: Toast) => void;
  readonly dismiss: (id: string) => void;
}

/** More than this many at once would cover the counter; the oldest goes. */
const MAX_TOASTS = 4;

export function useToasts(): Toasts {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = useCallback((toast: Toast) => {
    setToasts((current) =>
      current.some(({ id }) => id === toast.id)
        ? current.map((shown) => (shown.id === toast.id ? toast : shown))
        : [...current, toast].slice(-MAX_TOASTS),
    );
  }, []);
  const dismiss = useCallback((id: string) => {
    setToasts((current) => current.filter((toast) => toast.id !== id));
  }, []);
  return useMemo(() => ({ toasts, show, dismiss }), [toasts, show, dismiss]);
}
