/** What must not be in a text that people give away. */
export interface Secrets {
  /** Keys and passwords that are known. */
  keys: readonly string[];
  /** The person's home directory and user name, or empty. */
  home: string;
  user: string;
}

const hidden = '…';

/**
 * The text without keys, authorization headers, names and passwords in addresses, queries, the home directory and the user
 * name. A last net: what is shown should hold none of them in the first place.
 */
export function redacted(text: string, { keys, home, user }: Secrets): string {
  const known = keys.filter((key) => key.length > 3).flatMap((key) => [key, safely(encodeURIComponent, key)]);
  let kept = text;
  for (const secret of known.sort((a, b) => b.length - a.length)) {
    kept = kept.replaceAll(literal(secret), hidden);
  }
  kept = kept
    .replaceAll(/\bwk-[\w.-]{4,}/gi, `wk-${hidden}`)
    .replaceAll(/\b(bearer|basic|negotiate|ntlm|digest)\s+[^\s"'<>,;]{6,}/gi, `$1 ${hidden}`)
    // Up to the last @: a password may hold any of the characters that part an address.
    .replaceAll(/([a-z][a-z\d+.-]*:\/\/)[^\s"<>]*@/gi, '$1')
    .replaceAll(/([a-z][a-z\d+.-]*:\/\/[^\s"<>?#]*)[?#][^\s"<>]*/gi, '$1');
  if (home.length > 3) {
    kept = kept.replaceAll(literal(home), '~').replaceAll(literal(home.replaceAll('\\', '/')), '~');
  }
  kept = kept.replaceAll(/((?:^|[^\w])\/(?:home|Users)\/|[a-z]:[\\/]+users[\\/]+)[^\s\\/"'<>]+/gi, `$1${hidden}`);
  return user.length > 2
    ? kept.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${escaped(user)}(?![\\p{L}\\p{N}])`, 'giu'), hidden)
    : kept;
}

function literal(text: string): RegExp {
  // Whatever its case: a host's name loses it.
  return new RegExp(escaped(text), 'gi');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function safely(encode: (text: string) => string, text: string): string {
  try {
    return encode(text);
  } catch {
    return text;
  }
}
