import { originOf } from '#electron/modules/page-origin.ts';

export interface Sender {
  /** Undefined when the frame is already gone. */
  readonly frameUrl: string | undefined;
  readonly isMainFrame: boolean;
  readonly isOurWindow: boolean;
}

/** Only the top page of our own window, loaded from our own origin, may ask anything of the main process. */
export function isTrustedSender(sender: Sender, pageOrigin: string): boolean {
  return (
    sender.isOurWindow &&
    sender.isMainFrame &&
    sender.frameUrl !== undefined &&
    originOf(sender.frameUrl) === pageOrigin
  );
}
