import type { MemberId } from '#shared/lib/brand.ts';
import { Banner } from '#renderer/ui/banner.tsx';
import { useDoneText } from './use-done-text.ts';
import type { Counter } from './use-counter.ts';

interface GivenBannerProps {
  readonly counter: Counter;
  readonly member: MemberId;
}

/** A reward that was given in the middle of a sale: the sale still waits for Enter. */
export function GivenBanner({ counter, member }: GivenBannerProps) {
  const textOf = useDoneText();
  const { done } = counter;
  if (done?.event.type !== 'redemption' || done.member !== member) return null;
  return (
    <Banner tone="success" role="status">
      {textOf(done)}
    </Banner>
  );
}
