// One question at a time: how many bytes; the answer: do they fit.

import { createFileProbe } from './probe-file.ts';

const hasRoom = createFileProbe(navigator.storage);

addEventListener('message', ({ data }: MessageEvent<number>) => {
  void hasRoom(data).then((isRoom) => postMessage(isRoom));
});
