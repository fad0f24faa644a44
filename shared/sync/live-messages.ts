/** Two numbers. A line of this length is no news of ours. */
const MAX_LINE_CHARACTERS = 16 * 1024;

/**
 * Reads a stream of server-sent events that arrives in pieces, cut anywhere. Only the data counts: comments (which keep the
 * line open), names and ids of events are passed over.
 *
 * @returns gives the data of each message that a piece completes, or `too-long`, after which nothing more can be read.
 */
export function createLiveReader(): (piece: string) => readonly string[] | 'too-long' {
  let rest = '';
  let data: string[] = [];
  let length = 0;
  let wasCarriageReturn = false;

  function readLine(line: string, messages: string[]): void {
    if (line === '') {
      if (data.length > 0) messages.push(data.join('\n'));
      data = [];
      length = 0;
      return;
    }
    const found = /^data(?:: ?([^]*))?$/.exec(line);
    if (!found) return;
    data.push(found[1] ?? '');
    length += line.length;
  }

  return (piece) => {
    // The second half of a line end whose first half closed the piece before.
    const text = wasCarriageReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    if (piece !== '') wasCarriageReturn = piece.endsWith('\r');
    const lines = (rest + text).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? '';
    const messages: string[] = [];
    for (const line of lines) {
      readLine(line, messages);
      if (line.length > MAX_LINE_CHARACTERS || length > MAX_LINE_CHARACTERS) return 'too-long';
    }
    return rest.length > MAX_LINE_CHARACTERS ? 'too-long' : messages;
  };
}
