import { Component, type ReactNode } from 'react';
import { withTranslation, type WithTranslation } from 'react-i18next';
import { RefreshCw } from 'lucide-react';
import type { Log } from '#shared/lib/ports.ts';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';

interface ErrorBoundaryProps extends WithTranslation {
  readonly children: ReactNode;
  readonly log: Log;
  readonly onReload: () => void;
}

/** A broken screen says so and offers a way on. What was done lies in the ledger and is not touched by it. */
class TranslatedErrorBoundary extends Component<ErrorBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch(error: Error) {
    // The message may hold a name or a number: only the kind of error is kept.
    this.props.log.error('screen-failed', { name: error.name });
  }

  override render() {
    const { children, onReload, t } = this.props;
    if (!this.state.hasFailed) return children;
    return (
      <EmptyState
        title={t('boot.crashTitle')}
        actions={
          <Button icon={RefreshCw} onPress={onReload} size="lg">
            {t('boot.reload')}
          </Button>
        }
      >
        {t('boot.crashText')}
      </EmptyState>
    );
  }
}

export const ErrorBoundary = withTranslation()(TranslatedErrorBoundary);
