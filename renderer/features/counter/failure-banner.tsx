import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/ui/banner.tsx';
import type { ShownFailure } from './counter-state.ts';
import type { Counter } from './use-counter.ts';

/** Why the last key did nothing, in words, where the eyes already are. */
export function FailureBanner({ counter }: { readonly counter: Counter }) {
  const { failure } = counter;
  const text = useFailureText(failure);
  if (!failure || text === undefined) return null;
  return (
    <Banner tone={failure.code === 'storage' ? 'error' : 'warning'} role="alert">
      {text}
    </Banner>
  );
}

function useFailureText(failure: ShownFailure | undefined): string | undefined {
  const { t } = useTranslation(['counter', 'common']);
  switch (failure?.code) {
    case undefined:
    // These have dialogs of their own.
    case 'limit':
    case 'needs-approval':
      return undefined;
    case 'storage':
      return t(`common:storage.${failure.problem}`);
    case 'undo':
      return t(`failure.undo.${failure.refusal}`);
    case 'unknown-card':
      return t('failure.unknownCard');
    case 'brought-by':
      return t(`enrol.broughtBy.${failure.reason}`);
    case 'no-program':
    case 'sale-needed':
    case 'referrer-gone':
    case 'referrer-self':
    case 'not-sold':
    case 'amount-too-large':
    case 'amount-large':
    case 'amount-unreadable':
    case 'number-taken':
    case 'card-taken':
    case 'member-gone':
    case 'not-ready':
    case 'update-needed':
    case 'already-redeemed':
    case 'only-main-till':
    case 'set-aside':
    case 'not-approved':
    case 'unexpected':
    case 'too-fast':
      return t(`failure.${failure.code}`);
  }
}
