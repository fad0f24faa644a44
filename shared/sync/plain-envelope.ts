/**
 * What the envelope of nearly every event is, checked by hand: an endpoint that takes thousands a second would spend a
 * quarter of its time in the schema. This says yes only where `envelopeSchema` would (plain-envelope.test.ts); whatever it
 * does not recognise the schema decides, so a mistake here can cost time and never let anything in.
 */

type Fields = Readonly<Record<string, unknown>>;

const ID = /^[\x21-\x7e]{1,64}$/;
const STAMP = /^[\x21-\x7e]{0,128}$/;
const DIGEST = /^[0-9a-f]{64}$/;

/** True: surely what `envelopeSchema` accepts. False: ask the schema. */
export function isPlainEnvelope(raw: unknown): boolean {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return false;
  const event = raw as Fields;
  return (
    isCount(event['v']) &&
    isText(event['id'], ID) &&
    isShort(event['type'], 1, 64) &&
    isText(event['shop'], ID) &&
    isText(event['till'], ID) &&
    isText(event['stream'], ID) &&
    isCount(event['seq']) &&
    (event['prev'] === '' || isText(event['prev'], DIGEST)) &&
    event['parent'] === undefined &&
    isText(event['hlc'], STAMP) &&
    Number.isSafeInteger(event['wall']) &&
    isShort(event['tz'], 0, 64) &&
    isShort(event['day'], 0, 10) &&
    isText(event['staff'], ID) &&
    (event['member'] === undefined || isText(event['member'], ID)) &&
    isText(event['body'], DIGEST) &&
    isText(event['link'], DIGEST)
  );
}

const isText = (value: unknown, shape: RegExp): boolean => typeof value === 'string' && shape.test(value);

const isShort = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'string' && value.length >= least && value.length <= most;

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;
