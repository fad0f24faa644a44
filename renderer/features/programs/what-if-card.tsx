import { useEffect, useMemo } from 'react';
import { useStore } from '#renderer/data/store-context.tsx';
import { createWhatIfDesk } from '#renderer/data/what-if/what-if-desk.ts';
import { useToday } from '#renderer/platform/use-today.ts';
import { WhatIfPanel, type WhatIfCardProps } from './what-if-panel.tsx';

/** What the draft would have done to the visits that were. Gone with the editor, and its replay with it. */
export function WhatIfCard(props: WhatIfCardProps) {
  const { database } = useStore();
  const today = useToday();
  const desk = useMemo(() => createWhatIfDesk(database.name), [database.name]);
  useEffect(() => () => desk.cancel(), [desk]);
  return <WhatIfPanel {...props} desk={desk} today={today} />;
}
