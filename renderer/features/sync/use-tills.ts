import { useEffect, useState } from 'react';
import type { AskFailure, ShopTill, SyncDesk } from '#renderer/sync/sync-desk.ts';

export interface Tills {
  /** Undefined until the first answer. */
  readonly tills: readonly ShopTill[] | undefined;
  readonly failure: AskFailure['code'] | undefined;
  readonly isAsking: boolean;
  readonly refresh: () => void;
  readonly revoke: (till: string) => Promise<void>;
}

/** The tills of the shop, asked of the endpoint when the screen opens: nobody else knows them. */
export function useTills(desk: SyncDesk): Tills {
  const [tills, setTills] = useState<readonly ShopTill[]>();
  const [failure, setFailure] = useState<AskFailure['code']>();
  const [isAsking, setAsking] = useState(true);

  useEffect(() => {
    if (!isAsking) return undefined;
    let isLeft = false;
    const ask = async () => {
      const answer = await desk.listTills();
      if (isLeft) return;
      setAsking(false);
      setFailure(answer.ok ? undefined : answer.error.code);
      if (answer.ok) setTills(answer.value);
    };
    void ask();
    return () => {
      isLeft = true;
    };
  }, [desk, isAsking]);

  const refresh = () => setAsking(true);
  return {
    tills,
    failure,
    isAsking,
    refresh,
    revoke: async (till) => {
      const revoked = await desk.revokeTill(till);
      if (revoked.ok) refresh();
      else setFailure(revoked.error.code);
    },
  };
}
