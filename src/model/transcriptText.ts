import { parsed } from '../oz/json';
import { prettyJson } from './conversationJson';

/** A transcript, as it can be shown and as a file of it is called. */
export interface Transcript {
  /** Of a file's name, without the dot. */
  ending: string;
  /** What an editor shows; undefined for what is no text or too large for one. */
  text: string | undefined;
}

/** Bytes of a transcript that an editor shows, and of JSON that is laid out for reading. */
const mostShown = 20 * 1024 * 1024;
const mostLaidOut = 5 * 1024 * 1024;
/** Bytes that tell text from anything else, and a line of JSON from a document of it. */
const head = 64 * 1024;

/**
 * What a harness wrote: one JSON document, JSON lines, or any text.
 * @param contentType as the storage says it; what the bytes are themselves counts more
 */
export function readTranscript(bytes: Uint8Array, contentType: string): Transcript {
  const beginning = new TextDecoder().decode(bytes.subarray(0, head));
  if (beginning.includes('\0') || /^application\/(?:x-)?(?:gzip|zip|tar)\b/i.test(contentType)) {
    return { ending: 'bin', text: undefined };
  }
  const isShown = bytes.byteLength <= mostShown;
  const text = isShown ? new TextDecoder().decode(bytes) : undefined;
  const whole = text !== undefined && bytes.byteLength <= mostLaidOut ? parsed(text) : undefined;
  if (typeof whole === 'object') {
    return { ending: 'json', text: prettyJson(whole) };
  }
  return { ending: endingOf(beginning, contentType), text };
}

function endingOf(beginning: string, contentType: string): string {
  if (/^\s*[[{]/.test(beginning)) {
    const [line = '', ...others] = beginning.trimStart().split('\n');
    // Lines that are longer than what is looked at are told by their content type.
    const isLine = others.length > 0 ? parsed(line) !== undefined : /jsonl|ndjson|json-seq/i.test(contentType);
    return isLine ? 'jsonl' : 'json';
  }
  return /markdown/i.test(contentType) ? 'md' : 'txt';
}
